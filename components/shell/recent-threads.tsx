'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';

export type RecentThread = { id: string; title: string | null };

const threadIdOf = (pathname: string) => /^\/ask\/([^/]+)$/.exec(pathname)?.[1];

/** The latest conversations, newest first. A thread that has just begun is fetched into the list once. */
export function RecentThreads({ threads, pathname }: { threads: RecentThread[]; pathname: string }) {
  const router = useRouter();
  const current = threadIdOf(pathname);
  const fetchedFor = useRef<string>(undefined);
  const isMissing = current !== undefined && !threads.some((thread) => thread.id === current);

  useEffect(() => {
    if (!isMissing || fetchedFor.current === current) return;
    fetchedFor.current = current;
    router.refresh();
  }, [isMissing, current, router]);

  return (
    <ul className="grid grid-cols-[minmax(0,1fr)] gap-px">
      {threads.map((thread) => (
        <li key={thread.id}>
          <Link
            href={`/ask/${thread.id}`}
            aria-current={thread.id === current ? 'page' : undefined}
            className={clsx(
              'block truncate rounded-2 px-2.5 py-2.5 hover:bg-[color-mix(in_srgb,var(--ink)_5%,transparent)] md:py-1.5',
              thread.id === current ? 'font-semibold text-ink' : 'text-ink-2',
            )}
          >
            {thread.title || 'New question'}
          </Link>
        </li>
      ))}
    </ul>
  );
}
