import { expect, it } from 'vitest';
import { sentenceSpans } from './sentences.ts';

const cut = (text: string) => sentenceSpans(text).map(({ start, end }) => text.slice(start, end).trim());

it('loses no character of any text', () => {
  const alphabet = [
    '.',
    '!',
    ' ',
    '\n',
    'a',
    'B',
    '9',
    '。',
    '”',
    '(',
    '99.8%',
    'e.g.',
    '😀',
    'ก',
    '\t',
    '-',
  ];
  let seed = 7;
  for (let round = 0; round < 2_000; round++) {
    let text = '';
    for (let length = round % 40; length > 0; length--) {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      text += alphabet[seed % alphabet.length];
    }
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
