import type { Language } from '../domain/language.ts';
import { DAY_MS, dateIn, daysBetween, HOUR_MS, MINUTE_MS, zoneOrUtc } from './dates.ts';

/** Numbers, dates and moments as people write them, in the language of the page; what goes to a model or an API is English. */

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE', es: 'es-ES', fr: 'fr-FR' };

/** The few words that `Intl` does not know. */
const WORDS = {
  en: { more: 'more', to: 'to', lastWeek: 'Previous 7 days' },
  de: { more: 'weitere', to: 'bis', lastWeek: 'Letzte 7 Tage' },
  es: { more: 'más', to: 'a', lastWeek: 'Últimos 7 días' },
  fr: { more: 'autres', to: 'au', lastWeek: '7 derniers jours' },
} as const satisfies Record<Language, unknown>;

// Making a format costs a hundred times what using one does.
const kept = new Map<string, unknown>();
function keptAs<Format>(key: string, make: () => Format): Format {
  const format = (kept.get(key) as Format | undefined) ?? make();
  kept.set(key, format);
  return format;
}

/** "1 card", "3 cards". */
export const counted = (count: number, noun: string, nouns = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : nouns}`;

/** a · a and b · a, b and c */
export const listOf = (items: readonly string[], language: Language = 'en'): string =>
  keptAs(`list ${language}`, () => new Intl.ListFormat(LOCALES[language])).format(items);

/** A list with an end: beyond `most` the rest is counted. */
export const shortListOf = (items: readonly string[], most = 3, language: Language = 'en'): string =>
  items.length <= most
    ? listOf(items, language)
    : listOf([...items.slice(0, most), `${items.length - most} ${WORDS[language].more}`], language);

/** 12345 as "12,345". */
export const amount = (count: number, language: Language = 'en'): string =>
  keptAs(`amount ${language}`, () => new Intl.NumberFormat(LOCALES[language])).format(count);

/** A sum of money: to the cent, and of less than a dollar as far as it says something. */
export function dollars(sum: number, language: Language = 'en'): string {
  const plain = sum === 0 || sum >= 1 ? sum.toFixed(2) : sum.toPrecision(2).replace(/e.*/, '');
  return language === 'en' ? `$${plain}` : `${plain.replace('.', ',')}\u00a0$`;
}

/** 0.714 as "71%". */
export const percent = (share: number, language: Language = 'en'): string =>
  keptAs(`percent ${language}`, () => new Intl.NumberFormat(LOCALES[language], { style: 'percent' })).format(
    Math.round(share * 100) / 100,
  );

/** Minutes since midnight as the clock shows them: 1110 is "18:30". */
export const minuteOfDay = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

const STYLES = {
  /** Wednesday */
  weekday: { weekday: 'long' },
  /** Wed 2 */
  weekdayAndDay: { weekday: 'short', day: 'numeric' },
  /** 2 December */
  day: { day: 'numeric', month: 'long' },
  /** 2 Dec */
  shortDay: { day: 'numeric', month: 'short' },
  /** 2 December 2026 */
  dayOfYear: { day: 'numeric', month: 'long', year: 'numeric' },
  /** December */
  month: { month: 'long' },
  /** December 2026 */
  monthOfYear: { month: 'long', year: 'numeric' },
  /** Wednesday 2 December */
  dayOfWeek: { weekday: 'long', day: 'numeric', month: 'long' },
  /** Wed 2 Dec */
  shortDayOfWeek: { weekday: 'short', day: 'numeric', month: 'short' },
  /** Wednesday 2 December 2026 */
  fullDay: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  /** Wed */
  shortWeekday: { weekday: 'short' },
  /** 18:30 */
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;
type Style = keyof typeof STYLES;

const formatOf = (style: Style, language: Language, timeZone?: string) =>
  keptAs(
    `${style} ${language} ${timeZone}`,
    () => new Intl.DateTimeFormat(LOCALES[language], { ...STYLES[style], timeZone }),
  );

/** A date in words. It is the student's already; read as UTC it stays what it is. */
export const inWords = (date: string, style: Style, language: Language = 'en'): string =>
  formatOf(style, language, 'UTC').format(Date.parse(`${date}T00:00:00Z`));

/** A moment in words, on the clock of a zone, or of this device when none is named. */
export function momentInWords(
  at: Date | number | string,
  style: Style,
  timezone?: string,
  language: Language = 'en',
): string {
  const instant = new Date(at);
  return formatOf(style, language, timezone && zoneOrUtc(timezone)).format(instant);
}

/** "Sat 21 Nov, 18:30" on the wall clock of a zone. */
export function wallTime(at: number, timezone: string, language: Language = 'en'): string {
  const date = dateIn(at, timezone);
  return `${shortWeekday(date, language)} ${shortDate(date, language)}, ${momentInWords(at, 'time', timezone, language)}`;
}

export const dayOfMonth = (date: string) => Number(date.slice(8));
export const weekdayName = (date: string, language: Language = 'en'): string =>
  inWords(date, 'weekday', language);

/** A day of the week by its number: 0 is Sunday, as in `WEEKDAYS`. */
export const weekdayAt = (
  day: number,
  style: 'weekday' | 'shortWeekday' = 'weekday',
  language: Language = 'en',
): string => inWords(`2026-11-${String(1 + day).padStart(2, '0')}`, style, language);

/** Tue */
export const shortWeekday = (date: string, language: Language = 'en') =>
  inWords(date, 'shortWeekday', language);
/** 2 Dec, and 2 Sep, which the locale of Britain writes as 2 Sept. */
export function shortDate(date: string, language: Language = 'en'): string {
  const words = inWords(date, 'shortDay', language);
  return language === 'en' ? words.replace('Sept', 'Sep') : words;
}
/** Wednesday 2 December */
export const longDate = (date: string, language: Language = 'en') => inWords(date, 'dayOfWeek', language);
/** Wednesday 2 December 2027, the year only where it is not the one of `today`. */
export function datedFrom(date: string, today: string, language: Language = 'en'): string {
  if (date.slice(0, 4) === today.slice(0, 4)) return longDate(date, language);
  return language === 'en' ? `${longDate(date)} ${date.slice(0, 4)}` : inWords(date, 'fullDay', language);
}

/** 16 to 22 Nov, or 30 Nov to 1 Dec. */
export function spanOf(first: string, last: string, language: Language = 'en'): string {
  if (first === last) return shortDate(first, language);
  const isSameMonth = first.slice(0, 7) === last.slice(0, 7);
  const day = language === 'de' ? `${dayOfMonth(first)}.` : dayOfMonth(first);
  return `${isSameMonth ? day : shortDate(first, language)} ${WORDS[language].to} ${shortDate(last, language)}`;
}

/** today, tomorrow, in 12 days */
export const inDays = (days: number, language: Language = 'en'): string =>
  days === 0 || days === 1 || days === -1
    ? keptAs(
        `near ${language}`,
        () => new Intl.RelativeTimeFormat(LOCALES[language], { numeric: 'auto' }),
      ).format(days, 'day')
    : keptAs(`far ${language}`, () => new Intl.RelativeTimeFormat(LOCALES[language])).format(days, 'day');

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

/** The stretch of time a past date lies in, as lists are grouped by it: Today, Yesterday, Previous 7 days, October, October 2025. */
export function periodOf(date: string, today: string, language: Language = 'en'): string {
  const days = daysBetween(date, today);
  if (days <= 1) return capital(inDays(Math.min(0, -days), language));
  if (days <= 7) return WORDS[language].lastWeek;
  return capital(inWords(date, date.slice(0, 4) === today.slice(0, 4) ? 'month' : 'monthOfYear', language));
}

/** How a date is said on that day: today, tomorrow, yesterday, a weekday nearby, else the date. */
export function spokenDate(date: string, today: string, language: Language = 'en'): string {
  const distance = daysBetween(today, date);
  if (Math.abs(distance) < 2) return inDays(distance, language);
  return Math.abs(distance) < 7
    ? weekdayName(date, language)
    : `${shortWeekday(date, language)} ${shortDate(date, language)}`;
}

/** One decimal where it says something: "1.5 months", "2 months". */
const rounded = (value: number) => (value < 10 ? Math.round(value * 10) / 10 : Math.round(value));

const lasting = (count: number, unit: 'day' | 'month' | 'year', language: Language) =>
  keptAs(
    `${unit} ${language}`,
    () => new Intl.NumberFormat(LOCALES[language], { style: 'unit', unit, unitDisplay: 'long' }),
  ).format(count);

/** The time to a card's next review as a button shows it: "1 min", "3 days", "2.5 months". */
export function intervalText(from: Date, due: Date, language: Language = 'en'): string {
  const milliseconds = Math.max(0, due.getTime() - from.getTime());
  if (milliseconds < HOUR_MS) return `${Math.max(1, Math.round(milliseconds / MINUTE_MS))} min`;
  if (milliseconds < DAY_MS * 0.9) return `${Math.round(milliseconds / HOUR_MS)} h`;
  const days = Math.round(milliseconds / DAY_MS);
  if (days < 31) return lasting(Math.max(1, days), 'day', language);
  if (days < 365) return lasting(rounded(days / 30.44), 'month', language);
  return lasting(rounded(days / 365.25), 'year', language);
}
