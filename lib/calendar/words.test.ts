import { describe, expect, test } from 'vitest';
import { addDays } from './dates.ts';
import {
  counted,
  datedFrom,
  inWords,
  longDate,
  minuteOfDay,
  momentInWords,
  percent,
  periodOf,
  shortDate,
  shortWeekday,
  spanOf,
  spokenDate,
} from './words.ts';

test('numbers are written with their noun, as whole percents and as the clock shows them', () => {
  expect([0, 1, 2].map((count) => counted(count, 'card'))).toEqual(['0 cards', '1 card', '2 cards']);
  expect(counted(2, 'quiz', 'quizzes')).toBe('2 quizzes');
  expect([0, 0.714, 0.995, 1].map((share) => percent(share))).toEqual(['0%', '71%', '100%', '100%']);
  expect([0, 65, 1110, 1439].map(minuteOfDay)).toEqual(['00:00', '01:05', '18:30', '23:59']);
});

describe('a date in words', () => {
  test.each([
    ['weekday', 'Wednesday'],
    ['weekdayAndDay', 'Wed 2'],
    ['day', '2 September'],
    ['shortDay', '2 Sept'],
    ['dayOfYear', '2 September 2026'],
    ['dayOfWeek', 'Wednesday 2 September'],
    ['shortDayOfWeek', 'Wed 2 Sept'],
  ] as const)('as %s is “%s”', (style, expected) => {
    expect(inWords('2026-09-02', style)).toBe(expected);
  });

  test('in a plan has the year only where it is another', () => {
    expect([shortWeekday('2026-09-02'), shortDate('2026-09-02'), longDate('2026-09-02')]).toEqual([
      'Wed',
      '2 Sep',
      'Wednesday 2 September',
    ]);
    expect(datedFrom('2026-12-02', '2026-11-22')).toBe('Wednesday 2 December');
    expect(datedFrom('2027-12-02', '2026-11-22')).toBe('Thursday 2 December 2027');
    expect([
      spanOf('2026-11-16', '2026-11-22'),
      spanOf('2026-11-30', '2026-12-01'),
      spanOf('2026-12-01', '2026-12-01'),
    ]).toEqual(['16 to 22 Nov', '30 Nov to 1 Dec', '1 Dec']);
  });

  test('is said from today: near days by name, the others by date', () => {
    const today = '2026-11-22';
    const said = (days: number) => spokenDate(addDays(today, days), today);
    expect([-7, -6, -1, 0, 1, 6, 7].map(said)).toEqual([
      'Sun 15 Nov',
      'Monday',
      'yesterday',
      'today',
      'tomorrow',
      'Saturday',
      'Sun 29 Nov',
    ]);
  });
});

test('a moment is told on the clock of the zone, and on that of UTC where nobody knows the zone', () => {
  const at = '2026-12-31T23:30:00Z';
  expect(momentInWords(at, 'time', 'Asia/Kolkata')).toBe('05:00');
  expect(momentInWords(at, 'dayOfYear', 'Pacific/Kiritimati')).toBe('1 January 2027');
  expect(momentInWords(at, 'dayOfYear', 'Pacific/Midway')).toBe('31 December 2026');
  expect(momentInWords(Date.parse(at), 'weekday', 'Mars/Olympus')).toBe('Thursday');
  expect(momentInWords(new Date('2026-06-01T00:05:00Z'), 'time', 'UTC')).toBe('00:05');
});

test('a list is grouped by the stretch of time its dates lie in', () => {
  const dates = [
    '2026-11-30',
    '2026-11-29',
    '2026-11-28',
    '2026-11-23',
    '2026-11-22',
    '2026-01-05',
    '2025-12-31',
  ];
  expect(dates.map((date) => periodOf(date, '2026-11-30'))).toEqual([
    'Today',
    'Yesterday',
    'Previous 7 days',
    'Previous 7 days',
    'November',
    'January',
    'December 2025',
  ]);
});
