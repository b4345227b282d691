import { z } from 'zod';
import { DAY_MS } from '../../calendar/dates.ts';
import { type CardState, PHASE } from '../../domain/card.ts';
import { newCardState } from '../cards/card-state.ts';
import { historyOf, memoryFromInterval, type RevlogRow } from './history.ts';
import type { CardReview } from './types.ts';

const SUSPENDED = -1;
/** Days of a collection are small numbers; a due time in seconds is not. */
const SMALLEST_TIMESTAMP = 1_000_000_000;
const LEARNING_STEPS = 2;
const RELEARNING_STEPS = 1;

export const ankiCardSchema = z.object({
  id: z.number(),
  nid: z.number(),
  did: z.number(),
  ord: z.number(),
  type: z.number(),
  queue: z.number(),
  due: z.number(),
  ivl: z.number(),
  factor: z.number(),
  reps: z.number(),
  lapses: z.number(),
  left: z.number(),
  odue: z.number(),
  odid: z.number(),
  data: z.string().catch(''),
});
export type AnkiCard = z.output<typeof ankiCardSchema>;

const fsrsData = z.object({
  s: z.number().positive().optional().catch(undefined),
  d: z.number().min(1).max(10).optional().catch(undefined),
  lrt: z.number().positive().optional().catch(undefined),
});

function dataOf(text: string): z.output<typeof fsrsData> {
  try {
    return fsrsData.catch({}).parse(JSON.parse(text));
  } catch {
    // Empty in collections without FSRS.
    return {};
  }
}

const PHASES = [PHASE.unseen, PHASE.learning, PHASE.review, PHASE.relearning] as const;

/** When a card of Anki's is due: in days since the collection began, or on a step at a second. */
function dueOf(card: AnkiCard, createdSeconds: number, lastReviewMs: number | null): Date {
  const due = card.odid !== 0 && card.odue !== 0 ? card.odue : card.due;
  if (due >= SMALLEST_TIMESTAMP) return new Date(due * 1_000);
  const day = new Date((createdSeconds + due * 86_400) * 1_000);
  if (card.type !== PHASE.review || lastReviewMs === null || card.ivl <= 0) return day;
  // Anki keeps the day alone. Where the last review says the time of that day, it is used.
  const exact = new Date(lastReviewMs + card.ivl * DAY_MS);
  return Math.abs(exact.getTime() - day.getTime()) <= DAY_MS ? exact : day;
}

function stepOf(card: AnkiCard): number {
  const steps = card.type === PHASE.relearning ? RELEARNING_STEPS : LEARNING_STEPS;
  return card.type === PHASE.review || card.type === PHASE.unseen
    ? 0
    : Math.min(steps - 1, Math.max(0, steps - (card.left % 1_000)));
}

/** The schedule and history of a card: its own FSRS memory where it has one, else worked out from its reviews. */
export function scheduleOf(
  card: AnkiCard,
  rows: readonly RevlogRow[],
  createdSeconds: number,
  now: Date,
): { state: CardState; reviews: CardReview[]; suspended: boolean } {
  const { reviews, after } = historyOf(rows);
  const suspended = card.queue === SUSPENDED;
  const phase = PHASES[card.type] ?? PHASE.unseen;
  const { s, d, lrt } = dataOf(card.data);
  const lastReviewMs =
    reviews.length > 0 ? Date.parse(reviews.at(-1)?.reviewedAt ?? '') : lrt ? lrt * 1_000 : null;
  const due = dueOf(card, createdSeconds, lastReviewMs);
  // A card that was reset is new again, and keeps its history.
  if (phase === PHASE.unseen) return { state: newCardState(now), reviews, suspended };

  const inferred = after ?? memoryFromInterval(card.ivl, card.factor);
  const state: CardState = {
    due: due.toISOString(),
    stability: s ?? inferred.stability,
    difficulty: d ?? inferred.difficulty,
    elapsedDays: 0,
    scheduledDays: Math.max(0, card.ivl),
    learningSteps: stepOf(card),
    reps: Math.max(1, card.reps),
    lapses: card.lapses,
    state: phase,
    lastReview: new Date(lastReviewMs ?? due.getTime() - Math.max(1, card.ivl) * DAY_MS).toISOString(),
  };
  return { state, reviews, suspended };
}
