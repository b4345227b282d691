import { rewritten, tableOf } from '../words.ts';

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
export function american(word: string): string {
  const listed = AMERICAN.get(word);
  if (listed !== undefined || (word.length < SHORTEST_FOLDED && !/[bt]re$|our$/.test(word)))
    return listed ?? word;
  return rewritten('american', word);
}
