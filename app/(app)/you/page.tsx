import { cookies } from 'next/headers';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useText } from '#use-text';
import { AvailabilityEditor } from '@/components/availability/availability-editor';
import { SeenByOthers } from '@/components/people/seen-by-others';
import { VisibilityChoice } from '@/components/people/visibility-choice';
import { KeyList } from '@/components/shell/key-list';
import { Page } from '@/components/shell/page';
import { isTheme, THEME_COOKIE } from '@/components/shell/theme';
import { BlockedList } from '@/components/you/blocked-list';
import { EraseAccount } from '@/components/you/erase-account';
import { InstallButton } from '@/components/you/install-button';
import { Notifications } from '@/components/you/notifications';
import { OwnUse } from '@/components/you/own-use';
import { ProfileForm } from '@/components/you/profile-form';
import { QuietHoursForm } from '@/components/you/quiet-hours-form';
import { TakeData } from '@/components/you/take-data';
import { HotkeysSwitch, SignOut, ThemeChoice } from '@/components/you/this-device';
import { UsageView } from '@/components/you/usage-view';
import { requireSession } from '@/lib/auth/session';
import { readAccountExport } from '@/lib/db/queries/account-export';
import { getAvailability } from '@/lib/db/queries/availability';
import { usageToday } from '@/lib/db/queries/operations';
import { getOwnProfile } from '@/lib/db/queries/own-profile';
import { blockedPeople } from '@/lib/db/queries/people';
import { getOwnUse } from '@/lib/db/queries/spending';
import { hasRole, type Role } from '@/lib/domain/role';
import { readText, titled } from '@/lib/language/server-text';
import { text } from '@/lib/language/text';
import { paths } from '@/lib/links';
import { weekInZone } from '@/lib/matching/week-in-zone';
import { pushState } from '@/lib/push/keys';

export const generateMetadata = titled('You');

const SECTIONS = [
  ['profile', text('Profile')],
  ['who-sees-me', text('Who sees me')],
  ['free-times', text('Free times')],
  ['quiet-hours', text('Quiet hours')],
  ['notifications', text('Notifications')],
  ['used', text('What I used')],
  ['your-data', text('Your data')],
  ['theme', text('Theme')],
  ['keys', text('Keys')],
  ['tutor', text('Tutor')],
] as const;

function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={`${id}-title`} id={id} className="scroll-mt-6">
      <h2 id={`${id}-title`} className="mb-4 font-semibold text-lg">
        {title}
      </h2>
      {children}
    </section>
  );
}

const TutorLinks = () => {
  const t = useText();
  return (
    <p className="flex flex-wrap gap-x-4">
      <Link prefetch={false} href={paths.memory} className="link inline-flex min-h-11 items-center">
        {t('What is remembered about me')}
      </Link>
      <Link prefetch={false} href={paths.personas} className="link inline-flex min-h-11 items-center">
        {t('Tutor styles')}
      </Link>
    </p>
  );
};

/** Whose page it is, and what stands on it. */
const Head = ({ user }: { user: { email: string; role: Role } }) => {
  const t = useText();
  return (
    <header>
      <h1 className="sr-only font-semibold text-xl md:not-sr-only">{t('You')}</h1>
      <p className="text-ink-2 wrap-anywhere md:mt-1">{t('Signed in as {email}', { email: user.email })}</p>
      <nav aria-label={t('On this page')} className="mt-3 flex flex-wrap gap-x-4">
        {SECTIONS.map(([id, name]) => (
          <a key={id} href={`#${id}`} className="link inline-flex min-h-11 items-center md:min-h-8">
            {t(name)}
          </a>
        ))}
        {hasRole(user.role, 'admin') && (
          <Link
            prefetch={false}
            href={paths.admin}
            className="link inline-flex min-h-11 items-center md:min-h-8"
          >
            {t('Admin')}
          </Link>
        )}
      </nav>
    </header>
  );
};

export default async function YouPage() {
  const t = await readText();
  const { user, db } = await requireSession();
  const [profile, availability, used, store, usage, dataFile, blocked, push] = await Promise.all([
    getOwnProfile(db, { userId: user.id }),
    getAvailability(db),
    getOwnUse(db, { userId: user.id, now: new Date() }),
    cookies(),
    usageToday(db),
    readAccountExport(db),
    blockedPeople(db),
    pushState(db),
  ]);
  const theme = store.get(THEME_COOKIE)?.value;
  const week = weekInZone(availability.windows, profile.timezone, new Date());
  return (
    <Page>
      <div className="mx-auto grid max-w-measure gap-12">
        <Head user={user} />
        <Section id="profile" title={t('Profile')}>
          <ProfileForm profile={profile} timezones={timezonesWith(profile.timezone)} />
        </Section>
        <Section id="who-sees-me" title={t('Who sees me')}>
          <div className="grid gap-5">
            <VisibilityChoice value={profile.visibility} />
            <SeenByOthers />
            <BlockedList made={blocked} />
          </div>
        </Section>
        <Section id="free-times" title={t('Free times')}>
          {/* Another zone is another week: what is painted is painted on one clock. */}
          <AvailabilityEditor
            key={profile.timezone}
            windows={week}
            timezone={profile.timezone}
            movedFrom={
              availability.windows.find(({ timezone }) => timezone !== profile.timezone)?.timezone ?? null
            }
          />
        </Section>
        <Section id="quiet-hours" title={t('Quiet hours')}>
          <QuietHoursForm quietHours={profile.quietHours} />
        </Section>
        <Section id="notifications" title={t('Notifications')}>
          <Notifications made={push} />
          <InstallButton />
        </Section>
        <Section id="used" title={t('What I used')}>
          <UsageView usage={usage} />
          <div className="mt-5">
            <OwnUse days={used} />
          </div>
          <Link href={paths.activity} className="link mt-2 inline-flex min-h-11 items-center">
            {t('Your activity')}
          </Link>
        </Section>
        <Section id="your-data" title={t('Your data')}>
          <TakeData initial={dataFile} />
          <EraseAccount />
        </Section>
        <div id="theme" className="scroll-mt-6">
          <ThemeChoice initial={isTheme(theme) ? theme : 'system'} />
        </div>
        <Section id="keys" title={t('Keys')}>
          <HotkeysSwitch />
          <div className="mt-3">
            <KeyList />
          </div>
        </Section>
        <Section id="tutor" title={t('Tutor')}>
          <TutorLinks />
        </Section>
        <SignOut />
      </div>
    </Page>
  );
}

/** The zones a student may choose from, and their own, should it be one that this server does not list. */
function timezonesWith(own: string): string[] {
  return [...new Set(['UTC', own, ...Intl.supportedValuesOf('timeZone')])].sort((a, b) => a.localeCompare(b));
}
