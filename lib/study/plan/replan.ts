import { addDays, mondayOf } from '../../calendar/dates.ts';
import type { Plan, PlanTask, TaskMove } from '../../domain/plan.ts';
import { type StudyDay, studyDays, toWeekBlocks } from './days.ts';
import { DEFAULT_HORIZON_DAYS } from './deadline.ts';
import { missedSentence } from './moved-sentence.ts';
import { tasksOf } from './plan.ts';
import { intoFreeRoom, shiftAll, taskValue } from './repack.ts';

/** A list of one's own tasks has no end: its days go on as long as there is something in it. */
export function extended(plan: Plan, today: string): Plan {
  const endsOn = addDays(today, DEFAULT_HORIZON_DAYS - 1);
  return plan.goals.length > 0 || plan.deadline !== null || plan.endsOn >= endsOn
    ? plan
    : { ...plan, endsOn };
}

const isMissed = (task: PlanTask, plan: Plan, today: string) =>
  !task.completed && task.date < today && !plan.detail.leftAlone.includes(task.id);

/** The plan with these tasks on these days, and the rest set aside. */
export function arranged(plan: Plan, tasks: readonly PlanTask[], setAside: readonly PlanTask[]): Plan {
  const withWork = plan.weekBlocks.filter(({ tasks: before }) => before.length > 0);
  const focus = new Map(withWork.map((block) => [mondayOf(block.startsOn), block.focus]));
  const weekBlocks = toWeekBlocks(plan, tasks).map((block) => ({
    ...block,
    // What a week is about does not change because a task moved.
    focus: focus.get(mondayOf(block.startsOn)) ?? block.focus,
  }));
  return { ...plan, weekBlocks, detail: { ...plan.detail, setAside: [...setAside] } };
}

/** What was set aside for want of room comes back when there is room again, the most important first. */
function broughtBack(
  plan: Plan,
  standing: readonly PlanTask[],
  waiting: readonly PlanTask[],
  days: readonly StudyDay[],
) {
  const back: PlanTask[] = [];
  const byValue = [...waiting].sort(
    (a, b) => taskValue(b, plan.detail.ranking) - taskValue(a, plan.detail.ranking),
  );
  for (const task of byValue) {
    const placed = intoFreeRoom([task], [...standing, ...back], days);
    if (placed) back.push(...placed);
  }
  return back;
}

function movesOf(
  before: readonly PlanTask[],
  waiting: readonly PlanTask[],
  after: ReadonlyMap<string, PlanTask>,
): TaskMove[] {
  const moved = before.flatMap((task): TaskMove[] => {
    const to = after.get(task.id)?.date ?? null;
    const move = { taskId: task.id, from: task.date, to, wasMovedFrom: task.movedFrom };
    return to === task.date ? [] : [move];
  });
  const returned = waiting.flatMap((task): TaskMove[] => {
    const to = after.get(task.id)?.date;
    return to === undefined ? [] : [{ taskId: task.id, from: null, to, wasMovedFrom: task.movedFrom }];
  });
  return [...moved, ...returned];
}

/**
 * The plan as it is on that day. What was missed is moved: into free room when that is enough, else everything moves on
 * and the slack is used. No day holds more than it may, and what no longer fits is set aside by name. Done again on the
 * same day, it changes nothing.
 */
export function replan(given: Plan, today: string): Plan {
  const plan = extended(given, today);
  const days = studyDays(plan, today);
  // A plan that is over is history: what was not done stays where it was.
  if (today > plan.endsOn) return given;
  const tasks = tasksOf(plan);
  const missed = tasks.filter((task) => isMissed(task, plan, today));
  const waiting = plan.detail.setAside.filter(({ id }) => !plan.detail.dropped.includes(id));
  if (missed.length === 0 && waiting.length === 0) return plan;

  const standing = tasks.filter((task) => !missed.includes(task));
  const intoRoom = intoFreeRoom(missed, standing, days);
  const isFixed = (task: PlanTask) =>
    task.completed || task.date < today || plan.detail.pinned.includes(task.id);
  const fixed = standing.filter(isFixed);
  const shift =
    intoRoom === null
      ? shiftAll(
          tasks
            .filter((task) => !fixed.includes(task))
            .map((task) => (task.date < today ? { ...task, date: today } : task)),
          fixed,
          days,
          plan,
        )
      : { placed: [...standing.filter((task) => !isFixed(task)), ...intoRoom], left: [] };

  const back = broughtBack(plan, [...fixed, ...shift.placed], [...waiting, ...shift.left], days);
  const placed = new Map([...fixed, ...shift.placed, ...back].map((task) => [task.id, task]));
  const left = [...waiting, ...shift.left].filter(({ id }) => !placed.has(id));
  const moves = movesOf(tasks, waiting, placed);
  if (moves.length === 0) return plan;

  const originally = new Map([...tasks, ...waiting].map((task) => [task.id, task]));
  const moved = (task: PlanTask): PlanTask => {
    const before = originally.get(task.id) ?? task;
    return before.date === task.date ? before : { ...task, movedFrom: before.date };
  };
  const atRest = plan.detail.setAside.filter(({ id }) => plan.detail.dropped.includes(id));
  const setAside = left.map((task) => originally.get(task.id) ?? task);
  const inOrder = [...tasks, ...waiting].flatMap(({ id }) => {
    const task = placed.get(id);
    return task ? [moved(task)] : [];
  });
  const result = arranged(plan, inOrder, [...atRest, ...setAside]);
  const sentence = missedSentence({ plan, missed, moves, tasks: originally, today });
  return { ...result, detail: { ...result.detail, change: { kind: 'missed', on: today, sentence, moves } } };
}
