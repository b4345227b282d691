import { addDays, daysBetween } from '../../calendar/dates.ts';
import type { RankedGoal } from '../../domain/plan.ts';
import { MIN_TASK_MINUTES, type StudyDay } from './days.ts';
import { goalLabel } from './goal.ts';
import type { PlanDeck } from './material.ts';
import type { Room } from './room.ts';
import { deckLink, furtherRound, quizLink, type Step } from './steps.ts';

/** A goal on its way through the plan. */
export type GoalWork = {
  ranked: RankedGoal;
  deck: PlanDeck | null;
  /** What is left of the first round, in order. */
  steps: Step[];
  /** The day it was last worked on, when it has been at all. */
  lastSeen: string | null;
};

export type DatedStep = Step & { date: string };

type Progress = GoalWork & { recalls: number; recallDue: string | null; furtherRounds: number };

/** Days until a goal is asked for again: each time it holds, the next one is further away. */
const RECALL_GAP_DAYS = [2, 4, 8, 16, 32, 64];
const RECALL_MINUTES = 10;
const REVIEW_MINUTES = 15;
const MOCK_MINUTES = 30;
const LEAST_MOCK_MINUTES = 15;
/** Of a day's minutes, so that what is new gets the larger part. */
const RECALL_SHARE = 0.4;
/** New work ends after this share of the days it may use; the rest absorbs what took longer. */
const PACE = 0.6;
/** A quiz of fewer questions is still a quiz; below this share it is not worth its name. */
const LEAST_SHARE = 0.6;
const GOALS_AT_A_TIME = 2;
const DAYS_BETWEEN_ROUNDS = 3;
const FINAL_DAYS = 7;

const sum = (steps: readonly Step[]) => steps.reduce((total, { etaMin }) => total + etaMin, 0);
const afterDays = (days: number) => (days === 1 ? 'after a day' : `after ${days} days`);

/** How long a step is in this room: pages take what they take, a quiz can be a little shorter. 0 when it does not fit. */
function fitted({ kind, etaMin }: Step, minutes: number): number {
  if (etaMin <= minutes) return etaMin;
  const least = Math.max(MIN_TASK_MINUTES, Math.ceil(etaMin * LEAST_SHARE));
  return kind !== 'read' && minutes >= least ? minutes : 0;
}

/** Puts the work of every goal on days. Pure: the same goals on the same days give the same plan. */
export function schedule(
  works: readonly GoalWork[],
  days: readonly StudyDay[],
  { timePerDayMin, endsOn }: { timePerDayMin: number; endsOn: string },
  room: Room,
): DatedStep[] {
  const goals: Progress[] = works.map((work) => ({
    ...work,
    steps: [...work.steps],
    recalls: 0,
    recallDue: work.lastSeen === null ? null : addDays(work.lastSeen, RECALL_GAP_DAYS[0] ?? 2),
    furtherRounds: 0,
  }));
  const placed: DatedStep[] = [];
  const put = (step: Step, day: StudyDay) => {
    placed.push({ ...step, date: day.date });
    room.take(day.date, step.etaMin);
  };
  const within = (minutes: number, day: StudyDay) => Math.min(minutes, room.on(day), timePerDayMin);

  const spansWeeks = days.length > 0 && daysBetween(days[0]?.date ?? endsOn, endsOn) >= FINAL_DAYS;
  const finalFrom = addDays(endsOn, 1 - FINAL_DAYS);
  const isFinal = (day: StudyDay) => day.isLast || (spansWeeks && day.date >= finalFrom);
  const finalDays = days.filter(isFinal);
  const mockDay = finalDays.length > 1 ? finalDays.at(-2) : finalDays.at(-1);
  const learningDays = days.filter((day) => !day.isLast);
  const reviewed = new Set<string>();

  const seen = (goal: Progress, date: string, gap: number) => {
    goal.lastSeen = date;
    goal.recallDue = addDays(date, RECALL_GAP_DAYS[Math.min(gap, RECALL_GAP_DAYS.length - 1)] ?? 64);
  };

  function placeMock(day: StudyDay) {
    const learnt = goals.filter(({ lastSeen }) => lastSeen !== null);
    const minutes = within(MOCK_MINUTES, day);
    if (learnt.length === 0 || minutes < LEAST_MOCK_MINUTES) return;
    const subjects = learnt.slice(0, 5).map(({ ranked }) => goalLabel(ranked.goal));
    const last = subjects.pop() ?? '';
    const all = subjects.length > 0 ? `${subjects.join(', ')} and ${last}` : last;
    put(
      {
        kind: 'mock',
        goal: learnt.length === 1 ? (learnt[0]?.ranked.goal ?? '') : '',
        title: learnt.length === 1 ? `Mock quiz: ${all}` : 'Mock quiz over everything',
        etaMin: minutes,
        link: quizLink(`${all}, 20 mixed questions`),
        reason: 'without notes, as in the exam',
      },
      day,
    );
  }

  /** Every goal once in the last week, when it is learnt; and once more, briefly, on the last day. */
  function placeReviews(day: StudyDay) {
    const isNearEnd = day === finalDays.at(-1) || day === finalDays.at(-2);
    for (const goal of goals) {
      const isReviewed = !day.isLast && reviewed.has(goal.ranked.goal);
      const isUnfinished = goal.steps.length > 0 && !isNearEnd;
      if (isReviewed || isUnfinished || goal.lastSeen === null || goal.lastSeen === day.date) continue;
      const minutes = within(REVIEW_MINUTES, day);
      if (minutes < MIN_TASK_MINUTES + 2) return;
      const label = goalLabel(goal.ranked.goal);
      put(
        {
          kind: 'review',
          goal: goal.ranked.goal,
          title: `Review ${label}`,
          etaMin: minutes,
          link: goal.deck ? deckLink(goal.deck.id) : quizLink(label),
          reason: 'what you missed first',
        },
        day,
      );
      reviewed.add(goal.ranked.goal);
      seen(goal, day.date, goal.recalls + 1);
    }
  }

  function placeRecalls(day: StudyDay) {
    let left = Math.floor(day.minutes * RECALL_SHARE);
    const due = goals
      .filter(({ steps, recallDue }) => steps.length === 0 && recallDue !== null && recallDue <= day.date)
      .sort((a, b) => ((a.recallDue ?? '') < (b.recallDue ?? '') ? -1 : 1));
    for (const goal of due) {
      const minutes = Math.min(within(RECALL_MINUTES, day), left);
      if (minutes < MIN_TASK_MINUTES) return;
      const label = goalLabel(goal.ranked.goal);
      const withCards = goal.deck !== null && goal.recalls % 2 === 1;
      put(
        {
          kind: withCards ? 'cards' : 'recall',
          goal: goal.ranked.goal,
          title: withCards ? `Cards: ${label}` : `Recall ${label} without notes`,
          etaMin: minutes,
          link: withCards && goal.deck ? deckLink(goal.deck.id) : quizLink(`${label}, 5 questions`),
          reason: goal.lastSeen === null ? null : afterDays(daysBetween(goal.lastSeen, day.date)),
        },
        day,
      );
      left -= minutes;
      goal.recalls += 1;
      seen(goal, day.date, goal.recalls);
    }
  }

  /** Two goals at a time, the one with less of today first, so that a day is neither one thing nor everything. */
  function placeNewWork(day: StudyDay, most: number) {
    let left = most;
    const minutesToday = new Map<Progress, number>();
    const spentOn = (goal: Progress) => minutesToday.get(goal) ?? 0;
    while (left > 0) {
      const chosen = goals
        .filter(({ steps }) => steps.length > 0)
        .slice(0, GOALS_AT_A_TIME)
        .sort((a, b) => spentOn(a) - spentOn(b))
        .find(({ steps: [next] }) => {
          if (next === undefined) return false;
          const minutes = fitted(next, room.on(day));
          // A day takes at least one piece, and a further one when half of it is still due.
          return minutes > 0 && (minutes <= 2 * left || left === most);
        });
      const step = chosen?.steps.shift();
      if (!chosen || !step) return;
      const etaMin = fitted(step, room.on(day));
      put({ ...step, etaMin }, day);
      left -= etaMin;
      minutesToday.set(chosen, spentOn(chosen) + etaMin);
      seen(chosen, day.date, 0);
    }
  }

  function placeFurtherRound(day: StudyDay) {
    const ready = goals
      .filter(
        ({ steps, lastSeen, ranked, furtherRounds }) =>
          steps.length === 0 &&
          lastSeen !== null &&
          daysBetween(lastSeen, day.date) >= DAYS_BETWEEN_ROUNDS &&
          furtherRounds < 1 + Math.round((ranked.weight - 1) * 4),
      )
      .sort((a, b) => b.ranked.weight - a.ranked.weight)[0];
    if (!ready) return;
    const step = furtherRound(ready.ranked.goal, timePerDayMin);
    if (step.etaMin > room.on(day)) return;
    put({ ...step, reason: ready.ranked.evidence }, day);
    ready.furtherRounds += 1;
    seen(ready, day.date, ready.recalls);
  }

  for (const day of days) {
    if (day === mockDay) placeMock(day);
    if (day.isLast) {
      placeReviews(day);
      continue;
    }
    placeRecalls(day);
    const daysLeft = learningDays.filter(({ date }) => date >= day.date).length;
    const remaining = goals.reduce((total, { steps }) => total + sum(steps), 0);
    const pace = Math.ceil(remaining / Math.max(1, daysLeft * PACE));
    const half = Math.floor(day.minutes / 2);
    if (remaining > 0) placeNewWork(day, isFinal(day) ? Math.min(pace, half) : Math.max(pace, half));
    if (isFinal(day)) placeReviews(day);
    placeFurtherRound(day);
  }
  return placed;
}
