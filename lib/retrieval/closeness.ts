import { isSameWord, type Word, wordsOf } from './claim-words.ts';
import { fold } from './fold.ts';
import { type Span, sentenceSpans } from './sentences.ts';
import { terms } from './tokenizer.ts';

/** Words that say how others hang together, in languages the tokenizer keeps them of. */
const CONNECTING = new Set(
  (
    'also because while whereas like just only even still into onto over under after before through without within make makes made get gets take takes ' +
    'der die das den dem des ein eine einen einem einer eines und oder aber ist sind war waren wird werden wurde wurden hat haben hatte nicht kein keine auch ' +
    'mit von vom zu zum zur bei beim für auf aus nach vor über unter durch ohne gegen zwischen wenn weil dass als wie sich sie er es man nur noch schon sehr mehr ' +
    'diese dieser dieses dann dort dorthin dank bis kann konnte können durfte ' +
    'el la los las lo un una unos unas de del al y o u pero es son era fue ser está están estaba ha han por para con sin sobre entre desde hasta cuando porque que ' +
    'como más menos muy también se su sus le les no ni ya en este esta estos estas cada gracias según donde quien mediante cual'
  ).split(' '),
);

/** What a longer word counts more than a shorter one: long words are rarer and say more. */
const MOST_LETTERS = 10;
const LEAST_LETTERS = 3;
/** Letters that two related words share at their beginning, or a compound with its part. */
const LEAST_SHARED = 4;
const SENTENCES = 3;

type Unit = { text: string; weight: number };

/** What a text speaks of: its longer words, and pairs of characters where words are not separated. */
function unitsOf(text: string, words: readonly Word[]): Unit[] {
  const units = new Map<string, Unit>();
  for (const { text: word, size } of words) {
    if (size < 1 || CONNECTING.has(word) || terms(word).length === 0) continue;
    const weight = /^\p{N}/u.test(word) ? LEAST_SHARED : Math.min(MOST_LETTERS, word.length);
    if (weight >= LEAST_LETTERS) units.set(word, { text: word, weight });
  }
  const runs =
    text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]+/gu) ??
    [];
  for (const pair of runs.flatMap((run) => terms(run))) {
    if (pair.length === 2) units.set(pair, { text: pair, weight: LEAST_SHARED });
  }
  return [...units.values()];
}

/** From 0 (other words) to 1 (the same): how much of one word another says. */
export function kinship(one: string, other: string, english: boolean): number {
  if (isSameWord(one, other, english)) return 1;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (short.length < LEAST_SHARED) return 0;
  let common = 0;
  while (common < short.length && short[common] === long[common]) common += 1;
  if (common >= LEAST_SHARED && common >= 0.6 * short.length)
    return 0.9 * Math.min(1, (common + 2) / short.length);
  return long.includes(short) ? 0.7 : 0;
}

export type Closeness = { span: Span; share: number; best: Span };

/** The neighbouring sentences of a passage that speak most of what a claim speaks of. Null when nothing does. */
export function closestPlace(claim: string, passage: string, english: boolean): Closeness | null {
  const asked = unitsOf(claim, wordsOf(fold(claim)));
  const whole = asked.reduce((sum, { weight }) => sum + weight, 0);
  const sentences = sentenceSpans(passage).map((span) => {
    const text = passage.slice(span.start, span.end);
    const known = unitsOf(text, wordsOf(fold(text)));
    const held = asked.map(({ text: word, weight }) => {
      const isPair = !/^[\p{Script=Latin}\p{N}]/u.test(word);
      let most = 0;
      for (const { text: other } of known) {
        if (most === 1) break;
        most = Math.max(most, isPair ? Number(word === other) : kinship(word, other, english));
      }
      return most * weight;
    });
    return { span, held };
  });
  const total = (held: readonly number[]): number => held.reduce((sum, one) => sum + one, 0) / whole;
  let best: Closeness | null = null;
  sentences.forEach((first, from) => {
    let held = first.held;
    let fullest = first;
    for (let to = from; to < Math.min(sentences.length, from + SENTENCES); to++) {
      const sentence = sentences[to];
      if (!sentence) break;
      held = held.map((one, index) => Math.max(one, sentence.held[index] ?? 0));
      if (total(sentence.held) > total(fullest.held)) fullest = sentence;
      const share = total(held);
      if (share > (best?.share ?? 0) + (to > from ? 0.05 : 0))
        best = { span: { start: first.span.start, end: sentence.span.end }, share, best: fullest.span };
    }
  });
  return best;
}
