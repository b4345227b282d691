import type { PlanFits, PlanTask } from '../../domain/plan.ts';
import { minutesOf } from './days.ts';
import { datesOf } from './plan.ts';
import type { GoalWithMaterial } from './rank-goals.ts';
import type { GoalWork } from './schedule.ts';
import { dropReason } from './sentences.ts';
import { firstRound, type Step, shortened } from './steps.ts';

/** With less than this a goal is a wish. */
export const LEAST_MINUTES_PER_GOAL = 60;
/** Of the minutes there are; the rest is for recall, review and the mock quiz. */
const NEW_WORK_SHARE = 0.75;
const LEAST_ROUND_MINUTES = 30;

export type Wanted = GoalWithMaterial & {
  /** What a first round has left; an edited plan does not repeat what is done. */
  round: Step[];
  lastSeen: string | null;
};

export type Fitted = {
  works: GoalWork[];
  fits: PlanFits;
  /** Goals whose pages were cut to their share of the time. */
  shortenedGoals: string[];
};

export function wantedGoal(
  { ranked, material }: GoalWithMaterial,
  timePerDayMin: number,
  done: readonly PlanTask[],
): Wanted {
  const seen = done.filter(({ goal }) => goal === ranked.goal);
  const keys = new Set(seen.map(stepKey));
  const reason = ranked.weight > 1 ? ranked.evidence : null;
  return {
    ranked,
    material,
    lastSeen: datesOf(seen).at(-1) ?? null,
    round: firstRound(ranked.goal, material, { timePerDayMin, reason }).filter(
      (step) => !keys.has(stepKey(step)),
    ),
  };
}

/** What makes two steps of different builds of a plan the same. */
export const stepKey = ({ kind, goal, title }: Pick<Step, 'kind' | 'goal' | 'title'>) =>
  `${kind}|${goal}|${title}`;

/**
 * Chooses what the time is for. When it does not reach for an hour a goal, the least urgent goals go, by name; when it does
 * not reach for every page, each round shrinks by its weight.
 */
export function fitGoals(wanted: readonly Wanted[], availableMin: number): Fitted {
  const needOf = ({ round, lastSeen }: Wanted) =>
    Math.max(lastSeen === null ? LEAST_MINUTES_PER_GOAL : 0, minutesOf(round));
  const neededMin = wanted.reduce((total, goal) => total + needOf(goal), 0);

  const kept = [...wanted];
  const dropped: PlanFits['dropped'] = [];
  const least = () => kept.reduce((total, goal) => total + Math.min(LEAST_MINUTES_PER_GOAL, needOf(goal)), 0);
  while (kept.length > 1 && availableMin < least()) {
    const last = kept.pop();
    if (last) dropped.push({ goal: last.ranked.goal, reason: dropReason(last.ranked) });
  }

  const forNewWork = availableMin * NEW_WORK_SHARE;
  const total = kept.reduce((minutes, { round }) => minutes + minutesOf(round), 0);
  const shares = kept.reduce((weight, { round, ranked }) => weight + minutesOf(round) * ranked.weight, 0);
  const shortenedGoals: string[] = [];
  const works = kept.map(({ ranked, material, round, lastSeen }): GoalWork => {
    const { readings, deck, quiz } = material;
    const hasNotes = readings.length > 0 || deck !== null || quiz !== null;
    const base = { ranked, deck, hasNotes, lastSeen };
    if (total <= forNewWork || shares === 0) return { ...base, steps: round };
    const own = (forNewWork * minutesOf(round) * ranked.weight) / shares;
    const cut = shortened(round, Math.max(LEAST_ROUND_MINUTES, own));
    if (cut.cutMinutes > 0) shortenedGoals.push(ranked.goal);
    return { ...base, steps: cut.steps };
  });
  return {
    works,
    shortenedGoals,
    fits: { ok: dropped.length === 0 && availableMin >= neededMin, neededMin, availableMin, dropped },
  };
}
