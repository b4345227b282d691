import { describe, expect, test, vi } from 'vitest';
import { createUserClient } from '@/lib/db/clients';
import { presenceChannels } from '@/lib/db/queries/presence';
import { seeded } from '@/lib/test-random';
import { getAvailability } from '@/lib/tools/get-availability';
import { getOnlineUsers } from '@/lib/tools/get-online-users';
import { matchInsight } from '@/lib/tools/match-insight';
import { testApi } from '@/tests/setup/api';
import { startServicesWithJobs } from '@/tests/setup/services';
import { succeeded, toolContext, toolOptions } from '@/tests/setup/tool-context';

// What is left for after the response is run at once: there is no platform here that would wait for it.
vi.mock('next/server', () => ({ after: (work: () => unknown) => void work() }));

const CASES = 60;
const SEED = 20_261_121;

const ACTIVITIES = ['idle', 'studying', 'in_session', 'available'] as const;
const MINUTES = { none: null, ended: -1, live: 30 } as const;
type Beacon = keyof typeof MINUTES;

/** Everything that bears on what Maya is told of Inês. */
type Case = {
  visibility: 'private' | 'matches' | 'everyone';
  isMatched: boolean;
  block: 'none' | 'mine' | 'theirs';
  isHidden: boolean;
  row: 'none' | 'gone' | 'silent' | 'here';
  activity: (typeof ACTIVITIES)[number];
  beacon: Beacon;
  isFreeByCalendar: boolean;
  own: { beacon: Beacon; isHere: boolean; isFreeByCalendar: boolean };
};

function caseOf(random: () => number): Case {
  const one = <T>(...of: readonly [T, ...T[]]): T => of[Math.floor(random() * of.length)] ?? of[0];
  return {
    visibility: one('private', 'matches', 'matches', 'everyone', 'everyone', 'everyone'),
    isMatched: one(true, false),
    block: one('none', 'none', 'none', 'none', 'mine', 'theirs'),
    isHidden: one(false, false, false, true),
    row: one('here', 'here', 'here', 'here', 'silent', 'gone', 'none'),
    activity: one(...ACTIVITIES),
    beacon: one<Beacon>('none', 'live', 'live', 'ended'),
    isFreeByCalendar: one(true, false),
    own: {
      beacon: one<Beacon>('none', 'live', 'ended'),
      isHere: one(true, true, false),
      isFreeByCalendar: one(true, false),
    },
  };
}

/** What the rules say, written without the code that answers. */
function expectedOf(given: Case) {
  const isVisible =
    given.block === 'none' &&
    (given.visibility === 'everyone' || (given.visibility === 'matches' && given.isMatched));
  const isHere = isVisible && !given.isHidden && given.row === 'here';
  const isFree = given.beacon === 'live';
  const said = isFree && given.activity !== 'in_session' ? 'available' : given.activity;
  const iAmFree = given.own.isFreeByCalendar || (given.own.isHere && given.own.beacon === 'live');
  return {
    isVisible,
    activity: isHere ? said : null,
    canStudyNow: isHere && said !== 'in_session' && (isFree || given.isFreeByCalendar) && iAmFree,
  };
}

describe('page, tools, routes and database', () => {
  const { api, services, students } = testApi({
    start: startServicesWithJobs,
    students: ['maya', 'ines'],
    routes: async () => ({
      people: await import('./route'),
      person: await import('./[personId]/route'),
      badges: await import('../badges/route'),
    }),
  });
  const { maya, ines } = students;

  const PRESENCE = `insert into public.presence (user_id, is_online, current_activity, last_seen, free_until)
    values ($1, $2, $3, now() - $4::interval, now() + make_interval(mins => $5::int))`;

  async function arrange(given: Case) {
    for (const table of ['block', 'match_candidate', 'presence', 'presence_choice', 'availability_block']) {
      await services.query(`delete from public.${table}`);
    }
    await services.query(
      `update public.profile set visibility = case user_id when $1 then $2 else 'everyone' end`,
      [ines.id, given.visibility],
    );
    if (given.isHidden) {
      await services.query(
        `insert into public.presence_choice (user_id, is_hidden) values ($1, true)
         on conflict (user_id) do update set is_hidden = true`,
        [ines.id],
      );
    }
    // Rows as they may be left over: a beacon nobody has cleared, a match with somebody who blocks.
    await services.query('alter table public.presence disable trigger presence_keep');
    const isOut = given.isHidden || given.row === 'gone';
    if (given.row !== 'none') {
      const ago = given.row === 'silent' ? '301 seconds' : '10 seconds';
      const minutes = given.isHidden ? null : MINUTES[given.beacon];
      await services.query(PRESENCE, [ines.id, !isOut, given.activity, ago, minutes]);
    }
    await services.query(PRESENCE, [
      maya.id,
      given.own.isHere,
      'idle',
      '10 seconds',
      MINUTES[given.own.beacon],
    ]);
    await services.query('alter table public.presence enable trigger presence_keep');
    const [by, whom] = given.block === 'mine' ? [maya.id, ines.id] : [ines.id, maya.id];
    if (given.block !== 'none') {
      await services.query('insert into public.block (user_id, blocked_user_id) values ($1, $2)', [by, whom]);
    }
    if (given.isMatched) {
      await services.query(
        'insert into public.match_candidate (user_id, candidate_user_id, score) values ($1, $2, 0.7)',
        [maya.id, ines.id],
      );
    }
    for (const [id, isFree] of [
      [maya.id, given.own.isFreeByCalendar],
      [ines.id, given.isFreeByCalendar],
    ] as const) {
      if (!isFree) continue;
      await services.query(
        `insert into public.availability_block (user_id, dow, start_min, end_min, timezone)
         select $1, dow, 0, 1440, 'UTC' from generate_series(0, 6) dow`,
        [id],
      );
    }
  }

  type Listed = { userId: string; currentActivity: string | null };
  const said = (list: readonly Listed[]) =>
    list.find(({ userId }) => userId === ines.id)?.currentActivity ?? null;

  async function answers() {
    const db = createUserClient(maya.token);
    const options = toolOptions(toolContext(db, { userId: maya.id, now: new Date(), timezone: 'UTC' }));
    const people = (await api.people.GET()).body;
    const person = await api.person.GET({ personId: ines.id });
    const badges = (await api.badges.GET()).body;
    const online = succeeded(await getOnlineUsers.execute({}, options));
    const free = succeeded(await getOnlineUsers.execute({ activityFilter: 'available' }, options));
    const insight = await matchInsight.execute({ candidateId: ines.id }, options);
    const times = await getAvailability.execute({ targetUserId: ines.id }, options);
    const channels = await presenceChannels(db, { userIds: [ines.id] });
    const rows = await db.from('presence').select('user_id').eq('user_id', ines.id);
    const notices = await db.from('presence_notice').select('user_id').eq('user_id', ines.id);
    const matched = people.matches.find(({ userId }: Listed) => userId === ines.id);
    return {
      seen: {
        person: person.status === 200,
        insight: !('code' in insight),
        times: !('code' in times),
        channel: channels.length === 1,
      },
      hasRows: [(rows.data ?? []).length, (notices.data ?? []).length],
      activities: {
        page: said(people.here.users),
        tool: said(online.users),
        person: person.body.currentActivity ?? null,
        insight: 'code' in insight ? null : insight.currentActivity,
        ...(matched && { matched: matched.currentActivity }),
      },
      totals: [people.here.total, online.total, badges.here],
      isListedAsFree: free.total === 1,
      canStudyNow: [person.body.canStudyNow ?? false, 'code' in insight ? false : insight.canStudyNow],
      minutes: [person.body.minutesNow ?? null, 'code' in insight ? null : insight.minutesNow],
      isMatchListed: matched !== undefined,
    };
  }

  test('never disagree on who is here, what they do and whether two can study now', async () => {
    const random = seeded(SEED);
    const met = { visible: 0, here: 0, free: 0 };
    for (let index = 0; index < CASES; index += 1) {
      const given = caseOf(random);
      await arrange(given);
      const { isVisible, activity, canStudyNow } = expectedOf(given);
      met.visible += Number(isVisible);
      met.here += Number(activity !== null);
      met.free += Number(canStudyNow);

      const answered = await answers();
      const why = JSON.stringify(given);
      expect(Object.values(answered.seen), why).toEqual(Array(4).fill(isVisible));
      expect([...new Set(Object.values(answered.activities))], why).toEqual([activity]);
      expect(answered.totals, why).toEqual(Array(3).fill(activity === null ? 0 : 1));
      expect(answered.isListedAsFree, why).toBe(activity === 'available');
      expect(answered.canStudyNow, why).toEqual([canStudyNow, canStudyNow]);
      expect(answered.isMatchListed, why).toBe(isVisible && given.isMatched);
      if (!isVisible) expect(answered.hasRows, why).toEqual([0, 0]);
      const [page, tool] = answered.minutes;
      expect((page === null) === !canStudyNow && Math.abs((page ?? 0) - (tool ?? 0)) <= 1, why).toBe(true);
    }
    // The cases are worth something only if each answer occurs often.
    expect(Math.min(met.visible, CASES - met.visible, met.here, met.free)).toBeGreaterThan(3);
  }, 120_000);
});
