import { addDays, isDate } from '../../calendar/dates.ts';
import { datedFrom } from '../../calendar/words.ts';
import { type Plan, type PlanTask, planDetail, type TaskMove } from '../../domain/plan.ts';
import { AppError } from '../../errors.ts';
import { say, sayCapital, sayDay, sayList } from '../../language/said.ts';
import { minutesOf, studyDays } from './days.ts';
import { DEFAULT_HORIZON_DAYS } from './deadline.ts';
import { type OwnTask, ownStep, placeOwnTasks } from './own-tasks.ts';
import { nextTaskNumber, tasksOf } from './plan.ts';
import { arranged, extended } from './replan.ts';
import { createRoom } from './room.ts';
import { minutesText } from './sentences.ts';

const MOST_TASKS = 1_000;
const OWN_LIST_MINUTES = 60;

const invalid = (message: string) => new AppError('invalid_request', { message });

function taskOf(plan: Plan, taskId: string): PlanTask {
  const task = [...tasksOf(plan), ...plan.detail.setAside].find(({ id }) => id === taskId);
  if (!task) throw new AppError('not_found');
  return task;
}

export type TaskChange = {
  date?: string | undefined;
  title?: string | undefined;
  etaMin?: number | undefined;
};
export type Edited = { plan: Plan; note: string | null };

/** Puts a task on another day or words it anew. The student decides: a day may then hold more than planned, and that is said. */
export function changeTask(given: Plan, taskId: string, change: TaskChange, today: string): Edited {
  const plan = extended(given, today);
  const task = taskOf(plan, taskId);
  const date = change.date ?? task.date;
  if (!isDate(date))
    throw invalid(`“${date.slice(0, 40)}” is not a date. Write it like ${addDays(today, 1)}.`);
  if (change.date !== undefined && date < today)
    throw invalid('That day is over. Choose today or a later day.');
  const last = plan.deadline ?? plan.endsOn;
  if (change.date !== undefined && date > last) {
    throw invalid(`The plan ends on ${datedFrom(last, today)}. Choose an earlier day.`);
  }

  const changed: PlanTask = {
    ...task,
    title: change.title ?? task.title,
    etaMin: change.etaMin ?? task.etaMin,
    date,
    movedFrom: date === task.date ? task.movedFrom : null,
  };
  const without = (ids: readonly string[]) => ids.filter((id) => id !== taskId);
  const { detail } = plan;
  const isAside = detail.setAside.some(({ id }) => id === taskId) && change.date === undefined;
  const setAside = detail.setAside.filter(({ id }) => id !== taskId);
  const tasks = tasksOf(plan).filter(({ id }) => id !== taskId);
  const result = isAside
    ? arranged(plan, tasks, [...setAside, changed])
    : arranged(plan, inPlace(tasksOf(plan), tasks, changed), setAside);
  const pinned = change.date === undefined ? detail.pinned : [...without(detail.pinned), taskId];
  const minutes = minutesOf(tasksOf(result).filter((other) => other.date === date));
  const note =
    change.date !== undefined && minutes > plan.timePerDayMin
      ? say('{day} now has {minutes}; you planned {planned} a day.', {
          day: sayCapital(sayDay(date, today)),
          minutes: minutesText(minutes),
          planned: plan.timePerDayMin,
        })
      : null;
  return {
    note,
    plan: {
      ...result,
      detail: {
        ...result.detail,
        pinned,
        dropped: isAside ? detail.dropped : without(detail.dropped),
        leftAlone: change.date === undefined ? detail.leftAlone : without(detail.leftAlone),
      },
    },
  };
}

/** The task keeps its place among those of its day when it stays there, and comes last on a new one. */
function inPlace(before: readonly PlanTask[], others: readonly PlanTask[], changed: PlanTask): PlanTask[] {
  const stays = before.some(({ id, date }) => id === changed.id && date === changed.date);
  return stays ? before.map((task) => (task.id === changed.id ? changed : task)) : [...others, changed];
}

/** Adds the student's own tasks on the first days with room; what has room nowhere is set aside and said. */
export function addTasks(
  given: Plan,
  tasks: readonly OwnTask[],
  today: string,
): { plan: Plan; taskIds: string[]; note: string | null } {
  const plan = extended(given, today);
  if (today > plan.endsOn) throw invalid('This plan is over. Start a new one, and the tasks go into it.');
  const before = tasksOf(plan);
  if (before.length + tasks.length > MOST_TASKS) throw invalid('This plan is full. Start a new one.');
  const { placed, left } = placeOwnTasks(tasks, studyDays(plan, today), createRoom(before, null));
  const first = nextTaskNumber(plan);
  const made = (task: OwnTask, date: string, index: number): PlanTask => ({
    ...ownStep(task, date),
    id: `t${first + index}`,
    completed: false,
    movedFrom: null,
  });
  const dated = placed.map((task, index) => made(task, task.date, index));
  const aside = left.map((task, index) => made(task, today, placed.length + index));
  return {
    plan: arranged(plan, [...before, ...dated], [...plan.detail.setAside, ...aside]),
    taskIds: [...dated, ...aside].map(({ id }) => id),
    note:
      aside.length > 0
        ? say('There is no day with room for {names}.', { names: sayList(aside.map(({ title }) => title)) })
        : null,
  };
}

/** Takes a task that was set aside out of the plan for good. */
function withoutAside(plan: Plan, taskId: string): Plan {
  const { detail } = plan;
  const isOther = (id: string) => id !== taskId;
  return {
    ...plan,
    detail: {
      ...detail,
      setAside: detail.setAside.filter(({ id }) => isOther(id)),
      dropped: detail.dropped.filter(isOther),
    },
  };
}

/**
 * Sets unfinished tasks aside on purpose: one, or all that is left of a goal. Undo brings them back. A task that was set
 * aside already goes for good.
 */
export function dropTasks(plan: Plan, which: { taskId: string } | { goal: string }, today: string): Plan {
  if ('taskId' in which && plan.detail.setAside.some(({ id }) => id === which.taskId)) {
    return withoutAside(plan, which.taskId);
  }
  const chosen =
    'taskId' in which
      ? [taskOf(plan, which.taskId)]
      : tasksOf(plan).filter((task) => task.goal === which.goal && !task.completed);
  if (chosen.length === 0) throw new AppError('not_found');
  const ids = new Set(chosen.map(({ id }) => id));
  const setAside = [...plan.detail.setAside.filter(({ id }) => !ids.has(id)), ...chosen];
  const kept = tasksOf(plan).filter(({ id }) => !ids.has(id));
  const result = arranged(plan, kept, setAside);
  const moves = chosen.map(
    (task): TaskMove => ({ taskId: task.id, from: task.date, to: null, wasMovedFrom: task.movedFrom }),
  );
  const name = 'goal' in which ? which.goal : (chosen[0]?.title ?? '');
  const sentence = say('I set “{name}” aside: {minutes} less.', {
    name,
    minutes: minutesText(minutesOf(chosen)),
  });
  return {
    ...result,
    detail: {
      ...result.detail,
      dropped: [...new Set([...plan.detail.dropped, ...ids])],
      change: { kind: 'dropped', on: today, sentence, moves },
    },
  };
}

/** A plan without goals: a place for the student's own tasks when there is no other. */
export function ownTaskList(today: string): Plan {
  return {
    title: say('My tasks'),
    goals: [],
    timePerDayMin: OWN_LIST_MINUTES,
    daysPerWeek: 7,
    weekdays: [0, 1, 2, 3, 4, 5, 6],
    startsOn: today,
    endsOn: addDays(today, DEFAULT_HORIZON_DAYS - 1),
    deadline: null,
    weekBlocks: [],
    detail: planDetail.parse({}),
  };
}
