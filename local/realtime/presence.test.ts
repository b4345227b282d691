import type { RealtimeChannel } from '@supabase/supabase-js';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { collect, eventually, join, liveProject, pause } from './test-harness.ts';

const { live, visitor, connect } = liveProject({ realtimeLimits: { idleMs: 1_000, presenceWindowMs: 300 } });
afterEach(() => vi.useRealTimers());

function tab(topic: string, key = '') {
  return visitor().channel(topic, { config: { presence: { key, enabled: true } } });
}
const without = (channel: RealtimeChannel) =>
  Object.fromEntries(
    Object.entries(channel.presenceState()).map(([key, metas]) => [
      key,
      metas.map(({ presence_ref: _ref, ...rest }) => rest),
    ]),
  );

describe('presence', () => {
  test('shows who was here before and who comes and goes', async () => {
    const ana = await join(tab('room', 'ana'));
    expect(await ana.track({ doing: 'reading' })).toBe('ok');
    const ben = tab('room', 'ben');
    const events: unknown[] = [];
    for (const event of ['join', 'leave'] as const) {
      // The overloads name one event each; a test may name either.
      ben.on('presence', { event: event as 'join' }, ({ key, newPresences, ...rest }) =>
        events.push([event, key, (newPresences ?? Reflect.get(rest, 'leftPresences')).length]),
      );
    }
    await join(ben);
    await eventually(() => expect(without(ben)).toEqual({ ana: [{ doing: 'reading' }] }));
    await ben.track({ doing: 'cards' });
    const both = { ana: [{ doing: 'reading' }], ben: [{ doing: 'cards' }] };
    await eventually(() => expect([without(ana), without(ben)]).toEqual([both, both]));
    await ana.untrack();
    await eventually(() => expect(without(ben)).toEqual({ ben: [{ doing: 'cards' }] }));
    expect(events).toEqual([
      ['join', 'ana', 1],
      ['join', 'ben', 1],
      ['leave', 'ana', 1],
    ]);
  });

  test('is generated a key when none is given, and none is shared', async () => {
    const [one, two] = [await join(tab('keys')), await join(tab('keys'))];
    await one.track({});
    await two.track({});
    await eventually(() => expect(Object.keys(one.presenceState())).toHaveLength(2));
    expect(Object.keys(two.presenceState()).toSorted()).toEqual(Object.keys(one.presenceState()).toSorted());
  });

  test('merges the tabs of one person under one key, until the last is closed', async () => {
    const [desk, phone, other] = [
      await join(tab('tabs', 'ana')),
      await join(tab('tabs', 'ana')),
      await join(tab('tabs', 'ben')),
    ];
    await desk.track({ at: 'desk' });
    await phone.track({ at: 'phone' });
    await eventually(() => expect(without(other)).toEqual({ ana: [{ at: 'desk' }, { at: 'phone' }] }));
    const refs = other.presenceState().ana?.map(({ presence_ref }) => presence_ref);
    expect(new Set(refs).size).toBe(2);
    await desk.unsubscribe();
    await eventually(() => expect(without(other)).toEqual({ ana: [{ at: 'phone' }] }));
    await phone.unsubscribe();
    await eventually(() => expect(without(other)).toEqual({}));
  });

  test('a second track replaces the first', async () => {
    const [ana, ben] = [await join(tab('again', 'ana')), await join(tab('again', 'ben'))];
    await ana.track({ n: 1 });
    await eventually(() => expect(without(ben)).toEqual({ ana: [{ n: 1 }] }));
    await ana.track({ n: 2 });
    await eventually(() => expect(without(ben)).toEqual({ ana: [{ n: 2 }] }));
    expect(without(ana)).toEqual({ ana: [{ n: 2 }] });
  });

  test('ends with the network of whoever is here, and with their silence', async () => {
    const watcher = await connect();
    const heartbeat = setInterval(() => watcher.send(null, 'h', 'phoenix', 'heartbeat', {}), 200);
    await watcher.join('realtime:gone', { config: { presence: { enabled: true } } });
    const [lost, silent] = [await connect(), await connect()];
    for (const [socket, key] of [
      [lost, 'lost'],
      [silent, 'silent'],
    ] as const) {
      await socket.join('realtime:gone', { config: { presence: { key, enabled: true } } });
      socket.send('1', '2', 'realtime:gone', 'presence', { type: 'presence', event: 'track', payload: {} });
      await socket.reply('2');
    }
    lost.terminate();
    const left = () =>
      watcher
        .of('presence_diff')
        .flatMap(({ payload }) => Object.keys(Reflect.get(Object(payload), 'leaves')));
    await eventually(() => expect(left()).toEqual(['lost']), 500);
    await eventually(() => expect(left()).toEqual(['lost', 'silent']), 3_000);
    expect(silent.closed).not.toBeNull();
    clearInterval(heartbeat);
  });

  test('is not sent to a client that does not ask for it, and is once it tracks', async () => {
    const socket = await connect();
    await socket.join('realtime:asked', { config: { presence: { key: 'me', enabled: false } } });
    const other = await join(tab('asked', 'ana'));
    await other.track({});
    await pause(50);
    expect(socket.of('presence_state')).toEqual([]);
    expect(socket.of('presence_diff')).toEqual([]);
    socket.send('1', '2', 'realtime:asked', 'presence', { event: 'track', payload: {} });
    await eventually(() =>
      expect(Object.keys(Object(socket.of('presence_state')[0]?.payload)).toSorted()).toEqual(['ana', 'me']),
    );
  });

  test('refuses what cannot be tracked', async () => {
    const socket = await connect();
    await socket.join('realtime:odd', { config: { presence: { enabled: true } } });
    socket.send('1', '2', 'realtime:odd', 'presence', { event: 'track', payload: 'text' });
    expect(await socket.reply('2')).toMatchObject({
      status: 'error',
      response: { reason: 'Presence track payload must be a map' },
    });
    socket.send('1', '3', 'realtime:odd', 'presence', { event: 'dance' });
    expect(await socket.reply('3')).toMatchObject({ response: { reason: 'Unknown presence event: dance' } });
  });

  test('a client that tracks too often is told so, and its channel closes', async () => {
    // One window, however long the test takes.
    vi.useFakeTimers({ toFake: ['Date'] });
    const channel = tab('often', 'ana');
    const told = collect<{ message: string; status: string }>(channel, 'system');
    const statuses: string[] = [];
    const watcher = await join(tab('often', 'ben'));
    channel.subscribe((status) => statuses.push(status));
    await eventually(() => expect(statuses).toEqual(['SUBSCRIBED']));
    for (let n = 0; n < 5; n += 1) expect(await channel.track({ n })).toBe('ok');
    await eventually(() => expect(without(watcher)).toEqual({ ana: [{ n: 4 }] }));
    void channel.track({ n: 5 });
    await eventually(() => expect(statuses).toEqual(['SUBSCRIBED', 'CLOSED']));
    expect(told).toMatchObject([{ status: 'error', message: 'Client presence rate limit exceeded' }]);
    expect(live.log).toContain('ClientPresenceRateLimitReached: often');
    await eventually(() => expect(without(watcher)).toEqual({}));
  });

  test('a later window has its own allowance', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const channel = await join(tab('window', 'ana'));
    for (let n = 0; n < 5; n += 1) await channel.track({ n });
    vi.setSystemTime(Date.now() + 301);
    expect(await channel.track({ n: 5 })).toBe('ok');
  });
});
