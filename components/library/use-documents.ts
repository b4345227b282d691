'use client';

import { useEffect } from 'react';
import useSWR from 'swr';
import { isUnfinished, type LibraryDocument } from './documents';
import { fetchDocuments } from './requests';
import { DOCUMENTS_KEY, uploadQueue, useUploads } from './stores';

/** Often enough for a percentage to move; stops by itself when everything is read or the tab is hidden. */
const POLL_MILLISECONDS = 800;

/** The student's documents, kept live while one of them is on its way. */
export function useDocuments() {
  const isHandedOver = useUploads().some(({ phase }) => phase.name === 'reading');
  const { data, error, isLoading, mutate } = useSWR<LibraryDocument[], Error>(DOCUMENTS_KEY, fetchDocuments, {
    refreshInterval: (latest) => (isHandedOver || latest?.some(isUnfinished) ? POLL_MILLISECONDS : 0),
    dedupingInterval: 300,
  });

  useEffect(() => {
    if (data) uploadQueue.settle(data);
  }, [data]);

  return { documents: data, error, isLoading, mutate };
}
