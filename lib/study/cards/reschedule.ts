import { dateIn, daysBetween, instantAfterDays } from '../../calendar/dates.ts';
import { type CardState, ROLLOVER_HOUR } from '../../domain/card.ts';
import { daysLeftBefore, FINAL_WINDOW_DAYS, isFinished, pulledInterval, spreadOf } from './exam.ts';
import { schedulerFor } from './schedule.ts';

/** A card in review: when it is due, and what that follows from. */
export type ScheduledCard = { id: string } & Pick<
  CardState,
  'due' | 'stability' | 'reps' | 'lastReview' | 'scheduledDays'
>;

export type MovedCard = Pick<ScheduledCard, 'id' | 'reps' | 'due' | 'scheduledDays'>;

/** An interval this close to what the stability asks for was not changed by anything but fuzz. */
const FUZZ_SHARE = 0.2;
const FUZZ_DAYS = 3;

/**
 * The cards of a deck that come on another day once its exam is on `examDate`, or once it has none: pulled in before a
 * new exam, let go again when the exam moves away. Cards that are overdue stay so.
 */
export function rescheduleForExam(params: {
  cards: readonly ScheduledCard[];
  examDate: string | null;
  desiredRetention: number;
  now: Date;
  timezone: string;
}): MovedCard[] {
  const { cards, examDate, desiredRetention, now, timezone } = params;
  const today = dateIn(now, timezone, ROLLOVER_HOUR);
  const scheduler = schedulerFor(desiredRetention);
  const daysLeft = examDate === null ? -1 : daysLeftBefore(examDate, now, timezone);

  return cards.flatMap((card) => {
    const last = new Date(card.lastReview ?? card.due);
    const asked = Math.max(1, Math.round(card.stability * scheduler.interval_modifier));
    const isAsItWas = Math.abs(card.scheduledDays - asked) <= Math.max(FUZZ_DAYS, asked * FUZZ_SHARE);
    const interval = isAsItWas || card.stability <= 0 ? card.scheduledDays : asked;
    const natural = isAsItWas
      ? new Date(card.due)
      : instantAfterDays(last, interval, timezone, ROLLOVER_HOUR);
    const inDays = daysBetween(today, dateIn(natural, timezone, ROLLOVER_HOUR));
    const asksFor = daysWanted(card, { examDate, inDays, daysLeft, last, natural, timezone });
    const wanted = asksFor ?? inDays;
    // An earlier review is asked for only in the days there are, and never in the past.
    const days =
      wanted > 0 ? wanted : daysBetween(today, dateIn(new Date(card.due), timezone, ROLLOVER_HOUR));
    const due = instantAfterDays(now, days, timezone, ROLLOVER_HOUR).toISOString();
    if (
      dateIn(new Date(card.due), timezone, ROLLOVER_HOUR) === dateIn(new Date(due), timezone, ROLLOVER_HOUR)
    )
      return [];
    return [
      {
        id: card.id,
        reps: card.reps,
        due,
        scheduledDays: Math.max(
          1,
          daysBetween(dateIn(last, timezone, ROLLOVER_HOUR), dateIn(new Date(due), timezone, ROLLOVER_HOUR)),
        ),
      },
    ];
  });
}

type Place = {
  examDate: string | null;
  inDays: number;
  daysLeft: number;
  last: Date;
  natural: Date;
  timezone: string;
};

/** In how many days the exam wants the card; undefined where it wants nothing of it. */
function daysWanted(card: ScheduledCard, place: Place): number | undefined {
  const { examDate, inDays, daysLeft, last, natural, timezone } = place;
  if (examDate === null || daysLeft < 1 || inDays < 1) return undefined;
  const spread = spreadOf(card.id);
  if (daysLeft > FINAL_WINDOW_DAYS) return pulledInterval({ intervalDays: inDays, daysLeft, spread });
  const days = {
    lastReviewDay: dateIn(last, timezone, ROLLOVER_HOUR),
    dueDay: dateIn(natural, timezone, ROLLOVER_HOUR),
  };
  if (inDays <= daysLeft || isFinished(days, examDate)) return undefined;
  // The window has begun and this card was not seen in it: one of the days that are left.
  return 1 + Math.floor(spread * daysLeft);
}
