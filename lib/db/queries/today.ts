import { z } from 'zod';
import { accountOf } from '../../domain/account.ts';
import { studySourceSchema } from '../../domain/citation.ts';
import type { DatabaseClient } from '../clients.ts';
import { databaseError } from '../errors.ts';
import { READER_COLUMNS, type ReaderDocument } from './reader.ts';

export type TodayDocument = Omit<ReaderDocument, 'replacedBy'> & { chunkCount: number };

/** A card that is due and was reviewed before: what is known of how fast it fades, and what it is about. */
export type FadingCard = {
  topic: string | null;
  deck: string;
  stabilityDays: number;
  lastReviewMs: number;
  source: { docId: string; page: number | null; title: string; heading: string | null } | null;
};

const NEWEST = 20;
/** A mean over so many is as good as one over all of them. */
const FADING = 300;
const HEADINGS = 400;

/** The latest documents, newest first: enough to decide what to do next. */
export async function newestDocuments(db: DatabaseClient): Promise<TodayDocument[]> {
  const { data, error } = await db
    .from('doc_source')
    .select(`${READER_COLUMNS}, chunkCount:chunk_count`)
    .neq('source_type', 'attachment')
    .is('replaced_by', null)
    .order('created_at', { ascending: false })
    .limit(NEWEST);
  if (error) throw databaseError(error);
  return data.map((document) => ({ ...document, account: accountOf(document.account) }));
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

const fadingRow = z.object({
  topic: z.string().nullable(),
  stability: z.number(),
  last_review: z.string(),
  source: z.unknown(),
  deck: z.object({ name: z.string() }),
});

/** Where a card comes from, in the few words that stand under an action. */
function sourceOf(stored: unknown): FadingCard['source'] {
  const { success, data } = studySourceSchema.safeParse(stored);
  if (!success) return null;
  const { docId, title, locator, headingPath } = data;
  return { docId, title, page: locator.index, heading: headingPath.at(-1) ?? null };
}

/** The reviewed cards that are due by a moment, the one that waits longest first. */
export async function fadingCards(db: DatabaseClient, params: { by: Date }): Promise<FadingCard[]> {
  const { data, error } = await db
    .from('flashcard')
    .select('topic, stability, last_review, source, deck:deck_id (name)')
    .gt('state', 0)
    .eq('suspended', false)
    .eq('proposed', false)
    .lte('due', params.by.toISOString())
    .not('last_review', 'is', null)
    .order('due')
    .limit(FADING);
  if (error) throw databaseError(error);
  return z
    .array(fadingRow)
    .parse(data)
    .map(({ topic, stability, last_review: lastReview, source, deck }) => ({
      topic,
      deck: deck.name,
      stabilityDays: stability,
      lastReviewMs: Date.parse(lastReview),
      source: sourceOf(source),
    }));
}
