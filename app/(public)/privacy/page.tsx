import type { Metadata } from 'next';
import { Chapter } from '@/components/ui/chapter';
import { FigureTable } from '@/components/ui/figure-table';
import { type Env, isLoopback, serverEnv } from '@/lib/env';

export const metadata: Metadata = { title: 'Privacy' };
/** What it says depends on the services in use. */
export const dynamic = 'force-dynamic';

const hostOf = (url: string) => new URL(url).host;

type Recipient = readonly [who: string, what: string];

/** Who besides this server gets something, by what is set up here. */
function recipientsOf(env: Env): Recipient[] {
  const isOwnModel = isLoopback(env.OPENAI_BASE_URL);
  const isHosted = (url: string | undefined) => url !== undefined && !isLoopback(url);
  const all: [boolean, Recipient][] = [
    [isLoopback(env.supabaseUrl), ['This server itself', 'Keeps the database, your files and your account.']],
    [
      !isLoopback(env.supabaseUrl),
      [hostOf(env.supabaseUrl), 'Keeps the database, your files and your account.'],
    ],
    [isOwnModel, ['The model on this server', 'Writes the answers. Nothing of it leaves the server.']],
    [
      env.hasOpenAI && !isOwnModel,
      [
        hostOf(env.OPENAI_BASE_URL ?? 'https://api.openai.com'),
        'Gets your question, the passages of your notes that fit it and what the tutor remembers of you, to write the answer; and the text of your documents, to find passages by their meaning.',
      ],
    ],
    [
      env.ANTHROPIC_API_KEY !== undefined,
      ['Anthropic', 'Gets your question and what fits it, when one of its models answers.'],
    ],
    [
      env.INNGEST_SIGNING_KEY !== undefined && !isLoopback(env.INNGEST_BASE_URL),
      ['Inngest', 'Runs the work in the background. It gets ids and counts, no text.'],
    ],
    [
      isHosted(env.REDIS_URL),
      [
        'A Redis server',
        'Counts requests, passes on answers while they are written, and keeps figures made from texts for a day.',
      ],
    ],
    [
      env.SENTRY_DSN !== undefined,
      ['Sentry', 'Gets reports of failures: kinds and places, without your text, your name or your address.'],
    ],
    [
      env.NEXT_PUBLIC_POSTHOG_KEY !== undefined,
      [
        'PostHog',
        'Counts which kinds of pages are opened, without ids, text or cookies; not at all when your browser asks not to be tracked.',
      ],
    ],
  ];
  return all.filter(([isUsed]) => isUsed).map(([, recipient]) => recipient);
}

const keptOf = (env: Env): [what: string, where: string, howLong: string][] => [
  [
    'Your address and password',
    'Accounts; the password as a hash nobody can read back',
    'Until the account goes',
  ],
  ['Documents you add, and their text', 'The file store and the database', 'Until you remove them'],
  ['Conversations, and files in them', 'The database and the file store', 'Until you delete them'],
  [
    'What the tutor remembers of you',
    'The database; you can read, correct and delete it',
    'Until you delete it',
  ],
  ['Quizzes, cards, reviews and plans', 'The database', 'Until you delete them'],
  ['What you know, worked out from your answers', 'The database', 'Until the account goes'],
  ['Profile, free times, who you blocked', 'The database', 'Until you change them'],
  ['Whether you are here', 'The database, unless you hide', 'Minutes; then only when you were last here'],
  ['Messages to and from others', 'The database', 'Until the account of one of you goes'],
  ['Study rooms and their notes', 'The database', '30 days after the room is closed'],
  ['Tokens, cost and times of answers', 'The database, without any text', 'Until the account goes'],
  [
    'Which actions were taken, for safety',
    'The database, without any text; from which network, not the whole address',
    `${env.AUDIT_RETENTION_DAYS} days, or until the account goes`,
  ],
  [
    'The log of the server',
    'The server; ids, codes and times, without any text',
    'As whoever runs the server sets it',
  ],
];

export default function PrivacyPage() {
  const env = serverEnv();
  const contact = env.SECURITY_CONTACT;
  return (
    <>
      <div>
        <h1 className="font-semibold text-2xl">Privacy</h1>
        <p className="mt-3 text-md text-ink-2">
          Your notes are yours. They are kept to answer you, and nobody else reads them. Nothing is sold,
          shown to advertisers, or used to train a model by this server.
        </p>
      </div>
      <Chapter title="What is kept, where, and how long">
        <FigureTable
          caption="What is kept, where, and how long"
          columns={['What', 'Where', 'How long']}
          rows={keptOf(env).map(([what, where, howLong]) => ({ key: what, cells: [what, where, howLong] }))}
          isText
        />
      </Chapter>
      <Chapter title="Who sees it">
        <ul>
          <li>You. The database itself gives your rows to you alone, whatever asks.</li>
          <li>
            Other students see your profile, your free times and whether you are here only as you choose; at
            first nobody does. Who is in a study room with you sees what you write there.
          </li>
          <li>Whoever has a link that you made to share a conversation, until you end it.</li>
          <li>
            Whoever runs this server can reach its database, as on any server. Their pages show figures, and
            what was reported to them; not your notes or conversations.
          </li>
        </ul>
      </Chapter>
      <Chapter title="Who else gets something">
        <ul>
          {recipientsOf(env).map(([who, what]) => (
            <li key={who}>
              <strong className="font-semibold">{who}</strong>: {what}
            </li>
          ))}
        </ul>
        <p>
          These are the services that this server is set up with now. What they keep is in their own terms.
        </p>
      </Chapter>
      <Chapter title="In your browser">
        <p>
          A cookie keeps you signed in, one keeps your theme, and the browser keeps what you have not sent
          yet. No cookie follows you anywhere else.
        </p>
      </Chapter>
      <Chapter title="What you can do">
        <ul>
          <li>
            Read, correct and delete what the tutor remembers; remove any document, conversation, card or
            plan.
          </li>
          <li>Take your cards and plans with you as files, and share or unshare a conversation.</li>
          <li>
            Have all of it handed over or the whole account removed, with everything in the table above: ask
            whoever runs this server
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
