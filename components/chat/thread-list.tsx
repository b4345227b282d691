'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useDeferredValue, useState } from 'react';
import useSWRInfinite from 'swr/infinite';
import { useText } from '#use-text';
import { useDeletions } from '@/components/client/deferred-delete';
import { requestJson } from '@/components/client/request';
import { useStable } from '@/components/client/use-stable';
import { useTold } from '@/components/live/live-provider';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Strip } from '@/components/ui/strip';
import { TextField } from '@/components/ui/text-field';
import { dateIn } from '@/lib/calendar/dates';
import { periodOf } from '@/lib/calendar/words';
import type { ListedThread } from '@/lib/db/queries/thread';
import { MAX_QUERY_CHARACTERS } from '@/lib/domain/bounds';
import type { Translate } from '@/lib/language/text';
import { api, paths } from '@/lib/links';
import { ThreadRow, threadDeletions } from './thread-row';

const ShareDialog = dynamic(() => import('./share-dialog').then((module) => module.ShareDialog), {
  ssr: false,
});

export type ThreadPage = { threads: ListedThread[]; after: string | null };

const fetchPage = (url: string) => requestJson<ThreadPage>(url);

/** The pages that are shown; the first came with the page. */
function useThreads(query: string, archived: boolean, first: ThreadPage) {
  const isFirstList = query === '' && !archived;
  const { data, error, isLoading, size, setSize, mutate } = useSWRInfinite<ThreadPage, Error>(
    (index, previous: ThreadPage | null) => {
      if (index > 0 && previous?.after == null) return null;
      return api.threads({
        ...(query && { q: query }),
        ...(archived && { archived: '1' }),
        ...(previous?.after && { after: previous.after }),
      });
    },
    fetchPage,
    // What left one list is in the other, however soon the student turns there.
    { keepPreviousData: true, dedupingInterval: 0, ...(isFirstList && { fallbackData: [first] }) },
  );
  return {
    threads: data?.flatMap(({ threads }) => threads) ?? [],
    hasMore: data?.at(-1)?.after != null,
    isLoading: isLoading || (data !== undefined && data.length < size && data.at(-1)?.after != null),
    more: () => void setSize(size + 1),
    reload: () => void mutate(),
    error,
  };
}

/** What is deleted here keeps its place and its Undo, though the server lists it no more. */
function useKept(threads: ListedThread[], list: string): ListedThread[] {
  const { pending } = useDeletions(threadDeletions);
  const [last, setLast] = useState({ list, threads });
  const before = last.list === list ? last.threads : [];
  const listed = new Set(threads.map(({ id }) => id));
  const shown = [...threads];
  for (const [place, thread] of before.entries()) {
    if (!pending.has(thread.id) || listed.has(thread.id)) continue;
    const above = shown.findIndex(({ id }) => id === before[place - 1]?.id);
    shown.splice(above + 1, 0, thread);
  }
  if (
    last.list !== list ||
    shown.length !== before.length ||
    shown.some((thread, place) => thread !== before[place])
  )
    setLast({ list, threads: shown });
  return shown;
}

type Group = { name: string; threads: ListedThread[] };

/** In the order they came: pinned ones, then by the day they were used last. */
function groupsOf(threads: readonly ListedThread[], today: string, timezone: string, t: Translate): Group[] {
  const groups: Group[] = [];
  for (const thread of threads) {
    const name = thread.pinnedAt
      ? t('Pinned')
      : periodOf(dateIn(new Date(thread.updatedAt), timezone), today, t.language);
    const last = groups.at(-1);
    if (last?.name === name) last.threads.push(thread);
    else groups.push({ name, threads: [thread] });
  }
  return groups;
}

type ThreadListProps = { first: ThreadPage; today: string; timezone: string };

/** Every conversation: found by its words, kept at hand, put away, shared or deleted. */
export function ThreadList({ first, today, timezone }: ThreadListProps) {
  const t = useText();
  const router = useRouter();
  const [typed, setTyped] = useState('');
  const [archived, setArchived] = useState(false);
  const [shared, setShared] = useState<ListedThread>();
  // Typing is never held up by the list; what is asked for is what was typed last.
  const query = useDeferredValue(typed.trim());
  const list = useThreads(query, archived, first);
  const threads = useKept(list.threads, `${archived} ${query}`);
  // What was changed may be told after the student turned to the other list: the one that is shown is read again.
  const { onChanged } = useStable({
    onChanged: () => {
      list.reload();
      // The recent ones beside the page.
      router.refresh();
    },
  });
  // What is asked, named or deleted on another page is here at once.
  useTold('thread', list.reload);
  return (
    <div className="mx-auto max-w-[42.5rem]">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h1 className="font-semibold text-xl">{archived ? t('Archive') : t('Conversations')}</h1>
        <Button variant="quiet" size="sm" onClick={() => setArchived(!archived)}>
          {archived ? t('Show conversations') : t('Show archive')}
        </Button>
      </div>
      <search className="mt-4 block">
        <TextField
          label={t('Search titles and messages')}
          type="search"
          value={typed}
          maxLength={MAX_QUERY_CHARACTERS}
          autoComplete="off"
          onChange={(event) => setTyped(event.target.value)}
        />
      </search>
      {list.error && (
        <Strip tone="bad" className="mt-4" onRetry={list.reload}>
          {t.fault(list.error)}
        </Strip>
      )}
      <p role="status" className="sr-only">
        {query !== '' && !list.isLoading && t('{count} found', { count: list.threads.length })}
      </p>
      {threads.length === 0 && !list.isLoading && !list.error ? (
        <Nothing query={query} archived={archived} />
      ) : (
        groupsOf(threads, today, timezone, t).map(({ name, threads: those }) => (
          <section key={name} className="mt-6">
            <h2 className="pb-1.5 text-ink-3 text-xs">{name}</h2>
            <ul>
              {those.map((thread) => (
                <ThreadRow
                  key={thread.id}
                  thread={thread}
                  query={query}
                  onChanged={onChanged}
                  onShare={() => setShared(thread)}
                />
              ))}
            </ul>
          </section>
        ))
      )}
      {list.hasMore && (
        <div className="mt-4 flex justify-center">
          <Button size="sm" busy={list.isLoading} onClick={list.more}>
            {t('Show older ones')}
          </Button>
        </div>
      )}
      {shared && <ShareDialog thread={shared} onClose={() => setShared(undefined)} />}
    </div>
  );
}

function Nothing({ query, archived }: { query: string; archived: boolean }) {
  const t = useText();
  if (query !== '') {
    return <p className="mt-6 text-ink-2">{t('No conversation says “{query}”.', { query })}</p>;
  }
  if (archived) {
    return <p className="mt-6 text-ink-2">{t('What you archive is kept here, out of the list.')}</p>;
  }
  return (
    <EmptyState title={t('No conversations yet')} className="mt-6">
      {t.rich('Ask something, and it is kept here. <link>Ask</link>', {
        link: (words) => (
          <a className="link" href={paths.ask}>
            {words}
          </a>
        ),
      })}
    </EmptyState>
  );
}
