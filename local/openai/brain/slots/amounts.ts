import { all, found, patterns, rewritten, says, which, wordsOf } from '../words.ts';
import { leavesOutDays } from './days.ts';

const [ONES, TENS] = [[...wordsOf('ones')], [...wordsOf('tens')]];
const SPELT = new RegExp(
  String.raw`\b(?:(${TENS.join('|')})(?:[- ](${ONES.join('|')}))?|(${ONES.join('|')}))\b`,
  'gi',
);
const placeIn = (words: string[], word = ''): number => words.indexOf(word.toLowerCase());

/** Number words as digits, and every length of time in minutes: "an hour and a half a day" is "90 minutes a day". */
export function inDigits(text: string): string {
  const digits = text.replace(SPELT, (_, tens?: string, ones?: string, alone?: string) =>
    String(tens ? 10 * (placeIn(TENS, tens) + 2) + placeIn(ONES, ones) + 1 : placeIn(ONES, alone) + 1),
  );
  const [hours] = patterns('hours-and-minutes', 'g');
  return rewritten('amount', digits).replace(
    hours?.pattern ?? '',
    (_, n: string, more = '0') => `${Math.round(Number(n.replace(',', '.')) * 60 + Number(more))} minutes`,
  );
}

export const clamp = (value: number, low: number, high: number): number =>
  Math.max(low, Math.min(high, value));

type Counted = 'questions' | 'cards' | 'more' | 'results' | 'people' | 'partners';

/** How many of something, between one and so many: "8 hard ones", "a 10-question quiz", "top 3", "quiz with twenty items". */
export const readCountWithin = (text: string, things: Counted, most: number): number | undefined =>
  countOf(`count-${things}`, inDigits(text), most);

/** A number behind a comma counts whatever is asked for. */
export const readCountAlone = (text: string, most: number): number | undefined =>
  countOf('count-alone', text, most);

function countOf(name: string, text: string, most: number): number | undefined {
  const count = found(name, text);
  return count === undefined ? undefined : clamp(Number(count), 1, most);
}

export function readDifficulty(text: string): string | undefined {
  const plain = rewritten('no-level', text);
  const told = which('level', plain);
  const [level, other] = ['easy', 'medium', 'hard'].filter((name) => says(name, plain));
  return told ?? (other ? 'mixed' : level);
}

/** "45 min a day", "an hour and a half daily", "1h30", "half an hour", "10 hours a week" over the days of that week. */
export function readMinutesPerDay(text: string, daysPerWeek = 5): number | undefined {
  const plain = inDigits(text).replace(/-/g, ' ');
  const lengths = all('so-many-minutes', plain);
  // Of several lengths the one that says how often it is meant wins.
  const said =
    (leavesOutDays(text) ? found('minutes-on-weekdays', plain) : undefined) ??
    (lengths.length > 1 ? found('minutes-a-day', plain) : undefined) ??
    lengths[0];
  if (said === undefined) return undefined;
  const isWeekly = says('weekly', plain) && !says('daily', plain);
  return Math.round(Number.parseInt(said, 10) / (isWeekly ? daysPerWeek : 1));
}
