import { addDays, datesBetween, mondayOf, weekdayOf } from '../../calendar/dates.ts';
import type { PlanDays, PlanTask, WeekBlock } from '../../domain/plan.ts';
import { say, sayCapital, sayList } from '../../language/said.ts';
import { goalLabel } from './goal.ts';
import { byDate, isNewWork } from './plan.ts';

/** Days fall out, texts turn out longer: this share of every week is planned, the rest is kept. */
export const PLANNED_SHARE = 0.85;
/** Nothing shorter is worth sitting down for. */
export const MIN_TASK_MINUTES = 4;

export type StudyDay = {
  date: string;
  monday: string;
  /** The most that may stand on this day. */
  minutes: number;
  /** The last study day: light, and nothing new. */
  isLast: boolean;
};

/** The study days from a date on. The last one before the end is light, unless it is the only one there ever was. */
export function studyDays(days: PlanDays, from: string = days.startsOn): StudyDay[] {
  const first = from > days.startsOn ? from : days.startsOn;
  const isStudyDay = (date: string) => days.weekdays.includes(weekdayOf(date));
  const all = datesBetween(days.startsOn, days.endsOn).filter(isStudyDay);
  const last = all.length > 1 ? all.at(-1) : undefined;
  return all
    .filter((date) => date >= first)
    .map((date) => ({
      date,
      monday: mondayOf(date),
      minutes: date === last ? Math.floor(days.timePerDayMin / 2) : days.timePerDayMin,
      isLast: date === last,
    }));
}

/** How many minutes of each week are planned, by its Monday. */
export function weekBudgets(days: PlanDays): Map<string, number> {
  const weeks = Map.groupBy(studyDays(days), ({ monday }) => monday);
  const planned = (count: number) => Math.floor(count * days.timePerDayMin * PLANNED_SHARE);
  return new Map([...weeks].map(([monday, { length }]) => [monday, planned(length)]));
}

export const minutesOf = (tasks: readonly Pick<PlanTask, 'etaMin'>[]) =>
  tasks.reduce((sum, { etaMin }) => sum + etaMin, 0);

/** Minutes of tasks by their day, their week or their goal. */
export const minutesBy = <Task extends Pick<PlanTask, 'etaMin'>>(
  tasks: readonly Task[],
  keyOf: (task: Task) => string,
): Map<string, number> => new Map([...Map.groupBy(tasks, keyOf)].map(([key, own]) => [key, minutesOf(own)]));

const REHEARSAL = new Set(['review', 'mock']);

/** What a week is about: the goals with most new work in it, or that it rehearses. */
function focusOf(tasks: readonly PlanTask[]): string {
  const newWork = tasks.filter(isNewWork);
  const rehearsed = minutesOf(tasks.filter(({ kind }) => REHEARSAL.has(kind)));
  if (rehearsed > minutesOf(newWork)) return say('Rehearse');
  const minutes = minutesBy(newWork, ({ goal }) => goal);
  const [first, second] = [...minutes].sort((a, b) => b[1] - a[1]).map(([goal]) => goalLabel(goal));
  if (first !== undefined) return sayCapital(sayList(second === undefined ? [first] : [first, second]));
  if (tasks.some(({ kind }) => kind === 'recall' || kind === 'cards')) return say('Keep it fresh');
  return tasks.length > 0 ? say('Your own tasks') : say('Free|week');
}

/** Tasks in the weeks they fall into, Monday to Sunday. A week without study days appears only where a task stands in it. */
export function toWeekBlocks(days: PlanDays, tasks: readonly PlanTask[]): WeekBlock[] {
  const studied = studyDays(days);
  const mondays = [
    ...new Set([...studied.map(({ monday }) => monday), ...tasks.map(({ date }) => mondayOf(date))]),
  ].sort();
  return mondays.map((monday, index) => {
    const sunday = addDays(monday, 6);
    const own = tasks.filter(({ date }) => mondayOf(date) === monday).sort(byDate);
    const firstDay = own[0]?.date ?? days.startsOn;
    const lastDay = own.at(-1)?.date ?? days.endsOn;
    const start = firstDay < days.startsOn ? firstDay : days.startsOn;
    const end = lastDay > days.endsOn ? lastDay : days.endsOn;
    return {
      week: index + 1,
      startsOn: monday < start ? start : monday,
      endsOn: sunday > end ? end : sunday,
      focus: focusOf(own),
      minutes: studied.filter((day) => day.monday === monday).length * days.timePerDayMin,
      tasks: own,
    };
  });
}
