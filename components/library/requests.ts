import { requestJson } from '@/components/client/request';
import { api } from '@/lib/links';
import type { LibraryDocument } from './documents';

export const fetchDocuments = async (url: string): Promise<LibraryDocument[]> =>
  (await requestJson<{ documents: LibraryDocument[] }>(url)).documents;

export const changeDocument = (id: string, change: { title?: string; course?: string | null }) =>
  requestJson<unknown>(api.document(id), { method: 'PATCH', body: change });

export const readAgain = (id: string) => requestJson<unknown>(api.ingest(id), { method: 'POST' });
