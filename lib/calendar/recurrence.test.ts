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
const list = (change: Partial<Rule> | null, start: string, from = '2026-11-21', to = '2026-12-19') =>
  occurrences(change && rule(change), day(start), { firstDay: day(from), lastDay: day(to) })
    .map(text)
    .join(' ');

const EVERY_SECOND = { interval: 2, byDay: on(2, 0), count: 4 };
const LAST_FRIDAY_SECOND_MONDAY = [
  { dow: 5, ordinal: -1 },
  { dow: 1, ordinal: 2 },
];

describe('an entry that repeats', () => {
  test.each<[string, Partial<Rule> | null, [string, string?, string?], string]>([
    ['falls on its own day alone without a rule', null, ['2026-11-24'], '2026-11-24'],
    ['is over when its own day is past and it has no rule', null, ['2026-10-24'], ''],
    // The example of RFC 5545: with weeks from Monday 5, 10, 19, 24; with weeks from Sunday 5, 17, 19, 31.
    [
      'falls on the named days of every second week',
      EVERY_SECOND,
      ['1997-08-05', '1997-08-01', '1997-08-31'],
      '1997-08-05 1997-08-10 1997-08-19 1997-08-24',
    ],
    [
      'counts every second week from the day a week starts with',
      { ...EVERY_SECOND, weekStart: 0 },
      ['1997-08-05', '1997-08-01', '1997-08-31'],
      '1997-08-05 1997-08-17 1997-08-19 1997-08-31',
    ],
    [
      'ends after as many times as it says, also when most of them are long past',
      { count: 12 },
      ['2026-09-14'],
      '2026-11-23 2026-11-30',
    ],
    [
      'ends on its last day',
      { frequency: 'DAILY', untilDay: day('2026-11-23') },
      ['2026-01-01'],
      '2026-11-21 2026-11-22 2026-11-23',
    ],
    [
      'finds the last Friday and the second Monday of a month',
      { frequency: 'MONTHLY', byDay: LAST_FRIDAY_SECOND_MONDAY },
      ['2026-01-12', '2026-11-01', '2026-12-31'],
      '2026-11-09 2026-11-27 2026-12-14 2026-12-25',
    ],
    [
      'finds the last working day of a month',
      { frequency: 'MONTHLY', byDay: on(1, 2, 3, 4, 5), bySetPosition: [-1] },
      ['2026-01-30', '2026-10-01', '2026-11-30'],
      '2026-10-30 2026-11-30',
    ],
    [
      'leaves out months without its day',
      { frequency: 'MONTHLY' },
      ['2026-01-31', '2026-02-01', '2026-05-31'],
      '2026-03-31 2026-05-31',
    ],
    ['comes back on its day of the year', { frequency: 'YEARLY' }, ['1999-11-25'], '2026-11-25'],
    ['has no year without its day', { frequency: 'YEARLY' }, ['2024-02-29', '2026-02-01', '2026-03-31'], ''],
  ])('%s', (_, change, [start, from, to], expected) => {
    expect(list(change, start, from, to)).toBe(expected);
  });

  test('for which no day ever comes is done at once', () => {
    const startedAt = performance.now();
    expect(list({ frequency: 'DAILY', byMonth: [2], byMonthDay: [30], count: 5 }, '1970-01-01')).toBe('');
    expect(list({ frequency: 'DAILY', interval: 28, byDay: on(6) }, '2023-08-25')).toBe('');
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});
