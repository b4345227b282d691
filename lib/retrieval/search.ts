import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import type { Database } from '../db/types.gen.ts';
import { accountOf } from '../domain/account.ts';
import { isPaged, LOCATOR_KINDS, type Locator } from '../domain/document.ts';
import { AppError } from '../errors.ts';
import { unreadText } from '../study/account.ts';
import { type Evidence, evidenceBand, evidenceScore, lexicalBound, missingWords } from './evidence.ts';
import { type Mended, mend, mendedText, provenIn } from './mend.ts';
import {
  capPerDocument,
  FUSED_WEIGHTS,
  LEXICAL_WEIGHTS,
  placesFor,
  type QueryUnit,
  queryUnits,
  type Reranked,
  rerank,
} from './rerank.ts';
import { type LexicalQuery, lexicalQuery } from './sparse-bm25.ts';
import { terms } from './tokenizer.ts';

export type RetrievedChunk = {
  chunkId: number;
  docId: string;
  ord: number;
  text: string;
  title: string;
  course: string | null;
  headingPath: string[];
  /** Null for files without pages. */
  page: number | null;
  pageEnd: number | null;
  locator: Locator;
  /** Offsets into the document's text. */
  charStart: number;
  charEnd: number;
  /** Cosine, or the share of the highest possible BM25 when words alone rank. 0 to 1. */
  similarity: number;
  score: number;
};

export type RetrieveDependencies = {
  /** Acts as the student: row level security is what keeps others' chunks out. */
  db: SupabaseClient<Database>;
  /** Null when there is no vector to be had: words alone rank this search. */
  embedQuery: (text: string, signal?: AbortSignal) => Promise<number[] | null>;
  /** 0: words alone rank and nothing is embedded. */
  denseWeight: number;
  /** How like the question a passage has to be for its meaning to count, as a cosine; -1: however unlike. */
  threshold?: number;
  /** How many passages a search gives that names no number. */
  topK?: number;
  /** The most passages that one search gives, whoever asks for more. */
  mostResults?: number;
  embeddingModel: string;
  /** The conversation it is looked for in, whose attachments are found as well. */
  threadId?: string | null;
};

export type RetrieveParams = {
  userId: string;
  query: string;
  limit: number;
  docIds?: string[] | undefined;
  course?: string | undefined;
  signal?: AbortSignal | undefined;
};

export type Retrieval = {
  chunks: RetrievedChunk[];
  evidence: Evidence;
  /** How many different documents the chunks come from. */
  documents: number;
  /** What could not be read of those documents: what is asked for may stand there. */
  unread: string[];
  /** Words of the question that were read as another. */
  mended: Mended[];
  /** The words that were looked for, each with its rarity among the student's notes. */
  words: QueryUnit[];
};

/** Candidates asked of the database: what the rerank can still repair, and about 10 ms of its time. */
const CANDIDATES = 60;

const count = z.number().int();

/** A chunk with its document, as every search of chunks gives it. */
export const chunkRowSchema = z.object({
  chunk_id: count,
  doc_id: z.string(),
  ord: count,
  content: z.string(),
  metadata: z.object({
    page_start: count,
    page_end: count,
    char_start: count,
    char_end: count,
    heading_path: z.array(z.string()),
  }),
  title: z.string(),
  course: z.string().nullable(),
  locator: z.enum(LOCATOR_KINDS),
  page_count: count.nullable(),
});
type ChunkRow = z.infer<typeof chunkRowSchema>;

const rowSchema = chunkRowSchema.extend({
  similarity: z.number().nullable(),
  lexical_score: z.number().nullable(),
  score: z.number(),
  term_idf: z.array(z.number()).nullable(),
  chunk_count: z.number().nullable(),
  account: z.unknown(),
});
type Row = z.infer<typeof rowSchema>;
type RankedRow = { docId: string; headings: string[]; body: string; score: number; row: Row };

/** One student's documents of one course. A course narrows the search, so it is resolved before ranking. */
async function documentsOfCourse(db: RetrieveDependencies['db'], params: RetrieveParams): Promise<string[]> {
  const pattern = (params.course ?? '').replace(/[\\%_]/g, '\\$&');
  let request = db.from('doc_source').select('id').eq('user_id', params.userId).ilike('course', pattern);
  if (params.docIds) request = request.in('id', params.docIds);
  if (params.signal) request = request.abortSignal(params.signal);
  const { data, error } = await request;
  if (error) throw databaseFailure(error, params.signal);
  return data.map(({ id }) => id);
}

function databaseFailure(cause: unknown, signal: AbortSignal | undefined): unknown {
  return signal?.aborted ? signal.reason : new AppError('database_unavailable', { cause });
}

async function candidates(
  deps: RetrieveDependencies,
  params: RetrieveParams,
  query: LexicalQuery,
  docIds: string[] | undefined,
): Promise<Row[]> {
  const embedding = deps.denseWeight > 0 ? await deps.embedQuery(params.query, params.signal) : null;
  // Optional arguments are left out rather than sent as null: the function's defaults say what absence means.
  let request = deps.db.rpc('search_chunks_hybrid', {
    query_terms: query.ids,
    match_count: CANDIDATES,
    p_user_id: params.userId,
    dense_weight: deps.denseWeight,
    lexical_weight: 1,
    query_embedding: embedding ? JSON.stringify(embedding) : null,
    ...(docIds ? { p_doc_ids: docIds } : {}),
    ...(deps.threadId ? { p_thread_id: deps.threadId } : {}),
    ...(embedding ? { p_embedding_model: deps.embeddingModel, p_match_threshold: deps.threshold ?? -1 } : {}),
  });
  if (params.signal) request = request.abortSignal(params.signal);
  const { data, error } = await request;
  if (error) throw databaseFailure(error, params.signal);
  return z.array(rowSchema).parse(data);
}

function locatorOf(row: ChunkRow): Locator {
  const { page_start: index, heading_path: headings } = row.metadata;
  const label = () => {
    if (row.locator === 'row') return rowLabel(row.content);
    if (row.locator === 'time') return /\[(\d\d:\d\d:\d\d)\]/.exec(row.content)?.[1] ?? null;
    if (row.locator === 'sheet')
      return [headings[0], rowLabel(row.content)?.toLowerCase()].filter(Boolean).join(', ');
    return row.locator === 'page' ? null : (headings.at(-1) ?? null);
  };
  return { kind: row.locator, index, total: row.page_count, label: label() };
}

/** Which rows of its table a chunk holds; every line of such a chunk begins with its number. */
function rowLabel(content: string): string | null {
  const numbers = [...content.matchAll(/^Row (\d+)\./gm)].map((match) => match[1]);
  const [first, last] = [numbers[0], numbers.at(-1)];
  if (first === undefined) return null;
  return first === last ? `Row ${first}` : `Rows ${first}–${last}`;
}

export function toChunk(row: ChunkRow, scores: Pick<RetrievedChunk, 'similarity' | 'score'>): RetrievedChunk {
  const hasPages = isPaged(row.locator);
  return {
    chunkId: row.chunk_id,
    docId: row.doc_id,
    ord: row.ord,
    text: row.content,
    title: row.title,
    course: row.course,
    headingPath: row.metadata.heading_path,
    page: hasPages ? row.metadata.page_start : null,
    pageEnd: hasPages ? row.metadata.page_end : null,
    locator: locatorOf(row),
    charStart: row.metadata.char_start,
    charEnd: row.metadata.char_end,
    ...scores,
  };
}

function toRanked({ candidate: { row }, rerankScore }: Reranked<RankedRow>, bound: number): RetrievedChunk {
  const lexicalShare = bound > 0 ? (row.lexical_score ?? 0) / bound : 0;
  const similarity = Math.max(0, Math.min(1, row.similarity ?? lexicalShare));
  return toChunk(row, { similarity, score: rerankScore });
}

type Found = { query: LexicalQuery; rows: Row[]; missing: string[] };

/** The candidates of a question as it is written, and its words that none of the student's chunks knows. */
async function find(deps: RetrieveDependencies, params: RetrieveParams, docIds?: string[]): Promise<Found> {
  const query = lexicalQuery(params.query);
  const isAsked = query.ids.length > 0 || deps.denseWeight > 0;
  const rows = isAsked ? await candidates(deps, params, query, docIds) : [];
  const idf = rows[0]?.term_idf ?? [];
  const termsOf = (word: string): string[] => terms(word, { prefixes: query.prefixes });
  return { query, rows, missing: missingWords(params.query, query.terms, idf, termsOf) };
}

/** The best passages of the candidates, and what they say about how far the notes speak of the question. */
function judged(
  { mostResults }: Pick<RetrieveDependencies, 'mostResults'>,
  { query: question, limit }: RetrieveParams,
  found: Found,
): Retrieval {
  const { query, rows, missing } = found;
  const units = queryUnits(query, rows[0]?.term_idf ?? [], rows[0]?.chunk_count ?? rows.length);
  if (rows.length === 0)
    return {
      chunks: [],
      evidence: { score: 0, band: 'none', missing },
      documents: 0,
      unread: [],
      mended: [],
      words: units,
    };
  // Without a vector of the question, or of any passage, words alone have ranked.
  const isDense = rows.some(({ similarity }) => similarity !== null);
  const ranked = rerank(
    question,
    query,
    units,
    rows.map((row) => ({
      docId: row.doc_id,
      headings: row.metadata.heading_path,
      body: row.content,
      score: isDense ? row.score : (row.lexical_score ?? 0),
      row,
    })),
    isDense ? FUSED_WEIGHTS : LEXICAL_WEIGHTS,
  );
  const bestLexical = Math.max(0, ...rows.map((row) => row.lexical_score ?? 0));
  const bestCosine = isDense ? Math.max(0, ...rows.map((row) => row.similarity ?? 0)) : null;
  const score = evidenceScore(units, bestLexical, ranked);
  const bound = lexicalBound(units);
  const lengths = new Map<string, number>();
  for (const { doc_id, ord } of rows) lengths.set(doc_id, Math.max(lengths.get(doc_id) ?? 0, ord + 1));
  const placesOf = (docId: string) => placesFor(lengths.get(docId) ?? 0);
  const chunks = capPerDocument(ranked, ({ candidate }) => candidate.docId, placesOf)
    .slice(0, Math.min(limit, mostResults ?? limit))
    .map((item) => toRanked(item, bound));
  const evidence = { score, band: evidenceBand(question, score, bestCosine), missing };
  return {
    chunks,
    evidence,
    documents: new Set(chunks.map(({ docId }) => docId)).size,
    unread: unreadOf(rows, new Set(chunks.map(({ docId }) => docId))),
    mended: [],
    words: units,
  };
}

/** Of each document that gave a passage, once. */
function unreadOf(rows: readonly Row[], docIds: ReadonlySet<string>): string[] {
  const told = new Map<string, string>();
  for (const { doc_id, title, locator, account } of rows) {
    const unread = docIds.has(doc_id) && !told.has(doc_id) ? unreadText(accountOf(account), locator) : null;
    if (unread !== null) told.set(doc_id, `${title}: ${unread}`);
  }
  return [...told.values()];
}

/**
 * The student's passages that answer a question best, and how likely it is that the notes speak of it at all. One
 * database round trip; a course filter costs a short one before it, and a word that the notes do not know two behind it:
 * it is read as the nearest word that they do know.
 */
export async function retrieve(deps: RetrieveDependencies, params: RetrieveParams): Promise<Retrieval> {
  const docIds = params.course ? await documentsOfCourse(deps.db, params) : params.docIds;
  if (docIds?.length === 0) return judged(deps, params, { query: lexicalQuery(''), rows: [], missing: [] });
  const asWritten = await find(deps, params, docIds);
  const guessed =
    asWritten.missing.length > 0 ? await mend(deps.db, { ...params, missing: asWritten.missing }) : [];
  if (guessed.length === 0) return judged(deps, params, asWritten);
  const read = { ...params, query: mendedText(params.query, guessed) };
  const found = await find(deps, read, docIds);
  const mended = provenIn(
    guessed,
    found.rows.map(({ content }) => content),
  );
  if (mended.length === 0) return judged(deps, params, asWritten);
  return { ...judged(deps, read, found), mended };
}
