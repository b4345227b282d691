// @vitest-environment happy-dom
import { act, render, screen, waitFor } from '@testing-library/react';
import { SWRConfig } from 'swr';
import { expect, test, vi } from 'vitest';
import { fakeApi } from '@/components/client/test-api';
import type { OnlinePerson } from '@/lib/db/queries/people';
import { HereNow } from './here-now';

let changed: () => void = () => undefined;
vi.mock('@/components/live/live-provider', () => ({ useLive: () => ({ client: null, status: 'live' }) }));
vi.mock('@/components/live/use-presence-of', () => ({ usePresenceOf: () => undefined }));
vi.mock('@/components/live/use-rows', () => ({
  useRows: (_watched: object, onChange: () => void) => {
    changed = onChange;
  },
}));
let here: OnlinePerson[];
const api = fakeApi(() => Response.json({ here: { users: here, total: here.length } }));

const person = (displayName: string, currentActivity: OnlinePerson['currentActivity']): OnlinePerson => ({
  userId: displayName,
  displayName,
  gradeLevel: null,
  subjects: [],
  learningStyle: null,
  currentActivity,
  freeUntil: null,
  lastSeen: '2026-11-21T12:00:00Z',
  score: null,
  facets: [],
  exchange: { youExplain: [], theyExplain: [], bothWeak: [] },
});

test('shows whoever comes and goes after the page was made, and asks for nothing before', async () => {
  here = [person('Ines', 'studying')];
  render(
    <SWRConfig value={{ provider: () => new Map(), revalidateOnFocus: false, dedupingInterval: 0 }}>
      <HereNow initial={{ users: [], total: 0, channels: [] }} />
    </SWRConfig>,
  );
  expect(screen.queryByText('Here now')).toBeNull();
  expect(api.calls).toEqual([]);
  act(() => changed());
  expect(await screen.findByText('Ines')).toBeTruthy();
  expect(screen.getByText('studying')).toBeTruthy();
  here = [];
  act(() => changed());
  await waitFor(() => expect(screen.queryByText('Ines')).toBeNull());
});
