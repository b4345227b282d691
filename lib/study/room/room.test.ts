import { describe, expect, test } from 'vitest';
import { newTimer, type Room, roomSchema } from '../../domain/room.ts';
import { readRoomCode, spokenCode } from './code.ts';
import { recapOf, roomTranscript } from './recap.ts';
import { betterOffset, measureOffset } from './server-clock.ts';

describe('a code', () => {
  test.each([
    ['M7K4QX', 'M7K4QX'],
    [' m7k 4qx ', 'M7K4QX'],
    ['m7k-4qx', 'M7K4QX'],
    ['https://clerva.example/room/M7K4QX', 'M7K4QX'],
    ['https://clerva.example/room/M7K4QX/?from=chat#top', 'M7K4QX'],
    // Letters that no code has stand for the digit they look like.
    ['SB22ZU', '58222V'],
  ])('is read from %j', (typed, code) => {
    expect(readRoomCode(typed)).toBe(code);
  });

  test.each(['', 'M7K4Q', 'M7K4QXX', 'M7K4Q0', 'OOOOOO', 'M7K4Q\u{1F600}', '/room/', 'ＭＫ７４ＱＸ'])(
    'is not read from %j',
    (typed) => {
      expect(readRoomCode(typed)).toBeNull();
    },
  );

  test('is read out in two groups', () => {
    expect(spokenCode('M7K4QX')).toBe('M7K 4QX');
  });
});

describe('the server’s time', () => {
  test('is in the middle of question and answer, and a quicker answer is believed more', () => {
    const slow = measureOffset({ sentAtMs: 1_000, receivedAtMs: 1_400, serverNowMs: 61_150 });
    expect(slow).toEqual({ offsetMs: 59_950, uncertaintyMs: 200, measuredAtMs: 1_400 });
    const quick = measureOffset({ sentAtMs: 2_000, receivedAtMs: 2_020, serverNowMs: 62_010 });
    expect(betterOffset(slow, quick)).toBe(quick);
    expect(betterOffset(quick, slow)).toBe(quick);
  });

  test('is measured anew when our own clock was set, or after a while', () => {
    const first = measureOffset({ sentAtMs: 0, receivedAtMs: 20, serverNowMs: 10 });
    const afterSetting = measureOffset({ sentAtMs: 100_000, receivedAtMs: 100_100, serverNowMs: 40_050 });
    expect(betterOffset(first, afterSetting)).toBe(afterSetting);
    const later = measureOffset({ sentAtMs: 700_000, receivedAtMs: 700_100, serverNowMs: 700_050 });
    expect(betterOffset(first, later)).toBe(later);
  });
});

const minute = (n: number) => new Date(Date.parse('2026-11-21T10:00:00Z') + n * 60_000).toISOString();
const room = (change: Partial<Room> = {}): Room => ({
  id: 'room',
  code: 'M7K4QX',
  title: 'Memory',
  status: 'open',
  access: 'left',
  me: 'a',
  now: minute(60),
  hostId: null,
  channelId: null,
  timer: { ...newTimer(), phase: 'focus', startedAt: minute(5) },
  timerHistory: [{ anchor: newTimer(), until: minute(5) }],
  revision: 1,
  createdAt: minute(0),
  endsAt: minute(720),
  lastSeq: 0,
  race: null,
  members: [
    { userId: 'a', name: 'Ana', goal: '14 cards', joinedAt: minute(0), leftAt: minute(42), earlierStays: [] },
    {
      userId: 'b',
      name: 'Ben',
      goal: null,
      joinedAt: minute(30),
      leftAt: null,
      earlierStays: [{ from: minute(2), to: minute(10) }],
    },
    { userId: 'c', name: 'Cleo', goal: null, joinedAt: minute(50), leftAt: null, earlierStays: [] },
  ],
  messages: [
    { seq: 1, clientId: 'x', userId: 'b', body: 'Retro, no?', createdAt: minute(6) },
    { seq: 2, clientId: 'y', userId: 'gone', body: 'Yes.', createdAt: minute(7) },
  ],
  ...change,
});

describe('a recap', () => {
  test('counts what the student was there for, and who sat with them, until they left', () => {
    expect(recapOf(room())).toEqual({
      minutes: 42,
      focusMinutes: 32,
      rounds: 1,
      people: [
        { userId: 'a', name: 'Ana', isMe: true, goal: '14 cards', minutes: 42 },
        { userId: 'b', name: 'Ben', isMe: false, goal: null, minutes: 20 },
      ],
    });
  });

  test('tells of a clock that a later one replaced nothing of what came after', () => {
    expect(recapOf(room({ timer: null, timerHistory: [] }))).toMatchObject({ focusMinutes: 0, rounds: 0 });
  });

  test('is a transcript with names, goals first', () => {
    expect(roomTranscript(room())).toBe('Ana wanted to do: 14 cards\nBen: Retro, no?\nA student: Yes.');
  });
});

test('a clock that makes no sense is one that was not started', () => {
  const parsed = roomSchema.parse({ ...room(), timer: { phase: 'focus', startedAt: 'yesterday' } });
  expect(parsed.timer).toEqual(newTimer());
  const endless = { ...newTimer(), durations: { focusMinutes: 1e9, breakMinutes: 0, rounds: 1e9 } };
  expect(roomSchema.parse({ ...room(), timer: endless }).timer).toEqual(newTimer());
});
