/** Light stemmers: enough to join "cause", "causes" and "caused", not enough to join "organ" and "organism". */

export function stemEnglish(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  let stem = word;
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

const ARABIC_ARTICLES = ['وال', 'بال', 'كال', 'فال', 'لل', 'ال'];
const ARABIC_SUFFIXES = ['ها', 'ان', 'ات', 'ون', 'ين', 'يه', 'ية', 'ه', 'ي'];

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
  for (const suffix of ARABIC_SUFFIXES)
    if (stem.endsWith(suffix) && stem.length - suffix.length >= 2) stem = stem.slice(0, -suffix.length);
  return stem;
}

/** Each row is cut by one character less than the row before it; longest endings first. */
const HINDI_SUFFIXES = [
  'ाएंगी ाएंगे ाऊंगी ाऊंगा ाइयाँ ाइयों ाइयां',
  'ाएगी ाएगा ाओगी ाओगे एंगी ेंगी एंगे ेंगे ूंगी ूंगा ातीं नाओं नाएं ताओं ताएं ियाँ ियों ियां',
  'ाकर ाइए ाईं ाया ेगी ेगा ोगी ोगे ाने ाना ाते ाती ाता तीं ाओं ाएं ुओं ुएं ुआं',
  'कर ाओ िए ाई ाए ने नी ना ते ीं ती ता ाँ ां ों ें',
  'ो े ू ु ी ि ा',
].flatMap((row, i) => row.split(' ').map((suffix) => ({ suffix, cut: 5 - i })));

export function stemHindi(word: string): string {
  const clean = word.replace(/\u093C/g, '').replace(/ँ/g, 'ं');
  const hit = HINDI_SUFFIXES.find(({ suffix, cut }) => clean.length > cut + 1 && clean.endsWith(suffix));
  return hit ? clean.slice(0, -hit.cut) : clean;
}
