import { expect, it } from 'vitest';
import type { OwnPresence } from '@/lib/domain/presence';
import { freeForMs, ownShape, ownStateWords } from './own-state-words';

const NOW = new Date(2026, 10, 23, 20, 50).getTime();
const own = (change: Partial<OwnPresence> = {}): OwnPresence => ({
  visibility: 'everyone',
  isHidden: false,
  isOnline: true,
  lastSeen: null,
  currentActivity: 'studying',
  freeUntil: null,
  topic: null,
  ...change,
});
const free = own({ currentActivity: 'available', freeUntil: new Date(2026, 10, 23, 21, 30).toISOString() });

it('says in words and shape what others see', () => {
  expect([ownStateWords(own(), NOW), ownShape(own(), NOW)]).toEqual(['Shown as studying', 'studying']);
  const hidden = own({ isHidden: true });
  expect([ownStateWords(hidden, NOW), ownShape(hidden, NOW)]).toEqual(['Hidden', null]);
  expect([ownStateWords(undefined, NOW), ownShape(undefined, NOW)]).toEqual(['', null]);
});

it('ends a beacon by the clock, without asking the server', () => {
  expect([ownStateWords(free, NOW), ownShape(free, NOW)]).toEqual(['Free until 21:30', 'available']);
  expect(freeForMs(free, NOW)).toBe(40 * 60_000);
  const after = NOW + 40 * 60_000;
  expect([freeForMs(free, after), ownStateWords(free, after), ownShape(free, after)]).toEqual([
    null,
    'Shown as here',
    'idle',
  ]);
});
