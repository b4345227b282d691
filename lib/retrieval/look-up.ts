import type { DatabaseClient } from '../db/clients.ts';
import { databaseError } from '../db/errors.ts';
import { findDocumentIdsByTitle, readyDocuments } from '../db/queries/document-title.ts';
import type { Within } from '../domain/turn.ts';
import { findMaterial } from './material.ts';
import { type NamedDocument, writtenOut } from './scope.ts';
import { type Retrieval, type RetrieveDependencies, type RetrievedChunk, retrieve } from './search.ts';
import type { SpreadSource } from './spread.ts';
import { answerFromTable, asksOfTable, type TableAnswer } from './table-answer.ts';
import { readTable } from './table-cells.ts';

const DEFAULT_LIMIT = 10;
const MATERIAL_LIMIT = 20;
const HEAD = 3;
const PAGES_AT_ONCE = 500;
/** A longer table is not computed with: its rows are found, as any passage is. */
const MAX_TABLE_PAGES = 3_000;
/** What a name of a document looks like, or stands behind: only then the titles are looked through. */
const MAY_NAME =
  /\.[a-z]\w{1,4}\b|\p{L}[_-]\d|_|[“"«‘']\p{L}|\b(?:according to|files?|documents?|papers?|(?:chapter|lecture|lesson|week|unit|section|part) \d+)\b/iu;

type Asked = {
  userId: string;
  query: string;
  limit: number | null;
  courseId: string | null;
  filters: { docIds: string[] | null; titles: string[] | null } | null;
  /** Whether a question is to be answered, or study items are to be made. */
  purpose: 'answer' | 'material' | null;
  /** The document that the student keeps to, until something else is named or it holds nothing. */
  documentId: string | null;
  /** The only notes to look through, where the student chose some. */
  within: Within | null;
  lastDocId: string | null;
  signal: AbortSignal;
};
type FoundTable = TableAnswer & { docId: string; title: string };
type Found = Omit<Retrieval, 'words'> & {
  /** The documents that the query names. */
  scope: { docId: string; title: string }[];
  /** Why there is no material. */
  absent: string | null;
  /** What was computed over the rows of a table. */
  table: FoundTable | null;
};

/** The documents that a student chose to keep to; null for all. */
async function chosen(
  { db, threadId }: Pick<RetrieveDependencies, 'db' | 'threadId'>,
  within: Within | null,
  signal: AbortSignal,
): Promise<NamedDocument[] | null> {
  if (!within || (within.docIds.length === 0 && !within.course)) return null;
  const { docIds, course } = within;
  const ready = await readyDocuments(db, { signal, threadId });
  return ready.filter((one) => docIds.includes(one.id) || (course && one.course === course));
}

/** The same as what study items are made of. */
export const sourcesWithin = async (...given: Parameters<typeof chosen>): Promise<SpreadSource[] | null> =>
  (await chosen(...given))?.map(({ id }) => ({ docId: id, from: null, to: null })) ?? null;

/** The documents that the filters leave of those that were chosen; null for all. */
async function filtered(
  deps: RetrieveDependencies,
  { filters, signal }: Asked,
  held: readonly NamedDocument[] | null,
): Promise<string[] | null> {
  const named = await byFilters(deps, filters, signal);
  if (held === null) return named;
  const ids = held.map(({ id }) => id);
  const both = named?.filter((id) => ids.includes(id)) ?? ids;
  // What a model names beside the student's choice is no reason to find nothing.
  return both.length > 0 ? both : ids;
}

async function byFilters(
  { db, threadId }: RetrieveDependencies,
  filters: Asked['filters'],
  signal: AbortSignal,
): Promise<string[] | null> {
  const titles = filters?.titles ?? [];
  const titled = titles.length > 0 ? await findDocumentIdsByTitle(db, { titles, signal, threadId }) : null;
  const docIds = filters?.docIds ?? null;
  return titled && docIds ? docIds.filter((id) => titled.includes(id)) : (titled ?? docIds);
}

/** The answer of the table that was found first, when the best passages are rows of one. Null when it asks nothing of it. */
async function computeFrom(
  db: DatabaseClient,
  question: string,
  chunks: readonly RetrievedChunk[],
  signal: AbortSignal,
): Promise<FoundTable | null> {
  const row = chunks.slice(0, HEAD).find(({ locator }) => locator.kind === 'row' || locator.kind === 'sheet');
  if (!row) return null;
  const { docId, title } = row;
  // Sheets of one file are tables of their own.
  const sheet = row.locator.kind === 'sheet' ? `# ${row.headingPath[0]}\n` : '';
  const pages: string[] = [];
  for (let from = 0; from < MAX_TABLE_PAGES; from += PAGES_AT_ONCE) {
    const { data, error } = await db
      .from('doc_page')
      .select('content')
      .eq('doc_id', docId)
      .order('page')
      .range(from, from + PAGES_AT_ONCE - 1)
      .abortSignal(signal);
    if (error) throw databaseError(error);
    pages.push(...data.map(({ content }) => content).filter((content) => content.startsWith(sheet)));
    if (data.length < PAGES_AT_ONCE) {
      const answer = answerFromTable(question, readTable(pages));
      return answer && { ...answer, docId, title };
    }
  }
  return null;
}

/** The passages that answer a question: of the documents it names, else of the one that is kept to, else of all. */
async function search(deps: RetrieveDependencies, asked: Asked): Promise<Found> {
  const { userId, query, limit, courseId, documentId, signal } = asked;
  const held = await chosen(deps, asked.within, signal);
  const docIds = await filtered(deps, asked, held);
  const isOpen = docIds === null && courseId === null;
  const mayBeScoped = isOpen && (documentId !== null || MAY_NAME.test(query));
  const documents = mayBeScoped ? await readyDocuments(deps.db, { signal, threadId: deps.threadId }) : [];
  const named = writtenOut(query, documents);
  const kept = named.documents.length > 0 ? named.documents : documents.filter(({ id }) => id === documentId);
  const within = async (scope: readonly NamedDocument[]): Promise<Found> => {
    const { words: _words, ...found } = await retrieve(deps, {
      userId,
      query: named.rest === '' ? query : named.rest,
      limit: limit ?? deps.topK ?? DEFAULT_LIMIT,
      course: held === null ? (courseId ?? undefined) : undefined,
      docIds: scope.length > 0 ? scope.map(({ id }) => id) : (docIds ?? undefined),
      signal,
    });
    return {
      ...found,
      scope: (held?.length === 1 ? held : scope).map(({ id, title }) => ({ docId: id, title })),
      absent: null,
      table: null,
    };
  };
  const first = await within(kept);
  const isElsewhere = first.evidence.band === 'none' && kept.length > 0 && named.documents.length === 0;
  const found = isElsewhere ? await within([]) : first;
  const table = asksOfTable(query) ? await computeFrom(deps.db, query, found.chunks, signal) : null;
  // What was computed over all rows answers, however few words of the question stand in them.
  return table === null ? found : { ...found, table, evidence: { ...found.evidence, band: 'strong' } };
}

/** What study items are made of; with nothing to make them of, why. */
async function materialFor(deps: RetrieveDependencies, asked: Asked): Promise<Found> {
  const { userId, query, limit, lastDocId, signal } = asked;
  const docIds = await filtered(deps, asked, await chosen(deps, asked.within, signal));
  const { chunks, absent } = await findMaterial(deps, {
    userId,
    topic: query,
    sources: docIds?.map((docId) => ({ docId, from: null, to: null })) ?? null,
    lastDocId,
    count: limit ?? MATERIAL_LIMIT,
    offset: 0,
    signal,
  });
  const titles = new Map(chunks.map(({ docId, title }) => [docId, title]));
  const [only] = titles;
  return {
    chunks,
    evidence: { score: chunks.length > 0 ? 1 : 0, band: chunks.length > 0 ? 'strong' : 'none', missing: [] },
    documents: titles.size,
    scope: only && titles.size === 1 ? [{ docId: only[0], title: only[1] }] : [],
    unread: [],
    mended: [],
    table: null,
    absent: absent?.() ?? null,
  };
}

/** The passages for what is asked: those that answer it, or the material to make something of. */
export const lookUp = (deps: RetrieveDependencies, asked: Asked): Promise<Found> =>
  asked.purpose === 'material' ? materialFor(deps, asked) : search(deps, asked);
