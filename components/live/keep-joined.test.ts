import type { RealtimeClient } from '@supabase/realtime-js';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepJoined } from './keep-joined';
import { createPresenceWatch } from './presence-watch';

type Tell = (status: string, error?: Error) => void;
type Fake = {
  topic: string;
  tell: Tell;
  state: Record<string, unknown[]>;
  emit: (kind: string) => void;
};

/** Channels that do what a test says. */
function fakeClient() {
  const channels: Fake[] = [];
  const removed: Fake[] = [];
  const client = {
    channel: (topic: string) => {
      const handlers: [string, () => void][] = [];
      const fake = { topic, state: {}, tell: () => undefined } as unknown as Fake & Record<string, unknown>;
      fake.emit = (kind) => {
        for (const [name, handler] of handlers) if (name === kind) handler();
      };
      fake.presenceState = () => fake.state;
      fake.on = (kind: string, _filter: object, handler: () => void) => {
        handlers.push([kind, handler]);
        return fake;
      };
      fake.subscribe = (tell: Tell) => {
        fake.tell = tell;
        return fake;
      };
      channels.push(fake);
      return fake;
    },
    removeChannel: async (channel: Fake) => {
      removed.push(channel);
      channel.tell('CLOSED');
    },
  };
  // Only what the code under test calls is there.
  return { client: client as unknown as RealtimeClient, channels, removed };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('makes a channel anew that the server closed, later each time, and not one that was left', () => {
  const { client, channels } = fakeClient();
  const lost = vi.fn();
  const kept = keepJoined(client, { topic: 'a', onLost: lost });
  channels[0]?.tell('CLOSED');
  expect([lost.mock.calls.length, channels.length]).toEqual([1, 1]);
  vi.advanceTimersByTime(1_000);
  expect(channels.length).toBe(2);
  channels[1]?.tell('CLOSED');
  vi.advanceTimersByTime(1_000);
  expect(channels.length).toBe(2);
  vi.advanceTimersByTime(1_000);
  expect(channels.length).toBe(3);
  expect(kept.channel()).toBe(channels[2]);
  kept.leave();
  vi.advanceTimersByTime(60_000);
  expect(channels.length).toBe(3);
});

it('leaves a lost socket to the client, which joins again by itself', () => {
  const { client, channels } = fakeClient();
  const joined = vi.fn();
  keepJoined(client, { topic: 'a', onJoined: joined });
  channels[0]?.tell('SUBSCRIBED');
  channels[0]?.tell('CHANNEL_ERROR', new Error('socket closed: 1006'));
  channels[0]?.tell('SUBSCRIBED');
  vi.advanceTimersByTime(60_000);
  expect([joined.mock.calls.length, channels.length]).toEqual([2, 1]);
});

it('joins a presence channel once for all who watch it, keeps it for the next page, and tells of changes alone', () => {
  const { client, channels, removed } = fakeClient();
  const watch = createPresenceWatch(client);
  const [one, two] = [
    { onChange: vi.fn(), onMoved: vi.fn() },
    { onChange: vi.fn(), onMoved: vi.fn() },
  ];
  const stops = [watch.watch('p', one), watch.watch('p', two)];
  expect(channels.length).toBe(1);
  const [channel] = channels;
  if (!channel) throw new Error('No channel was joined.');
  channel.emit('presence');
  channel.state = { ines: [{ tab: 'a' }] };
  channel.emit('presence');
  channel.state = { ines: [{ tab: 'a' }, { tab: 'b' }] };
  channel.emit('presence');
  channel.state = {};
  channel.emit('presence');
  expect(one.onChange.mock.calls).toEqual([[false], [true], [false]]);
  expect(two.onChange.mock.calls).toEqual(one.onChange.mock.calls);
  channel.emit('broadcast');
  channel.tell('CHANNEL_ERROR', new Error('socket closed: 1006'));
  expect(one.onMoved).toHaveBeenCalledTimes(1);
  channel.tell('CHANNEL_ERROR', new Error('Unauthorized: You do not have permissions'));
  expect(one.onMoved).toHaveBeenCalledTimes(2);
  for (const stop of stops) stop();
  vi.advanceTimersByTime(1_000);
  const again = watch.watch('p', one);
  vi.advanceTimersByTime(10_000);
  expect(removed.length).toBe(0);
  again();
  vi.advanceTimersByTime(10_000);
  expect(removed.length).toBe(1);
});
