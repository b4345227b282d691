import { describe, expect, test } from 'vitest';
import type { Window } from '../domain/availability.ts';
import { sayMoment } from '../language/said.ts';
import { hourOfWeek, nextBestTimes, type Side, sharedTimes } from './next-times.ts';
import { normaliseWindows } from './windows.ts';

const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
const side = (timezone: string, ...windows: [number, string, string][]): Side => ({
  timezone,
  windows: normaliseWindows(
    windows.map(
      ([dow, start, end]): Window => ({ dow, startMin: minutes(start), endMin: minutes(end), timezone }),
    ),
  ),
  habit: null,
});
const times = (mine: Side, theirs: Side, now = '2026-11-22T00:00:00Z') =>
  nextBestTimes(mine, theirs, new Date(now));

describe('the next times for two students', () => {
  test('are the same instants on two clocks', () => {
    // Lisbon is at UTC, the Azores an hour behind in winter.
    expect(
      times(
        side('Europe/Lisbon', [1, '18:00', '20:00']),
        side('Atlantic/Azores', [1, '18:00', '21:00']),
        '2026-11-21T12:00:00Z',
      ),
    ).toEqual([
      {
        whenISO: '2026-11-23T19:00:00.000Z',
        endISO: '2026-11-23T20:00:00.000Z',
        confidence: expect.any(Number),
        whenMine: 'Mon 23 Nov, 19:00',
        whenTheirs: 'Mon 23 Nov, 18:00',
      },
      expect.objectContaining({ whenISO: '2026-11-30T19:00:00.000Z' }),
    ]);
  });

  test('move by an hour for one of them when only one country has changed its clocks', () => {
    // New York goes forward on 8 March 2026, Lisbon on 29 March: for three weeks they are four hours apart, not five.
    const [mine, theirs] = [
      side('Europe/Lisbon', [5, '18:00', '19:00']),
      side('America/New_York', [5, '13:00', '15:00']),
    ];
    expect(times(mine, theirs, '2026-03-05T00:00:00Z')).toMatchObject([
      { whenISO: '2026-03-06T18:00:00.000Z', whenMine: 'Fri 6 Mar, 18:00', whenTheirs: 'Fri 6 Mar, 13:00' },
      { whenISO: '2026-03-13T18:00:00.000Z', whenMine: 'Fri 13 Mar, 18:00', whenTheirs: 'Fri 13 Mar, 14:00' },
    ]);
  });

  test.each([
    // Kiritimati is 14 hours ahead of UTC, Midway 11 behind: Tuesday 10:00 there is Monday 09:00 here.
    [
      'are found from one end of the calendar to the other',
      side('Pacific/Kiritimati', [2, '10:00', '12:00']),
      side('Pacific/Midway', [1, '09:00', '10:00']),
      ['2026-11-23T20:00:00.000Z', '2026-11-23T21:00:00.000Z', 'Tue 24 Nov, 10:00', 'Mon 23 Nov, 09:00'],
    ],
    [
      'know zones of half an hour',
      side('Asia/Kolkata', [3, '18:00', '19:30']),
      side('Europe/London', [3, '13:00', '15:00']),
      ['2026-11-25T13:00:00.000Z', '2026-11-25T14:00:00.000Z', 'Wed 25 Nov, 18:30', 'Wed 25 Nov, 13:00'],
    ],
  ])('%s', (_, mine, theirs, [whenISO, endISO, whenMine, whenTheirs]) => {
    expect(times(mine, theirs)[0]).toMatchObject({ whenISO, endISO, whenMine, whenTheirs });
  });

  test('reach over midnight in one piece', () => {
    const [mine, theirs] = [side('UTC', [5, '22:00', '02:00']), side('UTC', [5, '23:30', '00:30'])];
    expect(sharedTimes(mine.windows, theirs.windows, new Date('2026-11-23T00:00:00Z'))).toEqual([
      { start: Date.parse('2026-11-27T23:30:00Z'), end: Date.parse('2026-11-28T00:30:00Z') },
      { start: Date.parse('2026-12-04T23:30:00Z'), end: Date.parse('2026-12-05T00:30:00Z') },
    ]);
  });

  test('last at least 25 minutes, and begin now where both are free already', () => {
    expect(times(side('UTC', [1, '10:00', '10:24']), side('UTC', [1, '09:00', '12:00']))).toEqual([]);
    const both = side('UTC', [1, '10:00', '12:00']);
    expect(times(both, both, '2026-11-23T10:03:00Z')[0]).toMatchObject({
      whenISO: '2026-11-23T10:05:00.000Z',
      endISO: '2026-11-23T12:00:00.000Z',
    });
    expect(times(both, both, '2026-11-23T11:36:00Z')[0]?.whenISO).toBe('2026-11-30T10:00:00.000Z');
  });

  test('are none where the calendars never meet, or one is empty', () => {
    expect(times(side('UTC', [1, '10:00', '12:00']), side('UTC', [2, '10:00', '12:00']))).toEqual([]);
    expect(times(side('UTC'), side('UTC', [2, '10:00', '12:00']))).toEqual([]);
  });

  test('leave out the small hours of somebody who is free all day, one a day, and are few', () => {
    const days = [0, 1, 2, 3, 4, 5, 6].map((dow) => ({ dow, startMin: 0, endMin: 1440, timezone: 'UTC' }));
    const whole = { ...side('UTC'), windows: normaliseWindows(days) };
    const found = times(whole, whole, '2026-11-22T03:00:00Z');
    expect(found).toHaveLength(5);
    expect(found[0]).toMatchObject({
      whenISO: '2026-11-22T08:00:00.000Z',
      endISO: '2026-11-22T11:00:00.000Z',
    });
    expect(found[1]?.whenISO).toBe('2026-11-23T08:00:00.000Z');
    // Ten minutes are left of the first day: they are none of the five.
    expect(times(whole, whole, '2026-11-22T23:50:00Z')[0]?.whenISO).toBe('2026-11-23T08:00:00.000Z');
    expect(times(whole, whole, '2026-11-22T23:50:00Z')).toHaveLength(5);
  });
});

describe('confidence', () => {
  const monday = side('UTC', [1, '18:00', '20:00']);
  const first = (mine: Side, theirs: Side) => times(mine, theirs)[0]?.confidence ?? 0;

  test('falls with distance', () => {
    const [near, far] = times(monday, monday);
    expect(near?.confidence).toBeGreaterThan(far?.confidence ?? 1);
  });

  test('falls with early and late hours, for each of the two', () => {
    const late = side('UTC', [1, '22:30', '23:30']);
    const lateForOne = { ...late, timezone: 'America/New_York' };
    expect(first(late, late)).toBeLessThan(first(late, lateForOne));
    expect(first(late, lateForOne)).toBeLessThan(first(monday, monday));
  });

  test('falls for whoever is never here then, and rises for whoever always is', () => {
    const hour = hourOfWeek(Date.parse('2026-11-23T18:00:00Z'));
    const habit = (seen: number) => ({ ...monday, habit: { weeks: 4, hours: new Map([[hour, seen]]) } });
    expect(first(monday, habit(0))).toBeLessThan(first(monday, monday));
    expect(first(monday, habit(4))).toBeGreaterThan(first(monday, monday));
    // A week says nothing about a habit.
    expect(first(monday, { ...monday, habit: { weeks: 1, hours: new Map() } })).toBe(first(monday, monday));
  });

  test('lies in 0–1', () => {
    for (const { confidence } of times(monday, monday, '2026-11-23T18:00:00Z')) {
      expect(confidence).toBeGreaterThan(0);
      expect(confidence).toBeLessThanOrEqual(1);
    }
  });
});

test('an instant is told on the clock of a zone, and in UTC where there is no such zone', () => {
  const instant = Date.parse('2026-12-31T23:30:00Z');
  expect(sayMoment(instant, 'Europe/Berlin')).toBe('Fri 1 Jan, 00:30');
  expect(sayMoment(instant, 'Mars/Olympus')).toBe('Thu 31 Dec, 23:30');
});

test('hours of the week are counted from Sunday midnight, as the database counts them', () => {
  expect(hourOfWeek(Date.parse('2026-11-22T00:00:00Z'))).toBe(0);
  expect(hourOfWeek(Date.parse('2026-11-28T23:59:00Z'))).toBe(167);
});
