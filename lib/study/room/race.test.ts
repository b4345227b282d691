import { expect, test } from 'vitest';
import type { Racer } from '../../domain/room.ts';
import { standings, winners } from './race.ts';

const at = (second: number | null) => (second === null ? null : new Date(second * 1000).toISOString());
const racer = (userId: string, right: number, second: number | null, answered = 5): Racer => ({
  userId,
  right,
  answered,
  lastRightAt: at(second),
});

test.each<[string, Racer[], string, string[]]>([
  ['right answers decide, however late', [racer('a', 3, 10), racer('b', 4, 170)], 'b1 a2', ['b']],
  [
    'of equal ones the earlier last right one is ahead',
    [racer('a', 3, 50), racer('b', 3, 49)],
    'b1 a2',
    ['b'],
  ],
  ['what was wrong afterwards costs nothing', [racer('a', 3, 50, 5), racer('b', 3, 60, 3)], 'a1 b2', ['a']],
  [
    'who cannot be told apart shares a place',
    [racer('b', 2, 9), racer('a', 2, 9), racer('c', 1, 1)],
    'a1 b1 c3',
    ['a', 'b'],
  ],
  ['nobody wins by nothing', [racer('a', 0, null), racer('b', 0, null, 0)], 'a1 b1', []],
  ['whoever raced alone to the end is first', [racer('a', 1, 5)], 'a1', ['a']],
])('%s', (_rule, racers, order, won) => {
  const placed = standings({ racers });
  expect(placed.map(({ userId, place }) => `${userId}${place}`).join(' ')).toBe(order);
  expect(winners({ racers }).map(({ userId }) => userId)).toEqual(won);
});
