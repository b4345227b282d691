import { readFileSync } from 'node:fs';

/** One line of the file of words: what it is listed under, its value there, and what is said instead. */
type Entry = { value: string; source: string; flags: string; instead: string; compiled: Map<string, RegExp> };

const LINE = /^([a-z][\w-]*)(?::([^=/]+))?(?:\/(\w+))? = (.*?)(?: >>(?: (.*))?)?$/;
const BOOK = new Map<string, Entry[]>();
for (const line of readFileSync(new URL('./words.txt', import.meta.url), 'utf8').split('\n')) {
  const [, name, value = '', flags = 'iu', source = '', instead = ''] = LINE.exec(line) ?? [];
  const entry = {
    value,
    source,
    flags,
    instead: instead.replaceAll('\\s', ' ').replaceAll('\\n', '\n'),
    compiled: new Map(),
  };
  if (name) BOOK.set(name, [...(BOOK.get(name) ?? []), entry]);
}

function entriesOf(name: string): Entry[] {
  const entries = BOOK.get(name);
  if (!entries) throw new Error(`The file of words has no line “${name}”.`);
  return entries;
}

/** `{day}` inside a pattern stands for all lines of that name. */
const whole = (source: string): string =>
  source.replace(
    /(?<!\\[pP])\{([a-z][\w-]*)\}/g,
    (_, name: string) =>
      `(?:${entriesOf(name)
        .map((entry) => whole(entry.source))
        .join('|')})`,
  );

function patternOf({ source, flags, compiled }: Entry, more = ''): RegExp {
  const pattern = compiled.get(more) ?? new RegExp(whole(source), flags + more);
  compiled.set(more, pattern);
  pattern.lastIndex = 0;
  return pattern;
}

/** The lines of a name as patterns, each with its value; `g` finds all. */
export const patterns = (name: string, more = ''): { value: string; pattern: RegExp }[] =>
  entriesOf(name).map((entry) => ({ value: entry.value, pattern: patternOf(entry, more) }));

/** Whether a text says what the lines of a name stand for. */
export const says = (name: string, text: string): boolean =>
  entriesOf(name).some((entry) => patternOf(entry).test(text));

/** The first line of a name that a text matches, with its groups. */
export function match(name: string, text: string): RegExpExecArray | undefined {
  for (const entry of entriesOf(name)) {
    const found = patternOf(entry).exec(text);
    if (found) return found;
  }
  return undefined;
}

/** What a text says there: its first group that is filled, else all that was matched. */
export function found(name: string, text: string): string | undefined {
  const groups = match(name, text);
  return groups?.slice(1).find(Boolean) ?? groups?.[0];
}

/** The value of the first line of a name that a text matches. */
export const which = (name: string, text: string): string | undefined =>
  entriesOf(name).find((entry) => patternOf(entry).test(text))?.value;

/** A text with what each line of a name finds said in other words, line after line. */
export const rewritten = (name: string, text: string): string =>
  entriesOf(name).reduce((said, entry) => said.replace(patternOf(entry, 'g'), entry.instead), text);

/** Each place of a text where a line of a name is found. */
export const finds = (name: string, text: string): RegExpExecArray[] =>
  entriesOf(name).flatMap((entry) => [...text.matchAll(patternOf(entry, 'g'))]);

/** All that the lines of a name find in a text. */
export const all = (name: string, text: string): string[] => finds(name, text).map(([words]) => words);

const lists = new Map<string, ReadonlySet<string>>();
/** A list of words. */
export function wordsOf(name: string): ReadonlySet<string> {
  const words = lists.get(name) ?? new Set(entriesOf(name).flatMap(({ source }) => source.split(' ')));
  lists.set(name, words);
  return words;
}

/** A list of rows of words. */
export const tableOf = (name: string): string[][] =>
  entriesOf(name).flatMap(({ source }) => source.split(', ').map((row) => row.split(' ')));

/** Whether a word stands in a list. */
export const among = (name: string, word = ''): boolean => wordsOf(name).has(word);
