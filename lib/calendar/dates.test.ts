import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { clockIn } from './clock.ts';
import {
  addDays,
  DAY_MS,
  dateIn,
  datesBetween,
  daysBetween,
  HOUR_MS,
  instantAfterDays,
  isDate,
  isTimeZone,
  MINUTE_MS,
  mondayOf,
  weekdayOf,
} from './dates.ts';

const ZONES = [
  'UTC',
  'Europe/Lisbon',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Pacific/Midway',
];

/** What the platform's own formatter says, read part by part. */
function platformClock(instant: number, timeZone: string) {
  const parts = new Intl.DateTimeFormat('en-u-ca-iso8601', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(instant);
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? '';
  return {
    date: `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}`,
  };
}

/** Every half hour around instants at which a date is easily mistaken. */
const HARD_INSTANTS = [
  '2026-03-08T07:00Z', // clocks go forward in New York
  '2026-03-29T01:00Z', // and in Europe
  '2026-04-04T15:00Z', // back by half an hour on Lord Howe
  '2026-10-25T01:00Z',
  '2026-11-01T06:00Z',
  '2018-11-04T03:00Z', // a day in São Paulo that has no midnight
  '2011-12-30T10:00Z', // a date that Samoa never had
  '2024-02-29T12:00Z',
  '2100-02-28T23:00Z',
  '2000-02-29T00:00Z',
  '2026-12-31T23:59Z',
  '1969-12-31T23:00Z',
  '0999-12-31T22:00Z',
  '0004-02-29T12:00Z',
].flatMap((at) => Array.from({ length: 60 }, (_, step) => Date.parse(at) + (step - 30) * 30 * MINUTE_MS));

describe('the date and the clock at an instant', () => {
  test.each(ZONES)('are those of the platform in %s, on days that are hard', (zone) => {
    for (const instant of HARD_INSTANTS) {
      const { date, time } = platformClock(instant, zone);
      const clock = clockIn(instant, zone).toPlainTime().toString({ smallestUnit: 'minute' });
      expect([dateIn(instant, zone), clock], `${instant}`).toEqual([date, time]);
    }
  });

  test('a zone that nobody knows counts as UTC, everywhere the same', () => {
    const lateEvening = new Date('2026-03-27T23:30:00Z');
    for (const zone of ['Mars/Olympus', '', 'Not/AZone', 'UTC']) {
      expect(dateIn(lateEvening, zone)).toBe('2026-03-27');
      expect(clockIn(lateEvening, zone).timeZoneId).toBe('UTC');
    }
    for (const offset of ['+05:30', '-03', 'GMT+5', 'UTC5', '2026-01-01T00:00Z[UTC]'])
      expect(isTimeZone(offset)).toBe(false);
    expect(['Mars/Olympus', '', 'Europe/Berlin'].filter(isTimeZone)).toEqual(['Europe/Berlin']);
    expect(dateIn(lateEvening, 'Europe/Berlin')).toBe('2026-03-28');
  });
});

describe('dates', () => {
  test('are counted as the calendar counts them, over leap days and back to years before 1000', () => {
    const starts = ['2026-11-22', '2024-02-28', '1900-02-28', '0999-12-30', '0001-01-01', '2026-03-28'];
    for (const start of starts) {
      for (const days of [-400, -366, -1, 0, 1, 2, 28, 60, 365, 366, 1461, 40_000]) {
        const expected = Temporal.PlainDate.from(start).add({ days });
        if (expected.year < 1) continue;
        const date = addDays(start, days);
        expect([start, days, date]).toEqual([start, days, expected.toString()]);
        expect([start, date, daysBetween(start, date)]).toEqual([start, date, days]);
        expect(weekdayOf(date)).toBe(expected.dayOfWeek % 7);
        const monday = mondayOf(date);
        expect([weekdayOf(monday), daysBetween(monday, date)]).toEqual([1, expected.dayOfWeek - 1]);
      }
    }
  });

  test('between two are all of them, both ends among them, and none when the last is earlier', () => {
    expect(datesBetween('2024-02-28', '2024-03-01')).toEqual(['2024-02-28', '2024-02-29', '2024-03-01']);
    expect(datesBetween('2024-02-28', '2024-02-28')).toEqual(['2024-02-28']);
    expect(datesBetween('2024-02-28', '2024-02-27')).toEqual([]);
  });

  test.each([
    ['2024-02-29', true],
    ['0001-01-01', true],
    ['2026-02-29', false],
    ['2026-02-30', false],
    ['2026-13-01', false],
    ['2026-00-10', false],
    ['2026-1-1', false],
    ['20261122', false],
    ['2026-11-22T00:00', false],
    ['', false],
  ])('“%s” is one: %s', (text, expected) => {
    expect(isDate(text)).toBe(expected);
  });
});

test('so many days later is that date of the student, whatever the clocks do in between', () => {
  for (const zone of ZONES.filter((name) => name !== 'Pacific/Apia')) {
    for (const at of ['2026-03-28T22:30Z', '2026-10-24T23:10Z', '2026-03-07T04:40Z', '2026-11-01T03:20Z']) {
      for (const days of [0, 1, 2, 7, 30, 200, 365]) {
        const from = new Date(at);
        const later = instantAfterDays(from, days, zone);
        expect(daysBetween(dateIn(from, zone), dateIn(later, zone))).toBe(days);
        expect(Math.abs(later.getTime() - from.getTime() - days * DAY_MS)).toBeLessThanOrEqual(2 * HOUR_MS);
      }
    }
  }
});
