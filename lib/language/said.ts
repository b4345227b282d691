import {
  amount,
  datedFrom,
  inDays,
  listOf,
  percent,
  shortListOf,
  spokenDate,
  wallTime,
  weekdayName,
} from '../calendar/words.ts';
import type { Saying, Sayings } from '../domain/said.ts';
import { inEnglish, type Text, type Translate } from './text.ts';

const capitalised = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

const DAYS = {
  spoken: spokenDate,
  dated: datedFrom,
  weekday: (date: string, _: string, language: Translate['language']) => weekdayName(date, language),
};

/** `inner` says what a sentence is made of. */
function spoken(saying: Saying, t: Translate, inner: (words: string) => string): string {
  const { language } = t;
  if ('text' in saying) {
    const values = Object.entries(saying.values).map(
      ([name, value]) => [name, typeof value === 'string' ? inner(value) : value] as const,
    );
    // A stored text may be one that the catalogue does not have any more; it is then said in English.
    return t(saying.text as Text, Object.fromEntries(values));
  }
  if ('list' in saying) {
    const items = saying.list.map(inner);
    return saying.most === null ? listOf(items, language) : shortListOf(items, saying.most, language);
  }
  if ('all' in saying) return saying.all.map(inner).join(' ');
  if ('day' in saying) return DAYS[saying.as](saying.day, saying.from, language);
  if ('days' in saying) return inDays(saying.days, language);
  if ('at' in saying) return wallTime(saying.at, saying.zone, language);
  if ('share' in saying) return percent(saying.share, language);
  if ('amount' in saying) return amount(saying.amount, language);
  return capitalised(inner(saying.capital));
}

/** Far more than any sentence of ours is made of; rows that were written by hand could double with every step. */
const MOST_PARTS = 500;
const MOST_CHARACTERS = 5_000;

/** A sentence that was made elsewhere, in the language of the page; as it stands where nothing says what it is made of. */
export function told(english: string, said: Sayings | undefined, t: Translate): string {
  if (said === undefined || t.language === 'en') return english;
  let parts = 0;
  const inWords = (words: string): string => {
    const saying = Object.hasOwn(said, words) ? said[words] : undefined;
    parts += 1;
    const isText = saying !== undefined && 'text' in saying;
    if (parts > MOST_PARTS || (isText && saying.text.length > MOST_CHARACTERS)) throw new RangeError(words);
    const sentence = saying === undefined ? words : spoken(saying, t, inWords);
    if (sentence.length > MOST_CHARACTERS) throw new RangeError(words);
    return sentence;
  };
  try {
    return inWords(english);
  } catch {
    // A student may write their own rows by any client: what is no date, or is made of itself, stays as it is.
    return english;
  }
}

// Only what runs from beginning to end without a pause listens, so that no two hear each other.
let heard: Map<string, Saying> | undefined;

function made(saying: Saying): string {
  const english = spoken(saying, inEnglish, (words) => words);
  heard?.set(english, saying);
  return english;
}

/** Says a sentence in English and lets whoever listens know what it is made of. */
export const say = (text: Text, values: Readonly<Record<string, string | number>> = {}): string =>
  made({ text, values });
export const sayList = (items: readonly string[], most: number | null = null): string =>
  items.length < 2 ? (items[0] ?? '') : made({ list: [...items], most });
/** Sentences one after the other. */
export const sayAll = (sentences: readonly string[]): string =>
  sentences.length < 2 ? (sentences[0] ?? '') : made({ all: [...sentences] });
export const sayDay = (day: string, from: string, as: keyof typeof DAYS = 'spoken'): string =>
  made({ day, from, as });
export const sayInDays = (days: number): string => made({ days });
/** "Sat 21 Nov, 18:30" on the wall clock of a zone. */
export const sayMoment = (at: number, zone: string): string => made({ at, zone });
export const sayShare = (share: number): string => made({ share });
export const sayAmount = (count: number): string => made({ amount: count });
/** The same as the beginning of a sentence. */
export const sayCapital = (words: string): string =>
  capitalised(words) === words ? words : made({ capital: words });

const stringsOf = (value: unknown): string[] => {
  const found: string[] = [];
  JSON.stringify(value, (key, one) => {
    if (typeof one === 'string') found.push(one);
    return key === 'said' ? undefined : one;
  });
  return found;
};

/** Makes something, and tells of each sentence in it what it is made of, also of those that were said or known before. */
export function listening<Made>(make: () => Made, known: Sayings = {}): { made: Made; said: Sayings } {
  const around = heard;
  const all = new Map([...(around ?? []), ...Object.entries(known)]);
  heard = all;
  try {
    const result = make();
    const said: Sayings = {};
    const keep = (words: string) => {
      const saying = all.get(words);
      if (saying === undefined || Object.hasOwn(said, words)) return;
      said[words] = saying;
      stringsOf(saying).forEach(keep);
    };
    stringsOf(result).forEach(keep);
    for (const [english, saying] of all) around?.set(english, saying);
    return { made: result, said };
  } finally {
    heard = around;
  }
}
