import { LRUCache } from 'lru-cache';
import { baseOf, SINGULAR_OF } from '../text/terms.ts';
import { among, rewritten, says } from '../words.ts';

export const isFunctionWord = (word: string): boolean => among('function-word', word.toLowerCase());

/** Words with letters or digits; a hyphenated word is one. */
export const wordsOf = (text: string): string[] =>
  text.normalize('NFKC').match(/[\p{L}\p{N}]+(?:[’'\-.][\p{L}\p{N}]+)*/gu) ?? [];

/** A text repeats its words, and every question looks at the same text. */
const roots = new LRUCache<string, string>({ max: 20_000 });

/** Joins the forms of a word and what is derived from it: "encode", "encoding"; "consolidate", "consolidation". */
export function rootOf(word: string): string {
  const root = roots.get(word) ?? makeRoot(word);
  roots.set(word, root);
  return root;
}

function makeRoot(word: string): string {
  const lower = word.toLowerCase().replace(/[’'](?:s|$)/, '');
  const irregular = baseOf(lower);
  if (irregular) return irregular;
  if (lower.length <= 3 || /\d/.test(lower)) return lower;
  return rewritten('root', lower);
}

/** Roots of the words that carry meaning; the parts of a hyphenated word count too. */
export const rootsOf = (text: string): string[] =>
  wordsOf(text)
    .flatMap((word) => (word.includes('-') ? [word, ...word.split('-')] : [word]))
    .filter((word) => !isFunctionWord(word) && (word.length > 1 || /\d/.test(word)))
    .map(rootOf);

/** A term without what a sentence puts in front of it. */
export const bare = (text: string): string => rewritten('bare-term', text).trim();

/** A text without what stands in brackets; "(CH2O)n" is no remark. */
export const withoutBrackets = (text: string): string => rewritten('in-brackets', text);

/** A full stop, commas and colons at the end belong to the sentence, not to the phrase. */
export const withoutEnd = (text: string): string => text.replace(/[.,;:\s]+$/, '');

/** One key for all forms of a term. */
export const keyOf = (text: string): string => wordsOf(bare(text)).map(rootOf).join(' ');

/** All roots of a text between spaces: a key stands in it when ` key ` does. */
export const keysOf = (text: string): string => ` ${wordsOf(text).map(rootOf).join(' ')} `;

export const shared = (some: Iterable<string>, others: ReadonlySet<string>): number =>
  [...new Set(some)].filter((item) => others.has(item)).length;

const LEADING_LETTERS = 6;
const SHORTEST_CLUE = 5;

/** True when a text holds a word of the answer, or one that begins like it or stands in it: "Arachis" points to "arachidic acid", "lipid" to "phospholipid". */
export function tells(text: string, answer: string): boolean {
  const said = rootsOf(text);
  return rootsOf(answer).some((root) => said.some((other) => beginAlike(root, other)));
}

const beginAlike = (a: string, b: string): boolean =>
  a === b ||
  (a.length >= SHORTEST_CLUE &&
    b.length >= SHORTEST_CLUE &&
    (a.includes(b) ||
      b.includes(a) ||
      (a.length >= LEADING_LETTERS && a.slice(0, LEADING_LETTERS) === b.slice(0, LEADING_LETTERS))));

/** Share of the words of two texts that they have in common. */
export function likeness(a: string, b: string): number {
  const [left, right] = [new Set(rootsOf(a)), new Set(rootsOf(b))];
  const both = shared(left, right);
  return both / (left.size + right.size - both || 1);
}

/** The main part of a term: "synthesis" is the head of "synthesis of proteins". */
export const mainPart = (term: string): string => term.split(/ (?:of|in|for|from|to|with) /)[0] ?? term;

export const lastWord = (text: string): string => text.split(' ').at(-1) ?? text;

/** Plural by its ending. Names of fields ("genetics") and words like "virus" are not. */
export function looksPlural(term: string): boolean {
  const head = lastWord(mainPart(term)).toLowerCase();
  return SINGULAR_OF.has(head) || (/s$/.test(head) && !says('looks-singular', head));
}

/** A word inside a sentence: what begins a sentence says nothing about its capital. */
const INSIDE = /(?<![.?!:]["”)]*\s)(?<!^)(?<![\p{L}\p{N}])\p{L}[\p{L}\p{N}’'-]*/gu;

/** Tells names by their capitals inside sentences; at the beginning of one every word has a capital. */
export function namesIn(texts: readonly string[]): (term: string) => boolean {
  const inside = texts.flatMap((text) => [...text.matchAll(INSIDE)].map(([word]) => word));
  const isSmall = (word: string): boolean => word === word.toLowerCase();
  const small = new Set(inside.filter(isSmall));
  const large = new Set(inside.filter((word) => !isSmall(word)));
  return (term) => {
    const words = term.split(' ').filter((word) => /^\p{Lu}/u.test(word) && !small.has(word.toLowerCase()));
    const capitals = term.match(/(?<!\p{L})\p{Lu}\p{Ll}/gu)?.length ?? 0;
    return words.some((word) => capitals > 1 || large.has(word));
  };
}
