import { among, rewritten, tableOf, wordsOf } from '../words.ts';
import { american, baseOf } from './irregular.ts';

/** Light stemmers: enough to join "cause", "causes" and "caused", not enough to join "organ" and "organism". */

function stemEnglish(word: string): string {
  if (word.length < 3 || !/^[a-z]+$/.test(word)) return word;
  let stem = american(baseOf(word) ?? word);
  if (stem.length < 4) return stem;
  if (stem.endsWith('ies') && stem.length > 4) stem = `${stem.slice(0, -3)}y`;
  else if (/(?:xes|ches|shes|sses|zes)$/.test(stem)) stem = stem.slice(0, -2);
  else if (stem.endsWith('s') && !/(?:ss|us|is)$/.test(stem)) stem = stem.slice(0, -1);

  for (const suffix of ['ing', 'ed']) {
    const base = stem.slice(0, -suffix.length);
    if (!stem.endsWith(suffix) || base.length < 3 || !/[aeiouy]/.test(base)) continue;
    stem = base;
    if (/([bdfgmnprt])\1$/.test(stem)) stem = stem.slice(0, -1);
    else if (/[^aeiou]i$/.test(stem)) stem = `${stem.slice(0, -1)}y`;
    break;
  }
  if (stem.endsWith('ly') && stem.length > 5) stem = stem.slice(0, -2).replace(/i$/, 'y');
  if (stem.endsWith('e') && stem.length > 4) stem = stem.slice(0, -1);
  if (/[^aeiou]y$/.test(stem) && stem.length > 3) stem = `${stem.slice(0, -1)}i`;
  return stem;
}

function stemArabic(word: string): string {
  let stem = word
    .replace(/[\u064B-\u065F\u0640\u0670]/g, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/ى/g, 'ي')
    .replace(/ة/g, 'ه');
  if (stem.length > 3 && stem.startsWith('و')) stem = stem.slice(1);
  const leaves = (affix: string): boolean => stem.length - affix.length >= 2;
  const article = [...wordsOf('arabic-articles')].find((prefix) => stem.startsWith(prefix) && leaves(prefix));
  if (article && stem.length > 3) stem = stem.slice(article.length);
  for (const ending of wordsOf('arabic-endings'))
    if (stem.endsWith(ending) && leaves(ending)) stem = stem.slice(0, -ending.length);
  return stem;
}

/** Each row of endings is cut by one character less than the row before it; longest endings first. */
const HINDI_ENDINGS = tableOf('hindi-endings').flatMap((row, i) =>
  row.map((ending) => ({ ending, cut: 5 - i })),
);

function stemHindi(word: string): string {
  const clean = word.replace(/\u093C/g, '').replace(/ँ/g, 'ं');
  const hit = HINDI_ENDINGS.find(({ ending, cut }) => clean.length > cut + 1 && clean.endsWith(ending));
  return hit ? clean.slice(0, -hit.cut) : clean;
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
  if (/[\u0600-\u06FF]/.test(word)) return void out.push(stemArabic(word));
  if (/[\u0900-\u097F]/.test(word)) return void out.push(stemHindi(word));
  const folded = fold(word);
  out.push(stemEnglish(folded));
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
