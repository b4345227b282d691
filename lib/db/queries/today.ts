import type { DatabaseClient } from '../clients.ts';
import { databaseError } from '../errors.ts';

export type TodayDocument = {
  id: string;
  title: string;
  fileName: string | null;
  status: 'pending' | 'processing' | 'ready' | 'error';
  pageCount: number | null;
  chunkCount: number;
  locator: 'page' | 'section' | 'row';
  errorMessage: string | null;
};

const NEWEST = 20;
const HEADINGS = 400;

/** The latest documents, newest first: enough to decide what to do next. */
export async function newestDocuments(db: DatabaseClient): Promise<TodayDocument[]> {
  const { data, error } = await db
    .from('doc_source')
    .select('id, title, file_name, status, page_count, chunk_count, locator, error_message')
    .order('created_at', { ascending: false })
    .limit(NEWEST);
  if (error) throw databaseError(error);
  return data.map((row) => ({
    id: row.id,
    title: row.title,
    fileName: row.file_name,
    status: row.status,
    pageCount: row.page_count,
    chunkCount: row.chunk_count,
    locator: row.locator,
    errorMessage: row.error_message,
  }));
}

/** The heading paths of a document in reading order, each once. */
export async function headingPaths(db: DatabaseClient, params: { docId: string }): Promise<string[][]> {
  const { data, error } = await db
    .from('doc_chunk')
    .select('heading_path')
    .eq('doc_id', params.docId)
    .order('ord')
    .limit(HEADINGS);
  if (error) throw databaseError(error);
  const seen = new Set<string>();
  return data.flatMap(({ heading_path: path }) => {
    const key = JSON.stringify(path);
    if (path.length === 0 || seen.has(key)) return [];
    seen.add(key);
    return [path];
  });
}
