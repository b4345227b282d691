import { among, rewritten, tableOf } from '../words.ts';

const BASE = new Map(
  [...tableOf('verbs'), ...tableOf('nouns')].flatMap(([base = '', ...forms]) =>
    forms.map((form) => [form, base]),
  ),
);
const AMERICAN = new Map(tableOf('spellings').map(([british = '', american = '']) => [british, american]));
export const SINGULAR_OF = new Map(tableOf('nouns').map(([one = '', many = '']) => [many, one]));

/** The base of an irregular form, in lower case; undefined for every other word. */
export const baseOf = (word: string): string | undefined => BASE.get(word);

const SHORTEST_FOLDED = 6;

/** One spelling for British and American: "colour" is "color", "analyse" is "analyze", "anaemia" is "anemia". */
function american(word: string): string {
  const listed = AMERICAN.get(word);
  if (listed !== undefined || (word.length < SHORTEST_FOLDED && !/[bt]re$|our$/.test(word)))
    return listed ?? word;
  return rewritten('american', word);
}

const MOST_STEMS = 50_000;
const stems = new Map<string, string>();

/** The stem of a folded word; most words of a text come again. */
function stemOf(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  if (stems.size >= MOST_STEMS) stems.clear();
  const stem = stemmed(word);
  stems.set(word, stem);
  return stem;
}

function stemmed(word: string): string {
  if (/[\u0600-\u06FF]/.test(word)) return rewritten('arabic', word);
  if (/[\u0900-\u097F]/.test(word)) return rewritten('hindi', word);
  if (!/^[a-z]{3,}$/.test(word)) return word;
  const base = american(baseOf(word) ?? word);
  return base.length < 4 ? base : rewritten('stem', base);
}

/** Letters that begin a longer word stand in for a stemmer in languages that have none here. */
const PREFIX_LENGTH = 5;

const letterRuns = (text: string): string[] => text.toLowerCase().match(/\p{L}[\p{L}\p{M}]*/gu) ?? [];

export function isEnglishDocument(text: string): boolean {
  const words = letterRuns(text.slice(0, 20_000));
  return words.filter((word) => among('english', word)).length >= 0.12 * Math.max(1, words.length);
}

/** One English function word is enough; bare keywords count as not English, which is harmless. */
export const isEnglishQuery = (text: string): boolean =>
  letterRuns(text).some((word) => among('english', word));

const UNSPACED =
  /([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]+)|([\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+)/gu;

const LETTERS = new Map(tableOf('letters').map(([letter = '', ascii = '']) => [letter, ascii]));

/**
 * Terms of a text in reading order, with repeats: stems of words, overlapping bigrams where a script has no spaces.
 * `prefixes` adds the first letters of longer words as second terms, for text that is not English.
 */
export function terms(text: string, options: { prefixes?: boolean } = {}): string[] {
  const out: string[] = [];
  const prefixes = options.prefixes ?? false;
  for (const [run] of normalise(text).matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    let at = 0;
    for (const match of run.matchAll(UNSPACED)) {
      if (match.index > at) pushWord(run.slice(at, match.index), prefixes, out);
      pushBigrams(match[1] ? [...match[1]] : (match[0].match(/\P{M}\p{M}*/gu) ?? []), out);
      at = match.index + match[0].length;
    }
    if (at < run.length) pushWord(run.slice(at), prefixes, out);
  }
  return out;
}

/** Contractions and possessives undone, elisions dropped, 1,000 joined, c++ and c# spelled. */
const normalise = (text: string): string =>
  rewritten('spelled', rewritten('states', text.normalize('NFKC')).toLowerCase());

function pushWord(word: string, prefixes: boolean, out: string[]): void {
  if (among('stop', word)) return;
  const isOtherScript = /[\u0600-\u06FF\u0900-\u097F]/.test(word);
  const folded = isOtherScript ? word : fold(word);
  out.push(stemOf(folded));
  if (isOtherScript) return;
  const letters = [...folded];
  if (prefixes && letters.length > PREFIX_LENGTH) out.push(`~${letters.slice(0, PREFIX_LENGTH).join('')}`);
}

function fold(word: string): string {
  if (/^[a-z0-9]*$/.test(word)) return word;
  return word
    .normalize('NFD')
    .replace(/([a-z\u0370-\u03ff])\p{M}+/gu, '$1')
    .normalize('NFC')
    .replace(/[ßæœøłđı]/g, (letter) => LETTERS.get(letter) ?? letter);
}

function pushBigrams(units: string[], out: string[]): void {
  const [only] = units;
  if (units.length === 1 && only) out.push(only);
  for (let i = 1; i < units.length; i++) out.push(`${units[i - 1]}${units[i]}`);
}

/** 32-bit FNV-1a with the murmur3 finaliser: the same in every JavaScript engine. */
export function hash32(text: string, seed = 0): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
