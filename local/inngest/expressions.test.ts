import { describe, expect, test } from 'vitest';
import { nextTick } from './cron.ts';
import { parseDuration, parseMoment, parseRetryAfter } from './duration.ts';
import { expressionError, keyOf, matches, numberOf } from './expressions.ts';
import { seededId, ulid } from './ids.ts';

const event = {
  name: 'a',
  data: { userId: 'u1', n: 2, ok: true, tags: ['x', 'y'], nothing: null, 'a-b': 1 },
};

describe('expressions', () => {
  test.each([
    [`event.data.userId == 'u1'`, true],
    [`event.data.userId == async.data.userId`, true],
    [`event.data.n > 1 && event.data.ok`, true],
    [`event.data.missing == null`, true],
    [`event.data.missing == 'x' || event.data.n == 2`, true],
    [`event.data.deep.er.missing == null`, true],
    [`event.data.missing != async.data.userId`, true],
    [`has(event.data.missing)`, false],
    [`has(event.data.userId)`, true],
    [`event.data.tags.exists(tag, tag == 'y')`, true],
    [`'z' in event.data.tags`, false],
    [`event.data['a-b'] == 1 && event.data['not-there'] == null`, true],
    [`event.data.userId`, false],
    [`event.data.n == '2'`, false],
    [`event.data.nothing.x == 1`, false],
  ])('%s is %s', (source, expected) => {
    expect(expressionError(source)).toBeNull();
    expect(matches(source, { event, async: { data: { userId: 'u1' } } })).toBe(expected);
  });

  test('leave the event they read as it was', () => {
    const before = JSON.stringify(event);
    matches('event.data.missing.deep == null', { event });
    expect(JSON.stringify(event)).toBe(before);
  });

  test('give keys and numbers, and the empty ones for what is not there', () => {
    expect(keyOf('event.data.userId + "-" + event.name', { event })).toBe('u1-a');
    expect(keyOf('event.data.n', { event })).toBe('2');
    expect(keyOf('event.data.missing', { event })).toBe('');
    expect(keyOf(undefined, { event })).toBe('');
    expect(numberOf('event.data.ok ? 120 : 0', { event })).toBe(120);
    expect(numberOf('event.data.missing', { event })).toBe(0);
  });

  test.each(['event.data.', 'event.data.x ==', 'user.id', '1 +'])('%s is refused with a reason', (source) => {
    expect(expressionError(source)).toEqual(expect.any(String));
  });
});

describe('times', () => {
  test('are read as the SDK writes them', () => {
    expect(parseDuration('1d2h3m4s')).toBe(93_784_000);
    expect(parseDuration('500ms')).toBe(500);
    expect(parseDuration('')).toBeNull();
    expect(parseDuration('3 apples')).toBeNull();
    expect(parseMoment('', 7)).toBe(7);
    expect(parseMoment('1m', 7)).toBe(60_007);
    expect(parseMoment('2026-01-01T00:00:00.000Z', 7)).toBe(1_767_225_600_000);
    expect(parseMoment('tomorrow', 7)).toBeNull();
    expect(parseRetryAfter('3', 0)).toBe(3_000);
    expect(parseRetryAfter('1970-01-01T00:00:05.000Z', 1_000)).toBe(4_000);
    expect(parseRetryAfter('1970-01-01T00:00:00.000Z', 1_000)).toBe(0);
    expect(parseRetryAfter('?', 0)).toBeNull();
  });

  test('of schedules follow their time zone across a change of the clocks', () => {
    const schedule = 'TZ=Europe/Lisbon 30 9 * * *';
    expect(new Date(nextTick(schedule, Date.parse('2026-03-28T00:00Z')) ?? 0).toISOString()).toBe(
      '2026-03-28T09:30:00.000Z',
    );
    expect(new Date(nextTick(schedule, Date.parse('2026-03-29T00:00Z')) ?? 0).toISOString()).toBe(
      '2026-03-29T08:30:00.000Z',
    );
  });
});

describe('ids', () => {
  test('sort in the order they were made, within one millisecond too', () => {
    const ids = Array.from({ length: 5_000 }, () => ulid(1_763_600_000_000));
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(5_000);
  });

  test('from a seed are the same for the same place in the same request only', () => {
    expect(seededId('1763600000000,AAEC', 0)).toBe(seededId('1763600000000,AAEC', 0));
    expect(seededId('1763600000000,AAEC', 1)).not.toBe(seededId('1763600000000,AAEC', 0));
    expect(seededId('1763600000000,AAED', 0)).not.toBe(seededId('1763600000000,AAEC', 0));
    expect(seededId('nonsense', 0)).toBeNull();
  });
});
