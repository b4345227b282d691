import { LRUCache } from 'lru-cache';
import type { DatabaseClient } from '../db/clients.ts';
import { getAvailability, windowsOf } from '../db/queries/availability.ts';
import { type Match, type OnlinePerson, type OwnState, peopleOverview } from '../db/queries/people.ts';
import type { Window } from '../domain/availability.ts';
import type { Sayings } from '../domain/said.ts';
import { listening } from '../language/said.ts';
import { type NextTime, nextBestTimes } from '../matching/next-times.ts';
import { mainFacet } from '../matching/reasons.ts';

/** For how many of those who fit but are not here a time to meet is worked out; further down nobody looks for one. */
const WITH_TIMES = 8;
/** The list is asked for whenever somebody comes or goes; two weeks of two calendars are compared once in a while. */
const SAME_FOR_MS = 300_000;

type FoundTime = { time: MeetingTime | null; said: Sayings };
const known = new LRUCache<string, FoundTime>({ max: 5_000 });

export type MeetingTime = Pick<NextTime, 'whenISO' | 'whenMine' | 'confidence'>;
/** What speaks most for them; `said` is what it, and the time, are made of. */
type Reason = { reason: string | null; said: Sayings };
export type HerePerson = OnlinePerson & Reason;
export type MatchedPerson = Match & Reason & { nextTime: MeetingTime | null };
export type PeopleView = {
  me: OwnState;
  matches: MatchedPerson[];
  here: { total: number; users: HerePerson[] };
};

/** The next good time with each of those who are not here, as far down the list as anybody looks for one. */
async function timesWith(
  db: DatabaseClient,
  { absent, now }: { absent: readonly Match[]; now: Date },
): Promise<Map<string, FoundTime>> {
  const ids = absent.slice(0, WITH_TIMES).map(({ userId }) => userId);
  if (ids.length === 0) return new Map();
  const [mine, windows] = await Promise.all([getAvailability(db), windowsOf(db, { userIds: ids })]);
  const found = new Map<string, FoundTime>();
  for (const [userId, theirs] of windows) {
    found.set(userId, nextTime({ windows: mine.windows, timezone: mine.timezone }, theirs, now));
  }
  return found;
}

type Own = { windows: readonly Window[]; timezone: string };

/** The best next time of two weeks of windows. It depends on nothing but them, so whoever asks may have the same answer. */
function nextTime(mine: Own, theirs: readonly Window[], now: Date): FoundTime {
  const key = JSON.stringify([mine, theirs, Math.floor(now.getTime() / SAME_FOR_MS)]);
  const before = known.get(key);
  if (before) return before;
  // Only times on the student's own clock are shown here, so the zone of a window stands for that of the person.
  const other = { windows: theirs, timezone: theirs[0]?.timezone ?? 'UTC', habit: null };
  const { made, said } = listening(() => nextBestTimes({ ...mine, habit: null }, other, now, 1));
  const best = made[0];
  const time = best ? { whenISO: best.whenISO, whenMine: best.whenMine, confidence: best.confidence } : null;
  const found = { time, said };
  known.set(key, found);
  return found;
}

function reasonOf({ facets }: Pick<Match, 'facets'>, said: Sayings = {}): Reason {
  const main = mainFacet(facets);
  return { reason: main?.reason ?? null, said: { ...main?.said, ...said } };
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
      ...reasonOf(match, times.get(match.userId)?.said),
      nextTime: times.get(match.userId)?.time ?? null,
    })),
    here: {
      total: here.total,
      users: here.users.map((person) => ({ ...person, ...reasonOf(person) })),
    },
  };
}
