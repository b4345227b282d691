import ICAL from 'ical.js';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { dayNumber, FREQUENCIES, type Rule } from './recurrence.ts';
import { zoneOf } from './zones.ts';

/** A moment as a calendar writes it: a day, a minute of it, and the clock it is on. Null: the clock of whoever reads. */
export type Moment = { day: number; minute: number; zone: string | null; isAllDay: boolean };

export type Entry = {
  uid: string;
  start: Moment;
  end: Moment | null;
  /** Used when there is no end. */
  minutes: number | null;
  /** `unreadable`: it repeats in a way that is not understood, and only its first time is known. */
  rule: Rule | 'unreadable' | null;
  alsoOn: Moment[];
  exceptOn: Moment[];
  /** Which of a series this one stands for. */
  insteadOf: Moment | null;
  isBusy: boolean;
};
/** `unreadable`: entries with a line that is none, and those that do not say when they are. */
export type Calendar = { entries: Entry[]; zone: string | null; unreadable: number };

const MOST_ENTRIES = 20_000;
/** All days of a month, from either end, are 62. */
const MOST_NAMED = 62;

// What ical.js reads: a component is its name, its properties and its parts.
type Property = { name: string; zone: string | null; values: unknown[] };
type Component = [string, unknown[], unknown[]];
const isComponent = (value: unknown): value is Component =>
  Array.isArray(value) && typeof value[0] === 'string' && Array.isArray(value[1]) && Array.isArray(value[2]);

const rule = z.object({
  freq: z.enum(FREQUENCIES),
  interval: z.int().min(1).max(1_000).default(1),
  count: z.int().min(1).optional(),
  until: z.string().optional(),
  byday: z.union([z.string(), z.array(z.string()).max(MOST_NAMED)]).optional(),
  bymonthday: z.union([z.number(), z.array(z.number()).max(MOST_NAMED)]).optional(),
  bymonth: z.union([z.number(), z.array(z.number()).max(MOST_NAMED)]).optional(),
  bysetpos: z.union([z.number(), z.array(z.number()).max(MOST_NAMED)]).optional(),
  // ical.js counts days from 1, Sunday.
  wkst: z.int().min(1).max(7).optional(),
});
const UNDERSTOOD = new Set(Object.keys(rule.shape));
const DOWS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

const listOf = <T>(value: T | T[] | undefined): T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

function momentOf(text: unknown, zone: string | null): Moment | null {
  if (typeof text !== 'string') return null;
  // A date that is not said to be one is read as a moment whose clock is empty; it is a day all the same.
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:T(?:(\d{2}):(\d{2}):\d{0,2}(Z?)|::))?$/.exec(text);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match
    .slice(1, 6)
    .map((part) => Number(part ?? 0));
  const isAllDay = match[4] === undefined;
  return {
    day: dayNumber(year, month, day),
    minute: hour * 60 + minute,
    zone: isAllDay ? null : match[6] === 'Z' ? 'UTC' : zone,
    isAllDay,
  };
}

const momentsOf = (properties: readonly Property[], wanted: string): Moment[] =>
  properties
    .filter(({ name }) => name === wanted)
    .flatMap(({ values, zone }) => values.flatMap((value) => momentOf(value, zone) ?? []));

function ruleOf(value: unknown): Entry['rule'] {
  const parsed = rule.safeParse(value);
  const names = Object.keys(Object(value));
  if (!parsed.success || names.some((name) => !UNDERSTOOD.has(name))) return 'unreadable';
  const { freq, interval, count, until, byday, bymonthday, bymonth, bysetpos, wkst } = parsed.data;
  const days = listOf(byday).map((text) => /^([+-]?\d{1,2})?(SU|MO|TU|WE|TH|FR|SA)$/.exec(text));
  if (days.some((match) => match === null)) return 'unreadable';
  const byDay = days.flatMap((match) =>
    match ? [{ dow: DOWS.indexOf(match[2] ?? ''), ordinal: Number(match[1] ?? 0) }] : [],
  );
  // "The third Monday of the year", and the third of what a week holds, are for nobody's timetable.
  const isOfYear = freq === 'YEARLY' && byDay.length > 0 && listOf(bymonth).length === 0;
  const isOfWeek = freq !== 'MONTHLY' && freq !== 'YEARLY' && listOf(bysetpos).length > 0;
  if (isOfYear || isOfWeek) return 'unreadable';
  return {
    frequency: freq,
    interval,
    count: count ?? null,
    untilDay: until === undefined ? null : (momentOf(until, null)?.day ?? null),
    byDay,
    byMonthDay: listOf(bymonthday),
    byMonth: listOf(bymonth),
    bySetPosition: listOf(bysetpos),
    weekStart: wkst === undefined ? 1 : wkst - 1,
  };
}

/** "PT1H30M", "P1D"; null for what is none. */
function minutesOf(text: unknown): number | null {
  const match = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?)?$/.exec(String(text));
  if (!match) return null;
  const [weeks = 0, days = 0, hours = 0, minutes = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return ((weeks * 7 + days) * 24 + hours) * 60 + minutes;
}

function entryOf(properties: readonly Property[]): Entry | null {
  const first = (name: string) => properties.find((property) => property.name === name)?.values[0];
  const [start] = momentsOf(properties, 'dtstart');
  if (!start) return null;
  const repeats = first('rrule');
  const says = (name: string, value: string) => String(first(name) ?? '').toUpperCase() === value;
  return {
    uid: String(first('uid') ?? ''),
    start,
    end: momentsOf(properties, 'dtend')[0] ?? null,
    minutes: minutesOf(first('duration')),
    rule: repeats === undefined ? null : ruleOf(repeats),
    alsoOn: momentsOf(properties, 'rdate'),
    exceptOn: momentsOf(properties, 'exdate'),
    insteadOf: momentsOf(properties, 'recurrence-id')[0] ?? null,
    isBusy: !says('transp', 'TRANSPARENT') && !says('status', 'CANCELLED'),
  };
}

/** A property is its name, its parameters, its type and its values. */
function propertiesOf([, list]: Component): Property[] {
  return list.flatMap((entry) => {
    if (!Array.isArray(entry) || typeof entry[0] !== 'string') return [];
    const zone: unknown = Reflect.get(Object(entry[1]), 'tzid');
    return [{ name: entry[0], zone: typeof zone === 'string' ? zoneOf(zone) : null, values: entry.slice(3) }];
  });
}

const notACalendar = () =>
  new AppError('invalid_request', {
    message: 'This is no calendar. Export it as an .ics file, or copy the address that ends in .ics.',
  });

/** The text of each entry, with what is nested in it. One that another begins within has lost its end. */
function eventTexts(text: string): string[] {
  const events: string[] = [];
  let lines: string[] | undefined;
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (/^BEGIN:VEVENT\s*$/i.test(line)) {
      if (lines) events.push(lines.join('\r\n'));
      lines = [];
    }
    if (line.trim() !== '') lines?.push(line);
    if (!lines || !/^END:VEVENT\s*$/i.test(line)) continue;
    events.push(lines.join('\r\n'));
    lines = undefined;
  }
  if (lines) events.push(lines.join('\r\n'));
  return events;
}

/** Each entry is read by itself: what is wrong with one says nothing of the others. */
function readEvent(text: string): Entry | null {
  let read: unknown;
  try {
    read = ICAL.parse(text);
  } catch {
    // Counted by whoever asks.
    return null;
  }
  return isComponent(read) ? entryOf(propertiesOf(read)) : null;
}

/** The entries of an iCalendar text: when they are and whether they keep somebody busy, and nothing else of them. */
export function parseCalendar(text: string): Calendar {
  if (!/^\uFEFF?\s*BEGIN:VCALENDAR/i.test(text)) throw notACalendar();
  const events = eventTexts(text);
  if (events.length === 0 && !/^END:VCALENDAR/im.test(text)) throw notACalendar();
  if (events.length > MOST_ENTRIES) {
    throw new AppError('payload_too_large', { message: 'This calendar has too many entries.' });
  }
  const entries = events.flatMap((event) => readEvent(event) ?? []);
  const named = /^X-WR-TIMEZONE(?:;[^:\r\n]*)?:(.*)$/im.exec(text)?.[1]?.trim();
  return { entries, zone: named ? zoneOf(named) : null, unreadable: events.length - entries.length };
}
