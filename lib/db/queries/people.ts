import { z } from 'zod';
import { windowSchema } from '../../domain/availability.ts';
import { exchangeSchema, facetSchema, publicPersonSchema, type ReportReason } from '../../domain/person.ts';
import { ACTIVITIES, type Activity } from '../../domain/presence.ts';
import { VISIBILITIES } from '../../domain/profile.ts';
import { AppError } from '../../errors.ts';
import type { DatabaseClient } from '../clients.ts';
import { databaseError } from '../errors.ts';

const activity = z.enum(ACTIVITIES);
const NOTHING_TO_EXCHANGE = { youExplain: [], theyExplain: [], bothWeak: [] };

/** The last entry of a stored match says what each can explain; rows of another shape are shown by their score alone. */
const storedFacets = z.array(z.unknown()).transform((entries) => ({
  facets: entries.flatMap((entry) => facetSchema.safeParse(entry).data ?? []),
  exchange: entries.map((entry) => exchangeSchema.safeParse(entry).data).find(Boolean) ?? NOTHING_TO_EXCHANGE,
}));

const matchRow = z
  .object({
    ...publicPersonSchema.shape,
    score: z.number(),
    facets: storedFacets,
    isOnline: z.boolean(),
    currentActivity: activity.nullable(),
    /** While a beacon says free: until when. */
    freeUntil: z.string().nullable(),
    lastSeen: z.string().nullable(),
  })
  .transform(({ facets, ...row }) => ({ ...row, ...facets }));
export type Match = z.output<typeof matchRow>;

const onlineRow = z
  .object({
    ...publicPersonSchema.shape,
    currentActivity: activity,
    freeUntil: z.string().nullable(),
    lastSeen: z.string(),
    score: z.number().nullable(),
    facets: storedFacets,
  })
  .transform(({ facets, ...row }) => ({ ...row, ...facets }));
export type OnlinePerson = z.output<typeof onlineRow>;

const online = z.object({ total: z.number(), users: z.array(onlineRow) });

const ownState = z.object({
  visibility: z.enum(VISIBILITIES),
  subjects: z.number(),
  windows: z.number(),
  isOnline: z.boolean(),
  currentActivity: activity.nullable(),
});
/** What the student shows of themselves: who may find them, and how much there is to go by. */
export type OwnState = z.output<typeof ownState>;

const overview = z.object({ me: ownState.nullable(), matches: z.array(matchRow), here: online });
export type PeopleOverview = z.output<typeof overview>;

/** A profile may be missing, as that of an account whose row was removed; then nothing is shown and nobody finds them. */
const HIDDEN: OwnState = {
  visibility: 'private',
  subjects: 0,
  windows: 0,
  isOnline: false,
  currentActivity: null,
};

/** The best matches, who is here, and what the student shows of themselves, in one request. */
export async function peopleOverview(
  db: DatabaseClient,
  params: { matches?: number; online?: number; signal?: AbortSignal } = {},
): Promise<PeopleOverview & { me: OwnState }> {
  const request = db.rpc('people_overview', {
    p_matches: params.matches ?? 50,
    p_online: params.online ?? 100,
  });
  const { data, error } = await (params.signal ? request.abortSignal(params.signal) : request);
  if (error) throw databaseError(error);
  const found = overview.parse(data);
  return { ...found, me: found.me ?? HIDDEN };
}

/** Who is here now of those the student may see, those who fit best first. `total` counts all of them. */
export async function onlineUsers(
  db: DatabaseClient,
  params: { activity?: Activity | null; limit?: number; signal?: AbortSignal } = {},
): Promise<z.output<typeof online>> {
  const request = db.rpc('online_people', {
    p_activity: params.activity ?? null,
    p_limit: params.limit ?? 50,
  });
  const { data, error } = await (params.signal ? request.abortSignal(params.signal) : request);
  if (error) throw databaseError(error);
  return online.parse(data);
}

const person = publicPersonSchema.extend({
  timezone: z.string(),
  windows: z.array(windowSchema),
  freeUntil: z.string().nullable(),
});

const habit = z
  .object({ weeks: z.number(), hours: z.record(z.string(), z.number()) })
  .transform(({ weeks, hours }) => ({
    weeks,
    hours: new Map(Object.entries(hours).map(([hour, seen]) => [Number(hour), seen])),
  }));

const pair = z.object({
  me: person,
  other: person.extend({ activity: activity.nullable(), habit: habit.nullable() }),
  match: z
    .object({ score: z.number(), facets: storedFacets })
    .transform(({ score, facets }) => ({ score, ...facets }))
    .nullable(),
});
export type PersonPair = z.output<typeof pair>;

/** Both sides of a pair. Throws `not_found` alike for nobody, for the student themselves and for who is not to be seen. */
export async function personPair(
  db: DatabaseClient,
  params: { userId: string; signal?: AbortSignal },
): Promise<PersonPair> {
  const request = db.rpc('person_insight', { p_user_id: params.userId });
  const { data, error } = await (params.signal ? request.abortSignal(params.signal) : request);
  if (error) throw databaseError(error);
  if (data === null) throw new AppError('not_found');
  return pair.parse(data);
}

export type BlockedPerson = { userId: string; displayName: string; blockedAt: string };

export async function blockedPeople(db: DatabaseClient): Promise<BlockedPerson[]> {
  const { data, error } = await db.rpc('blocked_people');
  if (error) throw databaseError(error);
  return z
    .array(z.object({ userId: z.string(), displayName: z.string(), blockedAt: z.string() }))
    .parse(data);
}

/** Blocks a student. Who may not be seen cannot be blocked either: both are `not_found`. Twice is once. */
export async function blockPerson(db: DatabaseClient, params: { userId: string }): Promise<void> {
  const { error } = await db.from('block').insert({ blocked_user_id: params.userId });
  if (error && error.code !== '23505') throw databaseError(error, { 42501: 'not_found', 23503: 'not_found' });
}

export async function unblockPerson(db: DatabaseClient, params: { userId: string }): Promise<void> {
  const { error } = await db.from('block').delete().eq('blocked_user_id', params.userId);
  if (error) throw databaseError(error);
}

/** Reports a student to whoever runs this place; a second report of the day changes nothing. */
export async function reportPerson(
  db: DatabaseClient,
  params: { userId: string; reason: ReportReason; note: string | null },
): Promise<void> {
  const { error } = await db
    .from('report')
    .insert({ reported_user_id: params.userId, reason: params.reason, note: params.note });
  if (error && error.code !== '23505') throw databaseError(error, { 42501: 'not_found', 23503: 'not_found' });
}

/** What each of some students studies; those who do not let themselves be seen are left out. */
export async function subjectsOf(
  db: DatabaseClient,
  params: { ids: string[] },
): Promise<ReadonlyMap<string, string[]>> {
  const { data, error } = await db.rpc('public_profiles', { p_ids: params.ids });
  if (error) throw databaseError(error);
  return new Map(data.map(({ user_id, subjects }) => [user_id, subjects]));
}
