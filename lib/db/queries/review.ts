import { z } from 'zod';
import { DAY_MS } from '../../calendar/dates.ts';
import {
  type MadeReview,
  REVIEW_OUTCOMES,
  type ReviewOutcome,
  toCardColumns,
  undoneReviewSchema,
} from '../../domain/card.ts';
import { isSameState } from '../../study/cards/card-state.ts';
import type { CardPlan } from '../../study/cards/schedule.ts';
import { nextState } from '../../study/cards/schedule.ts';
import type { DatabaseClient } from '../clients.ts';
import { databaseError } from '../errors.ts';
import { type CardView, cardRowSchema, toCardView } from './card-view.ts';
import { dueSummary } from './deck.ts';

/** About an hour and a half; what is left over is offered again. */
const MAX_QUEUE = 400;
const AHEAD_QUEUE = 30;
const CLOCK_AHEAD_MS = DAY_MS;

export type QueueCard = CardView & {
  /** The passage the card was made from, where the document still has it. */
  passage: { text: string; start: number } | null;
};

const queueSchema = z.array(
  cardRowSchema.extend({ passage: z.string().nullable(), passage_start: z.int().nullable() }),
);

export type ReviewQueue = {
  cards: QueueCard[];
  timezone: string;
  rolloverHour: number;
  secondsPerReview: number | null;
  nextDue: string | null;
  /** Kept cards there are at all, in the deck or everywhere. */
  total: number;
};

/** The cards of a review session. `ahead` gives those that come next where nothing is due. */
export async function reviewQueue(
  db: DatabaseClient,
  params: { deckId: string | null; now: Date; ahead: boolean },
): Promise<ReviewQueue> {
  const { deckId, now, ahead } = params;
  const summary = await dueSummary(db, { now });
  const decks = summary.decks.filter(({ id }) => deckId === null || id === deckId);
  const { data, error } = await db.rpc('review_queue', {
    p_deck_id: deckId,
    p_now: now.toISOString(),
    p_new: Object.fromEntries(decks.map(({ id, newCards }) => [id, newCards])),
    p_ahead: ahead,
    p_limit: ahead ? AHEAD_QUEUE : MAX_QUEUE,
  });
  if (error) throw databaseError(error);
  const cards = queueSchema.parse(data).map(({ passage, passage_start: start, ...row }) => ({
    ...toCardView(row),
    passage: passage === null || start === null ? null : { text: passage, start },
  }));
  const nextDues = decks.flatMap(({ nextDue }) => nextDue ?? []);
  return {
    cards,
    timezone: summary.timezone,
    rolloverHour: summary.rolloverHour,
    secondsPerReview: summary.secondsPerReview,
    nextDue: nextDues.sort((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null,
    total: decks.reduce((count, deck) => count + deck.cards, 0),
  };
}

const contextSchema = z.object({
  timezone: z.string(),
  rolloverHour: z.int(),
  stored: z.array(z.string()),
  cards: z.array(cardRowSchema),
});

const outcomesSchema = z.array(z.object({ requestId: z.string(), outcome: z.enum(REVIEW_OUTCOMES) }));

/**
 * Stores reviews in their order: one statement to read the cards, one that stores every state with its log. The
 * schedule is worked out here and never taken from the caller; the database stores it only if the card still is what
 * it was worked out from.
 */
export async function storeReviews(
  db: DatabaseClient,
  params: { reviews: readonly MadeReview[]; now: Date },
): Promise<{ requestId: string; outcome: ReviewOutcome }[]> {
  const { reviews, now } = params;
  const context = await db.rpc('review_context', {
    p_card_ids: [...new Set(reviews.map(({ cardId }) => cardId))],
    p_request_ids: reviews.map(({ requestId }) => requestId),
  });
  if (context.error) throw databaseError(context.error);
  const { timezone, rolloverHour, stored, cards } = contextSchema.parse(context.data);
  const known = new Set(stored);
  const current = new Map(cards.map((row) => [row.id, toCardView(row)]));

  const outcomes = new Map<string, ReviewOutcome>();
  const writes: object[] = [];
  for (const review of reviews) {
    if (known.has(review.requestId)) {
      outcomes.set(review.requestId, 'repeated');
      continue;
    }
    const card = current.get(review.cardId);
    if (!card) {
      outcomes.set(review.requestId, 'gone');
      continue;
    }
    const seen = { reps: review.expectedReps, lastReview: review.expectedLastReview };
    if (!isSameState(card.state, seen)) {
      outcomes.set(review.requestId, 'conflict');
      continue;
    }
    const plan: CardPlan = {
      cardId: card.id,
      desiredRetention: card.desiredRetention,
      examDate: card.examDate,
      timezone,
      rolloverHour,
    };
    // A clock that is a little ahead is believed: the device works out its next steps from the same instants.
    const latestMs = now.getTime() + CLOCK_AHEAD_MS;
    const reviewedAt = new Date(Math.min(Date.parse(review.reviewedAt), latestMs));
    const next = nextState(card.state, review.rating, reviewedAt, plan);
    known.add(review.requestId);
    writes.push(writeOf(review, card, next));
    current.set(card.id, { ...card, state: next });
  }

  if (writes.length > 0) {
    const { data, error } = await db.rpc('review_cards', { p_reviews: JSON.parse(JSON.stringify(writes)) });
    if (error) throw databaseError(error);
    for (const { requestId, outcome } of outcomesSchema.parse(data)) outcomes.set(requestId, outcome);
  }
  return reviews.map(({ requestId }) => ({ requestId, outcome: outcomes.get(requestId) ?? 'gone' }));
}

/** The review as it counts: made from the card as it is, at the moment the schedule went by. */
const writeOf = (review: MadeReview, card: CardView, next: CardView['state']) => ({
  ...review,
  reviewedAt: next.lastReview,
  expectedReps: card.state.reps,
  expectedLastReview: card.state.lastReview,
  next: toCardColumns(next),
});

/** Takes back the review of that request, or the student's latest of the last day. */
export async function undoReview(db: DatabaseClient, params: { requestId: string | null; now: Date }) {
  const { data, error } = await db.rpc('undo_review', {
    p_request_id: params.requestId,
    p_now: params.now.toISOString(),
  });
  if (error) throw databaseError(error);
  return undoneReviewSchema.parse(data);
}
