import { describe, expect, test } from 'vitest';
import { dayNumber, occurrences, type Rule } from './recurrence.ts';

const day = (text: string) => {
  const [year = 0, month = 0, date = 0] = text.split('-').map(Number);
  return dayNumber(year, month, date);
};
const text = (at: number) => new Date(at * 86_400_000).toISOString().slice(0, 10);
const rule = (change: Partial<Rule>): Rule => ({
  frequency: 'WEEKLY',
  interval: 1,
  count: null,
  untilDay: null,
  byDay: [],
  byMonthDay: [],
  byMonth: [],
  bySetPosition: [],
  weekStart: 1,
  ...change,
});
const on = (...dows: number[]) => dows.map((dow) => ({ dow, ordinal: 0 }));
const list = (change: Partial<Rule> | null, start: string, from: string, to: string) =>
  occurrences(change && rule(change), day(start), { firstDay: day(from), lastDay: day(to) }).map(text);

describe('an entry that repeats', () => {
  test('falls on its own day alone without a rule', () => {
    expect(list(null, '2026-11-24', '2026-11-21', '2026-12-19')).toEqual(['2026-11-24']);
    expect(list(null, '2026-10-24', '2026-11-21', '2026-12-19')).toEqual([]);
  });

  test('falls on the named days of every second week, counted from the day a week starts with', () => {
    const every = { interval: 2, byDay: on(2, 0) };
    // The example of RFC 5545: with weeks from Monday 5, 10, 19, 24; with weeks from Sunday 5, 17, 19, 31.
    expect(list({ ...every, count: 4 }, '1997-08-05', '1997-08-01', '1997-08-31')).toEqual([
      '1997-08-05',
      '1997-08-10',
      '1997-08-19',
      '1997-08-24',
    ]);
    expect(list({ ...every, count: 4, weekStart: 0 }, '1997-08-05', '1997-08-01', '1997-08-31')).toEqual([
      '1997-08-05',
      '1997-08-17',
      '1997-08-19',
      '1997-08-31',
    ]);
  });

  test('ends after as many times as it says, also when most of them are long past', () => {
    expect(list({ count: 12 }, '2026-09-14', '2026-11-21', '2026-12-19')).toEqual([
      '2026-11-23',
      '2026-11-30',
    ]);
  });

  test('ends on its last day', () => {
    expect(
      list({ frequency: 'DAILY', untilDay: day('2026-11-23') }, '2026-01-01', '2026-11-21', '2026-12-19'),
    ).toEqual(['2026-11-21', '2026-11-22', '2026-11-23']);
  });

  test('finds the last Friday and the second Monday of a month', () => {
    const byDay = [
      { dow: 5, ordinal: -1 },
      { dow: 1, ordinal: 2 },
    ];
    expect(list({ frequency: 'MONTHLY', byDay }, '2026-01-12', '2026-11-01', '2026-12-31')).toEqual([
      '2026-11-09',
      '2026-11-27',
      '2026-12-14',
      '2026-12-25',
    ]);
  });

  test('finds the last working day of a month', () => {
    const last = { frequency: 'MONTHLY', byDay: on(1, 2, 3, 4, 5), bySetPosition: [-1] } as const;
    expect(
      list(
        { ...last, byDay: on(1, 2, 3, 4, 5), bySetPosition: [-1] },
        '2026-01-30',
        '2026-10-01',
        '2026-11-30',
      ),
    ).toEqual(['2026-10-30', '2026-11-30']);
  });

  test('leaves out months without its day', () => {
    expect(list({ frequency: 'MONTHLY' }, '2026-01-31', '2026-02-01', '2026-05-31')).toEqual([
      '2026-03-31',
      '2026-05-31',
    ]);
  });

  test('comes back on its day of the year', () => {
    expect(list({ frequency: 'YEARLY' }, '1999-11-25', '2026-11-21', '2026-12-19')).toEqual(['2026-11-25']);
    expect(list({ frequency: 'YEARLY' }, '2024-02-29', '2026-02-01', '2026-03-31')).toEqual([]);
  });

  test('for which no day ever comes is done at once', () => {
    const never = { frequency: 'DAILY', byMonth: [2], byMonthDay: [30], count: 5 } as const;
    const startedAt = performance.now();
    expect(
      list({ ...never, byMonth: [2], byMonthDay: [30] }, '1970-01-01', '2026-11-21', '2026-12-19'),
    ).toEqual([]);
    expect(
      list({ frequency: 'DAILY', interval: 28, byDay: on(6) }, '2023-08-25', '2026-11-21', '2026-12-19'),
    ).toEqual([]);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});
