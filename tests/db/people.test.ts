import { beforeAll, describe, expect, test } from 'vitest';
import { suiteFixture } from './fixture.ts';

describe('students who may meet', () => {
  const db = suiteFixture();
  beforeAll(async () => {
    await db.query(
      `insert into public.presence (user_id, is_online, current_activity) values ($1, true, 'available')`,
      [db.owner],
    );
    await db.query(
      `insert into public.availability_block (user_id, dow, start_min, end_min, timezone) values ($1, 1, 60, 120, 'UTC')`,
      [db.owner],
    );
  });

  const setVisibility = (visibility: string) =>
    db.query('update public.profile set visibility = $2 where user_id = $1', [db.owner, visibility]);
  const strangerSees = async () => {
    const [row] = await db.rowsOf<{ presence: number; availability: number; profile: number }>(
      db.stranger,
      `select (select count(*)::int from public.presence where user_id = $1) as presence,
           (select count(*)::int from public.availability_block where user_id = $1) as availability,
           (select count(*)::int from public.profile where user_id = $1) as profile`,
      [db.owner],
    );
    return row;
  };
  const nudge = () =>
    db.codeOf(db.stranger, `select public.send_nudge($1, 'study_invite', 'Join me?')`, [db.owner]);
  const hidden = { presence: 0, availability: 0, profile: 0 };
  // The profile itself stays its owner's: goals and preferences are nobody else's business.
  const seen = { presence: 1, availability: 1, profile: 0 };

  test('see nothing of a private student, and cannot nudge them', async () => {
    expect(await strangerSees()).toEqual(hidden);
    expect(await nudge()).toBe('PT404');
  });

  test('see a student who is visible to everyone', async () => {
    await setVisibility('everyone');
    expect(await strangerSees()).toEqual(seen);
    expect(await nudge()).toBe(null);
  });

  test('see a student who is visible to matches only when they match', async () => {
    await setVisibility('matches');
    expect(await strangerSees()).toEqual(hidden);
    await db.query(
      'insert into public.match_candidate (user_id, candidate_user_id, score) values ($1, $2, 0.9)',
      [db.owner, db.stranger],
    );
    expect(await strangerSees()).toEqual(seen);
  });

  test('see nothing of each other once either has blocked the other', async () => {
    await setVisibility('everyone');
    for (const [from, to] of [
      [db.owner, db.stranger],
      [db.stranger, db.owner],
    ]) {
      await db.query('insert into public.block (user_id, blocked_user_id) values ($1, $2)', [from, to]);
      expect(await strangerSees()).toEqual(hidden);
      expect(await nudge()).toBe('PT404');
      await db.query('delete from public.block');
    }
    expect(await strangerSees()).toEqual(seen);
  });

  test('are shown to others by name and studies alone', async () => {
    await db.query(
      `update public.profile set subjects = '{Psychology}', goals = '{Secret}', preferences = '{"a":1}' where user_id = $1`,
      [db.owner],
    );
    const profiles = () => db.rowsOf(db.stranger, 'select * from public.public_profiles($1)', [[db.owner]]);
    expect(await profiles()).toEqual([
      {
        user_id: db.owner,
        display_name: 'Owner',
        grade_level: null,
        subjects: ['Psychology'],
        learning_style: null,
        timezone: 'UTC',
      },
    ]);
    await setVisibility('private');
    expect(await profiles()).toEqual([]);
    await setVisibility('everyone');
    expect(await db.codeOf(null, 'select * from public.public_profiles($1)', [[db.owner]])).toBe('42501');
  });

  test('are found or not found alike by every function, whoever hid, matched or blocked', async () => {
    const people = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => (await db.createUser({ displayName: `P${index}` })).id),
    );
    const me = people[0] ?? '';
    for (const [index, id] of people.entries()) {
      await db.query('update public.profile set visibility = $2, subjects = $3 where user_id = $1', [
        id,
        ['private', 'matches', 'everyone'][index % 3],
        ['Law'],
      ]);
      await db.query(
        `insert into public.presence (user_id, is_online, last_seen) values ($1, $2, now() - make_interval(mins => $3))`,
        [id, index !== 5, index === 8 ? 6 : 1],
      );
    }
    const match = (one: number, other: number) =>
      db.query(
        'insert into public.match_candidate (user_id, candidate_user_id, score) values ($1, $2, 0.7)',
        [people[one], people[other]],
      );
    await match(0, 1);
    await match(4, 0);
    await match(0, 3);
    await match(0, 2);
    await db.query('insert into public.block (user_id, blocked_user_id) values ($1, $2), ($3, $1)', [
      me,
      people[2],
      people[11],
    ]);
    // What the rows alone decide: matches of either side, everyone, and nobody who hid or is blocked.
    const visible = [1, 4, 5, 8].map((index) => people[index] ?? '');
    const ids = (rows: { user_id: string }[]) => rows.map(({ user_id }) => user_id).sort();
    const found = await db.asUser(me, async (query) => {
      const json = async (sql: string) => (await query<{ found: { userId: string }[] }>(sql))[0]?.found ?? [];
      return {
        canSee: ids(
          await query<{ user_id: string }>(
            'select id as user_id from unnest($1::uuid[]) id where private.can_see(id) and id <> $2',
            [people, me],
          ),
        ),
        profiles: ids(
          await query<{ user_id: string }>(
            'select user_id from public.public_profiles($1) where user_id <> $2',
            [people, me],
          ),
        ),
        matchRows: ids(
          await query<{ user_id: string }>('select candidate_user_id as user_id from public.match_candidate'),
        ),
        matches: (await json('select public.list_matches(50) as found')).map(({ userId }) => userId).sort(),
        online: (await json(`select public.online_people() -> 'users' as found`))
          .map(({ userId }) => userId)
          .sort(),
        known: ids(await query<{ user_id: string }>('select user_id from public.known_people(50)')),
        insights: (
          await Promise.all(
            people.map(async (id) => {
              const [row] = await query<{ found: unknown }>('select public.person_insight($1) as found', [
                id,
              ]);
              return row?.found === null ? [] : [id];
            }),
          )
        )
          .flat()
          .sort(),
      };
    });
    // Owner and fixture students are visible to everyone as well, so only the twelve are compared.
    const among = (list: string[]) => list.filter((id) => people.includes(id)).sort();
    expect(among(found.canSee)).toEqual([...visible].sort());
    expect(among(found.profiles)).toEqual([...visible].sort());
    expect(found.insights).toEqual([...visible].sort());
    expect(found.matchRows).toEqual([people[1]]);
    expect(found.matches).toEqual([people[1]]);
    expect(found.known).toEqual([people[1]]);
    // Here now are only those who said so within five minutes.
    expect(among(found.online)).toEqual([people[1], people[4]].sort());
  });

  test('are not told who has blocked them', async () => {
    await db.query('insert into public.block (user_id, blocked_user_id) values ($1, $2)', [
      db.owner,
      db.stranger,
    ]);
    expect(await db.rowsOf(db.stranger, 'select * from public.block')).toEqual([]);
    await db.query('delete from public.block');
  });

  test('have a nudge read by both, answered by its receiver and taken back by its sender', async () => {
    await db.query('delete from public.nudge');
    await setVisibility('everyone');
    expect(await nudge()).toBe(null);
    const third = (await db.createUser()).id;
    const rows = async (persona: string, sql: string) => (await db.rowsOf(persona, sql)).length;
    for (const [persona, count] of [
      [db.owner, 1],
      [db.stranger, 1],
      [third, 0],
    ] as const) {
      expect(await rows(persona, 'select 1 from public.nudge')).toBe(count);
    }
    const answer = `update public.nudge set status = 'accepted' returning 1`;
    expect(await rows(db.stranger, answer)).toBe(0);
    expect(await rows(third, answer)).toBe(0);
    expect(await rows(db.owner, answer)).toBe(1);
    expect(await db.codeOf(db.owner, `update public.nudge set message = 'forged'`)).toBe('42501');
    const takeBack = 'delete from public.nudge returning 1';
    expect(await rows(db.owner, takeBack)).toBe(0);
    expect(await rows(db.stranger, takeBack)).toBe(1);
  });
});
