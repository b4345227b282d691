'use client';

import useSWR from 'swr';
import { isGone, requestJson } from '@/components/client/request';
import { documentPageSchema } from '@/lib/domain/document';
import { api } from '@/lib/links';

/** One page of a document; kept, so that going back to a passage shows it at once. */
export function useDocumentPage(docId: string, page: number) {
  return useSWR(
    api.documentPage(docId, page),
    async (url: string) => documentPageSchema.parse(await requestJson(url)),
    {
      revalidateOnFocus: false,
      revalidateIfStale: false,
      shouldRetryOnError: (error: unknown) => !isGone(error),
      errorRetryCount: 3,
    },
  );
}
