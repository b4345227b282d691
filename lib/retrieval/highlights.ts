import type { DatabaseClient } from '../db/clients.ts';
import { databaseError } from '../db/errors.ts';
import { MAX_HIGHLIGHT_CONTEXT_CHARACTERS as AROUND } from '../domain/bounds.ts';
import {
  type EarlierHighlights,
  type Highlight,
  type HighlightChange,
  highlightSchema,
  type NewHighlight,
} from '../domain/highlight.ts';
import { AppError } from '../errors.ts';
import {
  type AnchoredPage as Page,
  type AnchoredPlace as Place,
  placesIn,
  type TextQuote,
  textOfPages,
} from './anchor.ts';

const COLUMNS =
  'id, quote, prefix, suffix, charStart:char_start, color, note, page, lostRun:lost_run, createdAt:created_at';
const MOST = 1_000;
const PAGES_AT_ONCE = 500;

type Stored = TextQuote & {
  id: string;
  color: string;
  note: string;
  page: number;
  lostRun: number | null;
  createdAt: string;
};

const ofPages = (db: DatabaseClient, docId: string) =>
  db.from('doc_page').select('page, content, start:char_start').eq('doc_id', docId).order('page');

async function pagesNamed(db: DatabaseClient, docId: string, pages: readonly number[]): Promise<Page[]> {
  const { data, error } = await ofPages(db, docId).in('page', [...new Set(pages)]);
  if (error) throw databaseError(error);
  return data;
}

export async function allPages(db: DatabaseClient, docId: string): Promise<Page[]> {
  const pages: Page[] = [];
  for (;;) {
    const { data, error } = await ofPages(db, docId)
      .gt('page', pages.at(-1)?.page ?? 0)
      .limit(PAGES_AT_ONCE);
    if (error) throw databaseError(error);
    pages.push(...data);
    if (data.length < PAGES_AT_ONCE) return pages;
  }
}

/** Where the words stand, when they stand where they stood. */
function unmoved(
  pages: readonly Page[],
  { quote, charStart, page }: TextQuote & { page: number },
): Place | null {
  const own = pages.find((one) => one.page === page);
  const at = charStart - (own?.start ?? 0);
  if (!own || at < 0 || at >= own.content.length) return null;
  const here = own.content.slice(at, at + quote.length);
  // What runs over the end of a page is known by its beginning.
  const isSame = here === quote || (at + quote.length > own.content.length && quote.startsWith(here));
  return isSame ? { page, charStart, charEnd: charStart + quote.length } : null;
}

/** The document as its highlights need to know it. Not found when it is somebody else's. */
async function readingOf(db: DatabaseClient, docId: string) {
  const { data, error } = await db
    .from('doc_source')
    .select('run:ingest_run, stage, sourceType:source_type')
    .eq('id', docId)
    .maybeSingle();
  if (error) throw databaseError(error);
  if (!data) throw new AppError('not_found');
  return data;
}

const shown = ({ page: _, lostRun: __, ...row }: Stored, place: Place | null): Highlight =>
  highlightSchema.parse({ ...row, charStart: place?.charStart ?? row.charStart, place });

/**
 * The highlights of a document where they stand by now. Those that a new reading moved are looked for in its whole text, and
 * what is found is kept; one that is lost is told as such, and looked for again after the next reading.
 */
export async function listHighlights(db: DatabaseClient, docId: string): Promise<Highlight[]> {
  const [document, { data, error }] = await Promise.all([
    readingOf(db, docId),
    db.from('highlight').select(COLUMNS).eq('doc_id', docId).order('char_start').order('id').limit(MOST),
  ]);
  if (error) throw databaseError(error);
  if (data.length === 0) return [];
  const pages = await pagesNamed(
    db,
    docId,
    data.map(({ page }) => page),
  );
  const places = new Map(data.map((row) => [row.id, row.lostRun === null ? unmoved(pages, row) : null]));
  // While it is read anew its text is still the old one.
  const isSettled = document.stage === null && document.sourceType !== 'note';
  const sought = data.filter(
    (row) => places.get(row.id) === null && !(isSettled && row.lostRun === document.run),
  );
  if (sought.length > 0) {
    const placeOf = placesIn(await allPages(db, docId));
    for (const row of sought) places.set(row.id, placeOf(row));
    await keepPlaces(db, docId, { sought, places, run: document.run });
  }
  return data.map((row) => shown(row, places.get(row.id) ?? null));
}

/** What stayed with versions that a document replaced, since it does not say it. */
export async function earlierHighlights(db: DatabaseClient, docId: string): Promise<EarlierHighlights> {
  const versions = await db
    .from('doc_source')
    .select('id, title')
    .eq('replaced_by', docId)
    .order('created_at', { ascending: false });
  if (versions.error) throw databaseError(versions.error);
  const ids = versions.data.map(({ id }) => id);
  if (ids.length === 0) return [];
  const { data, error } = await db.from('highlight').select('of:doc_id').in('doc_id', ids).limit(MOST);
  if (error) throw databaseError(error);
  return versions.data.flatMap(({ id, title }) => {
    const count = data.filter(({ of }) => of === id).length;
    return count > 0 ? [{ id, title, count }] : [];
  });
}

async function keepPlaces(
  db: DatabaseClient,
  docId: string,
  {
    sought,
    places,
    run,
  }: { sought: readonly Stored[]; places: ReadonlyMap<string, Place | null>; run: number },
): Promise<void> {
  const kept = sought.map(({ id }) => {
    const place = places.get(id);
    return place
      ? { id, page: place.page, charStart: place.charStart, lostRun: null }
      : { id, page: null, charStart: null, lostRun: run };
  });
  const { error } = await db.rpc('place_highlights', { p_doc_id: docId, p_places: kept });
  if (error) throw databaseError(error);
}

/** Where words stand in a document: on the page that they are said to be on, else anywhere. With the text around them. */
async function find(db: DatabaseClient, docId: string, given: TextQuote) {
  const { data, error } = await ofPages(db, docId)
    .lte('char_start', given.charStart)
    .gt('char_end', given.charStart)
    .limit(1);
  if (error) throw databaseError(error);
  const [near] = data;
  const at = given.charStart - (near?.start ?? 0);
  if (near?.content.startsWith(given.quote, at)) {
    const place = {
      page: near.page,
      charStart: given.charStart,
      charEnd: given.charStart + given.quote.length,
    };
    return { place, text: near.content, at };
  }
  const pages = await allPages(db, docId);
  const place = placesIn(pages)(given);
  if (!place) throw new AppError('invalid_request', { message: 'These words are not in the document.' });
  return { place, text: textOfPages(pages), at: place.charStart };
}

/** Keeps words of a document as a highlight; the same id is the same highlight. Words it does not hold are refused. */
export async function addHighlight(
  db: DatabaseClient,
  docId: string,
  { id, ...given }: NewHighlight,
): Promise<Highlight> {
  await readingOf(db, docId);
  const { place, text, at } = await find(db, docId, given);
  const end = at + place.charEnd - place.charStart;
  const row = {
    ...(id === undefined ? {} : { id }),
    doc_id: docId,
    page: place.page,
    char_start: place.charStart,
    // As the document writes them, so that they are found again as they are.
    quote: text.slice(at, end),
    // Half of a sign outside the first plane is none.
    prefix: text.slice(Math.max(0, at - AROUND), at).toWellFormed(),
    suffix: text.slice(end, end + AROUND).toWellFormed(),
    color: given.color,
    note: given.note,
  };
  const { data, error } = await db.from('highlight').insert(row).select('id, created_at').single();
  if (!error) {
    const { doc_id: _, page: __, char_start: charStart, ...kept } = row;
    return { ...kept, id: data.id, createdAt: data.created_at, charStart, place };
  }
  const isThere = error.code === '23505' && id !== undefined;
  const same = isThere && (await listHighlights(db, docId)).find((one) => one.id === id);
  if (same) return same;
  throw databaseError(error, { '23503': 'not_found' });
}

export async function changeHighlight(
  db: DatabaseClient,
  { docId, id, change }: { docId: string; id: string; change: HighlightChange },
): Promise<Highlight> {
  const { data, error } = await db
    .from('highlight')
    .update(change)
    .eq('id', id)
    .eq('doc_id', docId)
    .select('id')
    .maybeSingle();
  if (error) throw databaseError(error);
  const changed = data && (await listHighlights(db, docId)).find((one) => one.id === id);
  if (!changed) throw new AppError('not_found');
  return changed;
}

export async function deleteHighlight(
  db: DatabaseClient,
  { docId, id }: { docId: string; id: string },
): Promise<void> {
  const { data, error } = await db
    .from('highlight')
    .delete()
    .eq('id', id)
    .eq('doc_id', docId)
    .select('id')
    .maybeSingle();
  if (error) throw databaseError(error);
  if (!data) throw new AppError('not_found');
}
