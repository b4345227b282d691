import { expect, test } from 'vitest';
import { type Placed, readingOrder } from './reading-order.ts';

/** Boxes as they were drawn: what they say, and where they stand. */
const drawn = (boxes: readonly (readonly [string, number?, number?, number?, number?])[]): Placed[] =>
  boxes.map(([html, x, y, width = 10, height = 4]) => ({
    html,
    box: x === undefined || y === undefined ? undefined : { x, y, width, height },
  }));

test.each([
  [
    'rows from the top',
    [
      ['c', 0, 20],
      ['a', 0, 0],
      ['b', 0, 10],
    ],
    'abc',
  ],
  [
    'a row from its beginning',
    [
      ['b', 20, 1],
      ['a', 0, 0],
      ['c', 0, 10, 40],
    ],
    'abc',
  ],
  [
    'columns one after the other, also where their lines meet',
    [
      ['d', 30, 0],
      ['a', 0, 0],
      ['e', 30, 5],
      ['b', 0, 5],
      ['f', 30, 10],
      ['c', 0, 10],
    ],
    'abcdef',
  ],
  [
    'what stands above and below columns apart from them',
    [
      ['z', 0, 60, 50],
      ['d', 30, 20],
      ['a', 0, 0, 50],
      ['c', 0, 25],
      ['b', 0, 20],
    ],
    'abcdz',
  ],
  [
    'labels in rows as rows, where those stand further apart',
    [
      ['b', 11, 0],
      ['d', 11, 20],
      ['c', 0, 20],
      ['a', 0, 0],
    ],
    'abcd',
  ],
  ['what has no place behind what was drawn before it', [['b', 0, 10], ['c'], ['a', 0, 0]], 'abc'],
  [
    'columns of boxes that reach into each other, as wide boxes of few words do',
    [
      ['b', 8, 0, 10, 30],
      ['a', 0, 10, 10, 4],
    ],
    'ab',
  ],
  [
    'what lies on each other from the top',
    [
      ['b', 2, 2, 10, 10],
      ['a', 0, 0, 10, 10],
    ],
    'ab',
  ],
  [
    'nothing of what says nothing',
    [
      ['', 0, 0, 100, 100],
      ['b', 0, 10],
      ['a', 0, 0],
    ],
    'ab',
  ],
  [
    'columns of Hebrew from the right',
    [
      ['ג', 0, 0],
      ['א', 30, 0],
      ['ב', 30, 5],
      ['ד', 0, 5],
    ],
    'אבגד',
  ],
] as const)('reads %s', (_, boxes, order) => {
  expect(readingOrder(drawn(boxes))).toBe(order);
});
