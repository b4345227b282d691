'use client';

import { useEffect } from 'react';
import useSWR from 'swr';
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

const fetchDocuments = async (url: string) =>
  (await requestJson<{ documents: LibraryDocument[] }>(url)).documents;

/** The student's documents, kept live while one of them is on its way. */
export function useDocuments() {
  const { status, userId } = useLive();
  const isHandedOver = useUploads().some(({ phase }) => phase.name === 'reading');
  const { data, error, isLoading, mutate } = useSWR<LibraryDocument[], Error>(api.documents, fetchDocuments, {
    refreshInterval: (latest) => {
      if (!isHandedOver && !latest?.some(isMoving)) return 0;
      return status === 'live' ? LIVE_POLL_MILLISECONDS : POLL_MILLISECONDS;
    },
    dedupingInterval: 300,
  });

  useRows(
    data?.some(isMoving) || isHandedOver
      ? { table: 'doc_source', filter: `user_id=eq.${userId}` }
      : undefined,
    () => void mutate(),
  );

  useEffect(() => {
    if (data) uploadQueue.settle(data);
  }, [data]);

  return { documents: data, error, isLoading, mutate };
}
