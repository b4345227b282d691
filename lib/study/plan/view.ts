import type { Plan } from '../../domain/plan.ts';
import { tasksOf } from './plan.ts';
import { type DropFirst, dropFirst, orderSentence } from './sentences.ts';

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
