'use client';

import { ChevronLeft, Search, SquarePen } from 'lucide-react';
import Link from 'next/link';
import { OwnStateMenu } from '@/components/presence/own-state-menu';
import { Brand } from '@/components/ui/brand';
import { IconButton, iconButtonClass } from '@/components/ui/button';
import { isWithin } from './navigation';
import { RecentSheet } from './rail';
import type { RecentThread } from './recent-threads';

type Heading = { title?: string; back?: { href: string; label: string } };

function headingOf(pathname: string): Heading {
  if (pathname === '/') return {};
  if (isWithin(pathname, '/ask')) return { title: 'Ask', back: { href: '/', label: 'Back to Today' } };
  if (pathname === '/library') return { title: 'Library' };
  if (isWithin(pathname, '/library')) return { back: { href: '/library', label: 'Back to the library' } };
  if (pathname === '/practice') return { title: 'Practice' };
  if (isWithin(pathname, '/practice')) return { back: { href: '/practice', label: 'Back to Practice' } };
  if (pathname === '/people') return { title: 'People' };
  if (isWithin(pathname, '/people')) return { back: { href: '/people', label: 'Back to People' } };
  if (pathname === '/plan') return { title: 'Plan', back: { href: '/', label: 'Back to Today' } };
  if (pathname === '/progress') return { title: 'Progress', back: { href: '/', label: 'Back to Today' } };
  if (pathname === '/you') return { title: 'You', back: { href: '/', label: 'Back to Today' } };
  return { back: { href: '/', label: 'Back to Today' } };
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
  const inAsk = isWithin(pathname, '/ask');
  return (
    <header className="flex h-14 shrink-0 items-center gap-1 pr-2 pl-5 md:hidden">
      {back && (
        <Link href={back.href} aria-label={back.label} className={iconButtonClass('quiet', '-ml-3')}>
          <ChevronLeft aria-hidden="true" className="size-5.5" />
        </Link>
      )}
      <div className="min-w-0 flex-1 truncate font-semibold text-lg tracking-[-0.015em]">
        {title ?? (pathname === '/' ? <Brand /> : null)}
      </div>
      {inAsk && threads.length > 0 && <RecentSheet threads={threads} pathname={pathname} />}
      {inAsk && pathname !== '/ask' && (
        <Link href="/ask" aria-label="New question" className={iconButtonClass()}>
          <SquarePen aria-hidden="true" className="size-4.5" strokeWidth={1.75} />
        </Link>
      )}
      {!inAsk && (
        <IconButton label="Find or do" onClick={onOpenMenu}>
          <Search aria-hidden="true" className="size-5" strokeWidth={1.75} />
        </IconButton>
      )}
      {!inAsk && pathname !== '/you' && (
        <OwnStateMenu name={name} email={email} place="top-bar" current={false} />
      )}
    </header>
  );
}
