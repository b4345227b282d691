import { isFree, isLight, isSameWord, sizeOf, type Word } from './claim-words.ts';
import { isNegation } from './contradictions.ts';
import type { Span } from './sentences.ts';

/** What a claim leaves out at an ellipsis has to be near: two sentences, not two pages. */
const MOST_LEFT_OUT = 60;
/** A part of fewer words than this says nothing beside an ellipsis. */
const LEAST_PART = 2;
/** How far a negation reaches before and behind a part of a sentence. */
const REACH = 8;

const CLAUSE_BREAK = /[.,;:!?()—–|\n。，；：、！？…]/u;
const CLAUSE_WORD =
  /^(?:but|because|while|although|whereas|aber|weil|während|obwohl|pero|porque|aunque|mais|parce|但|而|因|所)$/u;
/** Behind the part these too begin something else. */
const JOINING_WORD =
  /^(?:and|or|so|which|who|that|where|when|if|unless|as|und|oder|denn|dass|wenn|y|o|pues|que|si|et|ou|qui|car|和|并|且|或)$/u;
/** Of the negations these may stand behind what they negate; "no" and "without" belong to what follows them. */
const NEGATES_BEFORE = /^(?:not|never|cannot|\w+nt|nicht|nie|niemals|nunca|pas|jamais|不|没|沒|無|无|未)$/u;
/** What follows is not said to be so. */
const DOUBT =
  /^(?:if|unless|whether|false|falsely|myth|wrong|wrongly|deny|denies|denied|doubt|doubts|doubted|unlikely|refuted?|disproved?|falls|falsch|irrtum|bestreitet|bestritt|widerlegt|ob|si|falso|mito|niega|negó|erróneo)$/u;

type Place = { first: number; last: number };
type Passage = { text: string; words: readonly Word[] };

/**
 * Where the passage says the words in the claim's order: with articles free, words in any of their forms and nothing left
 * out but function words, what stands in brackets, and what the claim has an ellipsis for. Null when it does not, and
 * when what is around turns the sense.
 */
export function findWordForWord(
  parts: readonly (readonly Word[])[],
  passage: Passage,
  english: boolean,
): Span | null {
  const asked = parts.map((part) => part.filter((word) => !isLight(word))).filter((part) => part.length > 0);
  if (asked.length === 0 || (asked.length > 1 && asked.some((part) => sizeOf(part) < LEAST_PART)))
    return null;
  const said = passage.words.flatMap((word, index) => (isLight(word) ? [] : [{ word, index }]));
  const unbracketed = said.filter(({ word }) => !isInBrackets(passage.text, word));
  for (const content of unbracketed.length < said.length ? [said, unbracketed] : [said]) {
    for (let from = 0; from <= content.length - (asked[0]?.length ?? 0); from++) {
      const found = placesOf(asked, content, from, english);
      if (found && keepsSense(found, passage)) return spanOf(found, passage.words);
    }
  }
  return null;
}

type Said = { word: Word; index: number };

/** The parts one after the other, the first of them at `from`. */
function placesOf(
  asked: readonly (readonly Word[])[],
  content: readonly Said[],
  from: number,
  english: boolean,
): Place[] | null {
  const places: Place[] = [];
  let at = from;
  for (const part of asked) {
    const latest = places.length === 0 ? from : at + MOST_LEFT_OUT;
    let end = -1;
    while (at <= latest && end < 0) {
      end = endOf(part, content, at, english);
      if (end < 0) at += 1;
    }
    const [first, last] = [content[at], content[end - 1]];
    if (!first || !last) return null;
    places.push({ first: first.index, last: last.index });
    at = end;
  }
  return places;
}

/** The position behind a part that begins at `start`, or -1: of the passage only function words may be passed over. */
function endOf(part: readonly Word[], content: readonly Said[], start: number, english: boolean): number {
  let at = start;
  for (const { text } of part) {
    let said = content[at]?.word;
    while (said && at > start && isFree(said) && !isSameWord(text, said.text, english)) {
      at += 1;
      said = content[at]?.word;
    }
    if (!said || !isSameWord(text, said.text, english)) return -1;
    at += 1;
  }
  return at;
}

/** Round brackets around a word, opened and closed within a line. */
function isInBrackets(text: string, { at: { start, end } }: Word): boolean {
  const before = text.slice(Math.max(0, start - 120), start);
  return /\([^()\n]*$/.test(before) && /^[^()\n]{0,120}\)/.test(text.slice(end, end + 121));
}

function spanOf(places: readonly Place[], words: readonly Word[]): Span {
  const [first, last] = [words[places[0]?.first ?? 0], words[places.at(-1)?.last ?? 0]];
  return { start: first?.at.start ?? 0, end: last?.at.end ?? 0 };
}

/** Nothing negates or doubts the parts from outside, and nothing negative was left out between them. */
export function keepsSense(places: readonly Place[], passage: Passage): boolean {
  const { words } = passage;
  return places.every(({ first, last }, index) => {
    const next = places[index + 1];
    const between = next ? words.slice(last + 1, next.first) : [];
    return !between.some(({ text }) => isNegation(text)) && !isTurned(first, last, passage);
  });
}

function isTurned(first: number, last: number, { text, words }: Passage): boolean {
  const isBreak = (one: number): boolean =>
    CLAUSE_BREAK.test(text.slice(words[one]?.at.end, words[one + 1]?.at.start));
  for (let at = first - 1; at >= Math.max(0, first - REACH) && !isBreak(at); at--) {
    const word = words[at]?.text ?? '';
    if (CLAUSE_WORD.test(word)) break;
    if (isNegation(word) || DOUBT.test(word)) return true;
  }
  for (let at = last + 1; at <= Math.min(words.length - 1, last + REACH) && !isBreak(at - 1); at++) {
    const word = words[at]?.text ?? '';
    if (CLAUSE_WORD.test(word) || JOINING_WORD.test(word)) break;
    if (isNegation(word) && NEGATES_BEFORE.test(word)) return true;
  }
  return false;
}
