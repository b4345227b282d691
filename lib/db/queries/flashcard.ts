import { z } from 'zod';
import type { CardChange, CardList, CardTags, KeptCard } from '../../domain/card.ts';
import { type Retry, retrySchema } from '../../domain/reading.ts';
import { AppError } from '../../errors.ts';
import { say } from '../../language/said.ts';
import { clozeIndexes } from '../../study/cards/cloze.ts';
import type { DatabaseClient } from '../clients.ts';
import { databaseError } from '../errors.ts';
import { type CardView, cardRowSchema, toCardView } from './card-view.ts';

/** More is a search; the list says how many there are. */
const MAX_PAGE = 100;
const MAX_IDS = 100;
const CARD_COLUMNS = '*, deck:deck_id (name, exam_date, desired_retention)';

/** A card to add, with its deck by name. */
type NewCard = Omit<KeptCard, 'deck'> & { guid: string | null; deck: string | null };

const idsSchema = z.array(z.string());

/** Adds cards in one statement and gives their ids in order. A document of somebody else is `not_found`. */
export async function addFlashcards(
  db: DatabaseClient,
  params: { cards: readonly NewCard[]; proposed: boolean; sourceDocId: string | null; signal?: AbortSignal },
): Promise<string[]> {
  let request = db.rpc('add_flashcards', {
    p_cards: params.cards.map((card) => ({ ...card })),
    p_proposed: params.proposed,
    ...(params.sourceDocId === null ? {} : { p_source_doc_id: params.sourceDocId }),
  });
  if (params.signal) request = request.abortSignal(params.signal);
  const { data, error } = await request;
  if (error) throw databaseError(error);
  return idsSchema.parse(data);
}

/** Has a problem come back tomorrow, to be solved unaided; null when it does already. */
export async function scheduleRetry(
  db: DatabaseClient,
  { guid, front, back }: { guid: string; front: string; back: string },
): Promise<Retry | null> {
  const { data, error } = await db.rpc('schedule_retry', { p_guid: guid, p_front: front, p_back: back });
  if (error) throw databaseError(error);
  return retrySchema.nullable().parse(data);
}

const sidesSchema = z.array(z.object({ front: z.string(), back: z.string() }));

/** Both sides of every card in decks of these names, to compare new cards with. */
export async function deckFronts(
  db: DatabaseClient,
  params: { decks: readonly string[]; signal?: AbortSignal },
) {
  let request = db.rpc('deck_fronts', { p_names: [...params.decks] });
  if (params.signal) request = request.abortSignal(params.signal);
  const { data, error } = await request;
  if (error) throw databaseError(error);
  return sidesSchema.parse(data);
}

const keptSchema = z.object({ kept: z.int(), dropped: z.int() });

/** Keeps and drops proposed cards. */
export async function keepFlashcards(
  db: DatabaseClient,
  params: {
    keep: readonly { id: string; front?: string | undefined; back?: string | undefined }[];
    drop: readonly string[];
  },
): Promise<{ kept: number; dropped: number }> {
  const { data, error } = await db.rpc('keep_flashcards', {
    p_keep: params.keep.map(({ id, front, back }) => ({ id, front: front ?? null, back: back ?? null })),
    p_drop: [...params.drop],
  });
  if (error) throw databaseError(error);
  return keptSchema.parse(data);
}

const deckOfCard = z.object({
  deck: z.object({ name: z.string(), exam_date: z.string().nullable(), desired_retention: z.number() }),
});

function withDeck(row: unknown): CardView {
  const { deck } = deckOfCard.parse(row);
  const fields = typeof row === 'object' ? row : {};
  return toCardView(
    cardRowSchema.parse({
      ...fields,
      deck: deck.name,
      exam_date: deck.exam_date,
      desired_retention: deck.desired_retention,
    }),
  );
}

/** The cards of these ids that there still are. */
export async function getFlashcards(
  db: DatabaseClient,
  params: { ids: readonly string[] },
): Promise<CardView[]> {
  const { data, error } = await db
    .from('flashcard')
    .select(CARD_COLUMNS)
    .in('id', params.ids.slice(0, MAX_IDS));
  if (error) throw databaseError(error);
  return data.map(withDeck);
}

const foundSchema = z.object({ total: z.int(), tags: z.array(z.string()), cards: z.array(cardRowSchema) });

/** A page of the student's cards: kept ones, the suspended among them, or those that wait to be kept. */
export async function findFlashcards(
  db: DatabaseClient,
  params: {
    deckId: string | null;
    query: string;
    which: CardList;
    tag?: string | null;
    offset: number;
    limit: number;
  },
): Promise<{ total: number; tags: string[]; cards: CardView[] }> {
  const { data, error } = await db.rpc('find_flashcards', {
    p_deck_id: params.deckId,
    p_query: params.query.trim(),
    p_which: params.which,
    p_offset: params.offset,
    p_limit: Math.min(params.limit, MAX_PAGE),
    ...(params.tag ? { p_tag: params.tag } : {}),
  });
  if (error) throw databaseError(error);
  const { total, tags, cards } = foundSchema.parse(data);
  return { total, tags, cards: cards.map(toCardView) };
}

/** A text that no longer hides what its card asks for would be a card that asks nothing. */
async function requireCloze(db: DatabaseClient, params: { id: string; front: string }): Promise<void> {
  const { data, error } = await db
    .from('flashcard')
    .select('kind, cloze_index')
    .eq('id', params.id)
    .maybeSingle();
  if (error) throw databaseError(error);
  if (!data) throw new AppError('not_found');
  if (data.kind === 'basic' || clozeIndexes(params.front).includes(data.cloze_index)) return;
  const mark = `{{c${data.cloze_index}::…}}`;
  throw new AppError('invalid_request', {
    message: () => say('Keep {mark} around what this card asks for.', { mark }),
  });
}

/**
 * Changes a card. The cards of one cloze text are one text: what its front and back say changes on all of them.
 */
export async function changeFlashcard(
  db: DatabaseClient,
  params: { id: string; change: CardChange },
): Promise<CardView> {
  const { front, back, topic, tags, deckId, suspended } = params.change;
  if (front !== undefined) await requireCloze(db, { id: params.id, front });
  const { data, error } = await db
    .from('flashcard')
    .update({
      ...(front === undefined ? {} : { front }),
      ...(back === undefined ? {} : { back }),
      ...(topic === undefined ? {} : { topic }),
      ...(tags === undefined ? {} : { tags }),
      ...(deckId === undefined ? {} : { deck_id: deckId }),
      ...(suspended === undefined ? {} : { suspended }),
    })
    .eq('id', params.id)
    .select(CARD_COLUMNS)
    .maybeSingle();
  if (error) throw databaseError(error, { '23503': 'not_found' });
  if (!data) throw new AppError('not_found');
  const card = withDeck(data);
  if (card.kind === 'cloze' && front !== undefined) {
    const siblings = await db
      .from('flashcard')
      .update({ front, ...(back === undefined ? {} : { back }) })
      .eq('guid', card.guid)
      .eq('kind', 'cloze')
      .neq('id', card.id);
    if (siblings.error) throw databaseError(siblings.error);
  }
  return card;
}

/** Gives cards tags and takes others away; those of somebody else stay as they are, and are not counted. */
export async function tagFlashcards(db: DatabaseClient, { ids, add, remove }: CardTags): Promise<number> {
  const { data, error } = await db.rpc('tag_flashcards', { p_ids: ids, p_add: add, p_remove: remove });
  if (error) throw databaseError(error);
  return data;
}

export async function deleteFlashcard(db: DatabaseClient, params: { id: string }): Promise<void> {
  const { data, error } = await db.from('flashcard').delete().eq('id', params.id).select('id').maybeSingle();
  if (error) throw databaseError(error);
  if (!data) throw new AppError('not_found');
}

export { dueSummary } from './deck.ts';
