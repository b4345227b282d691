import { dateIn } from '../../calendar/dates.ts';
import {
  type Plan,
  type PlanDays,
  type PlanFits,
  type PlanRequest,
  type PlanTask,
  planDetail,
} from '../../domain/plan.ts';
import { AppError } from '../../errors.ts';
import { say } from '../../language/said.ts';
import { minutesOf, PLANNED_SHARE, type StudyDay, studyDays, toWeekBlocks, weekBudgets } from './days.ts';
import { horizonOf, noStudyDay, parseDeadline, studyWeekdays } from './deadline.ts';
import { fitGoals, stepKey, wantedGoal } from './fit.ts';
import type { PlanMaterial, TopicMastery } from './material.ts';
import { type OwnTask, ownStep, placeOwnTasks } from './own-tasks.ts';
import { byDate, isNewWork, nextTaskNumber, taskNumber, tasksOf } from './plan.ts';
import { rankGoals } from './rank-goals.ts';
import { createRoom } from './room.ts';
import { type DatedStep, type GoalWork, schedule } from './schedule.ts';
import { planTitle, withSayings } from './sentences.ts';
import { planWarnings } from './warnings.ts';

export type PlanFacts = {
  now: Date;
  timezone: string;
  material: PlanMaterial;
  mastery: readonly TopicMastery[];
};

type Kept = {
  /** The plan that is changed: what is done in it stays done, and its days stay where they are. */
  previous?: Plan;
  /** Own tasks of another plan that this one takes over. */
  carried?: readonly OwnTask[];
};

type Calendar = { days: PlanDays; isCut: boolean; today: string };

function calendarOf(
  request: PlanRequest,
  { now, timezone }: PlanFacts,
  previous: Plan | undefined,
): Calendar {
  const today = dateIn(now, timezone);
  const deadline = request.deadline === null ? null : parseDeadline(request.deadline, timezone, today);
  const { endsOn, isCut } = horizonOf(deadline, today);
  const named = request.weekdays;
  const keepsWeekdays =
    named.length === 0 && previous !== undefined && previous.weekdays.length === request.daysPerWeek;
  const weekdays = keepsWeekdays
    ? previous.weekdays
    : studyWeekdays({ named, daysPerWeek: request.daysPerWeek }, today, endsOn);
  const days: PlanDays = {
    timePerDayMin: request.timePerDayMin,
    daysPerWeek: named.length > 0 ? weekdays.length : request.daysPerWeek,
    weekdays,
    startsOn: previous?.startsOn ?? today,
    endsOn,
    deadline,
  };
  if (studyDays(days, today).length === 0) throw noStudyDay(weekdays, deadline ?? endsOn, today);
  return { days, isCut, today };
}

/** The minutes of each week that may be planned: a week that is half over keeps slack for the half that is left. */
function budgetsFrom(days: PlanDays, open: readonly StudyDay[], done: readonly PlanTask[], today: string) {
  const budgets = weekBudgets(days);
  for (const [monday, whole] of budgets) {
    const weekDays = open.filter((day) => day.monday === monday);
    const sunday = weekDays.at(-1)?.date ?? monday;
    const spent = minutesOf(done.filter(({ date }) => date >= monday && date < today && date <= sunday));
    const left = Math.floor(weekDays.length * days.timePerDayMin * PLANNED_SHARE);
    budgets.set(monday, Math.min(whole, spent + left));
  }
  return budgets;
}

function availableIn(
  open: readonly StudyDay[],
  budgets: ReadonlyMap<string, number>,
  taken: readonly Pick<PlanTask, 'date' | 'etaMin'>[],
): number {
  let room = createRoom(taken, budgets);
  let available = 0;
  for (const day of open) {
    const minutes = room.on(day);
    room = room.with(day.date, minutes);
    available += minutes;
  }
  return available;
}

/**
 * Gives every step its id: the one the same step had before, so that calendars follow it, else a new one. Within the new
 * work of a goal the numbers grow with the plan, because re-planning reads its order from them.
 */
function withIds(steps: readonly DatedStep[], previous: Plan | undefined, firstNumber: number): PlanTask[] {
  const open = previous ? tasksOf(previous).filter(({ completed }) => !completed) : [];
  const known = Map.groupBy(open, stepKey);
  const latest = new Map<string, number>();
  let number = firstNumber;
  return steps.toSorted(byDate).map((step) => {
    const before = known.get(stepKey(step))?.shift()?.id;
    const isInOrder =
      before !== undefined && (!isNewWork(step) || taskNumber({ id: before }) > (latest.get(step.goal) ?? 0));
    const id = isInOrder ? before : `t${number++}`;
    if (isNewWork(step)) latest.set(step.goal, taskNumber({ id }));
    return { ...step, id, completed: false, movedFrom: null };
  });
}

/** Also goals that were to fit but found no day are left out, and said. */
function withUnreached(
  fits: PlanFits,
  works: readonly GoalWork[],
  placed: readonly { goal: string }[],
): PlanFits {
  const reached = new Set(placed.map(({ goal }) => goal));
  const unreached = works.filter(({ ranked }) => !reached.has(ranked.goal));
  const dropped = [
    ...fits.dropped,
    ...unreached.map(({ ranked }) => ({ goal: ranked.goal, reason: say('no day has room for it') })),
  ];
  return { ...fits, ok: fits.ok && dropped.length === 0, dropped };
}

/** What the plan that is changed leaves to the new one: what is done, and the student's own tasks that are not. */
function keptOf(previous: Plan | undefined, { endsOn }: PlanDays, today: string) {
  const before = previous ? [...tasksOf(previous), ...previous.detail.setAside] : [];
  return {
    // What was ticked ahead of its day stays done, also when the plan now ends before that day.
    done: before
      .filter(({ completed }) => completed)
      .map((task) => (task.date > endsOn ? { ...task, date: today } : task)),
    own: before.filter(({ kind, completed }) => kind === 'own' && !completed),
  };
}

/**
 * Makes a plan, or plans the rest of one anew. Pure: the same request and the same facts give the same plan. Throws an
 * `AppError` with a sentence when there is nothing to plan: a deadline that is over, or no study day before it.
 */
export const buildPlan = (request: PlanRequest, facts: PlanFacts, kept: Kept = {}): Plan =>
  withSayings(kept.previous, () => built(request, facts, kept));

function built(request: PlanRequest, facts: PlanFacts, { previous, carried = [] }: Kept): Plan {
  const ranking = rankGoals(request.goals, request.knownWeakSpots, facts);
  if (ranking.length === 0) throw new AppError('invalid_request', { message: 'Name at least one goal.' });
  const { days, isCut, today } = calendarOf(request, facts, previous);
  const open = studyDays(days, today);

  const { done, own } = keptOf(previous, days, today);
  const budgets = budgetsFrom(days, open, done, today);
  const ownPlaced = placeOwnTasks([...own, ...carried], open, createRoom(done, budgets));
  const wanted = ranking.map((goal) => wantedGoal(goal, days.timePerDayMin, done));
  const available = availableIn(open, budgets, [...done, ...ownPlaced.placed]);
  const { works, fits: wishedFits, shortenedGoals } = fitGoals(wanted, available);
  const steps = schedule(works, open, days, ownPlaced.room);

  const fits = withUnreached(wishedFits, works, [...steps, ...done]);
  const isPlanned = (goal: string) => !fits.dropped.some((left) => left.goal === goal);
  const firstNumber = previous ? nextTaskNumber(previous) : 1;
  const dated = [...ownPlaced.placed.map((task) => ownStep(task, task.date)), ...steps];
  const tasks = withIds(dated, previous, firstNumber);
  const setAside = withIds(
    ownPlaced.left.map((task) => ownStep(task, today)),
    undefined,
    firstNumber + tasks.length,
  );
  const isSameGoals = previous?.goals.join('\n') === request.goals.join('\n');

  return {
    ...days,
    title: previous && isSameGoals ? previous.title : planTitle(request.goals),
    goals: [...request.goals],
    weekBlocks: toWeekBlocks(days, [...done, ...tasks]),
    detail: planDetail.parse({
      fits,
      ranking: ranking.map(({ ranked }) => ranked).filter(({ goal }) => isPlanned(goal)),
      knownWeakSpots: [...request.knownWeakSpots],
      weekdaysNamed: request.weekdays.length > 0,
      setAside,
      warnings: planWarnings({
        today,
        days,
        isCut,
        askedDaysPerWeek: request.daysPerWeek,
        fits,
        shortenedGoals,
        unknownGoals: wanted
          .filter(({ ranked, material }) => material.readings.length === 0 && isPlanned(ranked.goal))
          .map(({ ranked }) => ranked.goal),
        hasLibrary: facts.material.documents.length > 0,
        freeMinutes: available - minutesOf(steps),
        carriedTasks: carried.length,
        setAside: setAside.map(({ title }) => title),
      }),
    }),
  };
}
