import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorCodeOf, type Fixture, openFixture } from './fixture.ts';

describe('students who may meet', () => {
  let db: Fixture;
  beforeAll(async () => {
    db = await openFixture();
    await db.query(
      `insert into public.presence (user_id, is_online, current_activity) values ($1, true, 'available')`,
      [db.owner],
    );
    await db.query(
      `insert into public.availability_block (user_id, dow, start_min, end_min, timezone) values ($1, 1, 60, 120, 'UTC')`,
      [db.owner],
    );
  });
  afterAll(() => db.close());

  const setVisibility = (visibility: string) =>
    db.query('update public.profile set visibility = $2 where user_id = $1', [db.owner, visibility]);
  const strangerSees = async () => {
    const [row] = await db.asUser(db.stranger, (query) =>
      query<{ presence: number; availability: number; profile: number }>(
        `select (select count(*)::int from public.presence where user_id = $1) as presence,
           (select count(*)::int from public.availability_block where user_id = $1) as availability,
           (select count(*)::int from public.profile where user_id = $1) as profile`,
        [db.owner],
      ),
    );
    return row;
  };
  const nudge = () =>
    errorCodeOf(
      db,
      db.stranger,
      `insert into public.nudge (to_user_id, nudge_type, message) values ($1, 'study_invite', 'Join me?')`,
      [db.owner],
    );
  const hidden = { presence: 0, availability: 0, profile: 0 };
  // The profile itself stays its owner's: goals and preferences are nobody else's business.
  const seen = { presence: 1, availability: 1, profile: 0 };

  test('see nothing of a private student, and cannot nudge them', async () => {
    expect(await strangerSees()).toEqual(hidden);
    expect(await nudge()).toBe('42501');
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
      expect(await nudge()).toBe('42501');
      await db.query('delete from public.block');
    }
    expect(await strangerSees()).toEqual(seen);
  });

  test('are not told who has blocked them', async () => {
    await db.query('insert into public.block (user_id, blocked_user_id) values ($1, $2)', [
      db.owner,
      db.stranger,
    ]);
    expect(await db.asUser(db.stranger, (query) => query('select * from public.block'))).toEqual([]);
    await db.query('delete from public.block');
  });

  test('have a nudge read by both, answered by its receiver and taken back by its sender', async () => {
    await db.query('delete from public.nudge');
    await setVisibility('everyone');
    expect(await nudge()).toBe(null);
    const third = (await db.createUser()).id;
    const rows = async (persona: string, sql: string) =>
      (await db.asUser(persona, (query) => query(sql))).length;
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
    expect(await errorCodeOf(db, db.owner, `update public.nudge set message = 'forged'`)).toBe('42501');
    const takeBack = 'delete from public.nudge returning 1';
    expect(await rows(db.owner, takeBack)).toBe(0);
    expect(await rows(db.stranger, takeBack)).toBe(1);
  });
});
