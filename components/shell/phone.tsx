'use client';

import { clsx } from 'clsx';
import { ChevronLeft, Search, SquarePen } from 'lucide-react';
import Link from 'next/link';
import { useText } from '#use-text';
import { useShell } from '@/components/live/use-shell';
import { OwnStateMenu } from '@/components/people/presence/own-state-menu';
import { Brand } from '@/components/ui/brand';
import { IconButton, iconButtonClass } from '@/components/ui/button';
import type { Translate } from '@/lib/language/text';
import { isWithin, paths } from '@/lib/links';
import { LinkPending } from './link-pending';
import { type BarProps, PHONE_TABS, PLACES } from './navigation';
import { RecentSheet } from './rail';

/** A tab needs no way back, what is below it leads back to it, and everything else to Today. */
function headingOf(pathname: string, t: Translate) {
  if (pathname === paths.today) return {};
  const back = { href: paths.today, label: t('Back to Today') };
  const place = PLACES.find(({ href }) => href !== paths.today && isWithin(pathname, href));
  if (place?.href === paths.ask) return { title: t(place.label), back };
  const title = place?.href === pathname ? t(place.label) : undefined;
  if (place?.tab === undefined) return { title, back };
  const name = place.href === paths.library ? t('the library') : t(place.label);
  return { title, back: title ? undefined : { href: place.href, label: t('Back to {name}', { name }) } };
}

/** 56 px: where you are, the way back where there is a parent, and you. */
export function PhoneTopBar({ name, email, pathname, onOpenMenu }: BarProps) {
  const t = useText();
  const hasThreads = useShell().data?.threads.length !== 0;
  const { title, back } = headingOf(pathname, t);
  const inAsk = isWithin(pathname, paths.ask);
  return (
    <header className="flex h-14 shrink-0 items-center gap-1 pr-2 pl-5 md:hidden">
      {back && (
        <Link
          prefetch={false}
          href={back.href}
          aria-label={back.label}
          className={iconButtonClass('quiet', '-ml-3')}
        >
          <ChevronLeft aria-hidden="true" className="size-5.5" />
        </Link>
      )}
      <div className="min-w-0 flex-1 truncate font-semibold text-lg tracking-[-0.015em]">
        {title ?? (pathname === paths.today ? <Brand /> : null)}
      </div>
      {inAsk && hasThreads && <RecentSheet pathname={pathname} />}
      {inAsk && pathname !== paths.ask && (
        <Link prefetch={false} href={paths.ask} aria-label={t('New question')} className={iconButtonClass()}>
          <SquarePen aria-hidden="true" className="size-4.5" strokeWidth={1.75} />
        </Link>
      )}
      {!inAsk && (
        <IconButton label={t('Find or do')} onClick={onOpenMenu}>
          <Search aria-hidden="true" className="size-5" strokeWidth={1.75} />
        </IconButton>
      )}
      {!inAsk && pathname !== paths.you && (
        <OwnStateMenu name={name} email={email} place="top-bar" current={false} />
      )}
    </header>
  );
}

/** Phone navigation in the thumb's third. */
export function PhoneTabs({ pathname }: { pathname: string }) {
  const t = useText();
  return (
    <nav
      aria-label={t('Main')}
      className="shrink-0 border-rule border-t bg-page px-1 pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {/* Of equal width, unless a word needs more: it would touch its neighbour. */}
      <ul className="grid auto-cols-[minmax(max-content,1fr)] grid-flow-col">
        {PHONE_TABS.map(({ href, label, icon: Icon }) => {
          const current = isWithin(pathname, href);
          return (
            <li key={href}>
              <Link
                href={href}
                prefetch={false}
                aria-current={current ? 'page' : undefined}
                className={clsx(
                  'relative grid h-16 content-center justify-items-center gap-0.75 px-0.75 text-chip leading-3.5',
                  current ? 'font-[650] text-ink' : 'font-medium text-ink-3',
                )}
              >
                <LinkPending className="absolute top-2 right-4" />
                <Icon aria-hidden="true" className="size-5.5" strokeWidth={1.75} />
                {t(label)}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
