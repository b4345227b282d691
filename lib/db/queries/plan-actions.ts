import { dateIn } from '../../calendar/dates.ts';
import type { Plan, PlanRequest } from '../../domain/plan.ts';
import type { Sayings } from '../../domain/said.ts';
import { listening } from '../../language/said.ts';
import { buildPlan } from '../../study/plan/build.ts';
import { addTasks, type Edited, ownTaskList } from '../../study/plan/edit.ts';
import { materialFor, type Reading } from '../../study/plan/material.ts';
import { leftAsItIs, offerOf, type PlanOffer } from '../../study/plan/offer.ts';
import type { OwnTask } from '../../study/plan/own-tasks.ts';
import { type PlanRemarks, withRemarks, withSayings } from '../../study/plan/sentences.ts';
import type { DatabaseClient } from '../clients.ts';
import {
  activePlan,
  changePlan,
  createPlan,
  currentPlan,
  getPlan,
  planMaterial,
  type StoredPlan,
} from './plan.ts';
import { getProfile } from './profile.ts';

export type PlanView = StoredPlan & PlanRemarks;
type Student = { userId: string; now: Date };
/** What is to be said about a change, and what it is made of. */
type Noted = { note: string | null; said: Sayings };

/** Which day it is where the student lives. */
export async function todayOf(db: DatabaseClient, { userId, now }: Student): Promise<string> {
  const profile = await getProfile(db, { userId });
  return dateIn(now, profile?.timezone ?? 'UTC');
}

type MakingPlan = {
  now: Date;
  timezone?: string;
  signal?: AbortSignal;
  /** What the notes hold on a goal that no heading names. */
  search?: (goal: string) => Promise<Reading[]>;
};

/** Makes a plan from what the student has and stores it as the one to follow; their own open tasks come along. */
export async function makePlan(
  db: DatabaseClient,
  request: PlanRequest,
  { now, timezone, signal, search }: MakingPlan,
): Promise<StoredPlan> {
  const found = await planMaterial(db, signal === undefined ? {} : { signal });
  const { mastery, ownTasks } = found;
  const unnamed = request.goals.filter((goal) => materialFor(goal, found.material).readings.length === 0);
  const searched = unnamed.map(async (goal) => [goal, search ? await search(goal) : []] as const);
  const material = { ...found.material, found: new Map(await Promise.all(searched)) };
  const facts = { now, timezone: timezone ?? found.timezone, material, mastery };
  return createPlan(db, buildPlan(request, facts, { carried: ownTasks }));
}

export type PlanSettings = Partial<PlanRequest> & { title?: string | undefined };

const defined = <Fields extends object>(fields: Fields): Partial<Fields> =>
  // Only keys are left out, so what remains has the types it had.
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<Fields>;

/** What a plan was made from, so that it can be made again; weekdays only where the student named them. */
const requestOf = (plan: Plan): PlanRequest => ({
  goals: plan.goals,
  timePerDayMin: plan.timePerDayMin,
  daysPerWeek: plan.daysPerWeek,
  deadline: plan.deadline,
  weekdays: plan.detail.weekdaysNamed ? plan.weekdays : [],
  knownWeakSpots: plan.detail.knownWeakSpots,
});

/**
 * Changes what a plan is made of; the days that are left are planned anew, what is done stays. With `isAnew` they are also
 * where nothing of it changes but what is known of the student.
 */
export async function editPlan(
  db: DatabaseClient,
  {
    planId,
    settings,
    now,
    isAnew = false,
  }: { planId: string; settings: PlanSettings; now: Date; isAnew?: boolean },
): Promise<StoredPlan> {
  const { title, ...changes } = defined(settings);
  const titled = (plan: Plan): Plan => (title === undefined ? plan : { ...plan, title });
  if (Object.keys(changes).length === 0 && !isAnew) return changePlan(db, { planId }, titled);

  const { material, mastery, timezone } = await planMaterial(db);
  return changePlan(db, { planId }, (previous) => {
    const before = requestOf(previous);
    // Another number of days is not of the weekdays there were.
    const weekdays = changes.daysPerWeek === undefined ? before.weekdays : [];
    const request: PlanRequest = { ...before, weekdays, ...changes };
    const built = buildPlan(request, { now, timezone, material, mastery }, { previous });
    return titled(built);
  });
}

type Which = { planId: string; now: Date };

/** A plan beside what it would be if it were made now; null where there is nothing to plan anew. */
async function planAnew(db: DatabaseClient, { planId, now }: Which) {
  const [plan, { material, mastery, timezone }] = await Promise.all([
    getPlan(db, { planId }),
    planMaterial(db),
  ]);
  const today = dateIn(now, timezone);
  if (plan.archivedAt !== null || plan.goals.length === 0 || today > plan.endsOn) return null;
  const anew = buildPlan(requestOf(plan), { now, timezone, material, mastery }, { previous: plan });
  return { plan, anew, today };
}

/** What the student's answers say against the plan they follow, and what another would change; null without either. */
export async function planOffer(db: DatabaseClient, which: Which): Promise<PlanOffer | null> {
  const found = await planAnew(db, which);
  return found && offerOf(found.plan, found.anew, found.today);
}

/** Keeps the plan as it is, whatever speaks against it by now. */
export async function leavePlan(db: DatabaseClient, which: Which): Promise<void> {
  const found = await planAnew(db, which);
  if (found) await changePlan(db, which, (plan) => leftAsItIs(plan, found.anew));
}

/** Adds the student's own tasks to the plan they follow, or begins a list of them when there is none. */
export async function addOwnTasks(
  db: DatabaseClient,
  { userId, now, tasks }: Student & { tasks: readonly OwnTask[] },
): Promise<{ plan: StoredPlan; taskIds: string[] } & Noted> {
  const [today, active] = await Promise.all([todayOf(db, { userId, now }), activePlan(db)]);
  const isOver = active !== null && active.goals.length > 0 && today > active.endsOn;
  // A plan that is over takes no tasks; a list of one's own begins in its place.
  const target =
    active === null || isOver
      ? await createPlan(
          db,
          withSayings(undefined, () => ownTaskList(today)),
          { onlyIfNone: !isOver },
        )
      : active;
  let added: { taskIds: string[] } & Noted = { taskIds: [], note: null, said: {} };
  const plan = await changePlan(db, { planId: target.id }, (before) => {
    const { plan: after, ...rest } = addTasks(before, tasks, today);
    added = { ...rest, said: listening(() => rest.note).said };
    return after;
  });
  return { plan, ...added };
}

/** Changes a plan by hand, and gives it back with what is to be said about it. */
export async function editTasks(
  db: DatabaseClient,
  { planId, userId, now }: Student & { planId: string },
  change: (plan: StoredPlan, today: string) => Edited,
): Promise<{ plan: PlanView } & Noted> {
  const today = await todayOf(db, { userId, now });
  let noted: Noted = { note: null, said: {} };
  const plan = await changePlan(db, { planId }, (before) => {
    const edited = change(before, today);
    noted = { note: edited.note, said: listening(() => edited.note).said };
    return edited.plan;
  });
  return { plan: withRemarks(plan, today), ...noted };
}

/** The plan the student follows as it is today, with what is to be said about it; null when there is none. */
export async function planOfToday(db: DatabaseClient, student: Student): Promise<PlanView | null> {
  const today = await todayOf(db, student);
  const plan = await currentPlan(db, { today });
  return plan === null ? null : withRemarks(plan, today);
}

/** One plan with what is to be said about it today. */
export async function viewOf(db: DatabaseClient, student: Student, plan: StoredPlan): Promise<PlanView> {
  return withRemarks(plan, await todayOf(db, student));
}
