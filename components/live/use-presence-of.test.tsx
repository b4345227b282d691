// @vitest-environment happy-dom
import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeApi } from '@/components/client/test-api';
import type { PresenceListener } from './presence-watch';
import { usePresenceOf } from './use-presence-of';

const live = { client: {}, status: 'live' };
vi.mock('./live-provider', () => ({ useLive: () => live }));
let listener: PresenceListener;
vi.mock('./presence-watch', () => ({
  presenceWatchOf: () => ({
    watch: (_topic: string, given: PresenceListener) => {
      listener = given;
      return () => undefined;
    },
  }),
}));
const api = fakeApi(({ method }) =>
  method === 'POST' ? new Response(null, { status: 204 }) : Response.json({ channels: [] }),
);
beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test.each<[what: string, isLive: boolean, seen: boolean[], isReported: boolean]>([
  ['of whom nothing was ever heard in it', false, [false], false],
  ['who was last heard of in it', true, [false], true],
  ['who was seen in it', false, [true, false], true],
  ['who is back before anybody could tell', true, [false, true], false],
])('reports an empty channel of somebody %s: %s', async (_what, isLive, seen, isReported) => {
  const people = [{ userId: 'ines', isHere: true }];
  renderHook(() =>
    usePresenceOf(people, () => undefined, [{ userId: 'ines', topic: 'presence:ines', isLive }]),
  );
  act(() => {
    for (const isShown of seen) listener.onChange(isShown);
  });
  await vi.advanceTimersByTimeAsync(300);
  expect(api.calls.map(({ method, path }) => `${method} ${path}`)).toEqual(
    isReported ? ['POST /api/people/ines/presence'] : [],
  );
});
