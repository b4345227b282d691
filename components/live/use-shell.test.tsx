// @vitest-environment happy-dom
import { renderHook } from '@testing-library/react';
import { StrictMode } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeApi } from '@/components/client/test-api';
import type { Shell } from '@/lib/shell';
import { useKeptShell } from './use-shell';

vi.mock('next/navigation', () => ({ usePathname: () => '/' }));
const rows = new Map<string, (hasJoined: boolean) => void>();
vi.mock('./live-provider', () => ({ useLive: () => ({ status: 'live' }), useTold: () => undefined }));
vi.mock('./use-rows', () => ({
  useRows: ({ table }: { table: string }, onChange: (hasJoined: boolean) => void) =>
    void rows.set(table, onChange),
}));
const shell = (due: number) =>
  ({ due, inbox: { nudges: [], unread: 0, quietUntil: null } }) as unknown as Shell;
let answer = Promise.withResolvers<Response>();
const api = fakeApi(() => answer.promise);
beforeEach(() => {
  answer = Promise.withResolvers();
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

test('asks once for rows that are told together, and again where a page that was made meanwhile displaced the answer', async () => {
  const made = shell(1);
  const { rerender } = renderHook(({ made }) => useKeptShell(made), {
    initialProps: { made },
    // Effects run twice, as they do while developing.
    wrapper: StrictMode,
  });
  await vi.advanceTimersByTimeAsync(2_000);
  answer.resolve(Response.json(made));
  await vi.advanceTimersByTimeAsync(100);
  expect(api.calls.length).toBe(1);

  answer = Promise.withResolvers();
  for (const table of ['presence', 'nudge', 'presence']) rows.get(table)?.(false);
  await vi.advanceTimersByTimeAsync(400);
  expect(api.calls.length).toBe(2);
  rerender({ made: shell(2) });
  await vi.advanceTimersByTimeAsync(400);
  expect(api.calls.length).toBe(3);
});
