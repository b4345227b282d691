import { describe, expect, test } from 'vitest';
import { anchorsIn } from './anchor.ts';

const BEFORE =
  'Short-term memory holds about seven items for some twenty seconds. Rehearsal moves some of them on. Memory fades. Sleep helps it. Memory fades.';
const CONTEXT = 24;
const selectorOf = (quote: string, from = 0) => {
  const charStart = BEFORE.indexOf(quote, from);
  return {
    quote,
    charStart,
    prefix: BEFORE.slice(Math.max(0, charStart - 64), charStart),
    suffix: BEFORE.slice(charStart + quote.length, charStart + quote.length + 64),
  };
};
const found = (text: string, selector: ReturnType<typeof selectorOf>) => {
  const place = anchorsIn(text)(selector);
  return place && text.slice(place.start, place.end);
};

describe('a highlight finds its words again', () => {
  test.each<[string, string, string, string | null]>([
    ['where they stood', BEFORE, 'seven items', 'seven items'],
    ['after pages were put before them', `A new page.\n\n${BEFORE}`, 'seven items', 'seven items'],
    [
      'with other spaces, marks and hyphens',
      BEFORE.replace('seven items', '**sev-\nen**  items'),
      'seven items',
      'sev-\nen**  items',
    ],
    [
      'when a word inside them has changed',
      BEFORE.replace('about seven', 'some 7'),
      'memory holds about seven items for some twenty seconds. Rehearsal',
      'memory holds some 7 items for some twenty seconds. Rehearsal',
    ],
    [
      'between what stood around them',
      BEFORE.replace('Rehearsal moves some of them on', 'It is rehearsed'),
      'Rehearsal moves some of them on',
      'It is rehearsed',
    ],
    ['and not where they are gone', 'Another text altogether, of tides and the moon.', 'seven items', null],
    ['and not in an empty text', '', 'seven items', null],
  ])('%s', (_, text, quote, meant) => expect(found(text, selectorOf(quote))?.trim() ?? null).toBe(meant));

  test('of several the one that has its neighbours, else the nearest', () => {
    const last = selectorOf('Memory fades.', BEFORE.indexOf('Sleep'));
    const moved = `Memory fades. ${BEFORE}`;
    expect(anchorsIn(moved)(last)?.start).toBe(moved.lastIndexOf('Memory fades.'));
    const bare = { ...last, prefix: '', suffix: '' };
    expect(anchorsIn(BEFORE)(bare)?.start).toBe(last.charStart);
  });

  test('in signs that are no letters, exactly', () => {
    const text = 'So ∮ = ∞ → 0 follows.';
    expect(anchorsIn(text)({ quote: '∮ = ∞', prefix: '', suffix: '', charStart: 0 })?.start).toBe(3);
    expect(anchorsIn('Nothing')({ quote: '∮ = ∞', prefix: '', suffix: '', charStart: 0 })).toBeNull();
  });

  test('in a long text without going through it once for each', () => {
    const text = `${'word '.repeat(200_000)}${BEFORE}`;
    const find = anchorsIn(text);
    expect(find({ quote: 'word', prefix: '', suffix: '', charStart: CONTEXT })?.start).toBeDefined();
    expect(find(selectorOf('seven items'))?.start).toBe(text.indexOf('seven items'));
  });
});
