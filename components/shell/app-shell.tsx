'use client';

import { WifiOff } from 'lucide-react';
import dynamic from 'next/dynamic';
import { usePathname, useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import { SWRConfig } from 'swr';
import { useText } from '#use-text';
import { useKeptWords } from '@/components/client/kept-words';
import { SESSION_CHANGED } from '@/components/client/request';
import { useOnline } from '@/components/client/use-online';
import { useLive } from '@/components/live/live-provider';
import { useKeptShell } from '@/components/live/use-shell';
import { makingStore } from '@/components/make/make-store';
import { NudgeToasts } from '@/components/people/nudges/nudge-toasts';
import { PresenceProvider } from '@/components/people/presence/presence-provider';
import { TextButton } from '@/components/ui/button';
import { Strip } from '@/components/ui/strip';
import { useHotkeys } from '@/components/ui/use-hotkeys';
import { ERRORS } from '@/lib/errors';
import { api, isFocusMode, paths, withNext } from '@/lib/links';
import type { Shell } from '@/lib/shell';
import './install';

import { type BarProps, PLACES } from './navigation';
import { NoOffline, Offline } from './offline';
import { PhoneTabs, PhoneTopBar } from './phone';
import { Rail } from './rail';

// Most pages are left without these.
const CommandMenu = dynamic(() => import('./command-menu').then((module) => module.CommandMenu), {
  ssr: false,
});
const KeyHelp = dynamic(() => import('./key-list').then((module) => module.KeyHelp), { ssr: false });
const MakeDialog = dynamic(
  () => import('@/components/chooser/make-dialog').then((module) => module.MakeDialog),
  { ssr: false },
);
// The page is there without it, also where it does not arrive.
const Nothing = () => null;
const BesidePage = dynamic(
  () =>
    import('@/components/notes/take-anywhere').then(
      (module) => module.BesidePage,
      () => Nothing,
    ),
  { ssr: false },
);

type AppShellProps = Pick<BarProps, 'name' | 'email'> & {
  shell: Shell;
  hasWorker: boolean;
  uploadsAtATime: number;
  children: ReactNode;
};

/** Whether something has been open since the page was: its code comes with the first time. */
function useHasOpened(isOpen: boolean): boolean {
  const [hasOpened, setHasOpened] = useState(isOpen);
  if (isOpen && !hasOpened) setHasOpened(true);
  return hasOpened;
}

/** Rail or tabs around one page, the keys that work everywhere, and that the student is here. */
export function AppShell({ shell, uploadsAtATime, ...props }: AppShellProps) {
  return (
    <SWRConfig value={{ fallback: { [api.shell]: shell } }}>
      <KeptShell made={shell} />
      <PresenceProvider>
        <Frame {...props} />
      </PresenceProvider>
      <NudgeToasts />
      <BesidePage uploadsAtATime={uploadsAtATime} />
    </SWRConfig>
  );
}

function KeptShell({ made }: { made: Shell }) {
  useKeptShell(made);
  return null;
}

function Frame({ children, hasWorker, ...student }: Omit<AppShellProps, 'shell' | 'uploadsAtATime'>) {
  const t = useText();
  const router = useRouter();
  const pathname = usePathname();
  const [helpOpen, setHelpOpen] = useState(false);
  const [menuOpen, setMenuOpen] = useState(false);
  const hasHelp = useHasOpened(helpOpen);
  const hasMenu = useHasOpened(menuOpen);
  useKeptWords(useLive().userId);

  useHotkeys({
    ...Object.fromEntries(PLACES.map(({ href, key }) => [`g ${key}`, () => router.push(href)])),
    // The library has a key of its own for its field.
    ...(pathname === paths.library ? {} : { '/': () => router.push(paths.findInLibrary) }),
    '?': () => setHelpOpen(true),
    'mod+k': () => setMenuOpen((isOpen) => !isOpen),
  });

  const bar = { ...student, pathname, onOpenMenu: () => setMenuOpen(true) };
  // A conversation has the height of the phone to itself; its top bar leads back.
  const hideTabs = pathname.startsWith(paths.ask);
  const overlays = (
    <>
      <SessionStrip />
      {hasWorker ? <Offline /> : <NoOffline />}
      <MakeHost />
      {hasHelp && <KeyHelp open={helpOpen} onOpenChange={setHelpOpen} />}
      {hasMenu && (
        <CommandMenu open={menuOpen} onOpenChange={setMenuOpen} onShowKeys={() => setHelpOpen(true)} />
      )}
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
        {t('Skip to content')}
      </a>
      <Rail {...bar} />
      <PhoneTopBar {...bar} />
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

/** The chooser of what is made of notes, fetched when it is opened first. */
function MakeHost() {
  const making = useSyncExternalStore(makingStore.subscribe, makingStore.get, () => null);
  return useHasOpened(making !== null) && <MakeDialog making={making} />;
}

/** Says so at the top of the page while there is no connection, and goes away by itself. */
function OfflineStrip() {
  const t = useText();
  if (useOnline()) return null;
  return (
    <Strip icon={WifiOff} className="mx-5 mb-2 md:mx-0">
      {t('You are offline. What is open stays readable, and uploads wait for the connection.')}
    </Strip>
  );
}

/** Says so once a request of this page was refused because another student is signed in by now, or nobody is. */
function SessionStrip() {
  const t = useText();
  const [code, setCode] = useState<'session_changed' | 'unauthenticated'>();
  useEffect(() => {
    const onChange = (event: Event) => event instanceof CustomEvent && setCode(event.detail);
    window.addEventListener(SESSION_CHANGED, onChange);
    return () => window.removeEventListener(SESSION_CHANGED, onChange);
  }, []);
  if (code === undefined) return null;
  return (
    <Strip
      tone="bad"
      className="fixed inset-x-5 top-2 z-50"
      action={
        code === 'unauthenticated' ? (
          <a
            href={withNext(paths.signIn, window.location.pathname + window.location.search)}
            className="link"
          >
            {t('Sign in')}
          </a>
        ) : (
          <TextButton onClick={() => window.location.reload()}>{t('Load again')}</TextButton>
        )
      }
    >
      {t.fault({ code, message: ERRORS[code].message })}
    </Strip>
  );
}
