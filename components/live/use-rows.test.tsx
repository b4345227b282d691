// @vitest-environment happy-dom
import { renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useRows } from './use-rows';

type System = (told: { extension: string; status: string }) => void;
const made: { hear: System; tell: (status: string) => void }[] = [];
const client = {
  channel: () => {
    const channel = {
      hear: (() => undefined) as System,
      tell: (_status: string) => undefined,
      on: (kind: string, _filter: object, handler: System) => {
        if (kind === 'system') channel.hear = handler;
        return channel;
      },
      subscribe: (tell: (status: string) => undefined) => Object.assign(channel, { tell }),
    };
    made.push(channel);
    return channel;
  },
  removeChannel: async (channel: (typeof made)[number]) => channel.tell('CLOSED'),
};
vi.mock('./live-provider', () => ({ useLive: () => ({ client }) }));
beforeEach(() => {
  made.length = 0;
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

test.each([
  ['follows', 'ok', 1],
  ['could not follow, and is asked again', 'error', 2],
])('looks at once at rows that the database %s', async (_what, status, channels) => {
  const look = vi.fn();
  renderHook(() => useRows({ table: 'nudge' }, look));
  made[0]?.hear({ extension: 'postgres_changes', status });
  await vi.advanceTimersByTimeAsync(200);
  expect(look.mock.calls).toEqual([[true]]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(made.length).toBe(channels);
});
