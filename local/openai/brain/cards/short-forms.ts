import type { Unit } from '../facts/types.ts';
import { plainWithMath } from '../text/plain.ts';
import { topicFor } from './from-facts.ts';
import type { Draft } from './types.ts';

const SPELLED =
  /((?:[\p{L}\d][\p{L}\d'’-]*[ /]){1,7}?[\p{L}\d][\p{L}\d'’-]*) \((\p{Lu}[\p{L}\d-]{1,7}?)s?\)/gu;
const SMALL = /^(?:of|and|the|in|for|to|on|by|with|a|an|de|la)$/i;

/** "Middle East Respiratory Syndrome (MERS)": what the short form stands for, where its letters prove it. */
export function shortFormDrafts(units: readonly Unit[], asked: string): Draft[] {
  return units.flatMap((unit) =>
    [...plainWithMath(unit.text).matchAll(SPELLED)].flatMap(([, before = '', short = '']): Draft[] => {
      const long = spelledBy(before, short);
      if (!long || !unit.passage.text.includes(unit.text)) return [];
      return [
        {
          kind: 'basic',
          form: 'question',
          front: `What does ${short} stand for?`,
          back: long.charAt(0).toUpperCase() + long.slice(1),
          quote: unit.text,
          n: unit.passage.n,
          topic: topicFor(unit, asked),
          weight: 1.25,
        },
      ];
    }),
  );
}

/** The last words before the brackets whose first letters, small words aside, are those of the short form. */
function spelledBy(before: string, short: string): string | null {
  const letters = short.replace(/[^\p{L}]/gu, '').toLowerCase();
  const words = before.split(/[ /]/);
  if (words.includes(short)) return null;
  if (letters.length < 2 || /^[ivxlc]+$/.test(letters)) return null;
  for (let from = words.length - 1; from >= 0; from--) {
    const tail = words.slice(from);
    const parts = tail.flatMap((word) => word.split('-'));
    const initials = (skipSmall: boolean): string =>
      parts
        .filter((word) => !skipSmall || !SMALL.test(word))
        .map((word) => word.charAt(0).toLowerCase())
        .join('');
    if (initials(true) === letters || initials(false) === letters)
      return SMALL.test(tail[0] ?? '') ? null : tail.join(' ');
  }
  return null;
}
