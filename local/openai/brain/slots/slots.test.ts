import { describe, expect, it } from 'vitest';
import { readGoals } from '../routing/study-tools.ts';
import {
  hasSeveralDueDays,
  leavesOutDays,
  readDaysPerWeek,
  readDeadline,
  readMinutesPerDay,
  readWeekdays,
} from './amounts.ts';

/** A Friday. */
const NOW = new Date(2026, 10, 20, 14, 5);

describe('days of a plan', () => {
  it.each([
    ['biology exam on friday, 1h on tuesdays and thursdays', '2026-11-27', [2, 4], 2],
    ['test next friday, mon wed fri', '2026-11-27', [1, 3, 5], 3],
    ['by sunday, every day', '2026-11-22', undefined, 7],
    ['finals on monday and wednesday, 30 min a day', '2026-11-23', undefined, undefined],
    ['Exam in biochem on Tuesday 1 December, saturdays and mondays', '2026-12-01', [1, 6], 2],
    ['chemistry, exam on monday the 30th, every day except friday', '2026-11-30', [0, 1, 2, 3, 4, 6], 6],
    ['exam 18 Dec, 2 hours on Tuesday and Friday', '2026-12-18', [2, 5], 2],
    ['the test is on thursday, mon-wed 1h', '2026-11-26', [1, 2, 3], 3],
    ['sundays off, exam on february 25', '2027-02-25', [1, 2, 3, 4, 5, 6], 6],
  ] as const)('“%s”: the day that is due is no habit', (said, deadline, weekdays, daysPerWeek) => {
    expect(readDeadline(said, NOW)).toBe(deadline);
    expect(readWeekdays(said)).toEqual(weekdays);
    expect(readDaysPerWeek(said)).toBe(daysPerWeek);
  });

  it('keep to the weekdays where a second length of day is named, and know that something was left out', () => {
    const said = '2h on saturday, 30 min on weekdays';
    expect(readWeekdays(said)).toEqual([1, 2, 3, 4, 5]);
    expect(readMinutesPerDay(said, 5)).toBe(30);
    expect(leavesOutDays(said)).toBe(true);
    expect(leavesOutDays('30 min on weekdays, exam on saturday')).toBe(false);
  });

  it('know that of several exam days the first was taken', () => {
    expect(hasSeveralDueDays('finals on monday and wednesday')).toBe(true);
    expect(hasSeveralDueDays('exam on friday, 1h on mondays and wednesdays')).toBe(false);
  });
});

describe('goals of a plan', () => {
  it.each([
    [
      'exam on 12 December, 40 minutes on weekdays, plan memory and cell division',
      ['memory', 'cell division'],
    ],
    ['plan mechanics for me please, 40 min a day', ['mechanics']],
    ['anatomy exam in two weeks, 30 min a day', ['anatomy']],
    ['study plan for the bar exam until February 20', ['bar exam']],
    ['plan chapters 3 to 5 of biology, an hour a day', ['chapters 3 to 5 of biology']],
    ['plan chapters 7, 8 and 9 for me, half an hour daily', ['chapters 7, 8 and 9']],
    ['make a plan for supply and demand and elasticity, 20 min a day', ['supply and demand', 'elasticity']],
    ['a maths exam on 8 December and a history exam on the 10th, plan it', ['maths', 'history']],
    ['I am revising for finals', []],
    ['create a timetable', []],
    ['', []],
  ] as const)('“%s” names %j', (said, goals) => {
    expect(readGoals(said, '')).toEqual(goals);
  });

  it('come one a line from a pasted list', () => {
    expect(readGoals('plan these', '- algebra\n2. geometry\n')).toEqual(['algebra', 'geometry']);
  });
});
