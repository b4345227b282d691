import { createClient } from '@supabase/supabase-js';
import type { DatabaseClient } from '../../lib/db/clients.ts';

export type Note = { text: string; title?: string; docId?: string; page?: number };

const DOCUMENT_ID = '00000000-0000-4000-8000-000000000001';

/** Rows as `search_chunks_hybrid` gives them, the best first. */
function searchRows(notes: readonly Note[]) {
  return notes.map(({ text, title, docId, page }, index) => ({
    chunk_id: index + 1,
    doc_id: docId ?? DOCUMENT_ID,
    ord: index,
    content: text,
    metadata: {
      page_start: page ?? index + 1,
      page_end: page ?? index + 1,
      char_start: index * 1_000,
      char_end: index * 1_000 + text.length,
      heading_path: ['Memory'],
    },
    similarity: null,
    lexical_score: 10 - index,
    score: 1 / (index + 1),
    term_idf: [2, 2, 2, 2, 2, 2],
    chunk_count: 50,
    title: title ?? 'Psychology',
    course: null,
    locator: 'page',
    page_count: 10,
  }));
}

/**
 * The real client in front of a Data API that knows only the given notes; `fail` makes every
 * request fail, `hang` leaves it without an answer.
 */
export function notesDatabase(notes: readonly Note[], options: { fail?: boolean; hang?: boolean } = {}) {
  const requests: string[] = [];
  const fetchNotes = async (input: RequestInfo | URL): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    requests.push(url.pathname);
    if (options.hang) return new Promise(() => undefined);
    if (options.fail) return Response.json({ message: 'connection refused to 10.0.0.7' }, { status: 503 });
    if (url.pathname.endsWith('/search_chunks_hybrid')) return Response.json(searchRows(notes));
    return Response.json([]);
  };
  const db: DatabaseClient = createClient('http://127.0.0.1:1', 'key', { global: { fetch: fetchNotes } });
  return { db, requests };
}
