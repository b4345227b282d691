'use client';

import { ChevronLeft, Search, SquarePen } from 'lucide-react';
import Link from 'next/link';
import { OwnStateMenu } from '@/components/people/presence/own-state-menu';
import { Brand } from '@/components/ui/brand';
import { IconButton, iconButtonClass } from '@/components/ui/button';
import { isWithin, paths } from '@/lib/links';
import { RecentSheet } from './rail';
import type { RecentThread } from './recent-threads';

type Heading = { title?: string; back?: { href: string; label: string } };

function headingOf(pathname: string): Heading {
  if (pathname === paths.today) return {};
  if (isWithin(pathname, paths.ask))
    return { title: 'Ask', back: { href: paths.today, label: 'Back to Today' } };
  if (pathname === paths.library) return { title: 'Library' };
  if (isWithin(pathname, paths.library))
    return { back: { href: paths.library, label: 'Back to the library' } };
  if (pathname === paths.practice) return { title: 'Practice' };
  if (isWithin(pathname, paths.practice))
    return { back: { href: paths.practice, label: 'Back to Practice' } };
  if (pathname === paths.people) return { title: 'People' };
  if (isWithin(pathname, paths.people)) return { back: { href: paths.people, label: 'Back to People' } };
  if (pathname === paths.plan) return { title: 'Plan', back: { href: paths.today, label: 'Back to Today' } };
  if (pathname === paths.progress)
    return { title: 'Progress', back: { href: paths.today, label: 'Back to Today' } };
  if (pathname === paths.you) return { title: 'You', back: { href: paths.today, label: 'Back to Today' } };
  return { back: { href: paths.today, label: 'Back to Today' } };
}

type PhoneTopBarProps = {
  name: string;
  email: string;
  threads: RecentThread[];
  pathname: string;
  onOpenMenu: () => void;
};

/** 56 px: where you are, the way back where there is a parent, and you. */
export function PhoneTopBar({ name, email, threads, pathname, onOpenMenu }: PhoneTopBarProps) {
  const { title, back } = headingOf(pathname);
  const inAsk = isWithin(pathname, paths.ask);
  return (
    <header className="flex h-14 shrink-0 items-center gap-1 pr-2 pl-5 md:hidden">
      {back && (
        <Link href={back.href} aria-label={back.label} className={iconButtonClass('quiet', '-ml-3')}>
          <ChevronLeft aria-hidden="true" className="size-5.5" />
        </Link>
      )}
      <div className="min-w-0 flex-1 truncate font-semibold text-lg tracking-[-0.015em]">
        {title ?? (pathname === paths.today ? <Brand /> : null)}
      </div>
      {inAsk && threads.length > 0 && <RecentSheet threads={threads} pathname={pathname} />}
      {inAsk && pathname !== paths.ask && (
        <Link href={paths.ask} aria-label="New question" className={iconButtonClass()}>
          <SquarePen aria-hidden="true" className="size-4.5" strokeWidth={1.75} />
        </Link>
      )}
      {!inAsk && (
        <IconButton label="Find or do" onClick={onOpenMenu}>
          <Search aria-hidden="true" className="size-5" strokeWidth={1.75} />
        </IconButton>
      )}
      {!inAsk && pathname !== paths.you && (
        <OwnStateMenu name={name} email={email} place="top-bar" current={false} />
      )}
    </header>
  );
}
