import { beforeEach, describe, expect, test } from 'vitest';
import { sweep } from '../../lib/db/queries/operations.ts';
import { onlineUsers, peopleOverview, personPair } from '../../lib/db/queries/people.ts';
import {
  choosePresence,
  forgetPresence,
  getOwnPresence,
  liveSince,
  presenceChannels,
  touchPresence,
} from '../../lib/db/queries/presence.ts';
import type { Visibility } from '../../lib/domain/profile.ts';
import { buildInsight } from '../../lib/matching/insight.ts';
import { getOnlineUsers } from '../../lib/tools/get-online-users.ts';
import { matchInsight } from '../../lib/tools/match-insight.ts';
import { optionsOf, type SignedIn, suitePeople } from '../setup/people.ts';
import { succeeded } from '../setup/tool-context.ts';

const { people, maya, ines } = suitePeople();
beforeEach(async () => {
  await people.reset();
  for (const table of ['presence_choice', 'presence_notice', 'presence_hour']) {
    await people.query(`delete from public.${table}`);
  }
  await people.query('delete from realtime.messages');
});

const touch = (student: SignedIn, activity: 'studying' | 'in_session' | null = null, isLive = false) =>
  touchPresence(student.db, { activity, isOnline: true, isLive });
const leave = (student: SignedIn) => touchPresence(student.db, { activity: null, isOnline: false });
const free = (student: SignedIn, freeMinutes: 20 | 40 | 60 | null = 40) =>
  choosePresence(student.db, { isHidden: false, freeMinutes });
const hide = (student: SignedIn) => choosePresence(student.db, { isHidden: true, freeMinutes: null });
const age = (student: SignedIn, by: string) =>
  people.query(
    `update public.presence set last_seen = last_seen - $2::interval,
       free_until = free_until - $2::interval where user_id = $1`,
    [student.id, by],
  );
const rowOf = async (student: SignedIn) =>
  (await people.query('select * from public.presence where user_id = $1', [student.id]))[0];
const topicFor = async (viewer: SignedIn, student: SignedIn) =>
  (await presenceChannels(viewer.db, { userIds: [student.id] }))[0]?.topic;
const events = () =>
  people.query<{ topic: string; event: string; payload: object }>(
    "select topic, event, payload - 'id' as payload from realtime.messages where event is not null order by inserted_at, event",
  );

/** What every way of asking says of Inês at one moment. */
async function everyAnswer() {
  const { users } = await onlineUsers(maya.db, {});
  const overview = await peopleOverview(maya.db);
  const tool = succeeded(await getOnlineUsers.execute({}, optionsOf(maya)));
  const insight = succeeded(await matchInsight.execute({ candidateId: ines.id }, optionsOf(maya)));
  const pair = await personPair(maya.db, { userId: ines.id });
  return [
    users.find(({ userId }) => userId === ines.id)?.currentActivity ?? null,
    overview.here.users.find(({ userId }) => userId === ines.id)?.currentActivity ?? null,
    tool.users.find(({ userId }) => userId === ines.id)?.currentActivity ?? null,
    insight.currentActivity,
    buildInsight(pair, new Date()).currentActivity,
  ];
}
const allSay = (activity: string | null) => Array.from({ length: 5 }, () => activity);

describe('a beacon', () => {
  test('says free in every answer until it ends, and then what it hid, without anybody clearing it', async () => {
    await touch(ines, 'studying');
    const own = await free(ines, 40);
    expect(own).toMatchObject({ isHidden: false, isOnline: true, currentActivity: 'available' });
    expect(Date.parse(own.freeUntil ?? '') - Date.now()).toBeGreaterThan(39 * 60_000);
    expect(await everyAnswer()).toEqual(allSay('available'));
    expect((await onlineUsers(maya.db, { activity: 'available' })).users).toMatchObject([
      { userId: ines.id, freeUntil: own.freeUntil },
    ]);
    expect((await onlineUsers(maya.db, { activity: 'studying' })).total).toBe(0);

    await people.query('alter table public.presence disable trigger presence_keep');
    await people.query(`update public.presence set free_until = now() - interval '1 second'`);
    await people.query('alter table public.presence enable trigger presence_keep');
    expect(await everyAnswer()).toEqual(allSay('studying'));
    expect(await getOwnPresence(ines.db)).toMatchObject({ currentActivity: 'studying', freeUntil: null });
    expect((await onlineUsers(maya.db, { activity: 'available' })).total).toBe(0);
  });

  test('gives way to a session, goes on after a closed tab, and ends when taken back', async () => {
    await free(ines, 20);
    await touch(ines, 'in_session');
    expect(await everyAnswer()).toEqual(allSay('in_session'));
    await touch(ines, 'studying');
    await leave(ines);
    expect(await everyAnswer()).toEqual(allSay(null));
    await touch(ines);
    expect(await everyAnswer()).toEqual(allSay('available'));
    expect(await free(ines, null)).toMatchObject({ currentActivity: 'studying', freeUntil: null });
  });

  test('cannot be written for longer than an hour, nor of another length', async () => {
    await ines.db.from('presence').insert({ is_online: true, free_until: '2999-01-01T00:00:00Z' });
    const { freeUntil } = await getOwnPresence(ines.db);
    expect(Date.parse(freeUntil ?? '') - Date.now()).toBeLessThanOrEqual(60 * 60_000);
    const odd = await ines.db.rpc('choose_presence', { p_is_hidden: false, p_free_minutes: 600 });
    expect(odd.error?.code).toBe('PT400');
    const both = await ines.db.rpc('choose_presence', { p_is_hidden: true, p_free_minutes: 20 });
    expect(both.error?.code).toBe('PT400');
  });
});

describe('whoever shows themselves', () => {
  const visibility = async () => (await getOwnPresence(ines.db)).visibility;
  const setVisibility = (value: Visibility) =>
    ines.db.from('profile').update({ visibility: value }).eq('user_id', ines.id);

  test('is seen by those who fit them if they were private, and else by whom they chose', async () => {
    await setVisibility('private');
    await free(ines);
    expect([await visibility(), (await getOwnPresence(ines.db)).isHidden]).toEqual(['matches', false]);
    await setVisibility('everyone');
    await free(ines);
    expect(await visibility()).toBe('everyone');
    await setVisibility('private');
    await hide(ines);
    expect(await visibility()).toBe('private');
  });
});

describe('whoever hides', () => {
  test('is offline in every answer at once, and stays so whatever is written', async () => {
    await free(ines);
    await hide(ines);
    expect(await everyAnswer()).toEqual(allSay(null));
    const before = await rowOf(ines);
    expect(before).toMatchObject({ is_online: false, free_until: null, is_live: false });
    expect(await touch(ines, 'studying', true)).toMatchObject({ isHidden: true, isOnline: false });
    await ines.db
      .from('presence')
      .update({ is_online: true, is_live: true, free_until: new Date(Date.now() + 60_000).toISOString() })
      .eq('user_id', ines.id);
    expect(await rowOf(ines)).toMatchObject({
      is_online: false,
      free_until: null,
      last_seen: before?.last_seen,
    });
    expect(await everyAnswer()).toEqual(allSay(null));
    // The hours of a hidden student are not counted either.
    await people.query('delete from public.presence_hour');
    await touch(ines);
    expect(await people.query('select * from public.presence_hour')).toEqual([]);
    await free(ines, null);
    expect(await everyAnswer()).toEqual(allSay('idle'));
  });

  test('is not told from one who is simply not here', async () => {
    await touch(ines);
    await hide(ines);
    const { data: choices } = await maya.db.from('presence_choice').select();
    const hidden = await maya.db
      .from('presence')
      .select('is_online, is_live, free_until')
      .eq('user_id', ines.id);
    expect([choices, hidden.data]).toEqual([[], [{ is_online: false, is_live: false, free_until: null }]]);
    expect(await topicFor(maya, ines)).toMatch(/^presence:/);
    const forge = async () => (await maya.db.from('presence').insert({ user_id: ines.id })).error?.code;
    const refused = await forge();
    await free(ines, null);
    expect([refused, await forge()]).toEqual(['42501', '42501']);
  });

  test('is everybody whose profile is private, from the first day on', async () => {
    await people.setVisibility(ines, 'private');
    expect(await touch(ines, 'studying', true)).toMatchObject({
      visibility: 'private',
      isHidden: true,
      isOnline: false,
    });
    expect(await rowOf(ines)).toBeUndefined();
    expect(await topicFor(maya, ines)).toBeUndefined();
  });

  test('goes offline with the profile', async () => {
    await free(ines);
    await people.setVisibility(ines, 'private');
    expect(await rowOf(ines)).toMatchObject({ is_online: false, free_until: null });
    await people.setVisibility(ines, 'everyone');
    expect(await everyAnswer()).toEqual(allSay(null));
  });
});

describe('silence', () => {
  const swept = async () => (await sweep(people.service)).presence;

  test('ends being here after five minutes in every answer, and in the row at the next sweep', async () => {
    await touch(ines, 'studying');
    await age(ines, '4 minutes 55 seconds');
    expect(await everyAnswer()).toEqual(allSay('studying'));
    expect(await swept()).toEqual({ silent: 0, changed: 0 });
    await age(ines, '6 seconds');
    expect(await everyAnswer()).toEqual(allSay(null));
    expect(await rowOf(ines)).toMatchObject({ is_online: true });
    expect(await swept()).toEqual({ silent: 1, changed: 1 });
    expect(await rowOf(ines)).toMatchObject({ is_online: false });
    expect(await swept()).toEqual({ silent: 0, changed: 0 });
  });

  test('is noted by the service alone', async () => {
    await touch(ines, 'studying', true);
    for (const db of [maya.db, ines.db]) {
      expect((await db.rpc('sweep_presence')).error?.code).toBe('42501');
      const forget = await db.rpc('forget_presence', { p_user_id: ines.id, p_seen_at: '2999-01-01' });
      expect(forget.error?.code).toBe('42501');
    }
    await maya.db.from('presence').update({ is_online: false }).eq('user_id', ines.id);
    expect(await everyAnswer()).toEqual(allSay('studying'));
  });

  test('of a channel counts only for who was last heard of over one, and not after a later sign', async () => {
    const seenAt = (await touch(ines, 'studying')).lastSeen ?? '';
    expect(await forgetPresence(people.service, { userId: ines.id, seenAt })).toBe(false);
    expect(await liveSince(maya.db, { userId: ines.id })).toBe(null);
    await touch(ines, 'studying', true);
    const liveAt = (await liveSince(maya.db, { userId: ines.id })) ?? '';
    expect(await forgetPresence(people.service, { userId: ines.id, seenAt })).toBe(false);
    expect(await forgetPresence(people.service, { userId: ines.id, seenAt: liveAt })).toBe(true);
    expect(await everyAnswer()).toEqual(allSay(null));
    await touch(ines, null, true);
    expect(await everyAnswer()).toEqual(allSay('studying'));
  });

  test('while away does not change when somebody was last here', async () => {
    await touch(ines);
    const { lastSeen } = await leave(ines);
    expect((await leave(ines)).lastSeen).toBe(lastSeen);
  });
});

describe('a notice', () => {
  const noticed = async () =>
    (await people.query<{ at: string }>('select changed_at::text as at from public.presence_notice'))[0]?.at;

  test('is given when there is something to see, and not for a sign of life', async () => {
    await touch(ines, 'studying');
    const first = await noticed();
    expect(first).toBeDefined();
    await touch(ines, null, true);
    await touch(ines, 'studying', true);
    expect(await noticed()).toBe(first);
    const seen = [first];
    for (const change of [
      () => touch(ines, 'in_session'),
      () => free(ines),
      () => free(ines, null),
      () => leave(ines),
      () => touch(ines),
      // Back from a silence before anybody swept.
      () => age(ines, '6 minutes').then(() => touch(ines)),
    ]) {
      await change();
      const at = await noticed();
      expect(seen).not.toContain(at);
      seen.push(at);
    }
  });

  test('is read by those who may see the student', async () => {
    await touch(ines);
    const read = async () => (await maya.db.from('presence_notice').select('user_id')).data;
    expect(await read()).toEqual([{ user_id: ines.id }]);
    await people.block(ines, maya);
    expect(await read()).toEqual([]);
  });
});

describe('the channel of a student', () => {
  test('keeps its name until somebody is to be left behind, then is told to both sides without a word', async () => {
    const first = await topicFor(maya, ines);
    expect(first).toBe(`presence:${ines.id}`);
    await touch(ines, 'studying', true);
    await people.setVisibility(ines, 'matches');
    await people.setVisibility(ines, 'everyone');
    const second = await topicFor(maya, ines);
    expect(second).toMatch(/^presence:[0-9a-f-]{36}:[0-9a-f]{32}$/);
    expect(await events()).toEqual([
      { topic: first, event: 'changed', payload: {} },
      { topic: `user:${ines.id}`, event: 'presence', payload: {} },
      // More may see them now: they are told to look, and stay.
      { topic: `user:${ines.id}`, event: 'presence', payload: {} },
    ]);
    await hide(ines);
    expect(await topicFor(maya, ines)).not.toBe(second);
  });

  test('is named to nobody who may not see them', async () => {
    await people.block(ines, maya);
    expect(await topicFor(maya, ines)).toBeUndefined();
    expect(await topicFor(ines, maya)).toBeUndefined();
    expect(await topicFor(ines, ines)).toMatch(/^presence:/);
  });

  test('moves for who blocks, and not for the blocked, who would learn of it', async () => {
    const [own, other] = [await topicFor(ines, ines), await topicFor(maya, maya)];
    await people.block(ines, maya);
    expect(await topicFor(ines, ines)).not.toBe(own);
    expect(await topicFor(maya, maya)).toBe(other);
    expect((await events()).map(({ topic }) => topic)).not.toContain(`user:${maya.id}`);
  });
});
