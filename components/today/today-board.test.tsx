// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { restItem } from '@/lib/today/document-items';
import { readNotToday } from '@/lib/today/not-today';
import type { TodayItem } from '@/lib/today/today-item';
import { TodayBoard } from './today-board';

const push = vi.fn();
vi.mock('next/navigation', () => ({ useRouter: () => ({ push, refresh: vi.fn() }) }));

const item = (key: string, title: string): TodayItem => ({
  ...restItem(null),
  key,
  kind: 'task',
  title,
  minutes: 12,
  note: 'from your plan',
  start: { href: `/start/${key}`, label: 'Start' },
});
const ITEMS = [item('a', 'First'), item('b', 'Second'), item('c', 'Third'), item('d', 'Fourth')];

const board = (hiddenBefore: string[] = [], items = ITEMS) =>
  render(
    <TodayBoard
      items={items}
      rest={restItem('on Sunday')}
      questions={[]}
      today="2026-11-20"
      hiddenBefore={hiddenBefore}
    >
      <p>Ask box</p>
    </TodayBoard>,
  );
const heading = () => screen.getByRole('heading', { level: 1 }).textContent;
const after = () => screen.queryAllByRole('listitem').map(({ textContent }) => textContent);

beforeEach(() => {
  // biome-ignore lint/suspicious/noDocumentCookie: what the board writes is cleared here.
  document.cookie = 'clerva-not-today=; path=/; max-age=0';
});
afterEach(cleanup);

it('shows one action with its minutes, and two that come after', () => {
  board();
  expect(heading()).toBe('First');
  expect(after()).toEqual(['12 minSecondfrom your plan', '12 minThirdfrom your plan']);
  expect(screen.getByRole('link', { name: 'Start' }).getAttribute('href')).toBe('/start/a');
});

it('shows the next one on S, round and round', () => {
  board();
  for (const title of ['Second', 'Third', 'Fourth', 'First']) {
    fireEvent.keyDown(window, { key: 's' });
    expect(heading()).toBe(title);
  }
  fireEvent.click(screen.getByRole('button', { name: /something else/i }));
  expect(heading()).toBe('Second');
});

it('starts what is shown on Enter', () => {
  board();
  fireEvent.keyDown(window, { key: 's' });
  fireEvent.keyDown(window, { key: 'Enter' });
  expect(push).toHaveBeenLastCalledWith('/start/b');
});

it('puts an action off for the day and brings it back on Undo', () => {
  board();
  fireEvent.click(screen.getByRole('button', { name: 'Not today' }));
  expect(heading()).toBe('Second');
  expect(screen.getByRole('status').textContent).toContain('First is put off until tomorrow.');
  const stored = document.cookie.replace('clerva-not-today=', '');
  expect([...readNotToday(stored, '2026-11-20')]).toEqual(['a']);
  fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
  expect(heading()).toBe('First');
});

it('leaves out what was put off before, and rests when nothing is left', () => {
  board(['a', 'b', 'c']);
  expect(heading()).toBe('Fourth');
  fireEvent.click(screen.getByRole('button', { name: 'Not today' }));
  expect(heading()).toBe('Nothing is left for today');
  expect(screen.getByText('The next cards come on Sunday. Rest is part of it.')).toBeTruthy();
  expect(screen.queryByRole('button', { name: /something else|not today/i })).toBeNull();
  expect(screen.getByText('Ask box')).toBeTruthy();
});
