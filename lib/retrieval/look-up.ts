import type { DatabaseClient } from '../db/clients.ts';
import { findDocumentIdsByTitle, readyDocuments } from '../db/queries/document-title.ts';
import { findMaterial } from './material.ts';
import { type NamedDocument, writtenOut } from './scope.ts';
import { type Retrieval, type RetrieveDependencies, retrieve } from './search.ts';

const DEFAULT_LIMIT = 10;
const MATERIAL_LIMIT = 20;
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
  lastDocId: string | null;
  signal: AbortSignal;
};
type Found = Omit<Retrieval, 'words'> & {
  /** The documents that the query names. */
  scope: { docId: string; title: string }[];
  /** Why there is no material. */
  absent: string | null;
};

/** The documents that the filters leave; null for all. */
async function filtered(db: DatabaseClient, { filters, signal }: Asked): Promise<string[] | null> {
  const titles = filters?.titles ?? [];
  const titled = titles.length > 0 ? await findDocumentIdsByTitle(db, { titles, signal }) : null;
  const docIds = filters?.docIds ?? null;
  return titled && docIds ? docIds.filter((id) => titled.includes(id)) : (titled ?? docIds);
}

/** The passages that answer a question: of the documents it names, else of the one that is kept to, else of all. */
async function search(deps: RetrieveDependencies, asked: Asked): Promise<Found> {
  const { userId, query, limit, courseId, documentId, signal } = asked;
  const docIds = await filtered(deps.db, asked);
  const isOpen = docIds === null && courseId === null;
  const mayBeScoped = isOpen && (documentId !== null || MAY_NAME.test(query));
  const documents = mayBeScoped ? await readyDocuments(deps.db, { signal }) : [];
  const named = writtenOut(query, documents);
  const kept = named.documents.length > 0 ? named.documents : documents.filter(({ id }) => id === documentId);
  const within = async (scope: readonly NamedDocument[]): Promise<Found> => {
    const { words: _words, ...found } = await retrieve(deps, {
      userId,
      query: named.rest === '' ? query : named.rest,
      limit: limit ?? DEFAULT_LIMIT,
      course: courseId ?? undefined,
      docIds: scope.length > 0 ? scope.map(({ id }) => id) : (docIds ?? undefined),
      signal,
    });
    return { ...found, scope: scope.map(({ id, title }) => ({ docId: id, title })), absent: null };
  };
  const found = await within(kept);
  const isElsewhere = found.evidence.band === 'none' && kept.length > 0 && named.documents.length === 0;
  return isElsewhere ? within([]) : found;
}

/** What study items are made of; with nothing to make them of, why. */
async function materialFor(deps: RetrieveDependencies, asked: Asked): Promise<Found> {
  const { userId, query, limit, lastDocId, signal } = asked;
  const docIds = await filtered(deps.db, asked);
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
    mended: [],
    absent,
  };
}

/** The passages for what is asked: those that answer it, or the material to make something of. */
export const lookUp = (deps: RetrieveDependencies, asked: Asked): Promise<Found> =>
  asked.purpose === 'material' ? materialFor(deps, asked) : search(deps, asked);
