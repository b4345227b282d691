import { type Card, type FSRS, fsrs, GenSeedStrategyWithCardId, type Grade, StrategyMode } from 'ts-fsrs';
import { dateIn, daysBetween, HOUR_MS, instantAfterDays, wallClockMs } from '../../calendar/dates.ts';
import {
  type CardRating,
  type CardState,
  PHASE,
  RATINGS,
  ROLLOVER_HOUR,
  toCardColumns,
  toCardState,
} from '../../domain/card.ts';
import { daysLeftBefore, pulledInterval, spreadOf } from './exam.ts';

/** What beside its own state decides when a card comes back. */
export type CardPlan = {
  /** Spreads cards that would fall on one day; the same card always gets the same answer. Null spreads nothing. */
  cardId: string | null;
  desiredRetention: number;
  examDate: string | null;
  timezone: string;
  /** The hour a day of study ends at. */
  rolloverHour?: number;
};

type StudyDay = Pick<CardPlan, 'timezone' | 'rolloverHour'>;
const dayOf = (instant: Date, { timezone, rolloverHour = ROLLOVER_HOUR }: StudyDay) =>
  dateIn(instant, timezone, rolloverHour);

/** The scheduler counts days of UTC, so it gets instants at which UTC has the student's day. */
const toStudyClock = (instant: Date | string, { timezone, rolloverHour = ROLLOVER_HOUR }: StudyDay) =>
  new Date(wallClockMs(new Date(instant), timezone) - rolloverHour * HOUR_MS);

const schedulers = new Map<string, FSRS>();

/** FSRS-6 with the published weights: learning steps of 1 and 10 minutes, relearning after 10. */
export function schedulerFor(desiredRetention: number, spreads = false): FSRS {
  const key = `${desiredRetention} ${spreads}`;
  const known = schedulers.get(key);
  if (known) return known;
  const made = fsrs({ request_retention: desiredRetention, enable_fuzz: spreads });
  // Fuzz follows from the card and its number of reviews alone, so what a button shows is what pressing it does.
  // biome-ignore lint/correctness/useHookAtTopLevel: a method of the scheduler, not of React.
  if (spreads) made.useStrategy(StrategyMode.SEED, GenSeedStrategyWithCardId('id'));
  schedulers.set(key, made);
  return made;
}

function toFsrs(card: CardState, plan: CardPlan): Card & { id: string | null } {
  const { due, last_review: lastReview, ...columns } = toCardColumns(card);
  return {
    ...columns,
    id: plan.cardId,
    due: toStudyClock(due, plan),
    ...(lastReview && { last_review: toStudyClock(lastReview, plan) }),
  };
}

export const fromFsrs = (card: Card): CardState =>
  toCardState({
    ...card,
    due: card.due.toISOString(),
    last_review: card.last_review?.toISOString() ?? null,
  });

/** Time may not run backwards for a card: another device's clock can be ahead. */
const notBefore = (now: Date, card: CardState): Date =>
  card.lastReview !== null && Date.parse(card.lastReview) > now.getTime() ? new Date(card.lastReview) : now;

/** The interval in days that FSRS, the exam and the earlier promise agree on. */
function planned(
  next: CardState,
  before: CardState,
  rating: CardRating,
  now: Date,
  plan: CardPlan,
): CardState {
  if (next.state !== PHASE.review) return next;
  const daysLeft =
    plan.examDate === null ? null : daysLeftBefore(plan.examDate, now, plan.timezone, plan.rolloverHour);
  const pull = (intervalDays: number) =>
    daysLeft === null
      ? intervalDays
      : pulledInterval({ intervalDays, daysLeft, spread: spreadOf(plan.cardId ?? '') });
  let days = Math.max(1, pull(next.scheduledDays));
  if (before.state === PHASE.review && rating > 1) {
    // Recalled ahead of time: the day it was due on anyway is never moved nearer.
    const promised = daysBetween(dayOf(now, plan), dayOf(new Date(before.due), plan));
    days = Math.max(days, pull(promised));
  }
  return {
    ...next,
    scheduledDays: days,
    due: instantAfterDays(now, days, plan.timezone, plan.rolloverHour ?? ROLLOVER_HOUR).toISOString(),
  };
}

/** The card after a review. Pure: the same card, rating, time and plan always give the same answer. */
export function nextState(card: CardState, rating: CardRating, now: Date, plan: CardPlan): CardState {
  const at = notBefore(now, card);
  const studyAt = toStudyClock(at, plan);
  const { card: next } = schedulerFor(plan.desiredRetention, plan.cardId !== null).next(
    toFsrs(card, plan),
    studyAt,
    // Both are the numbers 1 to 4.
    rating as Grade,
  );
  // A step is so many minutes from now; the instants that are kept are those of the world.
  const due = new Date(at.getTime() + next.due.getTime() - studyAt.getTime());
  return planned(fromFsrs({ ...next, due, last_review: at }), card, rating, at, plan);
}

/** What each button would do. */
export function previewRatings(card: CardState, now: Date, plan: CardPlan): Record<CardRating, CardState> {
  const [again, hard, good, easy] = RATINGS.map((rating) => nextState(card, rating, now, plan));
  // There are four ratings, so there are four states.
  return { 1: again, 2: hard, 3: good, 4: easy } as Record<CardRating, CardState>;
}

const MOST_REVIEWS_AHEAD = 60;

/** On how many further days a card is seen before the exam when it goes well from here; null without an exam ahead. */
export function reviewsBeforeExam(card: CardState, now: Date, plan: CardPlan): number | null {
  if (plan.examDate === null || daysLeftBefore(plan.examDate, now, plan.timezone, plan.rolloverHour) < 0)
    return null;
  const today = dayOf(now, plan);
  const days = new Set<string>();
  let state = card;
  for (let count = 0; count < MOST_REVIEWS_AHEAD; count++) {
    const due = new Date(state.due);
    const day = dayOf(due, plan);
    if (day >= plan.examDate) break;
    if (day > today) days.add(day);
    state = nextState(state, 3, due, plan);
  }
  return days.size;
}
