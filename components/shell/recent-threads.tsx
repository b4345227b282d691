'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import useSWR from 'swr';
import { z } from 'zod';
import { requestJson } from '@/components/client/request';
import { api, paths } from '@/lib/links';

export type RecentThread = { id: string; title: string | null };

const TITLE_POLL_MS = 1_500;
const answered = z.object({ thread: z.object({ id: z.string(), title: z.string().nullable() }) });

const threadIdOf = (pathname: string) =>
  pathname === paths.conversations ? undefined : /^\/ask\/([^/]+)$/.exec(pathname)?.[1];

const fetchThread = async (url: string): Promise<RecentThread> =>
  answered.parse(await requestJson(url)).thread;

/**
 * The thread that began after the page was rendered. Refreshing the page for it would replace the conversation in the
 * middle of its answer, so only its title is fetched: it has one when the first answer is finished.
 */
function useNewThread(threads: RecentThread[], current: string | undefined): RecentThread | undefined {
  const isMissing = current !== undefined && !threads.some((thread) => thread.id === current);
  const { data } = useSWR(isMissing ? api.thread(current) : null, fetchThread, {
    refreshInterval: (thread) => (thread?.title ? 0 : TITLE_POLL_MS),
    shouldRetryOnError: false,
  });
  return isMissing ? data : undefined;
}

type RecentThreadsProps = { threads: RecentThread[]; pathname: string; title?: string };

/** The latest conversations, newest first; nothing, not even the title, while there are none. */
export function RecentThreads({ threads, pathname, title }: RecentThreadsProps) {
  const current = threadIdOf(pathname);
  const begun = useNewThread(threads, current);
  const shown = begun ? [begun, ...threads] : threads;

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
