'use client';

import { usePathname, useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { PresenceProvider } from '@/components/people/presence/presence-provider';
import { useHotkeys } from '@/components/ui/use-hotkeys';
import { isFocusMode, paths } from '@/lib/links';
import { CommandMenu } from './command-menu';
import { KeyHelp } from './key-help';
import { DESTINATIONS } from './navigation';
import { OfflineStrip } from './offline-strip';
import { PhoneTabs } from './phone-tabs';
import { PhoneTopBar } from './phone-top-bar';
import { Rail } from './rail';
import type { RecentThread } from './recent-threads';

type AppShellProps = { name: string; email: string; threads: RecentThread[]; children: ReactNode };

/** Rail or tabs around one page, the keys that work everywhere, and that the student is here. */
export function AppShell(props: AppShellProps) {
  return (
    <PresenceProvider>
      <Shell {...props} />
    </PresenceProvider>
  );
}

function Shell({ name, email, threads, children }: AppShellProps) {
  const router = useRouter();
  const pathname = usePathname();
  const [helpOpen, setHelpOpen] = useState(false);
  const [menuOpen, setMenuOpen] = useState(false);

  useHotkeys({
    ...Object.fromEntries(DESTINATIONS.map(({ href, key }) => [`g ${key}`, () => router.push(href)])),
    'g y': () => router.push(paths.you),
    // The library has a key of its own for its field.
    ...(pathname === paths.library ? {} : { '/': () => router.push(paths.findInLibrary) }),
    '?': () => setHelpOpen(true),
    'mod+k': () => setMenuOpen((isOpen) => !isOpen),
  });

  // A conversation has the height of the phone to itself; its top bar leads back.
  const hideTabs = pathname.startsWith(paths.ask);
  const overlays = (
    <>
      <KeyHelp open={helpOpen} onOpenChange={setHelpOpen} />
      <CommandMenu open={menuOpen} onOpenChange={setMenuOpen} onShowKeys={() => setHelpOpen(true)} />
    </>
  );
  if (isFocusMode(pathname)) {
    return (
      <>
        <main id="main" tabIndex={-1} className="h-dvh overflow-y-auto outline-none">
          {children}
        </main>
        {overlays}
      </>
    );
  }
  return (
    <div className="flex h-dvh flex-col md:grid md:grid-cols-[64px_minmax(0,1fr)] xl:grid-cols-[224px_minmax(0,1fr)]">
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-2 bg-ink px-4 py-2.5 font-semibold text-on-ink focus:translate-y-0"
      >
        Skip to content
      </a>
      <Rail
        name={name}
        email={email}
        threads={threads}
        pathname={pathname}
        onOpenMenu={() => setMenuOpen(true)}
      />
      <PhoneTopBar
        name={name}
        email={email}
        threads={threads}
        pathname={pathname}
        onOpenMenu={() => setMenuOpen(true)}
      />
      <div className="flex min-h-0 flex-1 flex-col md:h-dvh md:py-2 md:pr-2">
        <OfflineStrip />
        <main id="main" tabIndex={-1} className="min-h-0 flex-1 outline-none">
          {children}
        </main>
      </div>
      {!hideTabs && <PhoneTabs pathname={pathname} />}
      {overlays}
    </div>
  );
}
