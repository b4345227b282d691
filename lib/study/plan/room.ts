import { mondayOf } from '../../calendar/dates.ts';
import type { PlanTask } from '../../domain/plan.ts';
import type { StudyDay } from './days.ts';

/** How much still fits where. Every placement of a task goes through it, so no day can be filled twice. */
export type Room = {
  on: (day: StudyDay) => number;
  take: (date: string, minutes: number) => void;
};

/** With `budgets` a week never holds more than its share, which is what keeps the slack; without, only the day counts. */
export function createRoom(
  taken: readonly Pick<PlanTask, 'date' | 'etaMin'>[],
  budgets: ReadonlyMap<string, number> | null,
): Room {
  const perDay = new Map<string, number>();
  const perWeek = new Map<string, number>();
  const add = (map: Map<string, number>, key: string, minutes: number) =>
    map.set(key, (map.get(key) ?? 0) + minutes);
  const take = (date: string, minutes: number) => {
    add(perDay, date, minutes);
    add(perWeek, mondayOf(date), minutes);
  };
  for (const { date, etaMin } of taken) take(date, etaMin);
  return {
    take,
    on: ({ date, monday, minutes }) => {
      const day = minutes - (perDay.get(date) ?? 0);
      const week = budgets === null ? day : (budgets.get(monday) ?? 0) - (perWeek.get(monday) ?? 0);
      return Math.max(0, Math.min(day, week));
    },
  };
}
