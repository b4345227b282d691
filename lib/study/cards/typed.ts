import { clozeAnswers } from './cloze.ts';

const WORD = /[\p{L}\p{N}]+/gu;
const SMALL = new Set(
  'a an the of in on to for and or is are was were be by with as at it its that which'.split(' '),
);
const SHORTEST_WITH_A_SLIP = 5;

const wordsOf = (text: string): string[] =>
  [...text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().matchAll(WORD)].map(([word]) => word);

/** One letter too many, too few, other, or two changed about: a slip of the finger and no other word. */
function isSlip(one: string, other: string): boolean {
  const isShort = Math.min(one.length, other.length) < SHORTEST_WITH_A_SLIP;
  // 16384 and 16385 are two figures.
  if (isShort || Math.abs(one.length - other.length) > 1 || /\d/.test(one)) return false;
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  const [rest, rest2] = [one.slice(at), other.slice(at)];
  return (
    rest.slice(1) === rest2.slice(1) ||
    rest.slice(1) === rest2 ||
    rest === rest2.slice(1) ||
    (rest.slice(2) === rest2.slice(2) && rest[0] === rest2[1] && rest[1] === rest2[0])
  );
}

const areSame = (one: string, other: string): boolean =>
  one === other || `${one}s` === other || one === `${other}s` || isSlip(one, other);

export type TypedResult = {
  /** Which share of the words that matter was written. */
  share: number;
  missing: string[];
};

/** The words of a text that matter, each once. */
export function tellingWords(text: string): string[] {
  const all = wordsOf(text);
  const telling = all.filter((word) => !SMALL.has(word));
  return [...new Set(telling.length > 0 ? telling : all)];
}

/** What of an answer was written, word by word: order and small words are nothing, a slip is forgiven. */
export function compareTyped(expected: string, typed: string): TypedResult {
  const needed = tellingWords(expected);
  const given = wordsOf(typed);
  const missing = needed.filter((word) => !given.some((other) => areSame(word, other)));
  return { share: needed.length === 0 ? 1 : 1 - missing.length / needed.length, missing };
}

/** What a card asks for: what its cloze hides, else its back, as it is read and not as it is marked up. */
export const expectedOf = (card: { kind: string; front: string; back: string; clozeIndex: number }): string =>
  (card.kind === 'cloze' ? clozeAnswers(card.front, card.clozeIndex).join(', ') : card.back).replace(
    /<[^>]*>|[*_`$]/g,
    '',
  );
