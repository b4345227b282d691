'use client';

import { clsx } from 'clsx';
import { Clock3, Search } from 'lucide-react';
import Link from 'next/link';
import { useText } from '#use-text';
import { useBrowserFact } from '@/components/client/use-browser-fact';
import { OwnStateMenu } from '@/components/people/presence/own-state-menu';
import { spokenBadge, useBadges } from '@/components/people/presence/use-badges';
import { Brand } from '@/components/ui/brand';
import { iconButtonClass } from '@/components/ui/button';
import { Dialog, DialogTrigger, SheetContent } from '@/components/ui/dialog';
import { Kbd } from '@/components/ui/kbd';
import { isWithin, paths } from '@/lib/links';
import { LinkPending } from './link-pending';
import { type BarProps, DESTINATIONS, type Destination } from './navigation';
import { RecentThreads } from './recent-threads';

/** The keys of the command menu as this computer prints them. */
function MenuKeys() {
  const isApple = useBrowserFact(() => /Mac|iPhone|iPad/.test(navigator.userAgent), false);
  return <Kbd>{isApple ? '⌘ K' : 'Ctrl K'}</Kbd>;
}

/** Desktop navigation: words from 1180 px, icons between 720 and 1180. */
export function Rail({ name, email, pathname, onOpenMenu }: BarProps) {
  const t = useText();
  const badges = useBadges();
  const inAsk = isWithin(pathname, paths.ask);
  return (
    <nav
      aria-label={t('Main')}
      className="hidden h-dvh min-h-0 flex-col gap-5 px-3 pt-5 pb-3 md:flex xl:pl-4 [@media(max-height:30rem)]:overflow-y-auto"
    >
      <Link href={paths.today} prefetch={false} className="rounded-2 px-2 md:self-center xl:self-start">
        <Brand compact />
      </Link>
      <button
        type="button"
        onClick={onOpenMenu}
        aria-keyshortcuts="Control+K Meta+K"
        title={t('Go to, do or find anything')}
        className="flex h-10 items-center gap-2.5 rounded-2 px-2.5 text-ink-3 hover:bg-[color-mix(in_srgb,var(--ink)_5%,transparent)] md:justify-center xl:h-9 xl:justify-start"
      >
        <Search aria-hidden="true" className="size-4.5 shrink-0" strokeWidth={1.75} />
        <span className="md:sr-only xl:not-sr-only">{t('Find or do')}</span>
        <span aria-hidden="true" className="ml-auto hidden xl:inline">
          <MenuKeys />
        </span>
      </button>
      <ul className="-mt-3 grid gap-0.5">
        {DESTINATIONS.map((place) => (
          <li key={place.href}>
            <RailLink place={place} current={isWithin(pathname, place.href)} badge={badges[place.href]} />
          </li>
        ))}
      </ul>
      {inAsk && (
        <>
          <div className="hidden min-h-0 flex-1 overflow-y-auto xl:block">
            <RecentThreads title={t('Recent')} pathname={pathname} />
          </div>
          <div className="grid place-items-center xl:hidden">
            <RecentSheet pathname={pathname} />
          </div>
        </>
      )}
      <OwnStateMenu name={name} email={email} place="rail" current={pathname === paths.you} />
    </nav>
  );
}

type RailLinkProps = { place: Destination; current: boolean; badge: string | undefined };

function RailLink({ place: { href, label, icon: Icon }, current, badge }: RailLinkProps) {
  const t = useText();
  return (
    // Seven at once with every page, for one that is opened next, and that comes as fast without.
    <Link
      href={href}
      prefetch={false}
      title={t(label)}
      aria-current={current ? 'page' : undefined}
      className={clsx(
        'flex h-10 items-center gap-2.5 rounded-2 border px-2.5 md:justify-center xl:h-9 xl:justify-start',
        current
          ? 'border-rule bg-page font-semibold text-ink'
          : 'border-transparent font-medium text-ink-2 hover:bg-[color-mix(in_srgb,var(--ink)_5%,transparent)]',
      )}
    >
      <Icon aria-hidden="true" className="size-4.5 shrink-0" strokeWidth={1.75} />
      <span className="md:sr-only xl:not-sr-only">{t(label)}</span>
      {badge && (
        <>
          <span
            aria-hidden="true"
            className="ml-auto whitespace-nowrap font-normal text-ink-3 text-xs tabular md:max-xl:hidden"
          >
            {badge}
          </span>
          <span className="sr-only">{spokenBadge(badge)}</span>
        </>
      )}
      <LinkPending className={clsx('hidden xl:block', !badge && 'ml-auto')} />
    </Link>
  );
}

/** Where the rail has no room for them, recent threads come as a sheet. */
export function RecentSheet({ pathname }: { pathname: string }) {
  const t = useText();
  return (
    // A new key per page closes the sheet when a thread was chosen.
    <Dialog key={pathname}>
      <DialogTrigger aria-label={t('Recent questions')} className={iconButtonClass()}>
        <Clock3 aria-hidden="true" className="size-4.5" strokeWidth={1.75} />
      </DialogTrigger>
      <SheetContent title={t('Recent questions')}>
        <div className="p-2">
          <RecentThreads pathname={pathname} />
        </div>
      </SheetContent>
    </Dialog>
  );
}
