import type { DatabaseClient } from '../db/clients.ts';
import { databaseError } from '../db/errors.ts';
import { readyDocuments } from '../db/queries/document-title.ts';
import { AppError } from '../errors.ts';
import { say, sayAll } from '../language/said.ts';
import { headingSubject, pathSubject } from '../study/heading-subject.ts';
import { documentsNamed, meansLast, type NamedDocument } from './scope.ts';
import { type RetrieveDependencies, type RetrievedChunk, retrieve } from './search.ts';
import { headingsIn, restOf, withinSection } from './section-part.ts';
import { type SpreadSource, spreadChunks } from './spread.ts';
import { onTopic, type Topic, topicOf } from './topic.ts';

type MaterialParams = {
  userId: string;
  topic: string;
  /** Only these, when given. */
  sources: readonly SpreadSource[] | null;
  /** The document that was spoken of last, which “this file” means. */
  lastDocId: string | null;
  count: number;
  /** In [0, 1): which of the equally good passages of a whole document. */
  offset: number;
  signal: AbortSignal;
};

/** The part of the notes below one heading. */
export type Section = { heading: string; chunks: RetrievedChunk[] };

/** Passages to make study items from; none, and why, when the notes do not speak of the topic. */
export type Material = {
  chunks: RetrievedChunk[];
  absent: (() => string) | null;
  /** The heading that all of them stand below, when the topic is one. */
  heading: string | null;
  /** The rest of the section around it, for what it cannot give: only one whose heading names the topic too. */
  around: Section | null;
};

const OF_NO_SECTION = { heading: null, around: null } as const;

/** What says "all of it" and names no subject. */
const EVERYTHING =
  /^(?:(?:this|that|the|these|those) (?:\S+ )?(?:documents?|files?|chapters?|notes?|pdfs?|lectures?|slides|texts?|sources?|papers?|articles?)|(?:all|everything|anything|whatever)(?: (?:of )?(?:my|the|our) \S+| (?:in|from|about|on) .{0,20}(?:notes|documents|files|library|material))?|(?:all )?(?:of )?(?:my|the|our|these) (?:whole |entire )?(?:notes|documents|files|library|material|materials|sources|uploads|stuff)|general|mixed|random|alles|meine notizen|alle (?:meine )?(?:notizen|dokumente)|tout|mes notes|toutes mes notes|todo|(?:tod[oa]s )?mis (?:apuntes|notas)|所有笔记|全部)$/i;

/** So many passages are looked through for a section; a document has at most so many in one answer of the database. */
const LOOKED_AT = 40;
const MOST_PASSAGES = 1_000;
const MOST_OFFERS = 3;
/** So far around some passages of a document others are looked for, of at most so many that are read at once. */
const REACH = 30;
const MOST_SPREAD = 100;

/** The documents that were named must all be the student's own and read. */
function checkSources(sources: readonly SpreadSource[], ready: readonly { id: string }[]): void {
  const known = new Set(ready.map(({ id }) => id));
  if (sources.every(({ docId }) => known.has(docId))) return;
  throw new AppError('not_found', {
    message: 'One of the documents named is not in your library, or is not read yet.',
  });
}

const listed = (names: readonly string[]) => names.map((name) => say('“{name}”', { name })).join(', ');

/** What is missing, and what there is instead: the sections nearest to it, else the documents. */
function absence(
  topic: string,
  found: { missing: readonly string[]; nearest: readonly RetrievedChunk[] },
  ready: readonly NamedDocument[],
): () => string {
  const sections = found.nearest.map(({ headingPath, title }) => pathSubject(headingPath) ?? title);
  const titles = ready.map(({ title }) => title);
  const offers = [...new Set(sections.length > 0 ? sections : titles)].slice(0, MOST_OFFERS);
  const words = found.missing.filter((word) => word.toLowerCase() !== topic.toLowerCase());
  return () =>
    sayAll([
      say('Your notes say nothing about “{topic}”.', { topic }),
      ...(words.length > 0
        ? [
            say('{words} {count, plural, one {stands} other {stand}} nowhere in them.', {
              words: listed(words),
              count: words.length,
            }),
          ]
        : []),
      offers.length > 0
        ? say('Add notes on it, or ask about what they hold: {offers}.', { offers: listed(offers) })
        : say('Add notes on it.'),
    ]);
}

/** A section by the headings that lead to it; `widest` of them lead to the outermost that names the topic too. */
type Place = { docId: string; path: string[]; widest: number };

/** The sections that are the topic. */
function sectionsOf(chunks: readonly RetrievedChunk[], topic: Topic): Place[] {
  const headed = chunks.flatMap((chunk) => {
    const heading = topic.headingIn(chunk);
    if (!heading) return [];
    const { at, widest, share } = heading;
    return [{ share, docId: chunk.docId, path: chunk.headingPath.slice(0, at + 1), widest: widest + 1 }];
  });
  const closest = Math.max(0, ...headed.map(({ share }) => share));
  const named = headed.filter(({ share }) => share === closest);
  return [
    ...new Map(named.map((section) => [JSON.stringify([section.docId, section.path]), section])).values(),
  ];
}

/** Sections so short that the path of their chunk is a neighbour's: only the text tells their headings. */
function shortSections(chunks: readonly RetrievedChunk[], topic: Topic): Section | null {
  const isNamed = (title: string) => topic.headingIn({ headingPath: [title] }) !== null;
  const headed = chunks.flatMap((chunk) => {
    const heading = headingsIn(chunk.text).find(({ title }) => isNamed(title))?.title;
    return heading === undefined ? [] : [{ chunk, heading }];
  });
  const [first] = headed;
  const parts = withinSection(
    headed.map(({ chunk }) => chunk),
    isNamed,
  );
  return first ? { heading: first.heading, chunks: parts } : null;
}

/** Each section as the range of its passages, those of its subsections with them. */
const rangesOf = (
  db: DatabaseClient,
  sections: readonly Pick<Place, 'docId' | 'path'>[],
  signal: AbortSignal,
): Promise<SpreadSource[]> =>
  Promise.all(
    sections.map(async ({ docId, path }) => {
      const { data, error } = await db
        .from('doc_chunk')
        .select('ord')
        .eq('doc_id', docId)
        .contains('metadata', { heading_path: path })
        .order('ord')
        .limit(MOST_PASSAGES)
        .abortSignal(signal);
      if (error) throw databaseError(error);
      return { docId, from: data[0]?.ord ?? 0, to: data.at(-1)?.ord ?? 0 };
    }),
  );

const isAmong = (chunks: readonly RetrievedChunk[]) => {
  const ids = new Set(chunks.map(({ chunkId }) => chunkId));
  return ({ chunkId }: RetrievedChunk) => ids.has(chunkId);
};

/** What stands around some passages in their documents, nearest first: to compare them with, not to make items of. */
export async function besideMaterial(
  deps: Pick<RetrieveDependencies, 'db' | 'threadId'>,
  chunks: readonly RetrievedChunk[],
  { count, signal }: { count: number; signal: AbortSignal },
): Promise<RetrievedChunk[]> {
  const places = Map.groupBy(chunks, ({ docId }) => docId);
  const ordsIn = (docId: string) => (places.get(docId) ?? []).map(({ ord }) => ord);
  const sources = [...places.keys()].map((docId) => ({
    docId,
    from: Math.max(0, Math.min(...ordsIn(docId)) - REACH),
    to: Math.max(...ordsIn(docId)) + REACH,
  }));
  const around = await spreadChunks(deps, { sources, count: MOST_SPREAD, offset: 0, signal });
  // What shares a chunk with the section stands beside it as well.
  return around
    .flatMap((chunk) => {
      const own = chunks.find(({ chunkId }) => chunkId === chunk.chunkId);
      return own ? restOf(chunk, own) : [chunk];
    })
    .map((chunk) => ({
      chunk,
      distance: Math.min(...ordsIn(chunk.docId).map((ord) => Math.abs(ord - chunk.ord))),
    }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count)
    .map(({ chunk }) => chunk);
}

/**
 * The passages to make study items from: the section that is the topic, whole and in order; else what speaks of it; or an
 * even spread over the documents when all of them, or one by its name, is asked for. None when the notes do not speak of it.
 */
export async function findMaterial(deps: RetrieveDependencies, params: MaterialParams): Promise<Material> {
  const { userId, topic, lastDocId, count, offset, signal } = params;
  const { db } = deps;
  const spread = async (over: readonly SpreadSource[] | null): Promise<Material> => {
    const chunks = await spreadChunks(deps, { sources: over, count, offset, signal });
    const absent = chunks.length > 0 ? null : absence(topic, { missing: [], nearest: [] }, []);
    return { chunks, absent, ...OF_NO_SECTION };
  };
  const ready = await readyDocuments(db, { signal, threadId: deps.threadId });
  const isLast = meansLast(topic) && ready.some(({ id }) => id === lastDocId);
  const sources =
    params.sources ?? (isLast && lastDocId !== null ? [{ docId: lastDocId, from: null, to: null }] : null);
  if (sources) checkSources(sources, ready);
  const isRange = sources?.some(({ from, to }) => from !== null || to !== null) ?? false;
  if (isRange || isLast || EVERYTHING.test(topic.trim())) {
    const over = await spread(sources);
    const asked = headingSubject(topic);
    const isAsked = (title: string) => asked !== null && headingSubject(title) === asked;
    // A range that begins with the section was chosen for it; of a whole document its topic is only a label.
    const isSection = headingsIn(over.chunks[0]?.text ?? '').some(({ title }) => isAsked(title));
    return isSection ? { ...over, chunks: withinSection(over.chunks, isAsked) } : over;
  }

  const chosen = ready.filter(({ id }) => !sources || sources.some(({ docId }) => docId === id));
  const named = documentsNamed(topic, chosen);
  const whole = named.documents.map(({ id }) => ({ docId: id, from: null, to: null }));
  const isWhole = whole.length > 0 && named.rest === '';
  const own = isWhole ? await spread(whole) : null;
  if (own && (sources || own.chunks.length >= count || named.isWritten)) return own;

  const query = named.rest === '' ? topic : named.rest;
  const narrowed = isWhole ? undefined : (whole.length > 0 ? whole : sources)?.map(({ docId }) => docId);
  const limit = Math.max(count, LOOKED_AT);
  const found = await retrieve(deps, { userId, query, limit, docIds: narrowed, signal });
  const subject = topicOf(query, found.words);
  if (own) {
    // A short document may be called what a long one has a chapter on: the subject is then in both.
    const elsewhere = onTopic(found.chunks, subject).filter(
      ({ docId }) => !whole.some((one) => one.docId === docId),
    );
    return { ...own, chunks: [...own.chunks, ...elsewhere].slice(0, count) };
  }
  const sections = sectionsOf(found.chunks, subject);
  const heading = sections[0]?.path.at(-1);
  if (heading !== undefined) {
    const ranged = await spread(await rangesOf(db, sections, signal));
    const titles = new Set(sections.map(({ path }) => path.at(-1)));
    const section = { ...ranged, chunks: withinSection(ranged.chunks, (title) => titles.has(title)) };
    const wider = sections.flatMap(({ docId, path, widest }) =>
      widest < path.length ? [{ docId, path: path.slice(0, widest) }] : [],
    );
    const outer = wider[0]?.path.at(-1);
    if (outer === undefined || section.chunks.length >= count) return { ...section, heading };
    const isOwn = isAmong(section.chunks);
    const around = (await spread(await rangesOf(db, wider, signal))).chunks.filter((chunk) => !isOwn(chunk));
    return { ...section, heading, around: { heading: outer, chunks: around } };
  }
  const short = shortSections(found.chunks, subject);
  if (short) return { ...short, chunks: short.chunks.slice(0, count), absent: null, around: null };
  const chunks = onTopic(found.chunks, subject).slice(0, count);
  if (chunks.length > 0) return { chunks, absent: null, ...OF_NO_SECTION };
  // Chosen documents are the order; a topic that only labels them must not empty it.
  if (sources) return spread(sources);
  const { missing } = found.evidence;
  return { chunks: [], absent: absence(query, { missing, nearest: found.chunks }, ready), ...OF_NO_SECTION };
}
