import { z } from 'zod';
import { toCardState } from '../../domain/card.ts';
import { DEFAULT_DECK } from '../../domain/deck.ts';
import { AppError } from '../../errors.ts';
import type { CardParcels } from '../../study/anki/parcels.ts';
import { cardReviewSchema, type ExportedCard } from '../../study/anki/types.ts';
import type { DatabaseClient } from '../clients.ts';
import { databaseError, storeError } from '../errors.ts';
import { cardRowSchema } from './card-view.ts';
import type { UploadTarget } from './document.ts';

/** Small enough that one statement holds the database for a moment only. */
const EXPORT_PAGE = 500;

const exportedSchema = z.array(cardRowSchema.extend({ reviews: z.array(cardReviewSchema) }));
type Exported = z.output<typeof exportedSchema>[number];

const iso = (instant: string) => new Date(instant).toISOString();

function sourceLineOf({ source }: Exported): string | null {
  if (!source) return null;
  const place = source.page === null ? source.headingPath.at(-1) : `page ${source.page}`;
  return place ? `${source.title}, ${place}` : source.title;
}

function toExported(row: Exported): ExportedCard {
  const state = toCardState(row);
  return {
    guid: row.guid,
    clozeIndex: row.cloze_index,
    kind: row.kind,
    front: row.front,
    back: row.back,
    topic: row.topic,
    tags: row.tags,
    deck: row.deck ?? DEFAULT_DECK,
    suspended: row.suspended,
    state: { ...state, due: iso(state.due), lastReview: state.lastReview && iso(state.lastReview) },
    reviews: row.reviews.map((review) => ({
      ...review,
      due: iso(review.due),
      reviewedAt: iso(review.reviewedAt),
    })),
    sourceLine: sourceLineOf(row),
    desiredRetention: row.desired_retention ?? 0.9,
  };
}

/** Every kept card of a deck, or of all, with its history. */
export async function exportCards(
  db: DatabaseClient,
  params: { deckId: string | null; userId?: string },
): Promise<ExportedCard[]> {
  const cards: ExportedCard[] = [];
  let after: string | null = null;
  for (;;) {
    const { data, error } = await db.rpc('export_flashcards', {
      p_deck_id: params.deckId,
      p_after: after,
      p_limit: EXPORT_PAGE,
      ...(params.userId && { p_user_id: params.userId }),
    });
    if (error) throw databaseError(error);
    const page = exportedSchema.parse(data);
    cards.push(...page.map(toExported));
    after = page.at(-1)?.id ?? null;
    if (page.length < EXPORT_PAGE) return cards;
  }
}

const importedSchema = z.object({ added: z.int(), already: z.int() });

/** Adds cards with their history; those whose guid is here already stay as they are. Takes the parcels one by one. */
export async function importCards(
  db: DatabaseClient,
  { parcels }: Pick<CardParcels, 'parcels'>,
): Promise<{ added: number; already: number }> {
  const total = { added: 0, already: 0 };
  const decoder = new TextDecoder();
  for (let parcel = parcels.shift(); parcel; parcel = parcels.shift()) {
    const { data, error } = await db.rpc('import_flashcards', {
      p_cards: JSON.parse(decoder.decode(parcel)),
    });
    if (error) throw databaseError(error);
    const { added, already } = importedSchema.parse(data);
    total.added += added;
    total.already += already;
  }
  return total;
}

export const IMPORTS = 'imports';

/** Where a collection that is too large for a request may be put. */
export async function createImportUpload(
  db: DatabaseClient,
  params: { userId: string },
): Promise<{ uploadId: string; upload: UploadTarget }> {
  const uploadId = crypto.randomUUID();
  const path = `${params.userId}/${uploadId}`;
  const { data, error } = await db.storage.from(IMPORTS).createSignedUploadUrl(path);
  if (error) throw storeError(error);
  const { token, signedUrl } = data;
  return { uploadId, upload: { bucket: IMPORTS, path, token, signedUrl } };
}

/** What was put there, once: it is removed before it is read. */
export async function takeImport(
  db: DatabaseClient,
  params: { userId: string; uploadId: string },
): Promise<Uint8Array<ArrayBuffer>> {
  const path = `${params.userId}/${params.uploadId}`;
  const { data, error } = await db.storage.from(IMPORTS).download(path);
  if (error) throw new AppError('file_missing', { cause: error });
  const bytes = new Uint8Array(await data.arrayBuffer());
  const removed = await db.storage.from(IMPORTS).remove([path]);
  if (removed.error) throw storeError(removed.error);
  return bytes;
}
