'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { useText } from '#use-text';
import { useShell } from '@/components/live/use-shell';
import { paths } from '@/lib/links';

const threadIdOf = (pathname: string) =>
  pathname === paths.conversations ? undefined : /^\/ask\/([^/]+)$/.exec(pathname)?.[1];

/**
 * The latest conversations, newest first, with what has begun, got a name or gone since, here or in another tab; nothing, not even
 * the title, while there are none. Refreshing the page for it would replace the conversation in the middle of its answer.
 */
export function RecentThreads({ pathname, title }: { pathname: string; title?: string }) {
  const t = useText();
  const current = threadIdOf(pathname);
  const shown = useShell().data?.threads ?? [];

  if (shown.length === 0) return null;
  return (
    <>
      {title && <h2 className="px-2.5 pb-1.5 text-ink-3 text-xs">{title}</h2>}
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-px">
        {shown.map((thread) => (
          <li key={thread.id}>
            <Link
              prefetch={false}
              href={paths.thread(thread.id)}
              aria-current={thread.id === current ? 'page' : undefined}
              className={clsx(
                'block truncate rounded-2 px-2.5 py-2.5 hover:bg-[color-mix(in_srgb,var(--ink)_5%,transparent)] md:py-1.5',
                thread.id === current ? 'font-semibold text-ink' : 'text-ink-2',
              )}
            >
              {thread.title || t('New question')}
            </Link>
          </li>
        ))}
      </ul>
      <Link
        prefetch={false}
        href={paths.conversations}
        aria-current={pathname === paths.conversations ? 'page' : undefined}
        className="mt-1 block rounded-2 px-2.5 py-2.5 text-ink-3 hover:text-ink md:py-1.5"
      >
        {t('All conversations')}
      </Link>
    </>
  );
}
