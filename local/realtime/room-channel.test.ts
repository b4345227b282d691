import { createClient, type RealtimeChannel } from '@supabase/supabase-js';
import { describe, expect, test } from 'vitest';
import { collect, eventually, join, liveProject, pause, type Student, subscribed } from './test-harness.ts';

type Told = { event: string; payload: Record<string, unknown> };

const { live, student, kept } = liveProject({ project: 'product' });

async function call<Value = Record<string, unknown>>(
  { client }: Student,
  name: string,
  params: object,
): Promise<Value> {
  const { data, error } = await client.rpc(name, params);
  if (error) throw new Error(`${name}: ${error.message}`);
  return data;
}
const open = (who: Student) =>
  call<{ roomId: string; code: string }>(who, 'open_room', { p_title: 'Memory' });
const enter = (who: Student, code: string) => call(who, 'enter_room', { p_code: code, p_join: true });
const say = (who: Student, roomId: string, body: string) =>
  call(who, 'send_room_message', { p_room_id: roomId, p_client_id: crypto.randomUUID(), p_body: body });
const leave = (who: Student, roomId: string) =>
  call(who, 'act_in_room', { p_room_id: roomId, p_action: 'leave' });
const topicOf = async (who: Student, roomId: string) => {
  const { channelId } = await call<{ channelId: string }>(who, 'read_room', { p_room_id: roomId });
  return `room:${channelId}`;
};
const channelOf = (who: Student, topic: string): RealtimeChannel =>
  who.client.channel(topic, {
    config: { private: true, broadcast: { ack: true }, presence: { key: who.id, enabled: true } },
  });
const statusOf = async (who: Student, topic: string) => (await subscribed(channelOf(who, topic))).status;

/** A room with two members who both listen. */
async function roomOfTwo() {
  const [ana, ben] = [await student(), await student()];
  const { roomId, code } = await open(ana);
  await enter(ben, code);
  const topic = await topicOf(ana, roomId);
  const channels = [channelOf(ana, topic), channelOf(ben, topic)] as const;
  const heard = channels.map((channel) => collect<Told>(channel, 'broadcast'));
  for (const channel of channels) await join(channel);
  return { ana, ben, roomId, code, topic, channels, heard };
}
const bodies = (told: readonly Told[] | undefined) =>
  (told ?? []).filter(({ event }) => event === 'message').map(({ payload }) => payload.body);

describe('the channel of a room', () => {
  test('carries what is said, the clock and who comes, within a moment', async () => {
    const { ana, ben, roomId, code, heard } = await roomOfTwo();
    const startedAt = performance.now();
    await say(ana, roomId, 'hello');
    await eventually(() => expect(bodies(heard[1])).toEqual(['hello']));
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    await call(ben, 'set_room_timer', {
      p_room_id: roomId,
      p_revision: 0,
      p_timer: {
        phase: 'focus',
        round: 1,
        startedAt: new Date().toISOString(),
        pausedAt: null,
        extraSeconds: 0,
        durations: { focusMinutes: 25, breakMinutes: 5, rounds: 3 },
      },
      p_action: 'start',
    });
    await eventually(() =>
      expect(heard[0]?.find(({ event }) => event === 'timer')?.payload).toMatchObject({
        timer: { phase: 'focus' },
        revision: 1,
        by: ben.id,
        action: 'start',
      }),
    );
    await enter(await student(), code);
    await eventually(() => expect(heard[0]?.some(({ event }) => event === 'room')).toBe(true));
  });

  test('is closed to strangers, whether they know its name or the room’s', async () => {
    const { roomId, topic } = await roomOfTwo();
    const stranger = await student();
    expect(await statusOf(stranger, topic)).toBe('CHANNEL_ERROR');
    expect(await statusOf(stranger, `room:${roomId}`)).toBe('CHANNEL_ERROR');
    for (const odd of ['room:', 'room:%', `${topic}x`, topic.toUpperCase()]) {
      expect(await statusOf(stranger, odd)).toBe('CHANNEL_ERROR');
    }
  });

  test('is spoken in by the database alone: no member puts words into another’s mouth', async () => {
    const { ana, channels, heard } = await roomOfTwo();
    const forged = { seq: 1, userId: ana.id, clientId: 'x', body: 'forged', createdAt: '' };
    expect(await channels[1].send({ type: 'broadcast', event: 'message', payload: forged })).toBe('error');
    await expect(channels[1].httpSend('message', forged)).rejects.toThrow('Unauthorized');
    await pause(80);
    expect(bodies(heard[0])).toEqual([]);
  });

  test('shows one student for three tabs', async () => {
    const { ana, ben, topic, channels } = await roomOfTwo();
    await channels[0].track({ state: 'here' });
    for (let tab = 0; tab < 2; tab += 1) {
      // Another tab of the same student: its own socket, the same token.
      const client = kept(
        createClient(live.gateway.url, live.gateway.publishableKey, { accessToken: async () => ana.token }),
      );
      await client.realtime.setAuth();
      const channel = client.channel(topic, {
        config: { private: true, presence: { key: ana.id, enabled: true } },
      });
      await join(channel);
      await channel.track({ state: 'here', tab });
    }
    await eventually(() => {
      const state = channels[1].presenceState();
      expect(Object.keys(state)).toEqual([ana.id]);
      expect(state[ana.id]).toHaveLength(3);
    });
    await channels[1].track({ state: 'here' });
    await eventually(() =>
      expect(Object.keys(channels[0].presenceState()).sort()).toEqual([ana.id, ben.id].sort()),
    );
  });
});

describe('who has left', () => {
  test('hears nothing more, though their socket stayed in the channel', async () => {
    const { ana, ben, roomId, topic, channels, heard } = await roomOfTwo();
    await leave(ben, roomId);
    // They were told that something changed, and nothing about what.
    await eventually(() => expect(heard[1]?.map(({ event }) => event)).toContain('room'));
    const renewed = await topicOf(ana, roomId);
    expect(renewed).not.toBe(topic);
    await ana.client.removeChannel(channels[0]);
    const next = channelOf(ana, renewed);
    const heardByAna = collect<Told>(next, 'broadcast');
    await join(next);
    await next.track({ state: 'here' });
    await say(ana, roomId, 'without Ben');
    await eventually(() => expect(bodies(heardByAna)).toEqual(['without Ben']));
    await pause(80);
    expect(bodies(heard[1])).toEqual([]);
    expect(Object.keys(channels[1].presenceState())).toEqual([]);
    expect(await statusOf(ben, renewed)).toBe('CHANNEL_ERROR');
  });

  test('because the host removed or blocked them hears nothing more either', async () => {
    for (const how of ['remove', 'block'] as const) {
      const { ana, ben, roomId, heard } = await roomOfTwo();
      if (how === 'remove') {
        await call(ana, 'act_in_room', {
          p_room_id: roomId,
          p_action: 'remove',
          p_detail: { userId: ben.id },
        });
      } else {
        const { error } = await ana.client.from('block').insert({ blocked_user_id: ben.id });
        expect(error).toBeNull();
      }
      await say(ana, roomId, 'without Ben');
      await pause(80);
      expect(bodies(heard[1])).toEqual([]);
      expect(await statusOf(ben, await topicOf(ana, roomId))).toBe('CHANNEL_ERROR');
      expect(await call(ben, 'read_room', { p_room_id: roomId })).toBeNull();
    }
  });

  test('and comes back is let into the present channel', async () => {
    const { ana, ben, roomId, code } = await roomOfTwo();
    await leave(ben, roomId);
    await enter(ben, code);
    expect(await statusOf(ben, await topicOf(ana, roomId))).toBe('SUBSCRIBED');
  });
});

test('a closed room is closed to everybody', async () => {
  const { ana, roomId } = await roomOfTwo();
  await call(ana, 'act_in_room', { p_room_id: roomId, p_action: 'close' });
  const [row] = await live.gateway.database.query<{ channel_id: string }>(
    'select channel_id from public.room where id = $1',
    [roomId],
  );
  expect(await statusOf(ana, `room:${row?.channel_id}`)).toBe('CHANNEL_ERROR');
});
