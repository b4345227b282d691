import type { Plan, PlanTask, RankedGoal } from '../../domain/plan.ts';
import { listening, say, sayAmount, sayCapital, sayList } from '../../language/said.ts';
import { minutesOf } from './days.ts';
import { goalLabel } from './goal.ts';
import { tasksOf } from './plan.ts';

export function minutesText(minutes: number): string {
  if (minutes < 120) return say('{minutes, plural, one {# minute} other {# minutes}}', { minutes });
  return say('{hours} hours', { hours: sayAmount(Math.round(minutes / 30) / 2) });
}

export function planTitle(goals: readonly string[]): string {
  return sayCapital(sayList(goals.map(goalLabel), 2)).slice(0, 200);
}

/** Why the goals come in the order they do. */
export function orderSentence(ranking: readonly RankedGoal[]): string {
  const raised = ranking.filter(({ weight, evidence }) => weight > 1 && evidence !== null).slice(0, 2);
  if (raised.length === 0) {
    return ranking.length > 1
      ? say(
          'Nothing was measured when this was planned, so the goals come in your own order. Quizzes show what needs more.',
        )
      : say('Nothing was measured when this was planned. Quizzes show which parts need more.');
  }
  const named = raised.map(({ goal, evidence }) =>
    say('{goal} ({evidence})', { goal: goalLabel(goal), evidence: evidence ?? '' }),
  );
  return say(
    '{goals} {count, plural, =1 {comes first, and it gets} other {come first, and they get}} more time than the rest.',
    { goals: sayCapital(sayList(named)), count: raised.length },
  );
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
    sentence: say('Drop {goal} first. It is {minutes}, and {why}.', {
      goal: goalLabel(last.goal),
      minutes: minutesText(minutes),
      why,
    }),
  };
}

/** Why a goal is the one that may go. */
export function dropReason({ weight, evidence }: RankedGoal): string {
  if (evidence === null) return say('it stands last in your list and nothing shows that it is weak');
  return weight > 1
    ? say('the others need it more ({evidence})', { evidence })
    : say('you hold it already ({evidence})', { evidence });
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
  return withSayings(plan, () => ({
    ...plan,
    today,
    dropFirst: dropFirst(plan, unfinished),
    why: plan.detail.ranking.length > 0 ? orderSentence(plan.detail.ranking) : null,
    isOver: plan.goals.length > 0 && today > plan.endsOn,
  }));
}

/** What is made of a plan, with what each of its sentences is made of. */
export function withSayings<Made extends Pick<Plan, 'detail'>>(
  before: Pick<Plan, 'detail'> | undefined,
  make: () => Made,
): Made {
  const { made, said } = listening(make, before?.detail.said);
  return { ...made, detail: { ...made.detail, said } };
}
