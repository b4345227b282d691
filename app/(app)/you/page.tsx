import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { requireSession } from '@/components/auth/session';
import { KeyList } from '@/components/shell/key-list';
import { Page } from '@/components/shell/page';
import { isTheme, THEME_COOKIE } from '@/components/shell/theme';
import { HotkeysSwitch } from '@/components/you/hotkeys-switch';
import { NameForm } from '@/components/you/name-form';
import { SignOut } from '@/components/you/sign-out';
import { ThemeChoice } from '@/components/you/theme-choice';
import { getProfile } from '@/lib/db/queries/profile';

export const metadata: Metadata = { title: 'You' };

export default async function YouPage() {
  const { user, db } = await requireSession();
  const [profile, store] = await Promise.all([getProfile(db, { userId: user.id }), cookies()]);
  const theme = store.get(THEME_COOKIE)?.value;
  return (
    <Page>
      <div className="mx-auto grid max-w-measure gap-10">
        <header>
          <h1 className="sr-only font-semibold text-xl md:not-sr-only">You</h1>
          <p className="text-ink-2 md:mt-1">Signed in as {user.email}</p>
        </header>
        <NameForm name={profile?.displayName ?? ''} />
        <ThemeChoice initial={isTheme(theme) ? theme : 'system'} />
        <section aria-labelledby="keys">
          <h2 id="keys" className="font-semibold text-lg">
            Keys
          </h2>
          <HotkeysSwitch />
          <div className="mt-3">
            <KeyList />
          </div>
        </section>
        <SignOut />
      </div>
    </Page>
  );
}
