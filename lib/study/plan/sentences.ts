import { counted, listOf, shortListOf } from '../../calendar/words.ts';
import type { Plan, PlanTask, RankedGoal } from '../../domain/plan.ts';
import { minutesOf } from './days.ts';
import { capitalised, goalLabel } from './goal.ts';
import { tasksOf } from './plan.ts';

export function minutesText(minutes: number): string {
  if (minutes < 120) return counted(minutes, 'minute');
  const hours = Math.round(minutes / 30) / 2;
  return `${hours} hours`;
}

export function planTitle(goals: readonly string[]): string {
  return capitalised(shortListOf(goals.map(goalLabel), 2)).slice(0, 200);
}

/** Why the goals come in the order they do. */
export function orderSentence(ranking: readonly RankedGoal[]): string {
  const raised = ranking.filter(({ weight, evidence }) => weight > 1 && evidence !== null).slice(0, 2);
  if (raised.length === 0) {
    return ranking.length > 1
      ? 'Nothing is measured yet, so the goals come in your own order. The first quizzes will show what needs more.'
      : 'Nothing is measured yet. The first quizzes will show which parts need more.';
  }
  const named = raised.map(({ goal, evidence }) => `${goalLabel(goal)} (${evidence})`);
  const [verb, noun] = raised.length === 1 ? ['comes', 'it gets'] : ['come', 'they get'];
  return `${capitalised(listOf(named))} ${verb} first, and ${noun} more time than the rest.`;
}

type DropFirst = { goal: string; minutes: number; sentence: string };

/** What to leave when time gets short: the goal that matters least of those with work left. */
export function dropFirst(plan: Pick<Plan, 'detail'>, unfinished: readonly PlanTask[]): DropFirst | null {
  const { ranking } = plan.detail;
  const withWork = ranking.filter(({ goal }) => unfinished.some((task) => task.goal === goal));
  const last = withWork.at(-1);
  if (!last || withWork.length < 2) return null;
  const minutes = minutesOf(unfinished.filter((task) => task.goal === last.goal));
  const why = dropReason(last);
  return {
    goal: last.goal,
    minutes,
    sentence: `Drop ${goalLabel(last.goal)} first. It is ${minutesText(minutes)}, and ${why}.`,
  };
}

/** Why a goal is the one that may go. */
export function dropReason({ weight, evidence }: RankedGoal): string {
  if (evidence === null) return 'it stands last in your list and nothing shows that it is weak';
  return weight > 1 ? `the others need it more (${evidence})` : `you hold it already (${evidence})`;
}

/** What a page needs to say about a plan on a day, beside the plan itself. */
export type PlanRemarks = {
  today: string;
  dropFirst: DropFirst | null;
  why: string | null;
  isOver: boolean;
};

export function withRemarks<Known extends Plan>(plan: Known, today: string): Known & PlanRemarks {
  const unfinished = tasksOf(plan).filter(({ completed, date }) => !completed && date >= today);
  return {
    ...plan,
    today,
    dropFirst: dropFirst(plan, unfinished),
    why: plan.detail.ranking.length > 0 ? orderSentence(plan.detail.ranking) : null,
    isOver: plan.goals.length > 0 && today > plan.endsOn,
  };
}
