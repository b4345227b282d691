import { type Language, readByLanguage } from '../phrases.ts';

/** A word of a sentence as it stands there, and as the one word that the router knows for it. */
export type Token = { word: string; start: number; end: number };

type Entry = { means: string; length: number };

const LONGEST_PHRASE = 6;
const WORD = /\p{L}+\d+\p{L}[\p{L}\d]*|[\p{L}\p{M}§¤]+(?:['’]\p{L}+)*['’]?|\d+(?:[.,:]\d+)*|[^\s\p{L}\d]/gu;
const ELISION = /^(?:[jldmtsnc]|qu|jusqu|aujourd)['’](?=\p{L})/iu;

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
  return [...text.matchAll(WORD)].flatMap(({ 0: word, index }) => {
    const cut = ELISION.exec(word)?.[0].length ?? 0;
    if (cut === 0 || /^aujourd/i.test(word))
      return [{ word: plain(word), start: index, end: index + word.length }];
    return [
      { word: plain(word.slice(0, cut - 1)), start: index, end: index + cut },
      { word: plain(word.slice(cut)), start: index + cut, end: index + word.length },
    ];
  });
}

type Book = Map<string, Entry>;

/** The words of a language by what they mean; of several meanings the first counts. */
function bookOf(lines: [means: string, ways: string][]): Book {
  const entries = lines.flatMap(([means, ways]) =>
    ways.split(', ').map((way): [string, Entry] => {
      const words = split(way).map(({ word }) => word);
      return [words.join(' '), { means, length: words.length }];
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
const ENGLISH = new Set(
  [
    ...Object.values(BOOKS).flatMap((book) => [...book.values()].map(({ means }) => means)),
    ...BOOKS.en.keys(),
  ].flatMap((words) => words.split(' ')),
);

/** The language whose words stand in a sentence. Where English has as many it is the other: English is borrowed from. */
export function languageOf(text: string): Language {
  const words = split(text).map(({ word }) => word);
  const count = (language: Language): number =>
    words.filter((word) => (language === 'en' ? ENGLISH.has(word) : BOOKS[language].has(word))).length;
  const [other, most] = (['de', 'fr', 'es'] as const)
    .map((language) => [language, count(language)] as const)
    .reduce((best, next) => (next[1] > best[1] ? next : best));
  return most > 0 && most >= count('en') ? other : 'en';
}

/** "Matheprüfung", "Revolutionsquiz": the subject is the first half of the word. */
const COMPOUND =
  /^(\p{L}{4,}?)(?:(?<=ung|heit|keit|schaft|ion|tat)s)?(prufung|klausur|test|quiz|karten|karteikarten|notizen|skript|vorlesung|lernplan)$/u;

const PREFIX = /^(?:ab|an|auf|aus|ein|heraus|nach|vor|zusammen)$/;

/** German as English has it: compounds apart, and "frag mich … ab" with its verb in one place. */
function inEnglishOrder(tokens: Token[]): Token[] {
  const apart = tokens.flatMap((token) => {
    const [, stem, thing = ''] = BOOKS.de.has(token.word) ? [] : (COMPOUND.exec(token.word) ?? []);
    if (!stem) return [token];
    const cut = token.end - thing.length;
    return [
      { word: stem, start: token.start, end: token.start + stem.length },
      { word: thing, start: cut, end: token.end },
    ];
  });
  const last = apart.findLastIndex(({ word }) => /^\p{L}/u.test(word) && word !== 'bitte');
  const prefix = apart[last]?.word;
  for (let i = 0; prefix && PREFIX.test(prefix) && i < last - 2; i++)
    for (const length of [2, 1]) {
      const verb = apart.slice(i, i + length);
      const entry = BOOKS.de.get([...verb.map(({ word }) => word), prefix].join(' '));
      const [{ start } = { start: 0 }, { end } = { end: 0 }] = [verb[0], verb.at(-1)];
      if (entry)
        return [
          ...apart.slice(0, i),
          { word: entry.means, start, end },
          ...apart.slice(i + length, last),
          ...apart.slice(last + 1),
        ];
    }
  return apart;
}

/** The sentence in the router's own words, each with the place where it was said. */
export function gloss(text: string, language: Language = languageOf(text)): Token[] {
  const tokens = language === 'de' ? inEnglishOrder(split(text)) : split(text);
  const glossed: Token[] = [];
  for (let i = 0; i < tokens.length; ) {
    const found =
      longest(tokens, i, BOOKS[language]) ?? (language === 'en' ? undefined : longest(tokens, i, BOOKS.en));
    const first = tokens[i];
    if (!first) break;
    const last = tokens[i + (found?.length ?? 1) - 1] ?? first;
    const words = (found?.means ?? first.word).split(' ');
    for (const word of words) glossed.push({ word, start: first.start, end: last.end });
    i += found?.length ?? 1;
  }
  return glossed;
}

/** "búscame", "avísale": the verb is told by what is left without its pronoun. */
const ENCLITIC = /^(\p{L}{3,})(?:me|nos|les?)$/u;

function longest(tokens: Token[], from: number, book: Book): Entry | undefined {
  for (let length = LONGEST_PHRASE; length > 0; length--) {
    const entry = book.get(
      tokens
        .slice(from, from + length)
        .map(({ word }) => word)
        .join(' '),
    );
    if (entry && from + entry.length <= tokens.length) return entry;
  }
  const verb = book === BOOKS.es ? ENCLITIC.exec(tokens[from]?.word ?? '')?.[1] : undefined;
  return verb === undefined ? undefined : book.get(verb);
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
