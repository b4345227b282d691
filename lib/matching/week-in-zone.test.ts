import { describe, expect, test } from 'vitest';
import { weekInZone } from './week-in-zone.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
const window = (dow: number, startMin: number, endMin: number, timezone: string) => ({
  dow,
  startMin,
  endMin,
  timezone,
});

describe('a week on another clock', () => {
  test('is as it was set where nothing differs', () => {
    const own = [window(1, 1080, 1290, 'Europe/Lisbon')];
    expect(weekInZone(own, 'Europe/Lisbon', NOW)).toEqual(own);
    expect(weekInZone([], 'Europe/Lisbon', NOW)).toEqual([]);
  });

  test('moves by as many hours as the clocks are apart, over midnight too', () => {
    expect(weekInZone([window(1, 1320, 1440, 'Europe/Lisbon')], 'Asia/Tokyo', NOW)).toEqual([
      window(2, 420, 540, 'Asia/Tokyo'),
    ]);
    expect(weekInZone([window(1, 600, 720, 'Asia/Kolkata')], 'America/New_York', NOW)).toEqual([
      window(0, 1410, 1440, 'America/New_York'),
      window(1, 0, 90, 'America/New_York'),
    ]);
  });

  test('joins what touches, whichever clock it was set on', () => {
    expect(
      weekInZone(
        [window(1, 540, 600, 'Europe/Lisbon'), window(1, 660, 720, 'Europe/Berlin')],
        'Europe/Lisbon',
        NOW,
      ),
    ).toEqual([window(1, 540, 660, 'Europe/Lisbon')]);
  });

  test('leaves out windows on a clock that does not exist', () => {
    expect(weekInZone([window(1, 540, 600, 'Mars/Olympus')], 'Europe/Lisbon', NOW)).toEqual([]);
  });
});
