import { z } from 'zod';
import { type Plan, planDetail, planTask, weekBlock } from '../../domain/plan.ts';
import { type Sayings, saidSchema } from '../../domain/said.ts';
import { AppError } from '../../errors.ts';
import { replan } from '../../study/plan/replan.ts';
import { withSayings } from '../../study/plan/sentences.ts';
import type { DatabaseClient } from '../clients.ts';
import { databaseError } from '../errors.ts';
import type { Row } from '../types.gen.ts';

/** A plan as it is stored. */
export type StoredPlan = Plan & { id: string; version: number; archivedAt: string | null; updatedAt: string };
export type ArchivedPlan = {
  id: string;
  title: string;
  startsOn: string;
  deadline: string | null;
  /** What its title is made of. */
  said: Sayings;
};

const ARCHIVE_LIMIT = 20;
/** Other tabs write rarely; whoever loses this often in a row is told so. */
const MAX_ATTEMPTS = 5;

/** A student may write their own rows by any client; a week that is none must not close the page on the others. */
const storedWeeks = z
  .array(z.unknown())
  .catch([])
  .transform((weeks) =>
    weeks.flatMap((week) => {
      const parsed = weekBlock.safeParse(week);
      return parsed.success ? [parsed.data] : [];
    }),
  );
const storedDetail = planDetail.catch(() => planDetail.parse({}));
const storedSayings = saidSchema.catch({});

function toPlan(row: Row<'study_plan'>): StoredPlan {
  return {
    id: row.id,
    version: row.version,
    archivedAt: row.archived_at,
    updatedAt: row.updated_at,
    title: row.title,
    goals: row.goals,
    timePerDayMin: row.time_per_day_min,
    daysPerWeek: row.days_per_week,
    weekdays: row.weekdays,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    deadline: row.deadline,
    weekBlocks: storedWeeks.parse(row.week_blocks),
    detail: storedDetail.parse(row.detail),
  };
}

const toRow = (plan: Plan) => ({
  title: plan.title,
  goals: plan.goals,
  time_per_day_min: plan.timePerDayMin,
  days_per_week: plan.daysPerWeek,
  weekdays: plan.weekdays,
  starts_on: plan.startsOn,
  ends_on: plan.endsOn,
  deadline: plan.deadline,
  week_blocks: plan.weekBlocks,
  detail: plan.detail,
});

/** The plan the student follows, as it was stored; null when there is none. */
export async function activePlan(db: DatabaseClient): Promise<StoredPlan | null> {
  const { data, error } = await db.from('study_plan').select().is('archived_at', null).maybeSingle();
  if (error) throw databaseError(error);
  return data === null ? null : toPlan(data);
}

export async function getPlan(db: DatabaseClient, params: { planId: string }): Promise<StoredPlan> {
  const { data, error } = await db.from('study_plan').select().eq('id', params.planId).maybeSingle();
  if (error) throw databaseError(error);
  if (!data) throw new AppError('not_found');
  return toPlan(data);
}

/** The plans that were put away, the latest first. */
export async function archivedPlans(db: DatabaseClient): Promise<ArchivedPlan[]> {
  const { data, error } = await db
    .from('study_plan')
    .select('id, title, startsOn:starts_on, deadline, said:detail->said')
    .not('archived_at', 'is', null)
    .order('archived_at', { ascending: false })
    .limit(ARCHIVE_LIMIT);
  if (error) throw databaseError(error);
  return data.map(({ said, ...plan }) => ({ ...plan, said: storedSayings.parse(said) }));
}

/** Stores a plan as the one to follow. With `onlyIfNone` one that is there already is given back instead. */
export async function createPlan(
  db: DatabaseClient,
  plan: Plan,
  { onlyIfNone = false }: { onlyIfNone?: boolean } = {},
): Promise<StoredPlan> {
  const { data, error } = await db.rpc('create_study_plan', {
    p_plan: toRow(plan),
    p_only_if_none: onlyIfNone,
  });
  if (error) throw databaseError(error);
  return toPlan(data);
}

/** Stores what a plan has become; null when it was changed since it was read. */
export async function savePlan(
  db: DatabaseClient,
  before: StoredPlan,
  plan: Plan,
): Promise<StoredPlan | null> {
  const { data, error } = await db.rpc('save_study_plan', {
    p_plan_id: before.id,
    p_version: before.version,
    p_plan: toRow(plan),
  });
  if (error?.code === 'PT409') return null;
  if (error) throw databaseError(error);
  return toPlan(data);
}

/** Where nothing is different it is the plan itself that comes back. */
function listeningTo(before: StoredPlan, change: (plan: StoredPlan) => Plan): Plan {
  let isSame = false;
  const after = withSayings(before, () => {
    const plan = change(before);
    isSame = plan === before;
    return plan;
  });
  return isSame ? before : after;
}

/** Reads, computes and saves, and begins again when somebody else saved in between, so that nothing is overwritten. */
async function changed<Found extends StoredPlan | null>(
  db: DatabaseClient,
  read: () => Promise<Found>,
  change: (plan: StoredPlan) => Plan,
): Promise<Found | StoredPlan> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const before = await read();
    if (before === null) return before;
    const after = listeningTo(before, change);
    if (after === before) return before;
    const saved = await savePlan(db, before, after);
    if (saved !== null) return saved;
  }
  throw new AppError('conflict');
}

/** Changes a plan by a pure function of it. */
export const changePlan = (
  db: DatabaseClient,
  params: { planId: string },
  change: (plan: StoredPlan) => Plan,
): Promise<StoredPlan> => changed(db, () => getPlan(db, params), change);

/** The plan as it is today: what was missed is moved and kept so. */
export const currentPlan = (db: DatabaseClient, params: { today: string }): Promise<StoredPlan | null> =>
  changed(
    db,
    () => activePlan(db),
    (plan) => withChanges(plan, replan(plan, params.today)),
  );

/** The same plan when nothing in it is different, so that reading alone writes nothing. */
const withChanges = (before: StoredPlan, after: Plan): Plan => {
  const isSame = JSON.stringify(toRow(before)) === JSON.stringify(toRow(after));
  return isSame ? before : after;
};

/** Marks one task as done or not. */
export async function tickTask(
  db: DatabaseClient,
  params: { planId: string; taskId: string; completed: boolean },
): Promise<StoredPlan> {
  const { data, error } = await db.rpc('tick_plan_task', {
    p_plan_id: params.planId,
    p_task_id: params.taskId,
    p_completed: params.completed,
  });
  if (error) throw databaseError(error);
  return toPlan(data);
}

/** Takes up a plan from the archive; the one that was followed takes its place there. */
export async function activatePlan(db: DatabaseClient, params: { planId: string }): Promise<StoredPlan> {
  const { data, error } = await db.rpc('activate_study_plan', { p_plan_id: params.planId });
  if (error) throw databaseError(error);
  return toPlan(data);
}

export async function archivePlan(db: DatabaseClient, params: { planId: string }): Promise<void> {
  const { data, error } = await db
    .from('study_plan')
    .update({ archived_at: new Date().toISOString() })
    .eq('id', params.planId)
    .select('id')
    .maybeSingle();
  if (error) throw databaseError(error);
  if (!data) throw new AppError('not_found');
}

export async function deletePlan(db: DatabaseClient, params: { planId: string }): Promise<void> {
  const { data, error } = await db
    .from('study_plan')
    .delete()
    .eq('id', params.planId)
    .select('id')
    .maybeSingle();
  if (error) throw databaseError(error);
  if (!data) throw new AppError('not_found');
}

const tokens = z.coerce.number().int();
const material = z.object({
  timezone: z.string().nullable(),
  documents: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      course: z.string().nullable(),
      sections: z.array(
        z.object({
          headingPath: z.array(z.string()),
          page: z.number().nullable(),
          lastPage: z.number().nullable(),
          tokens,
        }),
      ),
    }),
  ),
  decks: z.array(z.object({ id: z.string(), name: z.string(), cards: z.number() })),
  quizzes: z.array(z.object({ id: z.string(), topic: z.string(), questions: z.number() })),
  topics: z
    .array(
      z.object({
        topic: z.string(),
        average: z.number(),
        answers: z.number(),
        certainty: z.number(),
        contestedAt: z.string().nullable(),
      }),
    )
    // A profile of another shape measures nothing; the plan is made from the goals alone.
    .nullable()
    .catch([]),
  ownTasks: z.array(planTask).catch([]),
});

/** What a plan is made of, in one request. */
export async function planMaterial(db: DatabaseClient, { signal }: { signal?: AbortSignal } = {}) {
  const request = db.rpc('plan_material');
  const { data, error } = await (signal === undefined ? request : request.abortSignal(signal));
  if (error) throw databaseError(error);
  const { documents, decks, quizzes, topics, timezone, ownTasks } = material.parse(data);
  return {
    material: { documents, decks, quizzes },
    mastery: topics ?? [],
    timezone: timezone ?? 'UTC',
    ownTasks,
  };
}
