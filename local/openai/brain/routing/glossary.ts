import { type Language, readByLanguage } from '../phrases.ts';
import { match, says } from '../words.ts';

/** A word of a sentence as it stands there, and as the one word that the router knows for it. */
export type Token = { word: string; start: number; end: number };

type Entry = { means: string; length: number };
type Book = Map<string, Entry>;

const LONGEST_PHRASE = 6;
const WORD = /\p{L}+\d+\p{L}[\p{L}\d]*|[\p{L}\p{M}§¤]+(?:['’]\p{L}+)*['’]?|\d+(?:[.,:]\d+)*|[^\s\p{L}\d]/gu;

export const withoutAccents = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/(?<=[a-z])\p{M}+/giu, '')
    .normalize('NFC');

const plain = (word: string): string =>
  withoutAccents(word.toLowerCase())
    .replace(/’/g, "'")
    .replace(/ß/g, 'ss')
    .replace(/^([§¤])[§¤]*(?:'s)?$/, '$1');

function split(text: string): Token[] {
  return [...text.matchAll(WORD)].flatMap(({ 0: word, index: start }) => {
    const end = start + word.length;
    const cut = match('elision', word)?.[0].length ?? 0;
    if (cut === 0) return [{ word: plain(word), start, end }];
    return [
      { word: plain(word.slice(0, cut - 1)), start, end: start + cut },
      { word: plain(word.slice(cut)), start: start + cut, end },
    ];
  });
}

const wordsIn = (tokens: Token[]): string => tokens.map(({ word }) => word).join(' ');

/** The words of a language by what they mean; of several meanings the first counts. */
function bookOf(lines: [means: string, ways: string][]): Book {
  const entries = lines.flatMap(([means, ways]) =>
    ways.split(', ').map((way): [string, Entry] => {
      const words = split(way);
      return [wordsIn(words), { means, length: words.length }];
    }),
  );
  return new Map(entries.reverse());
}

const LINES = readByLanguage('./routing/glossary.txt');
const BOOKS: Record<Language, Book> = {
  en: bookOf(LINES.en),
  de: bookOf(LINES.de),
  fr: bookOf(LINES.fr),
  es: bookOf(LINES.es),
};
/** Every word that English ones are told by: what the glossary translates into, and its English spellings. */
const meant = Object.values(BOOKS).flatMap((book) => [...book.values()].map(({ means }) => means));
const ENGLISH = new Set([...meant, ...BOOKS.en.keys()].flatMap((words) => words.split(' ')));

/** The language whose words stand in a sentence. Where English has as many it is the other: English is borrowed from. */
export function languageOf(text: string): Language {
  const words = split(text).map(({ word }) => word);
  const count = (book: { has: (word: string) => boolean }): number =>
    words.filter((word) => book.has(word)).length;
  const [other, most] = (['de', 'fr', 'es'] as const)
    .map((language) => [language, count(BOOKS[language])] as const)
    .reduce((best, next) => (next[1] > best[1] ? next : best));
  return most > 0 && most >= count(ENGLISH) ? other : 'en';
}

/** German as English has it: compounds apart, and "frag mich … ab" with its verb in one place. */
function inEnglishOrder(tokens: Token[]): Token[] {
  const apart = tokens.flatMap((token) => {
    const [, stem, thing = ''] = (!BOOKS.de.has(token.word) && match('compound', token.word)) || [];
    if (!stem) return [token];
    return [
      { word: stem, start: token.start, end: token.start + stem.length },
      { word: thing, start: token.end - thing.length, end: token.end },
    ];
  });
  const last = apart.findLastIndex(({ word }) => /^\p{L}/u.test(word) && word !== 'bitte');
  const prefix = apart[last];
  if (!prefix || !says('separable', prefix.word)) return apart;
  for (let i = 0; i < last - 2; i++)
    for (const verb of [apart.slice(i, i + 2), apart.slice(i, i + 1)]) {
      const entry = BOOKS.de.get(wordsIn([...verb, prefix]));
      const [first, end] = [verb[0]?.start ?? 0, verb.at(-1)?.end ?? 0];
      if (entry)
        return apart.toSpliced(last, 1).toSpliced(i, verb.length, { word: entry.means, start: first, end });
    }
  return apart;
}

/** The sentence in the router's own words, each with the place where it was said. */
export function gloss(text: string, language: Language = languageOf(text)): Token[] {
  const tokens = language === 'de' ? inEnglishOrder(split(text)) : split(text);
  const glossed: Token[] = [];
  for (let i = 0; i < tokens.length; ) {
    const entry = longest(tokens, i, language) ?? (language === 'en' ? undefined : longest(tokens, i, 'en'));
    const said = tokens.slice(i, i + (entry?.length ?? 1));
    const [start, end] = [said[0]?.start ?? 0, said.at(-1)?.end ?? 0];
    for (const word of (entry?.means ?? wordsIn(said)).split(' ')) glossed.push({ word, start, end });
    i += said.length;
  }
  return glossed;
}

function longest(tokens: Token[], from: number, language: Language): Entry | undefined {
  for (let length = Math.min(LONGEST_PHRASE, tokens.length - from); length > 0; length--) {
    const entry = BOOKS[language].get(wordsIn(tokens.slice(from, from + length)));
    if (entry) return entry;
  }
  return undefined;
}

/** The whole sentence in our words, with whatever else stands in it: what dates, numbers and levels are read from. */
export function inOurWords(text: string, language: Language = languageOf(text)): string {
  let said = '';
  let from = 0;
  for (const { word, start, end } of gloss(text, language)) {
    if (start < from) {
      said += ` ${word}`;
      continue;
    }
    const own = text.slice(start, end);
    said += text.slice(from, start) + (plain(own) === word ? own : word);
    from = end;
  }
  return said + text.slice(from);
}
