import type { Plan, PlanTask, RankedGoal } from '../../domain/plan.ts';
import type { StudyDay } from './days.ts';
import { datesOf, isNewWork, taskNumber } from './plan.ts';
import { createRoom, type Room } from './room.ts';

/** How much it would hurt to leave a task out: the student's own first, then new work, then repetition, by goal. */
const KIND_VALUE: Record<PlanTask['kind'], number> = {
  own: 8,
  read: 6,
  quiz: 5,
  mock: 5,
  practise: 4,
  cards: 3,
  review: 3,
  recall: 1,
};

export function taskValue(task: PlanTask, ranking: readonly RankedGoal[]): number {
  const rank = ranking.findIndex(({ goal }) => goal === task.goal);
  // A goal further down the list loses to every kind of work of one above it only when the kinds are alike.
  const place = rank < 0 ? 0 : rank / Math.max(1, ranking.length);
  return KIND_VALUE[task.kind] - place * 2;
}

/**
 * The first day with room for a task, not before one day nor after another. Nothing new goes onto the last day before the
 * deadline, except what the student wrote down.
 */
const dayFor = (
  task: PlanTask,
  days: readonly StudyDay[],
  room: Room,
  { after = '', before }: { after?: string | undefined; before?: string | undefined },
) =>
  days.find(
    (day) =>
      day.date >= after &&
      (before === undefined || day.date <= before) &&
      !(day.isLast && isNewWork(task)) &&
      room.on(day) >= task.etaMin,
  );

/**
 * Puts tasks into the room there is, each after the tasks of its goal that come before it, and new work before the new
 * work that follows, so that a quiz never overtakes its pages. Null when one of them has no such place.
 */
export function intoFreeRoom(
  missed: readonly PlanTask[],
  standing: readonly PlanTask[],
  days: readonly StudyDay[],
): PlanTask[] | null {
  let room = createRoom(standing, null);
  const settled = [...standing];
  const placed: PlanTask[] = [];
  for (const task of missed) {
    const sameGoal = settled.filter(({ goal, completed }) => goal !== '' && goal === task.goal && !completed);
    const after = datesOf(sameGoal.filter((other) => taskNumber(other) < taskNumber(task))).at(-1);
    const later = sameGoal.filter((other) => isNewWork(other) && taskNumber(other) > taskNumber(task));
    // Repetition may come later than planned; pages may not come after their quiz.
    const before = isNewWork(task) ? datesOf(later)[0] : undefined;
    const day = dayFor(task, days, room, { after, before });
    if (!day) return null;
    room = room.with(day.date, task.etaMin);
    const moved = { ...task, date: day.date };
    placed.push(moved);
    settled.push(moved);
  }
  return placed;
}

/** Moves everything on in its order, nothing earlier than it was planned. Null when it does not end in time. */
function shifted(tasks: readonly PlanTask[], days: readonly StudyDay[], given: Room): PlanTask[] | null {
  let room = given;
  const reached = new Map<string, string>();
  const placed: PlanTask[] = [];
  for (const task of tasks) {
    const earliest = [task.date, reached.get(task.goal) ?? task.date].sort().at(-1) ?? task.date;
    const day = dayFor(task, days, room, { after: earliest });
    if (!day) return null;
    room = room.with(day.date, task.etaMin);
    placed.push({ ...task, date: day.date });
    if (task.goal !== '') reached.set(task.goal, day.date);
  }
  return placed;
}

/**
 * Moves everything on, and leaves out what matters least, one task at a time, until the rest ends in time.
 * `tasks` come in the order of the plan; `fixed` keep their day.
 */
export function shiftAll(
  tasks: readonly PlanTask[],
  fixed: readonly PlanTask[],
  days: readonly StudyDay[],
  { detail }: Pick<Plan, 'detail'>,
): { placed: PlanTask[]; left: PlanTask[] } {
  const kept = [...tasks];
  const left: PlanTask[] = [];
  for (;;) {
    const placed = shifted(kept, days, createRoom(fixed, null));
    if (placed !== null) return { placed, left };
    const least = kept.reduce<PlanTask | undefined>(
      (lowest, task) =>
        // Of equals the later one goes: it is the repetition.
        lowest === undefined || taskValue(task, detail.ranking) <= taskValue(lowest, detail.ranking)
          ? task
          : lowest,
      undefined,
    );
    if (!least) return { placed: [], left };
    kept.splice(kept.indexOf(least), 1);
    left.push(least);
  }
}
