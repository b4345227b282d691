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
import type { Language } from '../domain/language.ts';
import type { Saying, Sayings } from '../domain/said.ts';

/** What says a text: `text.ts` stands above this file. */
type Says = {
  (text: never, values: Readonly<Record<string, string | number>>): string;
  readonly language: Language;
};

export const capitalised = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

export const DAYS = {
  spoken: spokenDate,
  dated: datedFrom,
  weekday: (date: string, _: string, language: Language) => weekdayName(date, language),
};

/** `inner` says what a sentence is made of. */
export function spoken(saying: Saying, t: Says, inner: (words: string) => string): string {
  const { language } = t;
  if ('text' in saying) {
    const values = Object.entries(saying.values).map(
      ([name, value]) => [name, typeof value === 'string' ? inner(value) : value] as const,
    );
    // A stored text may be one that the catalogue does not have any more; it is then said in English.
    return t(saying.text as never, Object.fromEntries(values));
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
export function told(english: string, said: Sayings | undefined, t: Says): string {
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
    const sentence = inWords(english);
    const top = said[english];
    // Names of days begin small in some languages, and sentences in none.
    return top && 'text' in top && capitalised(english) === english ? capitalised(sentence) : sentence;
  } catch {
    // A student may write their own rows by any client: what is no date, or is made of itself, stays as it is.
    return english;
  }
}
