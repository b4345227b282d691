import { describe, expect, test } from 'vitest';
import {
  dayWords,
  EMPTY_WEEK,
  lengthWords,
  painted,
  weekOf,
  windowsOf,
  withDayCopied,
  without,
} from './week';

const timezone = 'Europe/Lisbon';
const window = (dow: number, startMin: number, endMin: number) => ({ dow, startMin, endMin, timezone });

describe('a painted week', () => {
  test('is stored as it was, day by day', () => {
    const windows = [window(1, 1080, 1290), window(3, 0, 60), window(3, 1410, 1440), window(0, 600, 720)];
    expect(windowsOf(weekOf(windows), timezone)).toEqual(windows);
    expect(windowsOf(EMPTY_WEEK, timezone)).toEqual([]);
  });

  test('takes a half hour for free when at least half of it is', () => {
    expect(windowsOf(weekOf([window(1, 615, 676)]), timezone)).toEqual([window(1, 600, 690)]);
    expect(windowsOf(weekOf([window(1, 620, 660)]), timezone)).toEqual([window(1, 630, 660)]);
  });

  test('gives up every half hour in which something is busy', () => {
    const week = weekOf([window(1, 600, 720)]);
    expect(windowsOf(without(week, [{ dow: 1, startMin: 645, endMin: 650 }]), timezone)).toEqual([
      window(1, 600, 630),
      window(1, 660, 720),
    ]);
  });

  test('is painted in rectangles, whichever corner came first', () => {
    const [a, b] = [
      { column: 1, slot: 20 },
      { column: 0, slot: 21 },
    ];
    expect(painted(EMPTY_WEEK, a, b, true)).toEqual(painted(EMPTY_WEEK, b, a, true));
    // Columns count from Monday, days from Sunday.
    expect(windowsOf(painted(EMPTY_WEEK, a, b, true), timezone)).toEqual([
      window(1, 600, 660),
      window(2, 600, 660),
    ]);
  });

  test('copies a day over others, what was there included', () => {
    const week = weekOf([window(1, 600, 660), window(2, 900, 960)]);
    expect(windowsOf(withDayCopied(week, 1, [2, 0]), timezone)).toEqual([
      window(1, 600, 660),
      window(2, 600, 660),
      window(0, 600, 660),
    ]);
  });

  test('is said in words', () => {
    const week = weekOf([window(1, 600, 690), window(1, 1080, 1110)]);
    expect(dayWords(week, 1)).toBe('10:00–11:30, 18:00–18:30');
    expect(dayWords(week, 2)).toBe('Not free');
    expect([lengthWords(week), lengthWords(EMPTY_WEEK)]).toEqual(['2 h', '0 min']);
  });
});
