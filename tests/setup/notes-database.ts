import { createClient } from '@supabase/supabase-js';
import type { DatabaseClient } from '../../lib/db/clients.ts';

export type Note = { text: string; title?: string; docId?: string; page?: number };

const DOCUMENT_ID = '00000000-0000-4000-8000-000000000001';

/** Rows as `search_chunks_hybrid` gives them, the best first. */
export function searchRows(notes: readonly Note[]) {
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
    account: {},
  }));
}

export type DataRequest = { name: string; search: string; body: Record<string, unknown> };
type Behaviour = { fail?: boolean; hang?: boolean };

/**
 * The real client in front of a Data API that gives what `answer` makes of a request for a table or a function; `fail`
 * makes every request fail, `hang` leaves it without an answer.
 */
export function fakeDatabase(answer: (request: DataRequest) => unknown, { fail, hang }: Behaviour = {}) {
  const requests: DataRequest[] = [];
  const fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const { pathname, search } = new URL(input instanceof Request ? input.url : input);
    const name = pathname.split('/').at(-1) ?? '';
    const request = { name, search, body: JSON.parse(String(init?.body ?? '{}')) };
    requests.push(request);
    init?.signal?.throwIfAborted();
    if (hang) return new Promise(() => undefined);
    if (fail) return Response.json({ message: 'connection refused to 10.0.0.7' }, { status: 500 });
    return Response.json(answer(request));
  };
  const db: DatabaseClient = createClient('http://127.0.0.1:1', 'key', { global: { fetch } });
  return { db, requests };
}

/** A student's notes and nothing else. */
export const notesDatabase = (notes: readonly Note[], behaviour?: Behaviour) =>
  fakeDatabase(({ name }) => (name === 'search_chunks_hybrid' ? searchRows(notes) : []), behaviour);
