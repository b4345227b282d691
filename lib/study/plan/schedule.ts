import { addDays, daysBetween } from '../../calendar/dates.ts';
import type { RankedGoal } from '../../domain/plan.ts';
import { say, sayList } from '../../language/said.ts';
import { MIN_TASK_MINUTES, minutesOf, type StudyDay } from './days.ts';
import { goalLabel } from './goal.ts';
import type { PlanDeck } from './material.ts';
import type { Room } from './room.ts';
import { deckLink, furtherRound, quizLink, type Step } from './steps.ts';

/** A goal on its way through the plan. */
export type GoalWork = {
  ranked: RankedGoal;
  deck: PlanDeck | null;
  /** Without notes it is never seen, and so never asked about again. */
  hasNotes: boolean;
  /** What is left of the first round, in order. */
  steps: Step[];
  /** The day it was last worked on, when it has been at all. */
  lastSeen: string | null;
};

export type DatedStep = Step & { date: string };

type Progress = GoalWork & {
  recalls: number;
  recallDue: string | null;
  furtherRounds: number;
  isReviewed: boolean;
};

/** The plan so far. Every step of a day takes one and gives the next. */
type State = { goals: readonly Progress[]; placed: readonly DatedStep[]; room: Room };

/** What stays the same from the first day to the last. */
type Course = {
  timePerDayMin: number;
  learningDays: readonly StudyDay[];
  /** The days of the last week, in which there is more to repeat than to learn. */
  finalDays: readonly StudyDay[];
  mockDay: StudyDay | undefined;
};

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

const afterDays = (days: number) => say('after {days, plural, =1 {a day} other {# days}}', { days });

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
): readonly DatedStep[] {
  const goals = works.map((work): Progress => {
    const lastSeen = work.hasNotes ? work.lastSeen : null;
    const recallDue = lastSeen === null ? null : seenOn(lastSeen, 0).recallDue;
    return { ...work, lastSeen, recalls: 0, recallDue, furtherRounds: 0, isReviewed: false };
  });
  const spansWeeks = days.length > 0 && daysBetween(days[0]?.date ?? endsOn, endsOn) >= FINAL_DAYS;
  const finalFrom = addDays(endsOn, 1 - FINAL_DAYS);
  const finalDays = days.filter((day) => day.isLast || (spansWeeks && day.date >= finalFrom));
  const course: Course = {
    timePerDayMin,
    learningDays: days.filter((day) => !day.isLast),
    finalDays,
    mockDay: finalDays.length > 1 ? finalDays.at(-2) : finalDays.at(-1),
  };
  return days.reduce((state: State, day) => withDay(state, day, course), { goals, placed: [], room }).placed;
}

function withDay(before: State, day: StudyDay, course: Course): State {
  const state = day === course.mockDay ? withMock(before, day, course) : before;
  if (day.isLast) return withReviews(state, day, course);
  const recalled = withRecalls(state, day, course);
  const learnt = withNewWork(recalled, day, minutesForNew(recalled, day, course));
  const reviewed = course.finalDays.includes(day) ? withReviews(learnt, day, course) : learnt;
  return withFurtherRound(reviewed, day, course);
}

/** The step on its day, and what it changes for its goal. */
const put = (
  state: State,
  day: StudyDay,
  step: Step,
  goal?: Progress,
  change?: Partial<Progress>,
): State => ({
  placed: [...state.placed, { ...step, date: day.date }],
  room: state.room.with(day.date, step.etaMin),
  goals: state.goals.map((other) => (other === goal ? { ...other, ...change } : other)),
});

const seenOn = (date: string, gap: number) => ({
  lastSeen: date,
  recallDue: addDays(date, RECALL_GAP_DAYS[Math.min(gap, RECALL_GAP_DAYS.length - 1)] ?? 64),
});

const within = (minutes: number, { room }: State, day: StudyDay, { timePerDayMin }: Course) =>
  Math.min(minutes, room.on(day), timePerDayMin);

function withMock(state: State, day: StudyDay, course: Course): State {
  const learnt = state.goals.filter(({ lastSeen }) => lastSeen !== null);
  const minutes = within(MOCK_MINUTES, state, day, course);
  if (learnt.length === 0 || minutes < LEAST_MOCK_MINUTES) return state;
  const subjects = sayList(learnt.slice(0, 5).map(({ ranked }) => goalLabel(ranked.goal)));
  return put(state, day, {
    kind: 'mock',
    goal: learnt.length === 1 ? (learnt[0]?.ranked.goal ?? '') : '',
    title:
      learnt.length === 1 ? say('Mock quiz: {topic}', { topic: subjects }) : say('Mock quiz over everything'),
    etaMin: minutes,
    link: quizLink(`${subjects}, 20 mixed questions`),
    reason: say('without notes, as in the exam'),
  });
}

/** Every goal once in the last week, when it is learnt; and once more, briefly, on the last day. */
function withReviews(before: State, day: StudyDay, course: Course): State {
  const isNearEnd = course.finalDays.slice(-2).includes(day);
  let state = before;
  for (const goal of before.goals) {
    const isUnfinished = goal.steps.length > 0 && !isNearEnd;
    const isReviewed = goal.isReviewed && !day.isLast;
    if (isReviewed || isUnfinished || goal.lastSeen === null || goal.lastSeen === day.date) continue;
    const minutes = within(REVIEW_MINUTES, state, day, course);
    if (minutes < MIN_TASK_MINUTES + 2) return state;
    const label = goalLabel(goal.ranked.goal);
    const step: Step = {
      kind: 'review',
      goal: goal.ranked.goal,
      title: say('Review {topic}', { topic: label }),
      etaMin: minutes,
      link: goal.deck ? deckLink(goal.deck.id) : quizLink(label),
      reason: say('what you missed first'),
    };
    state = put(state, day, step, goal, { isReviewed: true, ...seenOn(day.date, goal.recalls + 1) });
  }
  return state;
}

function withRecalls(before: State, day: StudyDay, course: Course): State {
  const due = before.goals
    .filter(({ steps, recallDue }) => steps.length === 0 && recallDue !== null && recallDue <= day.date)
    .sort((a, b) => ((a.recallDue ?? '') < (b.recallDue ?? '') ? -1 : 1));
  let state = before;
  let left = Math.floor(day.minutes * RECALL_SHARE);
  for (const goal of due) {
    const minutes = Math.min(within(RECALL_MINUTES, state, day, course), left);
    if (minutes < MIN_TASK_MINUTES) return state;
    const label = goalLabel(goal.ranked.goal);
    const deck = goal.recalls % 2 === 1 ? goal.deck : null;
    const step: Step = {
      kind: deck ? 'cards' : 'recall',
      goal: goal.ranked.goal,
      title: deck
        ? say('Cards: {topic}', { topic: label })
        : say('Recall {topic} without notes', { topic: label }),
      etaMin: minutes,
      link: deck ? deckLink(deck.id) : quizLink(`${label}, 5 questions`),
      reason: goal.lastSeen === null ? null : afterDays(daysBetween(goal.lastSeen, day.date)),
    };
    left -= minutes;
    const recalls = goal.recalls + 1;
    state = put(state, day, step, goal, { recalls, ...seenOn(day.date, recalls) });
  }
  return state;
}

/** How much of a day is for what is new: enough to end in time, and half of it where there is time. */
function minutesForNew({ goals }: State, day: StudyDay, { learningDays, finalDays }: Course): number {
  const remaining = goals.reduce((total, { steps }) => total + minutesOf(steps), 0);
  if (remaining === 0) return 0;
  const daysLeft = learningDays.filter(({ date }) => date >= day.date).length;
  const pace = Math.ceil(remaining / Math.max(1, daysLeft * PACE));
  const half = Math.floor(day.minutes / 2);
  return finalDays.includes(day) ? Math.min(pace, half) : Math.max(pace, half);
}

/** Two goals at a time, the one with less of today first, so that a day is neither one thing nor everything. */
function withNewWork(before: State, day: StudyDay, most: number): State {
  let state = before;
  let left = most;
  const minutesToday = new Map<string, number>();
  const spentOn = ({ ranked }: Progress) => minutesToday.get(ranked.goal) ?? 0;
  while (left > 0) {
    const { goals, room } = state;
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
    const [step, ...steps] = chosen?.steps ?? [];
    if (!chosen || !step) return state;
    const etaMin = fitted(step, room.on(day));
    state = put(state, day, { ...step, etaMin }, chosen, {
      steps,
      ...(chosen.hasNotes ? seenOn(day.date, 0) : {}),
    });
    left -= etaMin;
    minutesToday.set(chosen.ranked.goal, spentOn(chosen) + etaMin);
  }
  return state;
}

function withFurtherRound(state: State, day: StudyDay, { timePerDayMin }: Course): State {
  const ready = state.goals
    .filter(
      ({ steps, lastSeen, ranked, furtherRounds }) =>
        steps.length === 0 &&
        lastSeen !== null &&
        daysBetween(lastSeen, day.date) >= DAYS_BETWEEN_ROUNDS &&
        furtherRounds < 1 + Math.round((ranked.weight - 1) * 4),
    )
    .sort((a, b) => b.ranked.weight - a.ranked.weight)[0];
  if (!ready) return state;
  const step = furtherRound(ready.ranked.goal, timePerDayMin);
  if (step.etaMin > state.room.on(day)) return state;
  return put(state, day, { ...step, reason: ready.ranked.evidence }, ready, {
    furtherRounds: ready.furtherRounds + 1,
    ...seenOn(day.date, ready.recalls),
  });
}
