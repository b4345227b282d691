'use client';

import useSWR from 'swr';
import { z } from 'zod';

const pageSchema = z.object({
  documentId: z.string(),
  title: z.string(),
  page: z.number(),
  pageCount: z.number().nullable(),
  locator: z.enum(['page', 'section', 'row']),
  label: z.string().nullable(),
  content: z.string(),
  charStart: z.number(),
  charEnd: z.number(),
});

export type DocumentPage = z.infer<typeof pageSchema>;

/** The document or the page is gone, or was never this student's: the two look the same. */
export class PageGoneError extends Error {
  override readonly name = 'PageGoneError';
}

async function fetchPage(address: string): Promise<DocumentPage> {
  const response = await fetch(address, { headers: { accept: 'application/json' } });
  if (response.status === 404) throw new PageGoneError(`nothing at ${address}`);
  if (!response.ok) throw new Error(`page answered ${response.status}`);
  return pageSchema.parse(await response.json());
}

/** One page of a document; kept, so that going back to a passage shows it at once. */
export function useDocumentPage(docId: string, page: number) {
  return useSWR(`/api/documents/${docId}/pages/${page}`, fetchPage, {
    revalidateOnFocus: false,
    revalidateIfStale: false,
    shouldRetryOnError: (error: unknown) => !(error instanceof PageGoneError),
    errorRetryCount: 3,
  });
}
