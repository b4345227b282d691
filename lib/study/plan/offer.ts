import { z } from 'zod';
import { addDays } from '../../calendar/dates.ts';
import { count } from '../../domain/fields.ts';
import type { Plan, PlanTask } from '../../domain/plan.ts';
import { saidSchema } from '../../domain/said.ts';
import { listening, say } from '../../language/said.ts';
import { minutesOf } from './days.ts';
import { tasksOf } from './plan.ts';

/** A weight moves so far when a quiz went clearly otherwise than what the plan was made from. */
const WORTH_PLANNING_ANEW = 0.15;
/** Less than this is no other plan. */
const WORTH_MINUTES = 10;
const MOST_NAMED = 4;
const FIRST_DAYS = 7;

export const planOfferSchema = z.object({
  reasons: z.array(z.string()).describe('What is known now and was not when the plan was made.'),
  goals: z
    .array(z.object({ goal: z.string(), before: count, after: count }))
    .describe('Minutes that are left for each goal, as planned and planned anew, where they differ.'),
  comes: z.array(z.string()).describe('Tasks of the next seven days that would be new.'),
  goes: z.array(z.string()).describe('Tasks of the next seven days that would not be there.'),
  said: saidSchema,
});
export type PlanOffer = z.infer<typeof planOfferSchema>;

const openTasks = (plan: Plan, today: string) =>
  tasksOf(plan).filter(({ completed, date }) => !completed && date >= today);

const titlesUntil = (tasks: readonly PlanTask[], last: string) =>
  new Set(tasks.filter(({ date }) => date <= last).map(({ title }) => title));

const without = (one: ReadonlySet<string>, other: ReadonlySet<string>) =>
  [...one].filter((title) => !other.has(title)).slice(0, MOST_NAMED);

/**
 * What planning the days that are left anew would change, by what is known of the student now; null when nothing is known
 * that the plan was not made from, or when it would come out much the same.
 */
export function offerOf(plan: Plan, anew: Plan, today: string): PlanOffer | null {
  const known = { ...plan.detail.said, ...anew.detail.said };
  const { made, said } = listening(() => changesOf(plan, anew, today), known);
  return made && { ...made, said };
}

function changesOf(plan: Plan, anew: Plan, today: string): Omit<PlanOffer, 'said'> | null {
  const weights = new Map(plan.detail.ranking.map(({ goal, weight }) => [goal, weight]));
  const reasons = anew.detail.ranking.flatMap(({ goal, weight, evidence }) => {
    const before = weights.get(goal);
    if (before === undefined || evidence === null || Math.abs(weight - before) < WORTH_PLANNING_ANEW)
      return [];
    return [
      weight > before
        ? say('{goal}: {evidence}, weaker than when this was planned.', { goal, evidence })
        : say('{goal}: {evidence}, firmer than when this was planned.', { goal, evidence }),
    ];
  });
  if (reasons.length === 0) return null;
  const [open, next] = [openTasks(plan, today), openTasks(anew, today)];
  const names = [...new Set([...open, ...next].map(({ goal }) => goal))].filter((goal) => goal !== '');
  const minutesFor = (tasks: readonly PlanTask[], goal: string) =>
    minutesOf(tasks.filter((task) => task.goal === goal));
  const goals = names
    .map((goal) => ({ goal, before: minutesFor(open, goal), after: minutesFor(next, goal) }))
    .filter(({ before, after }) => Math.abs(after - before) >= WORTH_MINUTES);
  const last = addDays(today, FIRST_DAYS - 1);
  const [titles, titlesAnew] = [titlesUntil(open, last), titlesUntil(next, last)];
  const [comes, goes] = [without(titlesAnew, titles), without(titles, titlesAnew)];
  if (goals.length === 0 && comes.length === 0 && goes.length === 0) return null;
  return { reasons: reasons.slice(0, MOST_NAMED), goals, comes, goes };
}

/** The plan as it stands, with what is known now taken note of: it is not offered again for the same reason. */
export const leftAsItIs = (plan: Plan, anew: Plan): Plan => ({
  ...plan,
  detail: { ...plan.detail, ranking: anew.detail.ranking },
});
