import { readyDocuments } from '../db/queries/document-title.ts';
import { AppError } from '../errors.ts';
import { type RetrieveDependencies, type RetrievedChunk, retrieve } from './search.ts';
import { type SpreadSource, spreadChunks } from './spread.ts';
import { isEnglishQuery, terms } from './tokenizer.ts';

type MaterialParams = {
  userId: string;
  topic: string;
  /** Only these, when given. */
  sources: readonly SpreadSource[] | null;
  count: number;
  /** In [0, 1): which of the equally good passages of a whole document. */
  offset: number;
  signal: AbortSignal;
};

/** What says "all of it" and names no subject. */
const EVERYTHING =
  /^(?:(?:this|that|the|these|those) (?:\S+ )?(?:documents?|files?|chapters?|notes?|pdfs?|lectures?|slides|texts?|sources?|papers?|articles?)|(?:all|everything|anything|whatever)(?: (?:of )?(?:my|the|our) \S+| (?:in|from|about|on) .{0,20}(?:notes|documents|files|library|material))?|(?:all )?(?:of )?(?:my|the|our|these) (?:whole |entire )?(?:notes|documents|files|library|material|materials|sources|uploads|stuff)|general|mixed|random|alles|meine notizen|alle (?:meine )?(?:notizen|dokumente)|tout|mes notes|toutes mes notes|todo|mis (?:apuntes|notas)|所有笔记|全部)$/i;

/** The best hits stay, whatever words they use. */
const ALWAYS_KEPT = 4;
/** Share of the topic's words that a passage needs to speak of it. */
const TOPIC_SHARE = 0.5;
/** Share of a title's words that the topic needs to name the document. */
const TITLE_SHARE = 0.6;

const shareOf = (words: readonly string[], held: ReadonlySet<string>) =>
  words.filter((word) => held.has(word)).length / Math.max(1, words.length);

type NamedDocument = { id: string; title: string; course: string | null };

/** Documents that the topic names by their title or course rather than by their subject. */
function namedDocuments(topic: string, documents: readonly NamedDocument[]): string[] {
  const asked = terms(topic);
  if (asked.length === 0) return [];
  return documents
    .filter(({ title, course }) => {
      if (course?.toLocaleLowerCase() === topic.trim().toLocaleLowerCase()) return true;
      const words = terms(title.replace(/\.\w{2,5}$/, ''));
      if (words.length === 0) return false;
      return (
        shareOf(asked, new Set(words)) === 1 &&
        shareOf(words, new Set(asked)) >= TITLE_SHARE &&
        (words.length > 1 || asked.length === words.length)
      );
    })
    .map(({ id }) => id);
}

/** Whether a passage, with what it stands under, holds at least this share of the topic's words. */
function speaksOf(chunk: RetrievedChunk, topic: string, share: number): boolean {
  const asked = [...new Set(terms(topic, { prefixes: !isEnglishQuery(topic) }))];
  const text = `${chunk.title} ${chunk.headingPath.join(' ')} ${chunk.text}`;
  const held = new Set([...terms(text), ...terms(text, { prefixes: true })]);
  return shareOf(asked, held) >= share;
}

/** Of a ranking that goes on past the subject, the part that speaks of it, with the rest of the sections it is in. */
function onTopic(chunks: readonly RetrievedChunk[], topic: string): RetrievedChunk[] {
  const sectionOf = ({ docId, headingPath }: RetrievedChunk) => JSON.stringify([docId, headingPath]);
  const kept = new Set(
    chunks.filter((chunk, rank) => rank < ALWAYS_KEPT || speaksOf(chunk, topic, TOPIC_SHARE)),
  );
  const sections = new Set([...kept].filter(({ headingPath }) => headingPath.length > 0).map(sectionOf));
  return chunks.filter((chunk) => kept.has(chunk) || sections.has(sectionOf(chunk)));
}

/** The documents that were named must all be the student's own and read. */
function checkSources(sources: readonly SpreadSource[], ready: readonly { id: string }[]): void {
  const known = new Set(ready.map(({ id }) => id));
  if (sources.every(({ docId }) => known.has(docId))) return;
  throw new AppError('not_found', {
    message: 'One of the documents named is not in your library, or is not read yet.',
  });
}

/**
 * The passages to make study items from: those that speak of a topic, or an even spread over the documents when all of
 * them, or one by its name, is asked for. Empty when the notes do not speak of the topic.
 */
export async function findMaterial(
  deps: RetrieveDependencies,
  { userId, topic, sources, count, offset, signal }: MaterialParams,
): Promise<RetrievedChunk[]> {
  const { db } = deps;
  const spread = (over: readonly SpreadSource[] | null) =>
    spreadChunks(db, { sources: over, count, offset, signal });
  const ready = await readyDocuments(db, { signal });
  if (sources) checkSources(sources, ready);
  const isRange = sources?.some(({ from, to }) => from !== null || to !== null) ?? false;
  if (isRange || EVERYTHING.test(topic.trim())) return spread(sources);

  const named = namedDocuments(topic, ready).filter(
    (id) => !sources || sources.some(({ docId }) => docId === id),
  );
  if (named.length > 0) {
    const own = await spread(named.map((docId) => ({ docId, from: null, to: null })));
    if (sources || own.length >= count) return own;
    // A short document may be called what a long one has a chapter on: the subject is then in both.
    const { chunks } = await retrieve(deps, { userId, query: topic, limit: count, signal });
    const elsewhere = chunks.filter((chunk) => !named.includes(chunk.docId) && speaksOf(chunk, topic, 1));
    return [...own, ...elsewhere].slice(0, count);
  }

  const docIds = sources?.map(({ docId }) => docId);
  const found = await retrieve(deps, { userId, query: topic, limit: count, docIds, signal });
  if (found.evidence.band !== 'none') return onTopic(found.chunks, topic);
  // Chosen documents are the order; a topic that only labels them must not empty it.
  return sources ? spread(sources) : [];
}
