'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { useEffect } from 'react';
import useSWR from 'swr';
import { z } from 'zod';
import { requestJson } from '@/components/client/request';
import { useLive, useTold } from '@/components/live/live-provider';
import { RECENT_THREADS } from '@/lib/domain/bounds';
import { api, paths } from '@/lib/links';

export type RecentThread = { id: string; title: string | null };

const recentSchema = z.object({
  threads: z.array(z.object({ id: z.string(), title: z.string().nullable() })),
});
/** How often the list is read where nobody tells of changes. */
const POLL_MS = 5_000;

const threadIdOf = (pathname: string) =>
  pathname === paths.conversations ? undefined : /^\/ask\/([^/]+)$/.exec(pathname)?.[1];

const fetchRecent = async (url: string): Promise<RecentThread[]> =>
  recentSchema.parse(await requestJson(url)).threads;

/**
 * The list that the page came with, and what has begun, got a name or gone since, here or in another tab. Refreshing the
 * page for it would replace the conversation in the middle of its answer.
 */
function useRecent(threads: RecentThread[]): RecentThread[] {
  const { status } = useLive();
  const isLive = status === 'live';
  const { data = threads, mutate } = useSWR(api.threads({ limit: String(RECENT_THREADS) }), fetchRecent, {
    fallbackData: threads,
    revalidateOnMount: false,
    refreshInterval: isLive ? 0 : POLL_MS,
  });
  useTold('thread', () => void mutate());
  // What was said before the connection stood was told to nobody.
  useEffect(() => {
    if (isLive) void mutate();
  }, [isLive, mutate]);
  return data;
}

type RecentThreadsProps = { threads: RecentThread[]; pathname: string; title?: string };

/** The latest conversations, newest first; nothing, not even the title, while there are none. */
export function RecentThreads({ threads, pathname, title }: RecentThreadsProps) {
  const current = threadIdOf(pathname);
  const shown = useRecent(threads);

  if (shown.length === 0) return null;
  return (
    <>
      {title && <h2 className="px-2.5 pb-1.5 text-ink-3 text-xs">{title}</h2>}
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-px">
        {shown.map((thread) => (
          <li key={thread.id}>
            <Link
              href={paths.thread(thread.id)}
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
      <Link
        href={paths.conversations}
        aria-current={pathname === paths.conversations ? 'page' : undefined}
        className="mt-1 block rounded-2 px-2.5 py-2.5 text-ink-3 hover:text-ink md:py-1.5"
      >
        All conversations
      </Link>
    </>
  );
}
