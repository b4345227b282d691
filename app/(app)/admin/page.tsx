import Link from 'next/link';
import type { ReactNode } from 'react';
import { ChatSwitchForm } from '@/components/admin/chat-switch';
import { Page } from '@/components/shell/page';
import { requireRole } from '@/lib/auth/session';
import { amount } from '@/lib/calendar/words';
import { readChatSwitch } from '@/lib/db/queries/operations';
import { ROLE_QUOTA } from '@/lib/domain/bounds';
import { ROLES } from '@/lib/domain/role';
import { type Env, serverEnv } from '@/lib/env';
import { readText, titled } from '@/lib/language/server-text';
import { type Message, text } from '@/lib/language/text';
import { paths } from '@/lib/links';
import { FLAGS, isEnabled, isFlag } from '@/lib/operations/flags';

export const generateMetadata = titled('Admin');

const LIMITS: readonly [name: keyof Env, does: Message][] = [
  ['CHAT_TURNS_PER_MINUTE', text('Questions of a student in a minute')],
  ['CHAT_TURNS_BURST', text('Questions beyond that, in five minutes')],
  ['CHAT_TURNS_PER_DAY', text('Questions of a student in a day')],
  ['CHAT_TURNS_PER_MINUTE_PER_ADDRESS', text('Questions from one address in a minute')],
  ['API_WRITES_PER_MINUTE', text('Changes by a program in a minute')],
  ['WRITES_PER_MINUTE', text('Changes by a page in a minute')],
  ['READS_PER_MINUTE', text('Reads in a minute')],
  ['UPLOADS_PER_MINUTE', text('Files announced in a minute')],
  ['READINGS_PER_MINUTE', text('Files sent to be read in a minute')],
  ['SIGN_INS_PER_MINUTE', text('Sign-ins and sign-ups from one address in a minute')],
  ['SIGN_INS_PER_ACCOUNT', text('Sign-ins to one account from one address in 15 minutes')],
];

function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} className="mb-4 font-semibold text-lg">
        {title}
      </h2>
      {children}
    </section>
  );
}

const Fact = ({ name, value, does }: { name: string; value: string; does?: string }) => (
  <div className="grid grid-cols-[1fr_auto] items-baseline gap-x-4">
    <dt className="wrap-anywhere">{name}</dt>
    <dd className="font-medium tabular">{value}</dd>
    {does && <dd className="col-span-2 text-ink-3 text-sm">{does}</dd>}
  </div>
);

export default async function AdminPage() {
  const t = await readText();
  const { db } = await requireRole('admin');
  const env = serverEnv();
  const chat = await readChatSwitch(db);
  return (
    <Page>
      <div className="mx-auto grid max-w-measure gap-12">
        <header>
          <h1 className="font-semibold text-xl">{t('Admin')}</h1>
          <nav aria-label={t('For admins')} className="mt-3 flex flex-wrap gap-x-4">
            <Link href={paths.adminAudit} className="link inline-flex min-h-11 items-center">
              {t('Who did what')}
            </Link>
            <Link href={paths.costs()} className="link inline-flex min-h-11 items-center">
              {t('Cost')}
            </Link>
          </nav>
        </header>
        <Section id="chat" title={t('Questions')}>
          <ChatSwitchForm initial={chat} isForcedOff={env.CHAT_DISABLED} />
        </Section>
        <Section id="flags" title={t('Flags')}>
          <dl className="grid gap-4">
            {Object.entries(FLAGS).map(([flag, does]) => (
              <Fact
                key={flag}
                name={flag}
                value={isFlag(flag) && isEnabled(flag) ? t('On') : t('Off')}
                does={t(does)}
              />
            ))}
          </dl>
          <p className="mt-4 text-ink-3 text-sm">
            {t('They are set by FEATURE_FLAGS and read when the server starts.')}
          </p>
        </Section>
        <Section id="limits" title={t('Limits in force')}>
          <dl className="grid gap-2">
            {LIMITS.map(([name, does]) => (
              <Fact key={name} name={t(does)} value={amount(Number(env[name]), t.language)} />
            ))}
            {ROLES.map((role) => (
              <Fact
                key={role}
                name={t('Tokens a day, role {role}', { role })}
                value={amount(env.DAILY_TOKEN_QUOTA * ROLE_QUOTA[role], t.language)}
              />
            ))}
          </dl>
        </Section>
      </div>
    </Page>
  );
}
