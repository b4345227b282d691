import { describe, expect, test } from 'vitest';
import { readShown, seatsOf, stateWords } from './seats';
import { completeUpTo, mergeMessages, stillPending } from './talk';
import { memberWith, roomWith } from './test-room';

const message = (seq: number, userId = 'a') => ({
  seq,
  clientId: `c${seq}`,
  userId,
  body: `m${seq}`,
  createdAt: '2026-11-21T10:00:00Z',
});

describe('what was said', () => {
  test('is in the order of the server, each once, however it arrives', () => {
    expect(mergeMessages([message(1), message(3)], [message(2), message(3)]).map(({ seq }) => seq)).toEqual([
      1, 2, 3,
    ]);
  });

  test('is complete only up to the first that is missing, whichever came before', () => {
    expect(completeUpTo(0, [])).toBe(0);
    expect(completeUpTo(1, [message(1), message(2)])).toBe(2);
    // The answer to one's own message is there before the two that others sent meanwhile.
    expect(completeUpTo(3, [message(1), message(6)])).toBe(3);
    expect(completeUpTo(3, [message(4), message(5), message(6)])).toBe(6);
    // What somebody blocked said is not told; the server says up to where it told all.
    expect(completeUpTo(5, [message(2), message(6)])).toBe(6);
  });

  test('is no longer pending once it is there, and only one’s own', () => {
    const pending = [
      { clientId: 'c1', body: 'm1', state: 'waiting' as const },
      { clientId: 'c2', body: 'm2', state: 'sending' as const },
    ];
    expect(stillPending(pending, [message(1, 'a'), message(2, 'b')], 'a')).toEqual([pending[1]]);
  });
});

describe('seats', () => {
  const room = roomWith({
    me: 'b',
    hostId: 'a',
    now: '2026-11-21T10:10:00Z',
    members: [
      ...['a', 'b', 'c'].map((userId) => memberWith(userId)),
      memberWith('d', { leftAt: '2026-11-21T10:05:00Z' }),
    ],
  });
  const here = { state: 'here', since: '2026-11-21T10:00:00Z' };
  const away = { state: 'away', since: '2026-11-21T10:07:30Z' };
  const now = Date.parse(room.now);

  test('are one for each student however many tabs, one’s own first', () => {
    const shown = readShown({
      a: [away, here, { presence_ref: 'x' }],
      c: [away, { ...away, since: '2026-11-21T10:06:00Z' }],
    });
    const seats = seatsOf(room, shown);
    expect(seats.map(({ userId, state, isHost }) => [userId, state, isHost])).toEqual([
      ['b', 'here', false],
      ['a', 'here', true],
      ['c', 'away', false],
    ]);
    expect(seats.map((seat) => stateWords(seat, now))).toEqual([null, null, 'away for 2 min']);
  });

  test('of who has no tab open are told apart from who is away, and nonsense is nobody', () => {
    const shown = readShown({ a: [{ state: 'flying', since: 7 }, null, 'x'] });
    const seats = seatsOf(room, shown);
    expect(seats.map((seat) => stateWords(seat, now))).toEqual([null, 'not connected', 'not connected']);
  });
});
