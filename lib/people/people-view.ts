import { LRUCache } from 'lru-cache';
import type { DatabaseClient } from '../db/clients.ts';
import { getAvailability, windowsOf } from '../db/queries/availability.ts';
import { type Match, type OnlinePerson, type OwnState, peopleOverview } from '../db/queries/people.ts';
import type { Window } from '../domain/availability.ts';
import { type NextTime, nextBestTimes } from '../matching/next-times.ts';
import { mainReason } from '../matching/reasons.ts';

/** For how many of those who fit but are not here a time to meet is worked out; further down nobody looks for one. */
const WITH_TIMES = 8;
/** The list is asked for whenever somebody comes or goes; two weeks of two calendars are compared once in a while. */
const SAME_FOR_MS = 300_000;

const known = new LRUCache<string, { time: MeetingTime | null }>({ max: 5_000 });

export type MeetingTime = Pick<NextTime, 'whenISO' | 'whenMine' | 'confidence'>;
export type HerePerson = OnlinePerson & { reason: string | null };
export type MatchedPerson = Match & { reason: string | null; nextTime: MeetingTime | null };
export type PeopleView = {
  me: OwnState;
  matches: MatchedPerson[];
  here: { total: number; users: HerePerson[] };
};

/** The next good time with each of those who are not here, as far down the list as anybody looks for one. */
async function timesWith(
  db: DatabaseClient,
  { absent, now }: { absent: readonly Match[]; now: Date },
): Promise<Map<string, MeetingTime>> {
  const ids = absent.slice(0, WITH_TIMES).map(({ userId }) => userId);
  if (ids.length === 0) return new Map();
  const [mine, windows] = await Promise.all([getAvailability(db), windowsOf(db, { userIds: ids })]);
  const found = new Map<string, MeetingTime>();
  for (const [userId, theirs] of windows) {
    const time = nextTime({ windows: mine.windows, timezone: mine.timezone }, theirs, now);
    if (time) found.set(userId, time);
  }
  return found;
}

type Own = { windows: readonly Window[]; timezone: string };

/** The best next time of two weeks of windows. It depends on nothing but them, so whoever asks may have the same answer. */
function nextTime(mine: Own, theirs: readonly Window[], now: Date): MeetingTime | null {
  const key = JSON.stringify([mine, theirs, Math.floor(now.getTime() / SAME_FOR_MS)]);
  const before = known.get(key);
  if (before) return before.time;
  // Only times on the student's own clock are shown here, so the zone of a window stands for that of the person.
  const other = { windows: theirs, timezone: theirs[0]?.timezone ?? 'UTC', habit: null };
  const [best] = nextBestTimes({ ...mine, habit: null }, other, now, 1);
  const time = best ? { whenISO: best.whenISO, whenMine: best.whenMine, confidence: best.confidence } : null;
  known.set(key, { time });
  return time;
}

/** Who fits, who is here, and what the student shows of themselves: what the page of people is drawn from. */
export async function peopleView(db: DatabaseClient, { now }: { now: Date }): Promise<PeopleView> {
  const { me, matches, here } = await peopleOverview(db);
  const absent = me.windows > 0 ? matches.filter(({ isOnline }) => !isOnline) : [];
  const times = await timesWith(db, { absent, now });
  return {
    me,
    matches: matches.map((match) => ({
      ...match,
      reason: mainReason(match.facets),
      nextTime: times.get(match.userId) ?? null,
    })),
    here: {
      total: here.total,
      users: here.users.map((person) => ({ ...person, reason: mainReason(person.facets) })),
    },
  };
}
