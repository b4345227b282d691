import type { Metadata } from 'next';
import { Chapter } from '@/components/ui/chapter';
import { serverEnv } from '@/lib/env';

export const metadata: Metadata = { title: 'Terms' };
export const dynamic = 'force-dynamic';

export default function TermsPage() {
  const contact = serverEnv().SECURITY_CONTACT;
  return (
    <>
      <div>
        <h1 className="font-semibold text-2xl">Terms</h1>
        <p className="mt-3 text-md text-ink-2">
          What you can expect of Clerva, and what it expects of you. Whoever runs this server is who you agree
          with.
        </p>
      </div>
      <Chapter title="What it does">
        <p>
          Clerva answers from the notes you add, shows where each claim stands, makes quizzes, cards and plans
          of them, and finds people to study with. A model writes the answers. It can be wrong: a claim marked
          as verified stands in your notes word for word, and your notes can be wrong too. Check what matters,
          and do not take an answer for medical, legal or other professional advice.
        </p>
      </Chapter>
      <Chapter title="Your account">
        <ul>
          <li>
            One person, one account. Keep your password to yourself; what is done with it counts as yours.
          </li>
          <li>
            Where you live you may have to be of a certain age, or need a parent’s or a school’s consent.
          </li>
        </ul>
      </Chapter>
      <Chapter title="What you add">
        <ul>
          <li>
            It stays yours. You let the server store it, read it and send parts of it to the model, to answer
            you.
          </li>
          <li>Add only what you may: your own notes, or what you have the right to use for study.</li>
          <li>Do not add other people’s private data, or anything that breaks the law.</li>
        </ul>
      </Chapter>
      <Chapter title="What is not allowed">
        <ul>
          <li>To harass others, pretend to be somebody else, or message people who do not want it.</li>
          <li>To hand in what the tutor wrote as your own where your school forbids it.</li>
          <li>
            To get around limits, look for other students’ data, or load the server so that others cannot use
            it.
          </li>
        </ul>
        <p>Whoever does can be limited, blocked by others, or lose the account.</p>
      </Chapter>
      <Chapter title="Limits and availability">
        <p>
          There are limits by minute and day; the page says so when you reach one. The server may be away or
          change. It comes as it is, without a promise that it is always there or always right, as far as the
          law allows. Keep your own copy of what you cannot lose.
        </p>
      </Chapter>
      <Chapter title="The end">
        <p>
          You can leave at any time; see “What you can do” under Privacy. If these terms change, the new ones
          stand here, and hold for what you do after that.
          {contact ? (
            <>
              {' '}
              Questions go to{' '}
              <a href={contact} className="link">
                {contact.replace(/^mailto:/, '')}
              </a>
              .
            </>
          ) : null}
        </p>
      </Chapter>
    </>
  );
}
