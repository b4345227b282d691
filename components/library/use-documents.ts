'use client';

import { useEffect, useEffectEvent, useState } from 'react';
import useSWR, { useSWRConfig } from 'swr';
import { requestJson } from '@/components/client/request';
import { useLive } from '@/components/live/live-provider';
import { useRows } from '@/components/live/use-rows';
import { api } from '@/lib/links';
import { isMoving, type LibraryDocument } from './documents';
import { uploadQueue, useUploads } from './stores';

/** Often enough for a percentage to move; stops by itself when everything is read or the tab is hidden. */
const POLL_MILLISECONDS = 800;
/** With the live connection the changes arrive by themselves; this only guards against one that is silently dead. */
const LIVE_POLL_MILLISECONDS = 5_000;

type Listed = { documents: LibraryDocument[]; next: string | null };

/** The whole library, in as many answers as it takes. */
async function fetchDocuments(url: string): Promise<LibraryDocument[]> {
  const all: LibraryDocument[] = [];
  for (let after: string | null = ''; after !== null; ) {
    const asked: string = after === '' ? url : `${url}?after=${encodeURIComponent(after)}`;
    const { documents, next }: Listed = await requestJson<Listed>(asked);
    all.push(...documents);
    after = next;
  }
  return all;
}

/** A change that was still being made when the last one was told is told now. */
const LOOK_BACK_MS = 5_000;

/** What changed since, put into what is known: a large library is not told anew with every page that is read. */
async function withChanges(known: LibraryDocument[]): Promise<LibraryDocument[]> {
  const latest = Math.max(...known.map(({ updatedAt }) => Date.parse(updatedAt)));
  const since = new Date(latest - LOOK_BACK_MS).toISOString();
  const { documents, next } = await requestJson<Listed>(
    `${api.documents}?since=${encodeURIComponent(since)}`,
  );
  if (next !== null) return fetchDocuments(api.documents);
  const changed = new Map(documents.map((document) => [document.id, document]));
  const old = new Set(known.map(({ id }) => id));
  return [
    ...documents.filter(({ id }) => !old.has(id)),
    ...known.map((document) => changed.get(document.id) ?? document),
  ].filter(({ replacedBy }) => replacedBy === null);
}

/** The student's documents, kept live while one of them is on its way. `made`: what a page that was just loaded came with. */
export function useDocuments(made?: LibraryDocument[]) {
  const { status, userId } = useLive();
  const isHandedOver = useUploads().some(({ phase }) => phase.name === 'reading');
  const { cache } = useSWRConfig();
  // A page that is come back to may show what it was made with before.
  const [fresh] = useState(() => (cache.get(api.documents)?.data === undefined ? made : undefined));
  const { data, error, isLoading, mutate } = useSWR<LibraryDocument[], Error>(api.documents, fetchDocuments, {
    dedupingInterval: 300,
    ...(fresh && { fallbackData: fresh, revalidateOnMount: false }),
  });
  useEffect(() => {
    if (fresh) void mutate(fresh, { revalidate: false });
  }, [fresh, mutate]);
  const isChanging = isHandedOver || data?.some(isMoving) === true;
  const look = useEffectEvent(() => {
    if (document.visibilityState === 'hidden') return;
    void mutate((known) => (known && known.length > 0 ? withChanges(known) : fetchDocuments(api.documents)), {
      revalidate: false,
      throwOnError: false,
    });
  });
  useEffect(() => {
    if (!isChanging) return;
    const timer = setInterval(look, status === 'live' ? LIVE_POLL_MILLISECONDS : POLL_MILLISECONDS);
    return () => clearInterval(timer);
  }, [isChanging, status]);

  useRows(isChanging ? { table: 'doc_source', filter: `user_id=eq.${userId}` } : undefined, () => look());

  useEffect(() => {
    if (data) uploadQueue.settle(data);
  }, [data]);

  return { documents: data, error, isLoading, mutate };
}
