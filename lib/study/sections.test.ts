import { expect, test } from 'vitest';
import { sectionsOf } from './sections';

const passages = (...paths: string[][]) => paths.map((headingPath, ord) => ({ ord, headingPath }));
const told = (...paths: string[][]) =>
  sectionsOf(passages(...paths)).map(({ heading, level, from, to }) => [heading, level, from, to]);

test.each([
  [
    'leaves out the one title over all of a document',
    [['Memory'], ['Memory', 'Encoding'], ['Memory', 'Encoding'], ['Memory', 'Storage']],
    [
      ['Encoding', 1, 1, 2],
      ['Storage', 1, 3, 3],
    ],
  ],
  [
    'keeps two levels, and the outer one over its inner ones',
    [['A'], ['A', 'a'], ['A', 'b', 'deep'], ['B']],
    [
      ['A', 1, 0, 2],
      ['a', 2, 1, 1],
      ['b', 2, 2, 2],
      ['B', 1, 3, 3],
    ],
  ],
  [
    'tells a heading that comes again apart',
    [['A'], ['B'], ['A']],
    [
      ['A', 1, 0, 0],
      ['B', 1, 1, 1],
      ['A', 1, 2, 2],
    ],
  ],
  ['gives none where nothing is told apart', [['A'], ['A']], []],
  ['gives none without headings', [[], []], []],
] as const)('%s', (_, paths, expected) => {
  expect(told(...paths.map((path) => [...path]))).toEqual(expected);
});
