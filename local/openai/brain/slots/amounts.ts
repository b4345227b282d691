import * as chrono from 'chrono-node';
import { all, found, match, patterns, rewritten, says, which, wordsOf } from '../words.ts';

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

const WEEK = [0, 1, 2, 3, 4, 5, 6];
/** 0 is Sunday. */
const indexOfDay = (word = ''): number =>
  ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'].indexOf(word.toLowerCase().slice(0, 3));
const mentions = (text: string): number[] => all('days', text).map(indexOfDay);

/** The sentence without the days on which something is due: what is left of day names is a habit. */
const habits = (text: string): string => rewritten('without-due', inDigits(text).toLowerCase());

export function readDayOfWeek(text: string, now: Date): number | undefined {
  const day = found('day-of-week', text);
  if (day && !says('also-a-word', day)) return indexOfDay(day);
  if (says('tomorrow', text)) return (now.getDay() + 1) % 7;
  if (says('today', text)) return now.getDay();
  return day ? indexOfDay(day) : undefined;
}

export function readDaysPerWeek(text: string): number | undefined {
  const plain = habits(text);
  const stated = found('days-a-week', plain) ?? which('how-often', plain);
  if (stated) return clamp(Number(stated), 1, 7);
  return readWeekdays(text)?.length ?? (says('every-day', plain) ? 7 : undefined);
}

/** The days themselves, when the student names them; nothing when only a number of days is known. */
export function readWeekdays(text: string): number[] | undefined {
  const plain = habits(text);
  const off = found('days-off', plain);
  if (off) {
    const free = off.includes('weekend') ? [0, 6] : mentions(off);
    return WEEK.filter((index) => !free.includes(index));
  }
  if (says('weekdays', plain)) return says('and-weekends', plain) ? WEEK : [1, 2, 3, 4, 5];
  const [range, from, to] = match('day-range', plain) ?? [];
  if (range) {
    const [first, last] = [indexOfDay(from), indexOfDay(to)];
    return WEEK.filter((index) => (index - first + 7) % 7 <= (last - first + 7) % 7);
  }
  // "Mon, Wed and Fri", "on Saturdays", "every Tuesday"; one day alone only when it is said as a habit.
  const listed = new Set(says('day-list', plain) ? mentions(plain) : []);
  const named = listed.size > 1 ? listed : new Set(all('day-habit', plain).flatMap(mentions));
  if (named.size > 0) return WEEK.filter((index) => named.has(index));
  return says('weekends', plain) ? [0, 6] : undefined;
}

/** One plan has one measure of time, so the days beside the weekdays are left out. */
export const leavesOutDays = (text: string): boolean => {
  const plain = habits(text);
  return says('weekdays', plain) && says('other-time', plain);
};

/** True when more than one day is due: "finals on monday and wednesday". The first counts. */
export const hasSeveralDueDays = (text: string): boolean => says('several-due', text);

const isDay = ({ start, text }: chrono.ParsedResult): boolean =>
  (start.isCertain('day') ||
    start.isCertain('weekday') ||
    start.isCertain('month') ||
    /week|month|tomorrow|day/i.test(text)) &&
  !says('no-date', text.trim());

/** The day by which the work must be done, as an ISO date. */
export function readDeadline(said: string, now: Date): string | undefined {
  const text = inDigits(said);
  const dated = rewritten('dates', text);
  const days = chrono.parse(dated, now, { forwardDate: true }).filter(isDay);
  const due = days.find(({ index }) => says('announces', dated.slice(0, index))) ?? days[0];
  return (
    endOfWeek(text, now) ??
    (due ? isoDate(due.start.date()) : undefined) ??
    dayAndMonth(dated, now) ??
    dayAndMonth(text, now) ??
    afterPeriod(text, now)
  );
}

/** The last day that a date may mean: of "3/4/2027" the later one, of "May" the 31st. */
export function readLastDay(said: string, now: Date): string | undefined {
  const options = { forwardDate: true };
  const days = [chrono.en, chrono.en.GB]
    .flatMap((reader) => reader.parse(rewritten('date-joins', said), now, options).slice(0, 1))
    .filter(isMonthOrDay)
    .map(({ start }) => {
      const isWhole = !start.isCertain('day') && !start.isCertain('weekday');
      return isoDate(isWhole ? new Date(start.get('year') ?? 0, start.get('month') ?? 0, 0) : start.date());
    });
  return days.sort().at(-1) ?? dayAndMonth(`${said}.`, now);
}

const isMonthOrDay = ({ start }: chrono.ParsedResult): boolean =>
  (['day', 'weekday', 'month'] as const).some((part) => start.isCertain(part));

/** "by the end of next week", "this weekend": chrono means Saturdays, students the last day of it. */
function endOfWeek(text: string, now: Date): string | undefined {
  const week = found('end-of-week', text);
  return week && daysAfter(now, ((7 - now.getDay()) % 7) + (/next/i.test(week) ? 7 : 0));
}

/** "on the 12th" and "14.12.", which chrono does not read. */
function dayAndMonth(text: string, now: Date): string | undefined {
  const [, dayOf, monthOf, year] = match('day-and-month', text) ?? [];
  if (dayOf && monthOf) {
    const date = new Date(Number(year ?? now.getFullYear()), Number(monthOf) - 1, Number(dayOf));
    if (!year && date < now) date.setFullYear(date.getFullYear() + 1);
    return isoDate(date);
  }
  const day = Number(found('the-nth', text) ?? 0);
  if (day > 31 || day < 1) return undefined;
  return isoDate(new Date(now.getFullYear(), now.getMonth() + (day > now.getDate() ? 0 : 1), day));
}

/** "a 3-week plan", "over the next two months", "I have ten days left". */
function afterPeriod(text: string, now: Date): string | undefined {
  const [said, unit = ''] = match('period', text)?.slice(1).filter(Boolean) ?? [];
  if (said === undefined) return undefined;
  const count = Number.parseInt(said, 10) || 1;
  if (!/month/i.test(unit)) return daysAfter(now, count * (/week/i.test(unit) ? 7 : 1));
  return isoDate(new Date(now.getFullYear(), now.getMonth() + count, now.getDate()));
}

const daysAfter = (now: Date, days: number): string =>
  isoDate(new Date(now.getFullYear(), now.getMonth(), now.getDate() + days));

export const isoDate = (date: Date): string =>
  `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
