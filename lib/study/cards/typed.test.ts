import { describe, expect, test } from 'vitest';
import { compareTyped, expectedOf } from './typed.ts';

describe('a typed answer', () => {
  test.each([
    ['the same words', 'The loss of memory', 'loss of memory', 1, []],
    ['another order', 'adenine and thymine', 'thymine, adenine', 1, []],
    ['a slip of the finger', 'mitochondrion', 'mitochondiron', 1, []],
    ['a plural', 'ribosomes', 'ribosome', 1, []],
    ['accents left out', 'Lucía', 'lucia', 1, []],
    ['half of it', 'sensory memory', 'memory', 0.5, ['sensory']],
    ['another word', 'osmosis', 'diffusion', 0, ['osmosis']],
    ['a near word that is short', 'RNA', 'DNA', 0, ['rna']],
    ['another figure', '1885', '1888', 0, ['1885']],
    ['another long figure', '16384 bytes', '16385 bytes', 0.5, ['16384']],
    ['nothing', 'osmosis', '', 0, ['osmosis']],
    ['small words alone', 'to be', 'to be', 1, []],
  ])('%s', (_, expected, typed, share, missing) => {
    expect(compareTyped(expected, typed)).toEqual({ share, missing });
  });

  test('is held against what the card hides, or its back', () => {
    const card = {
      kind: 'cloze',
      front: 'It holds {{c1::seven::how many}} items in {{c2::STM}}.',
      back: '',
      clozeIndex: 2,
    };
    expect(expectedOf(card)).toBe('STM');
    expect(expectedOf({ ...card, kind: 'basic', back: '**Seven** items' })).toBe('Seven items');
  });
});
