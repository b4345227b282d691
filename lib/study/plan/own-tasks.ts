import type { PlanTask } from '../../domain/plan.ts';
import { say } from '../../language/said.ts';
import type { StudyDay } from './days.ts';
import type { Room } from './room.ts';

/** A task of the student's own, before it has a day. */
export type OwnTask = Pick<PlanTask, 'title' | 'etaMin' | 'link'>;
type PlacedOwnTask = OwnTask & { date: string };

/** The task as it stands in a plan: it belongs to no goal. */
export const ownStep = (task: OwnTask, date: string) => ({
  ...task,
  date,
  kind: 'own' as const,
  goal: '',
  reason: null,
});

/** A part that is shorter than this is not worth opening the books for. */
const LEAST_PART_MINUTES = 10;

/** The pieces of a task over the days that have room for some of it; null when they do not hold all of it. */
function pieces(
  task: OwnTask,
  days: readonly StudyDay[],
  room: Room,
): { date: string; etaMin: number }[] | null {
  const found: { date: string; etaMin: number }[] = [];
  let left = task.etaMin;
  for (const day of days) {
    const minutes = Math.min(left, room.on(day));
    if (minutes < Math.min(left, LEAST_PART_MINUTES)) continue;
    // The end must not become a crumb: the piece before it gives some of its minutes.
    const rest = left - minutes;
    const etaMin =
      rest > 0 && rest < LEAST_PART_MINUTES ? Math.max(1, minutes - (LEAST_PART_MINUTES - rest)) : minutes;
    found.push({ date: day.date, etaMin });
    left -= etaMin;
    if (left === 0) return found;
  }
  return null;
}

/**
 * Puts each task on the first day with room for it, or, where no day has, in parts on the first days with room for some
 * of it. What has room nowhere comes back, and so does the room that is left.
 */
export function placeOwnTasks(
  tasks: readonly OwnTask[],
  days: readonly StudyDay[],
  given: Room,
): { placed: PlacedOwnTask[]; left: OwnTask[]; room: Room } {
  let room = given;
  const placed: PlacedOwnTask[] = [];
  const left: OwnTask[] = [];
  for (const task of tasks) {
    const day = days.find((candidate) => room.on(candidate) >= task.etaMin);
    const found = day ? [{ date: day.date, etaMin: task.etaMin }] : pieces(task, days, room);
    if (found === null) {
      left.push(task);
      continue;
    }
    found.forEach(({ date, etaMin }, index) => {
      const title =
        found.length === 1
          ? task.title
          : say('{name}, part {part} of {count}', {
              name: task.title,
              part: index + 1,
              count: found.length,
            });
      room = room.with(date, etaMin);
      placed.push({ ...task, title, etaMin, date });
    });
  }
  return { placed, left, room };
}
