import { type Folded, fold } from './fold.ts';
import type { Span } from './sentences.ts';

/** Scripts whose words are not separated, so that a quote may begin and end anywhere. */
export const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]/u;

const REMEMBERED = 16;
const remembered = new Map<string, Folded>();

/** Folding is the costly part, and one passage is checked against every claim that cites it. */
export function foldOnce(text: string): Folded {
  const known = remembered.get(text);
  if (known) return known;
  const folded = fold(text);
  const oldest = remembered.keys().next();
  if (remembered.size >= REMEMBERED && !oldest.done) remembered.delete(oldest.value);
  remembered.set(text, folded);
  return folded;
}

/** Whether a word may begin at this folded position (or end before it). */
function isWordEdge(folded: Folded, position: number): boolean {
  if (position <= 0 || position >= folded.characters.length) return true;
  if (folded.gaps[position] !== 0) return true;
  return (
    UNSPACED.test(folded.characters[position] ?? '') || UNSPACED.test(folded.characters[position - 1] ?? '')
  );
}

/** The same characters must also be cut into the same words: "no table" is not "notable". */
function hasSameWords(quote: Folded, text: Folded, at: number): boolean {
  for (let index = 1; index < quote.characters.length; index++) {
    const [asked, found] = [quote.gaps[index], text.gaps[at + index]];
    const differs = (asked === 0 && found === 1) || (asked === 1 && found === 0);
    if (differs && !UNSPACED.test(quote.characters[index] ?? '')) return false;
  }
  return true;
}

const MARKS_BEFORE = /[*_`]{1,3}$/;
const MARKS_AFTER = /^[*_`]{1,3}/;

/** The original range of folded characters, widened over the emphasis that would otherwise be left half open. */
export function originalSpan(folded: Folded, text: string, from: number, to: number): Span {
  let start = folded.starts[from] ?? 0;
  let end = folded.ends[to - 1] ?? start;
  const isOpen = (marks: string): boolean => text.slice(start, end).split(marks).length % 2 === 0;
  const before = MARKS_BEFORE.exec(text.slice(Math.max(0, start - 3), start))?.[0];
  if (before !== undefined && isOpen(before)) start -= before.length;
  const after = MARKS_AFTER.exec(text.slice(end, end + 3))?.[0];
  if (after !== undefined && isOpen(after)) end += after.length;
  return { start, end };
}

/** Where a quote stands in a text, tolerant of everything `fold` folds away. Null when it does not. */
export function findQuote(quote: string, text: string): Span | null {
  const asked = fold(quote);
  if (asked.characters.length === 0) return null;
  const folded = foldOnce(text);
  const length = asked.characters.length;
  for (
    let at = folded.characters.indexOf(asked.characters);
    at >= 0;
    at = folded.characters.indexOf(asked.characters, at + 1)
  ) {
    if (!isWordEdge(folded, at) || !isWordEdge(folded, at + length)) continue;
    if (!hasSameWords(asked, folded, at)) continue;
    const span = originalSpan(folded, text, at, at + length);
    return { start: span.start, end: withClosingStop(quote, text, span.end) };
  }
  return null;
}

/** A quote that ends with a full stop keeps it. */
function withClosingStop(quote: string, text: string, end: number): number {
  const stop = /[.!?…。！？।]["'”’)\]]*\s*$/u.test(quote);
  return stop && /^[.!?…。！？।]/u.test(text.slice(end, end + 1)) ? end + 1 : end;
}
