import { z } from 'zod';
import type { Json } from '../db/types.gen.ts';
import { studySourceSchema } from '../domain/citation.ts';
import type { AnchoredPage } from '../retrieval/anchor.ts';
import { allPages } from '../retrieval/highlights.ts';
import { toChunk } from '../retrieval/search.ts';
import type { SourcePassage } from '../study/source.ts';
import type { Compared, Named, Quoting } from './compare.ts';
import type { IngestionDependencies } from './pipeline.ts';
import { readAside } from './reader/pool.ts';
import { fail } from './store.ts';

type Db = IngestionDependencies['db'];
export type Replaced = { userId: string; documentId: string; earlierId: string };

const ROWS_AT_ONCE = 500;
const QUIZZES_AT_ONCE = 20;

const cardRow = z
  .object({ id: z.string(), front: z.string(), source: studySourceSchema.nullable().catch(null) })
  .transform(({ id, front, source }) => (source ? [{ cardId: id, about: front, source }] : []));

async function cardsQuoting(db: Db, { userId, earlierId }: Replaced): Promise<Quoting[]> {
  const cards: Quoting[] = [];
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const { data, error } = await db
      .from('flashcard')
      .select('id, front, source')
      .eq('user_id', userId)
      .eq('source_doc_id', earlierId)
      .gt('id', after)
      .order('id')
      .limit(ROWS_AT_ONCE);
    if (error) fail(error);
    cards.push(...data.flatMap((row) => cardRow.parse(row)));
    const last = data.at(-1);
    if (!last || data.length < ROWS_AT_ONCE) return cards;
    after = last.id;
  }
}

const itemSchema = z.object({
  id: z.string(),
  q: z.string().catch(''),
  source: studySourceSchema.nullable().catch(null),
});

async function questionsQuoting(db: Db, { userId, earlierId }: Replaced): Promise<Quoting[]> {
  const questions: Quoting[] = [];
  const within = JSON.stringify([{ source: { docId: earlierId } }]);
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const { data, error } = await db
      .from('quiz')
      .select('id, items')
      .eq('user_id', userId)
      .contains('items', within)
      .gt('id', after)
      .order('id')
      .limit(QUIZZES_AT_ONCE);
    if (error) fail(error);
    for (const { id: quizId, items } of data) {
      for (const { id: itemId, q: about, source } of z.array(itemSchema).catch([]).parse(items)) {
        if (source?.docId === earlierId) questions.push({ quizId, itemId, about, source });
      }
    }
    const last = data.at(-1);
    if (!last || data.length < QUIZZES_AT_ONCE) return questions;
    after = last.id;
  }
}

async function passagesOf(db: Db, documentId: string): Promise<SourcePassage[]> {
  const document = await db
    .from('doc_source')
    .select('title, course, locator, page_count')
    .eq('id', documentId)
    .maybeSingle();
  if (document.error) fail(document.error);
  if (!document.data) return [];
  const passages: SourcePassage[] = [];
  for (let from = 0; ; from += ROWS_AT_ONCE) {
    const { data, error } = await db
      .from('doc_chunk')
      .select('chunk_id:id, doc_id, ord, content, metadata')
      .eq('doc_id', documentId)
      .order('ord')
      .range(from, from + ROWS_AT_ONCE - 1);
    if (error) fail(error);
    for (const row of data) {
      const metadata = passageMetadata.parse(row.metadata);
      const chunk = toChunk({ ...row, ...document.data, metadata }, { similarity: 1, score: 1 });
      passages.push({ ...chunk, source: chunk.title });
    }
    if (data.length < ROWS_AT_ONCE) return passages;
  }
}

const passageMetadata = z.object({
  page_start: z.number(),
  page_end: z.number(),
  char_start: z.number(),
  char_end: z.number(),
  heading_path: z.array(z.string()),
});

const MOST_SETTLED = 500;
const nameOf = ({ cardId, quizId, itemId }: Named) => ({
  ...(cardId === undefined ? {} : { cardId }),
  ...(quizId === undefined ? {} : { quizId }),
  ...(itemId === undefined ? {} : { itemId }),
});

/** Writes what was compared; of what was moved already nothing is moved again. */
async function settle(db: Db, replaced: Replaced, { moved, changed }: Compared): Promise<void> {
  for (let from = 0; from < Math.max(moved.length, changed.length); from += MOST_SETTLED) {
    const part = <T extends Named>(all: readonly T[]): Json =>
      all.slice(from, from + MOST_SETTLED).map((one) => ({ ...one, ...nameOf(one) }) as Json);
    const { error } = await db.rpc('settle_passages', {
      p_user_id: replaced.userId,
      p_doc_id: replaced.documentId,
      p_earlier_id: replaced.earlierId,
      p_moved: part(moved),
      p_changed: part(changed),
    });
    if (error) fail(error);
  }
}

/** Highlights and what is written beside them go along where their words still stand; the others stay with the earlier text. */
export async function moveHighlights(
  db: Db,
  { userId, documentId, earlierId }: Replaced,
): Promise<{ moved: number; left: number }> {
  const told = { moved: 0, left: 0 };
  for (let after = '00000000-0000-0000-0000-000000000000', pages: AnchoredPage[] | undefined; ; ) {
    const { data, error } = await db
      .from('highlight')
      .select('id, quote, prefix, suffix, charStart:char_start')
      .eq('user_id', userId)
      .eq('doc_id', earlierId)
      .gt('id', after)
      .order('id')
      .limit(ROWS_AT_ONCE);
    if (error) fail(error);
    const last = data.at(-1);
    if (!last) return told;
    after = last.id;
    pages ??= await allPages(db, documentId);
    const places = await readAside(userId, 'places', { pages, sought: data });
    const standing = data.flatMap(({ id }, at) => {
      const place = places[at];
      return place ? [{ id, page: place.page, charStart: place.charStart }] : [];
    });
    const moved = await db.rpc('move_highlights', {
      p_user_id: userId,
      p_doc_id: documentId,
      p_earlier_id: earlierId,
      p_places: standing,
    });
    if (moved.error) fail(moved.error);
    told.moved += moved.data;
    told.left += data.length - moved.data;
  }
}

/**
 * Cards and questions made from a document that was replaced: those whose words stand in the new version are proven by it
 * from now on, the others wait with both texts until their student decides.
 */
export async function comparePassages(
  db: Db,
  replaced: Replaced,
): Promise<{ moved: number; changed: number }> {
  const quoting = [...(await cardsQuoting(db, replaced)), ...(await questionsQuoting(db, replaced))];
  if (quoting.length === 0) return { moved: 0, changed: 0 };
  const passages = await passagesOf(db, replaced.documentId);
  const compared = await readAside(replaced.userId, 'versions', { quoting, passages });
  await settle(db, replaced, compared);
  return { moved: compared.moved.length, changed: compared.changed.length };
}
