import { plainScript } from './plain-script.ts';
import { plainLevels } from './raised.ts';
import { stemArabic, stemEnglish, stemHindi } from './stemmers.ts';

/**
 * One tokenizer for indexing, asking, reranking and checking. It has to give the same terms in every place, so a change
 * of its rules means that the weights of every stored chunk are made anew.
 *
 *  1. NFKC and lower case; contractions and possessives undone (cell's -> cell); elision dropped (l'homme -> homme);
 *     1,000 -> 1000; 10²³ -> 10^23, H₂O and H_2O -> H2O; c++ -> cplusplus, c# -> csharp.
 *     What a script lets be spelled in several ways (points, native digits, Persian letters) is spelled in one.
 *  2. A word is a run of letters, digits and combining marks.
 *  3. Scripts written without spaces become overlapping pairs: Han, kana and hangul by character; Thai, Lao, Khmer and
 *     Burmese by letter with its marks.
 *  4. Arabic and Devanagari words lose their affixes; Latin and Greek words their diacritics; English stop words go and
 *     words in a to z are stemmed lightly.
 *  5. `prefixes` adds the first five letters of longer words as a second term, in place of a stemmer for the languages
 *     that have none here. It is for documents and questions that are not English: among English text such terms are
 *     rare, so they weigh much, and they mislead.
 */

const PREFIX_LETTERS = 5;

const wordSet = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const STOP_WORDS = wordSet(
  'a an the of in on to for and or nor but if is are was were be been being am by with as at from into onto upon that ' +
    'which this these those it its what who whom whose how when where why do does did done doing not no than then can ' +
    'may might would could should will shall must have has having had he she they them their his her him we us our you ' +
    'your i my me there here such so also about between during each other some any most more very one dont doesnt didnt isnt ' +
    'arent wasnt werent cant couldnt wont wouldnt shouldnt hasnt havent hadnt mustnt mightnt neednt',
);

/** Function words that are English and not also common words of German, French, Spanish and their neighbours. */
const ENGLISH_MARKERS = wordSet(
  'the of what which how who whom whose when where why is are were does did and to for with from by that this these ' +
    'those it has have had been be can could would should',
);

/** Least share of English function words among the words of an English text. */
const ENGLISH_SHARE = 0.12;
const LANGUAGE_SAMPLE_CHARACTERS = 20_000;

const letterRuns = (text: string): string[] => text.toLowerCase().match(/\p{L}[\p{L}\p{M}]*/gu) ?? [];

/** Decided once for a document, never for a chunk: a table or reference list inside an English paper looks foreign. */
export function isEnglishDocument(text: string): boolean {
  const words = letterRuns(text.slice(0, LANGUAGE_SAMPLE_CHARACTERS));
  const markers = words.filter((word) => ENGLISH_MARKERS.has(word)).length;
  return markers >= ENGLISH_SHARE * Math.max(1, words.length);
}

/** One English function word is enough. Bare keywords count as not English, which does no harm. */
export function isEnglishQuery(text: string): boolean {
  return letterRuns(text).some((word) => ENGLISH_MARKERS.has(word));
}

/** Group 1: written in characters (pairs of characters). Group 2: written in letter clusters (pairs of clusters). */
const UNSPACED_RUNS =
  /([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]+)|([\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+)/gu;

const SPACED_LATIN = /^[a-z0-9\u00df-\u024f]+$/;

const LETTER_VARIANTS: ReadonlyMap<string, string> = new Map(
  Object.entries({ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ı: 'i' }),
);

function foldDiacritics(word: string): string {
  if (/^[a-z0-9]*$/.test(word)) return word;
  return word
    .normalize('NFD')
    .replace(/([a-z\u0370-\u03ff])\p{M}+/gu, '$1')
    .normalize('NFC')
    .replace(/[ßæœøłđı]/g, (letter) => LETTER_VARIANTS.get(letter) ?? letter);
}

function termsOfWord(word: string, prefixes: boolean): readonly string[] {
  if (STOP_WORDS.has(word)) return [];
  if (/[\u0600-\u06FF]/.test(word)) return [stemArabic(word)];
  if (/[\u0900-\u097F]/.test(word)) return [stemHindi(word)];
  const folded = foldDiacritics(word);
  const stem = stemEnglish(folded);
  if (!prefixes) return [stem];
  const letters = [...folded];
  return letters.length > PREFIX_LETTERS ? [stem, `~${letters.slice(0, PREFIX_LETTERS).join('')}`] : [stem];
}

/** The term of one word as it stands among English ones, past the store of remembered words: for guesses, not for text. */
export const termOfWord = (word: string): string | undefined => termsOfWord(word, false)[0];

/** The same few thousand words make up most of all text, so what they come to is remembered. */
const MAX_REMEMBERED_WORDS = 20_000;
const plainWords = new Map<string, readonly string[]>();
const prefixedWords = new Map<string, readonly string[]>();

function pushWord(word: string, prefixes: boolean, found: string[]): void {
  const remembered = prefixes ? prefixedWords : plainWords;
  let list = remembered.get(word);
  if (list === undefined) {
    list = termsOfWord(word, prefixes);
    if (remembered.size >= MAX_REMEMBERED_WORDS) remembered.clear();
    remembered.set(word, list);
  }
  for (const term of list) found.push(term);
}

function pushPairs(units: readonly string[], terms: string[]): void {
  units.forEach((unit, index) => {
    const next = units[index + 1];
    if (next !== undefined) terms.push(unit + next);
    else if (units.length === 1) terms.push(unit);
  });
}

function withoutContractions(text: string): string {
  return text
    .replace(/[’ʼ]/g, "'")
    .replace(/n't\b/g, 'nt')
    .replace(/(?<=\p{L})'(?:s|re|ve|ll|d|m)\b/gu, '')
    .replace(/(?<![\p{L}\p{N}])(?:l|d|j|n|s|c|m|t|qu|dell|nell|all|un)'(?=\p{L})/gu, '');
}

/** Most sentences hold none of the signs that the rules are about, and looking for a sign is much cheaper. */
function normalise(text: string): string {
  let clean = plainScript(plainLevels(text).normalize('NFKC').toLowerCase());
  if (/['’ʼ]/.test(clean)) clean = withoutContractions(clean);
  if (/[0-9][,\u066c]/.test(clean)) clean = clean.replace(/(\d)[,\u066c](?=\d{3}(?!\d))/g, '$1');
  if (clean.includes('c++')) clean = clean.replace(/(?<![\p{L}\p{N}])c\+\+/gu, 'cplusplus');
  if (clean.includes('#')) clean = clean.replace(/(?<![\p{L}\p{N}])([cf])#/gu, '$1sharp');
  return clean;
}

/** The terms of a text in reading order, with repeats. */
export function terms(text: string, options: { prefixes?: boolean } = {}): string[] {
  const prefixes = options.prefixes ?? false;
  const found: string[] = [];
  for (const [run] of normalise(text).matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    if (SPACED_LATIN.test(run)) {
      pushWord(run, prefixes, found);
      continue;
    }
    let at = 0;
    for (const match of run.matchAll(UNSPACED_RUNS)) {
      if (match.index > at) pushWord(run.slice(at, match.index), prefixes, found);
      const [whole, characters, clusters] = match;
      pushPairs(characters ? [...characters] : (clusters?.match(/\P{M}\p{M}*/gu) ?? []), found);
      at = match.index + whole.length;
    }
    if (at < run.length) pushWord(run.slice(at), prefixes, found);
  }
  return found;
}

/** 32-bit FNV-1a with the finaliser of murmur3: the same number in every JavaScript engine. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
