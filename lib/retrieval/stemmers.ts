import { americanSpelling, BASE_FORMS } from './word-forms.ts';

/**
 * Light stemmers: they cut the endings that separate a question's word from the note's word and nothing more. A heavier
 * stemmer measured no better for English and would merge words that differ in meaning.
 */

const ENGLISH_SUFFIXES = ['ing', 'ed'] as const;

function singular(word: string): string {
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (word.endsWith('zzes')) return word.slice(0, -3);
  if (/(?:xes|ches|shes|sses)$/.test(word)) return word.slice(0, -2);
  if (word.endsWith('s') && !/(?:ss|us|is)$/.test(word)) return word.slice(0, -1);
  return word;
}

function withoutVerbEnding(word: string): string {
  for (const suffix of ENGLISH_SUFFIXES) {
    const base = word.slice(0, -suffix.length);
    if (!word.endsWith(suffix) || base.length < 3 || !/[aeiouy]/.test(base)) continue;
    if (/([bdfgmnprt])\1$/.test(base)) return base.slice(0, -1); // stopped -> stop
    if (/[^aeiou]i$/.test(base)) return `${base.slice(0, -1)}y`; // studied -> study
    if (/^[^aeiou][aeiou][^aeiouwxy]$/.test(base)) return `${base}e`; // making -> make
    return base;
  }
  return word;
}

/** Irregular forms, British spellings, plural, -ing, -ed and -ly of words in a to z; anything else comes back as it is. */
export function stemEnglish(given: string): string {
  const word = BASE_FORMS.get(given) ?? given;
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  const plain = singular(americanSpelling(word));
  let stem = withoutVerbEnding(BASE_FORMS.get(plain) ?? plain);
  // Travelled -> travel, and install with installed: one spelling for both, in words of two syllables.
  if (/[aeiou][^aeiou]+[aeiou]ll$/.test(stem)) stem = stem.slice(0, -1);
  if (stem.endsWith('ly') && stem.length > 5) stem = stem.slice(0, -2).replace(/i$/, 'y');
  if (stem.endsWith('e') && stem.length > 4) stem = stem.slice(0, -1);
  if (/[^aeiou]y$/.test(stem) && stem.length > 3) stem = `${stem.slice(0, -1)}i`;
  return stem;
}

const ARABIC_ARTICLES = ['وال', 'بال', 'كال', 'فال', 'لل', 'ال'] as const;
const ARABIC_SUFFIXES = ['ها', 'ان', 'ات', 'ون', 'ين', 'يه', 'ية', 'ه', 'ي'] as const;

/** The light10 rules: vowel signs, letter variants, article and endings. */
export function stemArabic(word: string): string {
  let stem = word
    .replace(/[\u064B-\u065F\u0640\u0670]/g, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/ى/g, 'ي')
    .replace(/ة/g, 'ه');
  if (stem.length > 3 && stem.startsWith('و')) stem = stem.slice(1);
  const article = ARABIC_ARTICLES.find(
    (prefix) => stem.startsWith(prefix) && stem.length - prefix.length >= 2,
  );
  if (article) stem = stem.slice(article.length);
  for (const suffix of ARABIC_SUFFIXES) {
    if (stem.endsWith(suffix) && stem.length - suffix.length >= 2) stem = stem.slice(0, -suffix.length);
  }
  return stem;
}

/** Inflections after Ramanathan and Rao, grouped by how many characters go, the longest first. */
const HINDI_SUFFIXES = [
  'ाएंगी ाएंगे ाऊंगी ाऊंगा ाइयाँ ाइयों ाइयां',
  'ाएगी ाएगा ाओगी ाओगे एंगी ेंगी एंगे ेंगे ूंगी ूंगा ातीं नाओं नाएं ताओं ताएं ियाँ ियों ियां',
  'ाकर ाइए ाईं ाया ेगी ेगा ोगी ोगे ाने ाना ाते ाती ाता तीं ाओं ाएं ुओं ुएं ुआं',
  'कर ाओ िए ाई ाए ने नी ना ते ीं ती ता ाँ ां ों ें',
  'ो े ू ु ी ि ा',
].flatMap((row, index) => row.split(' ').map((suffix) => ({ suffix, cut: 5 - index })));

export function stemHindi(word: string): string {
  const stem = word.replace(/\u093C/g, '').replace(/ँ/g, 'ं');
  const hit = HINDI_SUFFIXES.find(({ suffix, cut }) => stem.length > cut + 1 && stem.endsWith(suffix));
  return hit ? stem.slice(0, -hit.cut) : stem;
}
