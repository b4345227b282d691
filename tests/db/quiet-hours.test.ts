import { beforeEach, describe, expect, test } from 'vitest';
import { addDays, dateIn } from '../../lib/calendar/dates.ts';
import { ROLLOVER_HOUR } from '../../lib/domain/card.ts';
import { suiteFixture } from './fixture.ts';

type Inbox = { nudges: { message: string; direction: string }[]; unread: number; quietUntil: string | null };

describe('quiet hours', () => {
  const db = suiteFixture();
  beforeEach(async () => {
    await db.query(`update public.profile set visibility = 'everyone', preferences = '{}', timezone = 'UTC'`);
    await db.query('delete from public.nudge');
    await db.query('delete from public.quota');
  });

  const setQuiet = (quietHours: unknown, timezone = 'UTC', userId = db.owner) =>
    db.query('update public.profile set preferences = $1, timezone = $2 where user_id = $3', [
      JSON.stringify({ quietHours }),
      timezone,
      userId,
    ]);
  async function quietUntil(at: string): Promise<string | null> {
    const row = await db.rowOf<{ until: Date | null }>('select private.quiet_until($1, $2) as until', [
      db.owner,
      at,
    ]);
    return row.until && new Date(row.until).toISOString();
  }
  async function send(message: string) {
    return await db.valueOf<{ nudgeId: string; deliverAt: string | null; duplicate: boolean }>(
      db.stranger,
      `public.send_nudge($1, 'study_invite', $2)`,
      [db.owner, message],
    );
  }
  async function inboxOf(userId: string): Promise<Inbox> {
    return await db.valueOf<Inbox>(userId, 'public.nudge_inbox()');
  }
  /** Quiet now, whatever the hour is. */
  const quietNow = () => setQuiet({ from: 0, to: 1439 });

  test.each([
    ['in the middle', { from: 60, to: 120 }, 'UTC', '2026-11-20T01:30:00Z', '2026-11-20T02:00:00.000Z'],
    ['as they begin', { from: 60, to: 120 }, 'UTC', '2026-11-20T01:00:00Z', '2026-11-20T02:00:00.000Z'],
    ['as they end', { from: 60, to: 120 }, 'UTC', '2026-11-20T02:00:00Z', null],
    ['in the evening', { from: 1320, to: 480 }, 'UTC', '2026-11-20T23:00:00Z', '2026-11-21T08:00:00.000Z'],
    ['after midnight', { from: 1320, to: 480 }, 'UTC', '2026-11-21T03:00:00Z', '2026-11-21T08:00:00.000Z'],
    ['at noon', { from: 1320, to: 480 }, 'UTC', '2026-11-21T12:00:00Z', null],
    ['elsewhere', { from: 1320, to: 480 }, 'Asia/Tokyo', '2026-11-20T14:00:00Z', '2026-11-20T23:00:00.000Z'],
    // The clocks go back at two in the morning: the night is an hour longer, and eight is eight.
    [
      'over a change',
      { from: 1320, to: 480 },
      'Europe/Lisbon',
      '2026-10-24T22:00:00Z',
      '2026-10-25T08:00:00.000Z',
    ],
  ])('end when they should, asked %s', async (_, hours, zone, at, until) => {
    await setQuiet(hours, zone);
    expect(await quietUntil(at)).toBe(until);
  });

  test.each([
    null,
    'always',
    [],
    { from: 60 },
    { from: '60', to: '120' },
    { from: -1, to: 120 },
    { from: 1e30, to: 0 },
    { from: 60, to: 60 },
  ])('that make no sense are none: %j', async (hours) => {
    await setQuiet(hours);
    expect(await quietUntil('2026-11-20T01:30:00Z')).toBeNull();
  });

  test('on a clock that does not exist keep nothing back and stop no message', async () => {
    await setQuiet({ from: 0, to: 1439 }, 'Mars/Olympus');
    expect((await send('Hello')).deliverAt).toBeNull();
  });

  test('keep a message back from every place its receiver looks, until they end', async () => {
    await quietNow();
    const sent = await send('At night');
    expect(Date.parse(sent.deliverAt ?? '')).toBeGreaterThan(Date.now());
    expect(await inboxOf(db.owner)).toMatchObject({ nudges: [], unread: 0, quietUntil: expect.any(String) });
    expect(await db.rowsOf(db.owner, 'select * from public.nudge')).toEqual([]);
    expect(await db.rowsOf(db.owner, 'select public.list_nudges() as n')).toEqual([{ n: [] }]);
    const answer = `select public.answer_nudge('${sent.nudgeId}', 'accepted')`;
    expect(await db.codeOf(db.owner, answer)).toBe('PT404');
    expect((await inboxOf(db.stranger)).nudges).toMatchObject([{ message: 'At night', direction: 'sent' }]);

    await db.query(`update public.nudge set deliver_at = now() - interval '1 second'`);
    expect(await inboxOf(db.owner)).toMatchObject({
      nudges: [{ message: 'At night', direction: 'received' }],
      unread: 1,
    });
    expect(await db.codeOf(db.owner, answer)).toBeNull();
  });

  test('tell the sender again when the same text is pressed twice', async () => {
    await quietNow();
    const first = await send('At night');
    expect(await send('At night')).toEqual({ ...first, sentAt: expect.anything(), duplicate: true });
  });

  test('do not give away a hidden sender’s name before the message is there', async () => {
    await quietNow();
    await send('At night');
    await db.setVisibility(db.stranger, 'private');
    const known = () => db.rowsOf(db.owner, 'select * from private.people_cards($1)', [[db.stranger]]);
    expect(await known()).toEqual([]);
    await db.query(`update public.nudge set deliver_at = now()`);
    expect(await known()).toMatchObject([{ display_name: 'Stranger', visible: false }]);
  });

  test('let a reminder to oneself through', async () => {
    await quietNow();
    await db.rowsOf(db.owner, `select public.send_nudge($1, 'reminder', 'Read chapter 3')`, [db.owner]);
    expect(await inboxOf(db.owner)).toMatchObject({ unread: 1, nudges: [{ direction: 'own' }] });
  });

  test('cannot be moved by the receiver or the sender', async () => {
    await quietNow();
    await send('At night');
    for (const userId of [db.owner, db.stranger]) {
      expect(await db.codeOf(userId, 'update public.nudge set deliver_at = now()')).toBe('42501');
    }
  });

  test('are one preference among others: each is kept when another changes', async () => {
    const change = (value: unknown) =>
      db.valueOf<unknown>(db.owner, 'public.change_preferences($1)', [JSON.stringify(value)]);
    await change({ other: 1 });
    expect(await change({ quietHours: { from: 1, to: 2 } })).toEqual({
      other: 1,
      quietHours: { from: 1, to: 2 },
    });
    expect(await change({ quietHours: null })).toEqual({ other: 1 });
    for (const wrong of ['[]', '1', 'null', JSON.stringify({ a: 'x'.repeat(5_000) })]) {
      expect(await db.codeOf(db.owner, 'select public.change_preferences($1)', [wrong])).toBe('PT400');
    }
    expect(await db.codeOf(null, 'select public.change_preferences($1)', ['{}'])).toBe('42501');
  });
});

describe('a day of study', () => {
  const db = suiteFixture();
  const instants = Array.from({ length: 60 }, (_, step) =>
    new Date(Date.UTC(2026, 9, 24, step)).toISOString(),
  );

  test.each([
    ['Europe/Berlin', undefined, ROLLOVER_HOUR],
    ['America/Los_Angeles', 0, 0],
    ['Asia/Kathmandu', 7, 7],
    ['Pacific/Kiritimati', 'late', ROLLOVER_HOUR],
    ['Nowhere/Land', 99, ROLLOVER_HOUR],
  ])('is the same in the database and in the app: %s at %s', async (timezone, rolloverHour, hour) => {
    await db.query('alter table public.profile disable trigger user');
    await db.query('update public.profile set timezone = $1, preferences = $2 where user_id = $3', [
      timezone,
      JSON.stringify({ rolloverHour }),
      db.owner,
    ]);
    await db.query('alter table public.profile enable trigger user');
    const days = await db.rowsOf<{ at: Date; rollover_hour: number; day_start: Date; day_end: Date }>(
      db.owner,
      'select a.at, d.* from unnest($1::timestamptz[]) as a(at), private.student_day(a.at) as d',
      [instants],
    );
    expect(days).toHaveLength(instants.length);
    for (const day of days) {
      const dateOf = (instant: Date) => dateIn(new Date(instant), timezone, hour);
      expect(day.rollover_hour).toBe(hour);
      expect(dateOf(day.day_start)).toBe(dateOf(day.at));
      expect(dateOf(day.day_end)).toBe(addDays(dateOf(day.at), 1));
      expect(dateOf(new Date(new Date(day.day_end).getTime() - 1))).toBe(dateOf(day.at));
    }
  });
});
