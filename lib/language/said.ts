import type { Saying, Sayings } from '../domain/said.ts';
import { inEnglish, type Message, type Text, type Translate } from './text.ts';
import { capitalised, type DAYS, spoken } from './told.ts';

// Only what runs from beginning to end without a pause listens, so that no two hear each other.
let heard: Map<string, Saying> | undefined;

function made(saying: Saying): string {
  const english = spoken(saying, inEnglish, (words) => words);
  heard?.set(english, saying);
  return english;
}

/** Says a sentence in English and lets whoever listens know what it is made of. */
export const say = (text: Text | Message, values: Readonly<Record<string, string | number>> = {}): string =>
  made({ text: typeof text === 'object' ? text.text : text, values });
/** The same for what is given whatever says its words. */
export const saying: Translate = Object.assign(say, {
  language: inEnglish.language,
  rich: inEnglish.rich,
  fault: inEnglish.fault,
});
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
