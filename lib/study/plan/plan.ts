import type { Plan, PlanTask } from '../../domain/plan.ts';

export const tasksOf = (plan: Pick<Plan, 'weekBlocks'>): PlanTask[] =>
  plan.weekBlocks.flatMap(({ tasks }) => tasks);

/** The number in a task's id: the order in which the work of a goal was planned, whatever day it is on now. */
export const taskNumber = ({ id }: Pick<PlanTask, 'id'>): number => Number(/^t(\d+)$/.exec(id)?.[1] ?? 0);

/** The next free number of task ids; ids are never used twice in a plan, so that a calendar can follow them. */
export function nextTaskNumber(plan: Pick<Plan, 'weekBlocks' | 'detail'>): number {
  const numbers = [...tasksOf(plan), ...plan.detail.setAside].map(taskNumber);
  return 1 + numbers.reduce((highest, number) => Math.max(highest, number), 0);
}

export const byDate = (a: Pick<PlanTask, 'date'>, b: Pick<PlanTask, 'date'>) =>
  a.date < b.date ? -1 : a.date > b.date ? 1 : 0;

/** The days of tasks, the earliest first. */
export const datesOf = (tasks: readonly Pick<PlanTask, 'date'>[]): string[] =>
  tasks.map(({ date }) => date).sort();

/** Work that is new; the last day before a deadline has none. */
export const isNewWork = ({ kind }: Pick<PlanTask, 'kind'>) =>
  kind === 'read' || kind === 'quiz' || kind === 'practise';
