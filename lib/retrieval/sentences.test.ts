import { expect, it } from 'vitest';
import { randomText, seeded } from '../test-random.ts';
import { sentenceSpans } from './sentences.ts';

const cut = (text: string) => sentenceSpans(text).map(({ start, end }) => text.slice(start, end).trim());

it('loses no character of any text', () => {
  const pieces = [' ', '\n', '\t', ...'. ! a B 9 。 ” ( 99.8% e.g. 😀 ก -'.split(' ')];
  const random = seeded(7);
  for (let round = 0; round < 2_000; round++) {
    const text = randomText(pieces, round % 40, random);
    const spans = sentenceSpans(text);
    expect(spans.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
    for (const { start, end } of spans) expect(end).toBeGreaterThan(start);
  }
});

it('does not end a sentence at a decimal, an abbreviation or an initial', () => {
  expect(cut('It has 99.8% homology, see Fig. 3 by J. Smith et al. in 2004. It is close.')).toEqual([
    'It has 99.8% homology, see Fig. 3 by J. Smith et al. in 2004.',
    'It is close.',
  ]);
});

it('ends sentences of scripts without spaces', () => {
  expect(cut('記憶は三つに分かれる。感覚記憶は短い。')).toEqual([
    '記憶は三つに分かれる。',
    '感覚記憶は短い。',
  ]);
});

it('goes on over the line breaks of wrapped text and stops at those of lists', () => {
  expect(cut('a sentence that is\nwrapped here.\n- one\n- two')).toEqual([
    'a sentence that is\nwrapped here.',
    '- one',
    '- two',
  ]);
});

it('keeps a formula, a fence or the first item of a list with the sentence that leads to it', () => {
  const formula = 'The derivative is the limit\n\n$$\nf(a) = x. y\nz\n$$';
  const fence = 'Run this:\n\n```js\na. b\n\nc\n```';
  expect(cut(`${formula}\n\nNext. ${fence}\n\nThree kinds:\n- one\n- two`)).toEqual([
    formula,
    'Next.',
    fence,
    'Three kinds:\n- one',
    '- two',
  ]);
  expect(cut('It ends.\n\n$$x$$\n\n# Head\n\n$$y$$')).toEqual(['It ends.', '$$x$$', '# Head', '$$y$$']);
});
