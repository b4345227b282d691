import { describe, expect, test } from 'vitest';
import { parseDeadline } from './deadline.ts';
import { planOf } from './test-plans.ts';

const TODAY = '2026-11-20';

describe('a deadline', () => {
  test.each([
    ['2026-12-02', '2026-12-02'],
    ['2026-12-2', '2026-12-02'],
    ['2026/12/02', '2026-12-02'],
    ['20261202', '2026-12-02'],
    [' 2026-12-02T09:00 ', '2026-12-02'],
    ['2026-12-02 23:59:59', '2026-12-02'],
    ['2 December 2026', '2026-12-02'],
    ['2nd of Dec', '2026-12-02'],
    ['December 2, 2026', '2026-12-02'],
    ['3 March', '2027-03-03'],
  ])('“%s” is %s', (text, date) => {
    expect(parseDeadline(text, 'Europe/Lisbon', TODAY)).toBe(date);
  });

  test('with an offset is the day it is where the student is', () => {
    expect(parseDeadline('2026-12-02T23:30:00Z', 'Asia/Tokyo', TODAY)).toBe('2026-12-03');
    expect(parseDeadline('2026-12-02T23:30:00Z', 'America/New_York', TODAY)).toBe('2026-12-02');
    expect(parseDeadline('2026-12-02T01:00:00+0900', 'UTC', TODAY)).toBe('2026-12-01');
  });

  test.each([
    'soon',
    '2026-02-30',
    '2026-13-01',
    '31 November 2026',
    '2026-12-02T99:00Z',
    '0000-00-00',
    '12',
  ])('“%s” is refused with an example', (text) => {
    expect(() => parseDeadline(text, 'UTC', TODAY)).toThrow(/not a date I can read.*2026-12-04/);
  });

  test.each([
    ['2026-11-19', /Thursday 19 November, is over/],
    ['2020-01-01', /1 January 2020, is over/],
    ['2026-11-20', /deadline is today/],
  ])('%s leaves nothing to plan, in one sentence', (deadline, sentence) => {
    expect(() => planOf({ deadline })).toThrow(sentence);
  });

  test('before the first named weekday is refused by name', () => {
    expect(() => planOf({ deadline: '2026-11-22', weekdays: [1] })).toThrow(
      /None of your Mondays comes before the deadline, Sunday 22 November/,
    );
  });

  test('is tomorrow or today by the student’s clock, not the server’s', () => {
    const now = new Date('2026-11-20T23:30:00Z');
    const ask = (timezone: string) => planOf({ deadline: '2026-11-21' }, { now, timezone });
    expect(ask('America/New_York').startsOn).toBe('2026-11-20');
    expect(() => ask('Asia/Tokyo')).toThrow(/deadline is today/);
  });
});
