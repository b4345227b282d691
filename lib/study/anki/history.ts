import { z } from 'zod';
import { DAY_MS } from '../../calendar/dates.ts';
import { type CardRating, type CardState, PHASE } from '../../domain/card.ts';
import { newCardState } from '../cards/card-state.ts';
import { nextState, schedulerFor } from '../cards/schedule.ts';
import type { CardReview } from './types.ts';

const PLAN = {
  cardId: null,
  desiredRetention: 0.9,
  examDate: null,
  timezone: 'UTC',
} as const;

/** A row of Anki's revlog. `ivl` counts days when positive and seconds when negative. */
export const revlogRowSchema = z.object({
  id: z.number(),
  cid: z.number(),
  ease: z.number(),
  ivl: z.number(),
  lastIvl: z.number(),
  factor: z.number(),
  time: z.number(),
  type: z.number(),
});
export type RevlogRow = Omit<z.output<typeof revlogRowSchema>, 'cid'>;

/** Kinds of rows: a first learning step, a review, a step after a lapse. */
const KIND = { learn: 0, review: 1, relearn: 2 } as const;
const KIND_OF_PHASE = [KIND.learn, KIND.learn, KIND.review, KIND.relearn] as const;
const PHASE_OF_KIND = [PHASE.learning, PHASE.review, PHASE.relearning] as const;

/** Rescheduling by hand, and reviews in a filtered deck that count for nothing, are no reviews. */
const isReview = ({ ease, type, factor }: RevlogRow) =>
  ease >= 1 && ease <= 4 && (type <= KIND.relearn || (type === 3 && factor !== 0));

const intervalMs = (ivl: number) => (ivl >= 0 ? ivl * DAY_MS : -ivl * 1_000);

/**
 * Anki's history as ours: every review with the card as FSRS sees it before it, and the card as it is after the last.
 * Memory is worked out anew from the ratings and their times; intervals and phases are the ones there were.
 */
export function historyOf(rows: readonly RevlogRow[]): { reviews: CardReview[]; after: CardState | null } {
  const ordered = rows.filter(isReview).sort((a, b) => a.id - b.id);
  const [first] = ordered;
  if (!first) return { reviews: [], after: null };
  let state = newCardState(new Date(first.id));
  const reviews = ordered.map((row, index): CardReview => {
    const reviewedAt = new Date(row.id);
    const previous = ordered[index - 1];
    const before = state;
    state = nextState(state, row.ease as CardRating, reviewedAt, PLAN);
    return {
      rating: row.ease,
      state: previous ? (PHASE_OF_KIND[row.type] ?? before.state) : PHASE.unseen,
      due: new Date(previous ? previous.id + intervalMs(previous.ivl) : row.id).toISOString(),
      stability: before.stability,
      difficulty: before.difficulty,
      scheduledDays: Math.max(0, previous?.ivl ?? 0),
      durationMs: Math.max(0, row.time),
      reviewedAt: reviewedAt.toISOString(),
    };
  });
  return { reviews, after: state };
}

/** Difficulty as FSRS collections keep it in the place of the ease. */
const factorOf = (difficulty: number) =>
  difficulty > 0 ? Math.round(((Math.min(10, Math.max(1, difficulty)) - 1) / 9 + 0.1) * 1_000) : 0;

type After = Pick<CardState, 'state' | 'due' | 'scheduledDays' | 'difficulty'>;

const ivlOf = (after: After, reviewedMs: number) =>
  after.state === PHASE.review
    ? Math.max(1, after.scheduledDays)
    : -Math.max(1, Math.round((Date.parse(after.due) - reviewedMs) / 1_000));

/** Our history as rows of Anki's revlog. What a review led to is what the next one started from. */
export function revlogOf(reviews: readonly CardReview[], current: CardState): RevlogRow[] {
  let lastIvl = 0;
  return reviews.map((review, index) => {
    const reviewedMs = Date.parse(review.reviewedAt);
    const next = reviews[index + 1];
    const after: After = next
      ? { ...next, state: next.state === PHASE.unseen ? PHASE.learning : (next.state as CardState['state']) }
      : current;
    const ivl = ivlOf(after, reviewedMs);
    const row = {
      id: reviewedMs,
      ease: review.rating,
      ivl,
      lastIvl,
      factor: factorOf(after.difficulty),
      time: review.durationMs ?? 0,
      type: KIND_OF_PHASE[review.state] ?? KIND.review,
    };
    lastIvl = ivl;
    return row;
  });
}

/**
 * Memory of a card that has an interval and no history, from Anki's older scheduler: its interval is the time after
 * which nine in ten are recalled, and its ease says how fast it grew.
 */
export function memoryFromInterval(
  ivlDays: number,
  factor: number,
): { stability: number; difficulty: number } {
  const { w } = schedulerFor(0.9).parameters;
  const [w8 = 1.8722, w9 = 0.1666, w10 = 0.796] = [w[8], w[9], w[10]];
  const stability = Math.max(0.1, ivlDays);
  const ease = (factor > 0 ? factor : 2_500) / 1_000;
  const growth = Math.exp(w8) * stability ** -w9 * (Math.exp((1 - 0.9) * w10) - 1);
  const difficulty = 11 - (ease - 1) / growth;
  return { stability, difficulty: Math.min(10, Math.max(1, difficulty)) };
}
