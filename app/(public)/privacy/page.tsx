import { useText } from '#use-text';
import { Chapter } from '@/components/ui/chapter';
import { FigureTable } from '@/components/ui/figure-table';
import { type Env, isLoopback, serverEnv } from '@/lib/env';
import { titled } from '@/lib/language/server-text';
import type { Translate } from '@/lib/language/text';

export const generateMetadata = titled('Privacy');
/** What it says depends on the services in use. */
export const dynamic = 'force-dynamic';

const hostOf = (url: string) => new URL(url).host;

type Recipient = readonly [who: string, what: string];

/** Who besides this server gets something, by what is set up here. */
function recipientsOf(env: Env, t: Translate): Recipient[] {
  const isOwnModel = isLoopback(env.OPENAI_BASE_URL);
  const isHosted = (url: string | undefined) => url !== undefined && !isLoopback(url);
  const all: [boolean, Recipient][] = [
    [
      isLoopback(env.supabaseUrl),
      [t('This server itself'), t('Keeps the database, your files and your account.')],
    ],
    [
      !isLoopback(env.supabaseUrl),
      [hostOf(env.supabaseUrl), t('Keeps the database, your files and your account.')],
    ],
    [isOwnModel, [t('The model on this server'), t('Writes the answers. Nothing of it leaves the server.')]],
    [
      env.hasOpenAI && !isOwnModel,
      [
        hostOf(env.OPENAI_BASE_URL ?? 'https://api.openai.com'),
        t(
          'Gets your question, the passages of your notes that fit it and what the tutor remembers of you, to write the answer; and the text of your documents, to find passages by their meaning.',
        ),
      ],
    ],
    [
      env.ANTHROPIC_API_KEY !== undefined,
      [t('Anthropic'), t('Gets your question and what fits it, when one of its models answers.')],
    ],
    [
      env.INNGEST_SIGNING_KEY !== undefined && !isLoopback(env.INNGEST_BASE_URL),
      [t('Inngest'), t('Runs the work in the background. It gets ids and counts, no text.')],
    ],
    [
      isHosted(env.REDIS_URL),
      [
        t('A Redis server'),
        t(
          'Counts requests, passes on answers while they are written, and keeps figures made from texts for a day.',
        ),
      ],
    ],
    [
      env.SENTRY_DSN !== undefined,
      [
        t('Sentry'),
        t('Gets reports of failures: kinds and places, without your text, your name or your address.'),
      ],
    ],
    [
      env.NEXT_PUBLIC_POSTHOG_KEY !== undefined,
      [
        'PostHog',
        t(
          'Counts which kinds of pages are opened, without ids, text or cookies; not at all when your browser asks not to be tracked.',
        ),
      ],
    ],
  ];
  return all.filter(([isUsed]) => isUsed).map(([, recipient]) => recipient);
}

const keptOf = (env: Env, t: Translate): [what: string, where: string, howLong: string][] => [
  [
    t('Your address and password'),
    t('Accounts; the password as a hash nobody can read back'),
    t('Until the account goes'),
  ],
  [t('Documents you add, and their text'), t('The file store and the database'), t('Until you remove them')],
  [t('Conversations, and files in them'), t('The database and the file store'), t('Until you delete them')],
  [
    t('What the tutor remembers of you'),
    t('The database; you can read, correct and delete it'),
    t('Until you delete it'),
  ],
  [t('Quizzes, cards, reviews and plans'), t('The database'), t('Until you delete them')],
  [t('What you know, worked out from your answers'), t('The database'), t('Until the account goes')],
  [t('Profile, free times, who you blocked'), t('The database'), t('Until you change them')],
  [
    t('Whether you are here'),
    t('The database, unless you hide'),
    t('Minutes; then only when you were last here'),
  ],
  [t('Messages to and from others'), t('The database'), t('Until the account of one of you goes')],
  [t('Study rooms and their notes'), t('The database'), t('30 days after the room is closed')],
  [t('Tokens, cost and times of answers'), t('The database, without any text'), t('Until the account goes')],
  [
    t('Which actions were taken, for safety'),
    t('The database, without any text; from which network, not the whole address'),
    t('{value} days, or until the account goes', { value: env.AUDIT_RETENTION_DAYS }),
  ],
  [
    t('The log of the server'),
    t('The server; ids, codes and times, without any text'),
    t('As whoever runs the server sets it'),
  ],
];

function WhoSees() {
  const t = useText();
  return (
    <Chapter title={t('Who sees it')}>
      <ul>
        <li>{t('You. The database itself gives your rows to you alone, whatever asks.')}</li>
        <li>
          {t(
            'Other students see your profile, your free times and whether you are here only as you choose; at first nobody does. Who is in a study room with you sees what you write there, and of a race you start its questions and the titles of your files.',
          )}
        </li>
        <li>{t('Whoever has a link that you made to share a conversation, until you end it.')}</li>
        <li>
          {t(
            'Whoever runs this server can reach its database, as on any server. Their pages show figures, and what was reported to them; not your notes or conversations.',
          )}
        </li>
      </ul>
    </Chapter>
  );
}

export default function PrivacyPage() {
  const t = useText();
  const env = serverEnv();
  const contact = env.SECURITY_CONTACT;
  return (
    <>
      <div>
        <h1 className="font-semibold text-2xl">{t('Privacy')}</h1>
        <p className="mt-3 text-md text-ink-2">
          {t(
            'Your notes are yours. They are kept to answer you, and nobody else reads them. Nothing is sold, shown to advertisers, or used to train a model by this server.',
          )}
        </p>
      </div>
      <Chapter title={t('What is kept, where, and how long')}>
        <FigureTable
          caption={t('What is kept, where, and how long')}
          columns={[t('What'), t('Where'), t('How long')]}
          rows={keptOf(env, t).map(([what, where, howLong]) => ({
            key: what,
            cells: [what, where, howLong],
          }))}
          isText
        />
      </Chapter>
      <WhoSees />
      <Chapter title={t('Who else gets something')}>
        <ul>
          {recipientsOf(env, t).map(([who, what]) => (
            <li key={who}>
              <strong className="font-semibold">{who}</strong>: {what}
            </li>
          ))}
        </ul>
        <p>
          {t(
            'These are the services that this server is set up with now. What they keep is in their own terms.',
          )}
        </p>
      </Chapter>
      <Chapter title={t('In your browser')}>
        <p>
          {t(
            'A cookie keeps you signed in, one keeps your theme, and the browser keeps what you have not sent yet. No cookie follows you anywhere else.',
          )}
        </p>
      </Chapter>
      <Chapter title={t('What you can do')}>
        <ul>
          <li>
            {t(
              'Read, correct and delete what the tutor remembers; remove any document, conversation, card or plan.',
            )}
          </li>
          <li>{t('Take your cards and plans with you as files, and share or unshare a conversation.')}</li>
          <li>
            {t(
              'Take all of it as one file, or erase the account with everything in the table above: on your own page, under “Your data”',
            )}
            {contact ? (
              <>
                {' '}
                (
                <a href={contact} className="link">
                  {contact.replace(/^mailto:/, '')}
                </a>
                )
              </>
            ) : null}
            .
          </li>
        </ul>
      </Chapter>
    </>
  );
}
