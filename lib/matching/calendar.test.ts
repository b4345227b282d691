import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import type { Window } from '../domain/availability.ts';
import { seeded } from '../test-random.ts';
import { common, openTimes, openUntil } from './calendar.ts';
import { normaliseWindows } from './windows.ts';

const SUN = 0;
const MON = 1;
const at = (text: string) => Date.parse(text);
const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
const window = (dow: number, start: string, end: string, timezone: string): Window => ({
  dow,
  startMin: minutes(start),
  endMin: minutes(end),
  timezone,
});
/** What is open from the start of one day to the start of another, as literal instants of UTC. */
const open = (windows: Window[], from: string, to: string) =>
  openTimes(normaliseWindows(windows), { start: at(from), end: at(to) }).map((stretch) =>
    [stretch.start, stretch.end].map((instant) => new Date(instant).toISOString().slice(0, 16)).join(' '),
  );

describe('a window of the week', () => {
  test.each<[string, [number, string, string, string], [string, string], string[]]>([
    // Lisbon goes forward on 29 March 2026 and back on 25 October 2026.
    [
      'keeps its place on the wall when the clocks go forward',
      [SUN, '18:00', '20:00', 'Europe/Lisbon'],
      ['2026-03-22', '2026-03-30'],
      ['2026-03-22T18:00 2026-03-22T20:00', '2026-03-29T17:00 2026-03-29T19:00'],
    ],
    [
      'keeps its place on the wall when the clocks go back',
      [SUN, '18:00', '20:00', 'Europe/Lisbon'],
      ['2026-10-18', '2026-10-26'],
      ['2026-10-18T17:00 2026-10-18T19:00', '2026-10-25T18:00 2026-10-25T20:00'],
    ],
    // 01:00 becomes 02:00 in Lisbon on 29 March 2026, at 01:00 UTC.
    [
      'loses all that spring leaves out',
      [SUN, '01:00', '02:00', 'Europe/Lisbon'],
      ['2026-03-29', '2026-03-30'],
      [],
    ],
    [
      'loses its end to spring',
      [SUN, '00:30', '01:30', 'Europe/Lisbon'],
      ['2026-03-29', '2026-03-30'],
      ['2026-03-29T00:30 2026-03-29T01:00'],
    ],
    [
      'loses its start to spring',
      [SUN, '01:30', '03:00', 'Europe/Lisbon'],
      ['2026-03-29', '2026-03-30'],
      ['2026-03-29T01:00 2026-03-29T02:00'],
    ],
    // 02:00 becomes 01:00 in Lisbon on 25 October 2026, at 01:00 UTC: 01:00–02:00 is shown twice.
    [
      'is twice as long where autumn repeats its hour',
      [SUN, '01:00', '02:00', 'Europe/Lisbon'],
      ['2026-10-25', '2026-10-26'],
      ['2026-10-25T00:00 2026-10-25T02:00'],
    ],
    [
      'is open twice within the hour that autumn repeats',
      [SUN, '01:15', '01:45', 'Europe/Lisbon'],
      ['2026-10-25', '2026-10-26'],
      ['2026-10-25T00:15 2026-10-25T00:45', '2026-10-25T01:15 2026-10-25T01:45'],
    ],
    // Lord Howe goes back by 30 minutes on 5 April 2026, at 02:00 local time (+11), which is 15:00 UTC the day before.
    [
      'is right where clocks change by half an hour',
      [SUN, '01:00', '03:00', 'Australia/Lord_Howe'],
      ['2026-04-04', '2026-04-05'],
      ['2026-04-04T14:00 2026-04-04T16:30'],
    ],
    [
      'is right where clocks are off by a quarter',
      [MON, '09:00', '10:00', 'Asia/Kathmandu'],
      ['2026-11-23', '2026-11-24'],
      ['2026-11-23T03:15 2026-11-23T04:15'],
    ],
    [
      'over midnight is one stretch of time',
      [MON, '22:00', '02:00', 'UTC'],
      ['2026-11-22', '2026-11-29'],
      ['2026-11-23T22:00 2026-11-24T02:00'],
    ],
    [
      'reaches from Saturday into Sunday, over the end of the week',
      [6, '23:00', '01:00', 'UTC'],
      ['2026-11-26', '2026-11-30'],
      ['2026-11-28T23:00 2026-11-29T01:00'],
    ],
    [
      'in a zone that does not exist is left out',
      [MON, '10:00', '12:00', 'Mars/Olympus'],
      ['2026-11-22', '2026-11-29'],
      [],
    ],
  ])('%s', (_, given, [from, to], expected) => {
    expect(open([window(...given)], from, to)).toEqual(expected);
  });

  test('is open exactly when the clock on the wall says so, minute by minute', () => {
    const random = seeded(11);
    const zones =
      'Europe/Lisbon America/New_York Asia/Kolkata Pacific/Kiritimati Pacific/Midway Australia/Lord_Howe'.split(
        ' ',
      );
    for (const from of ['2026-03-08', '2026-03-29', '2026-04-04T06:00Z', '2026-10-25', '2026-11-01']) {
      const windows = normaliseWindows(
        Array.from({ length: 12 }, () => ({
          dow: Math.floor(random() * 7),
          startMin: Math.floor(random() * 1440),
          endMin: Math.floor(random() * 1440),
          timezone: zones[Math.floor(random() * zones.length)] ?? 'UTC',
        })).filter(({ startMin, endMin }) => startMin !== endMin),
      );
      const within = { start: at(from), end: at(from) + 36 * 3_600_000 };
      const found = openTimes(windows, within);
      for (let instant = within.start; instant < within.end; instant += 7 * 60_000) {
        const expected = windows.some(({ dow, startMin, endMin, timezone }) => {
          const clock = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timezone);
          const minute = clock.hour * 60 + clock.minute;
          return clock.dayOfWeek % 7 === dow && minute >= startMin && minute < endMin;
        });
        expect(
          found.some(({ start, end }) => instant >= start && instant < end),
          `${instant}`,
        ).toBe(expected);
      }
    }
  });
});

describe('the windows of a week', () => {
  test('are split at midnight, and those that touch become one', () => {
    expect(
      normaliseWindows([
        window(6, '22:00', '01:00', 'UTC'),
        window(SUN, '01:00', '02:00', 'UTC'),
        window(MON, '10:00', '11:00', 'UTC'),
        window(MON, '10:30', '12:00', 'UTC'),
        window(MON, '10:30', '12:00', 'Europe/Lisbon'),
        window(MON, '20:00', '00:00', 'UTC'),
        window(MON, '15:00', '15:00', 'UTC'),
      ]),
    ).toEqual([
      { dow: 0, startMin: 0, endMin: 120, timezone: 'UTC' },
      { dow: 1, startMin: 600, endMin: 720, timezone: 'UTC' },
      { dow: 1, startMin: 630, endMin: 720, timezone: 'Europe/Lisbon' },
      { dow: 1, startMin: 1200, endMin: 1440, timezone: 'UTC' },
      { dow: 6, startMin: 1320, endMin: 1440, timezone: 'UTC' },
    ]);
  });
});

test('two lists of times have in common what lies in both', () => {
  const list = (...pairs: [number, number][]) => pairs.map(([start, end]) => ({ start, end }));
  expect(common(list([0, 10], [20, 30], [40, 50]), list([5, 25], [28, 45]))).toEqual(
    list([5, 10], [20, 25], [28, 30], [40, 45]),
  );
  expect(common(list([0, 10]), list([10, 20]))).toEqual([]);
});

test('a student is free until the end of the window that is open, also over midnight', () => {
  const night = normaliseWindows([window(MON, '22:00', '02:00', 'UTC')]);
  expect(openUntil(night, new Date('2026-11-23T23:00:00Z'))).toEqual(new Date('2026-11-24T02:00:00Z'));
  expect(openUntil(night, new Date('2026-11-23T22:00:00Z'))).toEqual(new Date('2026-11-24T02:00:00Z'));
  expect(openUntil(night, new Date('2026-11-24T02:00:00Z'))).toBeNull();
  expect(openUntil([], new Date())).toBeNull();
});
