import { addDays, dateIn, daysBetween } from '../../calendar/dates.ts';
import { ROLLOVER_HOUR } from '../../domain/card.ts';

/**
 * How an exam date pulls the schedule in.
 *
 * Let `L` be the days left for review after today: the day before the exam is day `L`, the exam itself `L + 1`. FSRS
 * gives a card the interval `I`, after which it would be recalled with just the retention that is aimed at.
 *
 *     L > W:   I' = min(I, L − ⌊u · W⌋)      0 ≤ u < 1, fixed for each card
 *     L ≤ W:   I' = I
 *
 * `W` is the final window, the last seven days before the exam. A card whose interval would lead past the exam, or far
 * into the window, comes up once more inside it, on a day of its own (`u`), so that the last days are all alike and none
 * is a pile. An interval is only ever shortened, so recall never falls below the aim, and a longer interval never
 * becomes the shorter one. A card that is reviewed inside the window and whose interval leads past the exam is finished:
 * it is seen, its recall on the day is above the aim, and it goes on after the exam as if there had been none. No card
 * that is not finished is due after the exam.
 */
export const FINAL_WINDOW_DAYS = 7;

/** Without an exam: how many unseen cards a day, over all such decks. */
export const NEW_CARDS_PER_DAY = 20;

/** Days left for review after today; negative when the exam is over, or today. */
export const daysLeftBefore = (
  examDate: string,
  now: Date,
  timezone: string,
  rolloverHour = ROLLOVER_HOUR,
): number => daysBetween(dateIn(now, timezone, rolloverHour), examDate) - 1;

/** A number in [0, 1) that depends on nothing but the text. */
export function spreadOf(key: string): number {
  let hash = 2_166_136_261;
  for (let index = 0; index < key.length; index++) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 16_777_619);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 2_246_822_507);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}

/** The formula above. */
export function pulledInterval(params: { intervalDays: number; daysLeft: number; spread: number }): number {
  const { intervalDays, daysLeft, spread } = params;
  if (daysLeft <= FINAL_WINDOW_DAYS) return intervalDays;
  return Math.min(intervalDays, daysLeft - Math.floor(spread * FINAL_WINDOW_DAYS));
}

/** Whether a card needs no further review before the exam: it was seen in the final window and leads past the exam. */
export function isFinished(card: { lastReviewDay: string; dueDay: string }, examDate: string): boolean {
  return card.dueDay >= examDate && card.lastReviewDay >= addDays(examDate, -1 - FINAL_WINDOW_DAYS);
}

/**
 * How many unseen cards are for today. With an exam ahead all of them are met before its final window begins, or in
 * the days there are when it has begun; never fewer than without one.
 */
export function newCardPace(params: {
  unseen: number;
  introducedToday: number;
  daysLeft: number | null;
  share?: number;
}): number {
  const { unseen, introducedToday, daysLeft, share = NEW_CARDS_PER_DAY } = params;
  const total = unseen + introducedToday;
  const days =
    daysLeft === null || daysLeft < 0
      ? null
      : daysLeft > FINAL_WINDOW_DAYS
        ? daysLeft - FINAL_WINDOW_DAYS + 1
        : daysLeft + 1;
  const pace = days === null ? share : Math.max(share, Math.ceil(total / days));
  return Math.max(0, Math.min(unseen, pace - introducedToday));
}

export type DeckPace = {
  id: string;
  unseen: number;
  introducedToday: number;
  examDate: string | null;
  /** What the student wants of it a day; null leaves it to the exam or to the shared number. */
  newPerDay: number | null;
};

/** Today's unseen cards of every deck: as many as was wished, decks with an exam at their pace, the others from one shared number. */
export function newCardsToday(
  decks: readonly DeckPace[],
  now: Date,
  timezone: string,
  rolloverHour = ROLLOVER_HOUR,
): ReadonlyMap<string, number> {
  const daysLeftOf = ({ examDate }: DeckPace) =>
    examDate === null ? -1 : daysLeftBefore(examDate, now, timezone, rolloverHour);
  let shared = NEW_CARDS_PER_DAY;
  const isShared = (deck: DeckPace) => deck.newPerDay === null && daysLeftOf(deck) < 0;
  for (const deck of decks) if (isShared(deck)) shared -= deck.introducedToday;
  const countOf = (deck: DeckPace) => {
    if (deck.newPerDay !== null)
      return Math.max(0, Math.min(deck.unseen, deck.newPerDay - deck.introducedToday));
    const daysLeft = daysLeftOf(deck);
    if (daysLeft >= 0) return newCardPace({ ...deck, daysLeft });
    const count = Math.max(0, Math.min(deck.unseen, shared));
    shared -= count;
    return count;
  };
  return new Map(decks.map((deck) => [deck.id, countOf(deck)]));
}
