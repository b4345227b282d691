import { mondayOf } from '../../calendar/dates.ts';
import type { PlanTask } from '../../domain/plan.ts';
import { minutesBy, type StudyDay } from './days.ts';

/** How much still fits where. Every placement of a task goes through it, so no day can be filled twice. */
export type Room = {
  on: (day: StudyDay) => number;
  /** What is left when something stands there. */
  with: (date: string, minutes: number) => Room;
};

type Minutes = ReadonlyMap<string, number>;

const plus = (minutes: Minutes, key: string, more: number): Minutes =>
  new Map(minutes).set(key, (minutes.get(key) ?? 0) + more);

/** With `budgets` a week never holds more than its share, which is what keeps the slack; without, only the day counts. */
export function createRoom(
  taken: readonly Pick<PlanTask, 'date' | 'etaMin'>[],
  budgets: Minutes | null,
): Room {
  const roomWith = (perDay: Minutes, perWeek: Minutes): Room => ({
    with: (date, minutes) => roomWith(plus(perDay, date, minutes), plus(perWeek, mondayOf(date), minutes)),
    on: ({ date, monday, minutes }) => {
      const day = minutes - (perDay.get(date) ?? 0);
      const week = budgets === null ? day : (budgets.get(monday) ?? 0) - (perWeek.get(monday) ?? 0);
      return Math.max(0, Math.min(day, week));
    },
  });
  return roomWith(
    minutesBy(taken, ({ date }) => date),
    minutesBy(taken, ({ date }) => mondayOf(date)),
  );
}
