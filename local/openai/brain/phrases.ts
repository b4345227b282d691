import { readFileSync } from 'node:fs';

export type Language = 'en' | 'de' | 'fr' | 'es';

const LANGUAGES: readonly Language[] = ['en', 'de', 'fr', 'es'];

/** The lines `key = value` of a file, by the language they stand under. */
export function readByLanguage(file: string): Record<Language, [key: string, value: string][]> {
  const books: Record<Language, [string, string][]> = { en: [], de: [], fr: [], es: [] };
  let book = books.en;
  for (const line of readFileSync(new URL(file, import.meta.url), 'utf8').split('\n')) {
    const code = LANGUAGES.find((language) => line === `# ${language}`);
    if (code) book = books[code];
    const at = line.startsWith('#') ? -1 : line.indexOf(' = ');
    if (at > 0) book.push([line.slice(0, at), line.slice(at + 3)]);
  }
  return books;
}

type Values = Readonly<Record<string, unknown>>;

const BOOKS = readByLanguage('./phrases.txt');
const PHRASES = new Map(
  LANGUAGES.flatMap((language) =>
    BOOKS[language].map(([key, text]) => [`${language} ${key}`, text.replaceAll('\\n', '\n')]),
  ),
);
const HOLE = /\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g;

/** A sentence of the brain's own, with its values in their places; the empty text where there is none of that name. */
export function say(key: string, values: Values = {}, language: Language = 'en'): string {
  const text = PHRASES.get(`${language} ${key}`) ?? PHRASES.get(`en ${key}`) ?? '';
  return text
    .replace(/\[([^\]]*)\]/g, (_, part: string) =>
      [...part.matchAll(HOLE)].every(([, name = '']) => values[name]) ? part : '',
    )
    .replace(HOLE, (_, name: string, one?: string, many?: string) =>
      one === undefined ? String(values[name] ?? '') : `${values[name]} ${values[name] === 1 ? one : many}`,
    );
}

/** "A, B and C", or "A, B or C"; what is beyond the first few is told as a number. */
export function listed(
  names: readonly string[],
  language: Language = 'en',
  { most = 20, type }: { most?: number; type?: 'conjunction' | 'disjunction' } = {},
): string {
  const rest = names.length - most;
  const shown = rest > 0 ? [...names.slice(0, most), say('others', { n: rest }, language)] : names;
  return new Intl.ListFormat(language === 'en' ? 'en-GB' : language, type && { type }).format(shown);
}

/** A phrase with fewer letters before its first value could be anybody's. */
const TELLING = 5;
/** A space before a sign comes and goes. */
const literal = (text: string): string =>
  text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ (?=\\?[:?!;»])/g, ' ?');

/** How the sentences of all phrases begin: any value may stand in a hole, and a part in brackets may be missing. */
const OURS = new RegExp(
  [...PHRASES.values()]
    .flatMap((phrase) => phrase.replace(/\[[^\]]*\]|\{[^}]*\}/g, '{}').split(/(?<=[.!?:])\s+/))
    .filter((sentence) => sentence.search(/\{|$/) >= TELLING && /^[^\p{Ll}]/u.test(sentence))
    .map((sentence) => `^${sentence.split('{}').map(literal).join('.{0,160}?')}`)
    .join('|'),
  'u',
);

/** Whether a sentence is one of the brain's own, and no matter of what is studied. */
export const isOurs = (sentence: string): boolean => OURS.test(sentence);
