// @vitest-environment happy-dom
import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { fakeApi } from '@/components/client/test-api';
import type { ListedThread } from '@/lib/db/queries/thread';
import { ThreadList } from './thread-list';

const told = vi.hoisted(() => ({ listeners: new Set<() => void>() }));
vi.mock('@/components/live/live-provider', () => ({
  useTold: (_: string, listener: () => void) => {
    told.listeners.add(listener);
  },
}));
vi.mock('next/navigation', () => ({ useRouter: () => ({ refresh: () => undefined }) }));

const thread = (id: string): ListedThread => ({
  id,
  title: `About ${id}`,
  updatedAt: '2026-11-30T09:00:00Z',
  pinnedAt: null,
  archivedAt: null,
  messageCount: 2,
  excerpt: null,
  messageId: null,
  place: id,
  createdAt: '2026-11-30T09:00:00Z',
  continuedFrom: null,
});

const ALL = ['one', 'two', 'three'].map(thread);
let listed = ALL;
const api = fakeApi(({ method, path }) => {
  if (method === 'DELETE') listed = ALL.filter(({ id }) => !path.endsWith(id));
  else if (method !== 'GET') listed = ALL;
  return Response.json(method === 'GET' ? { threads: listed, after: null } : {});
});

test('a conversation that is deleted keeps its place until Undo is over, whatever the list hears meanwhile', async () => {
  render(<ThreadList first={{ threads: listed, after: null }} today="2026-11-30" timezone="UTC" />);
  const rows = () => screen.getAllByRole('listitem').map(({ textContent }) => textContent ?? '');
  const two = screen.getAllByRole('listitem')[1];
  if (!two) throw new Error('There are three rows.');
  fireEvent.keyDown(within(two).getByRole('button', { name: /^More for/ }), { key: 'Enter' });
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Delete' }));
  await screen.findByText(/are deleted/);
  await waitFor(() => expect(listed).toHaveLength(2));
  await act(async () => {
    for (const listener of told.listeners) listener();
  });
  await waitFor(() => expect(api.calls.filter(({ method }) => method === 'GET').length).toBeGreaterThan(1));
  expect(rows()[1]).toContain('are deleted');
  fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(rows()[1]).toContain('About two'));
  expect(screen.queryByText(/are deleted/)).toBeNull();
  // The page of the tests does not know the element `search` yet.
  expect(vi.mocked(console.error).mock.calls.map(([, tag]) => tag)).toEqual(['search']);
  vi.mocked(console.error).mockClear();
});
