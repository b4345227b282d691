import { useText } from '#use-text';
import { Chapter } from '@/components/ui/chapter';
import { serverEnv } from '@/lib/env';
import { titled } from '@/lib/language/server-text';

export const generateMetadata = titled('Terms');
export const dynamic = 'force-dynamic';

function Forbidden() {
  const t = useText();
  return (
    <Chapter title={t('What is not allowed')}>
      <ul>
        <li>{t('To harass others, pretend to be somebody else, or message people who do not want it.')}</li>
        <li>{t('To hand in what the tutor wrote as your own where your school forbids it.')}</li>
        <li>
          {t(
            'To get around limits, look for other students’ data, or load the server so that others cannot use it.',
          )}
        </li>
      </ul>
      <p>{t('Whoever does can be limited, blocked by others, or lose the account.')}</p>
    </Chapter>
  );
}

export default function TermsPage() {
  const t = useText();
  const contact = serverEnv().SECURITY_CONTACT;
  return (
    <>
      <div>
        <h1 className="font-semibold text-2xl">{t('Terms')}</h1>
        <p className="mt-3 text-md text-ink-2">
          {t(
            'What you can expect of Clerva, and what it expects of you. Whoever runs this server is who you agree with.',
          )}
        </p>
      </div>
      <Chapter title={t('What it does')}>
        <p>
          {t(
            'Clerva answers from the notes you add, shows where each claim stands, makes quizzes, cards and plans of them, and finds people to study with. A model writes the answers. It can be wrong: a claim marked as verified stands in your notes word for word, and your notes can be wrong too. Check what matters, and do not take an answer for medical, legal or other professional advice.',
          )}
        </p>
      </Chapter>
      <Chapter title={t('Your account')}>
        <ul>
          <li>
            {t(
              'One person, one account. Keep your password to yourself; what is done with it counts as yours.',
            )}
          </li>
          <li>
            {t(
              'Where you live you may have to be of a certain age, or need a parent’s or a school’s consent.',
            )}
          </li>
        </ul>
      </Chapter>
      <Chapter title={t('What you add')}>
        <ul>
          <li>
            {t(
              'It stays yours. You let the server store it, read it and send parts of it to the model, to answer you.',
            )}
          </li>
          <li>{t('Add only what you may: your own notes, or what you have the right to use for study.')}</li>
          <li>{t('Do not add other people’s private data, or anything that breaks the law.')}</li>
        </ul>
      </Chapter>
      <Forbidden />
      <Chapter title={t('Limits and availability')}>
        <p>
          {t(
            'There are limits by minute and day; the page says so when you reach one. The server may be away or change. It comes as it is, without a promise that it is always there or always right, as far as the law allows. Keep your own copy of what you cannot lose.',
          )}
        </p>
      </Chapter>
      <Chapter title={t('The end')}>
        <p>
          {t(
            'You can leave at any time; see “What you can do” under Privacy. If these terms change, the new ones stand here, and hold for what you do after that.',
          )}
          {contact ? (
            <>
              {' '}
              {t.rich('Questions go to <link>{contact}</link>.', {
                contact: contact.replace(/^mailto:/, ''),
                link: (words) => (
                  <a href={contact} className="link">
                    {words}
                  </a>
                ),
              })}
            </>
          ) : null}
        </p>
      </Chapter>
    </>
  );
}
