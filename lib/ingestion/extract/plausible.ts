/**
 * Whether what a file gives as text is one. A font without a table of its letters, or the guesses of a scanner, give signs
 * that can be stored and searched and mean nothing.
 */
const LEAST_SIGNS = 80;
const LEAST_WORDS = 25;
const MOST_UNKNOWN = 0.15;
/** Formulas and lines of code stay well below these. */
const MOST_SIGNS = 0.5;
const MOST_ODD_WORDS = 0.35;
/** From so many of them on, signs that only formulas have say that this is a page of formulas: their brackets and bars are no stray signs. */
const LEAST_OF_FORMULAS = 0.04;
/** More letters of scripts without spaces than these are no stray signs. */
const MOST_FOREIGN = 0.3;
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]/gu;
const BETWEEN_UNSPACED = new RegExp(`\\p{P}*(?:${UNSPACED.source}\\p{M}*)+\\p{P}*`, 'gu');
const LONGEST_ABBREVIATION = 5;
const VOWELS = { least: 0.2, most: 0.7 } as const;

export function isPlausible(text: string): boolean {
  // Dots and rules that lead the eye are one sign.
  const signs = text.replace(/\s+/gu, '').replace(/([^\p{L}\p{N}])\1+/gu, '$1');
  if (signs.length < LEAST_SIGNS) return true;
  const count = (pattern: RegExp) => signs.match(pattern)?.length ?? 0;
  if (count(/[\p{Co}\p{Cn}\p{Cc}\uFFFD]/gu) > MOST_UNKNOWN * signs.length) return false;
  const isFormulas = count(/(?!\p{ASCII})\p{Sm}/gu) > LEAST_OF_FORMULAS * signs.length;
  const stray = isFormulas ? /[^\p{L}\p{M}\p{N}\p{Sm}\p{Ps}\p{Pe}|,./^_=!-]/gu : /[^\p{L}\p{M}\p{N}]/gu;
  if (count(stray) > MOST_SIGNS * signs.length) return false;
  const unspaced = count(UNSPACED);
  // Where words are written without spaces, others stand in the middle of them and commas between letters.
  const spaced = unspaced > MOST_FOREIGN * count(/\p{L}/gu) ? text.replace(BETWEEN_UNSPACED, ' ') : text;
  const words = spaced.match(/[^\s|]{3,}/gu)?.filter((word) => /\p{L}.*\p{L}/u.test(word)) ?? [];
  if (words.length < LEAST_WORDS) return true;
  if (words.filter(isOddWord).length > MOST_ODD_WORDS * words.length) return false;
  return hasVowels(text);
}

const SCRIPTS = ['Latin', 'Cyrillic', 'Greek', 'Arabic', 'Hebrew', 'Devanagari', 'Thai', 'Hangul', 'Han'].map(
  (script) => new RegExp(`\\p{Script=${script}}`, 'u'),
);
const isMixed = (word: string): boolean => SCRIPTS.filter((script) => script.test(word)).length > 1;
const VOWEL = /[aeiouyæœøıάέήίόύώаеёиоуыэюяіїєαεηιουω]/giu;

/** Signs inside it that no formula and no code has there, letters of two scripts, capitals where none are written, or no letter that can be spoken. */
function isOddWord(word: string): boolean {
  const core = word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
  if (/^(?:https?:|www\.)|@/.test(core)) return false;
  if (/\p{L}[^\p{L}\p{M}\p{N}\p{Sm}'’.,;\-‐–/\\_·:()[\]{}^*]\p{L}/u.test(core)) return true;
  const parts = core.split(/[^\p{L}\p{M}]+/u).filter((part) => part.length > 2);
  return parts.some(
    (part) =>
      isMixed(part) ||
      /\p{Ll}\p{Lu}+\p{Ll}*\p{Lu}|\p{Lu}{2}\p{Ll}\p{Lu}/u.test(part) ||
      (/^\p{L}?[a-z]{2,}$/u.test(part) && !/[aeiouy]/i.test(part)),
  );
}

/** Scripts that write vowels use them: shifted or swapped letters do not. Letters of formulas and of TCP or DNA are no words. */
function hasVowels(text: string): boolean {
  const words =
    text.normalize('NFD').match(/[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{M}]{3,}/gu) ?? [];
  const letters = words
    .filter((word) => word.length > LONGEST_ABBREVIATION || word !== word.toUpperCase())
    .flatMap((word) => word.match(/\p{L}/gu) ?? []);
  if (letters.length < 2 * LEAST_SIGNS) return true;
  const share = (letters.join('').match(VOWEL)?.length ?? 0) / letters.length;
  return share >= VOWELS.least && share <= VOWELS.most;
}
