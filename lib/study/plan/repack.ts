import type { Plan, PlanTask, RankedGoal } from '../../domain/plan.ts';
import type { StudyDay } from './days.ts';
import { isNewWork, taskNumber } from './plan.ts';
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

/** Nothing new goes onto the last day before the deadline, except what the student wrote down. */
const mayStandOn = (task: PlanTask, day: StudyDay) => !(day.isLast && isNewWork(task));

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
    const after = sameGoal
      .filter((other) => taskNumber(other) < taskNumber(task))
      .map(({ date }) => date)
      .sort()
      .at(-1);
    // Repetition may come later than planned; pages may not come after their quiz.
    const before = isNewWork(task)
      ? sameGoal
          .filter((other) => isNewWork(other) && taskNumber(other) > taskNumber(task))
          .map(({ date }) => date)
          .sort()[0]
      : undefined;
    const day = days.find(
      (candidate) =>
        (after === undefined || candidate.date >= after) &&
        (before === undefined || candidate.date <= before) &&
        mayStandOn(task, candidate) &&
        room.on(candidate) >= task.etaMin,
    );
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
    const day = days.find(
      (candidate) =>
        candidate.date >= earliest && mayStandOn(task, candidate) && room.on(candidate) >= task.etaMin,
    );
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
