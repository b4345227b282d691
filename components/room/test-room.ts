import { newTimer, type Race, type Room, type RoomMember } from '@/lib/domain/room';

export const NOW = '2026-11-21T10:00:00.000Z';

export const memberWith = (userId: string, change: Partial<RoomMember> = {}): RoomMember => ({
  userId,
  name: userId,
  goal: null,
  joinedAt: NOW,
  leftAt: null,
  earlierStays: [],
  ...change,
});

/** A room of two that is open, for the tests of what is shown of it. */
export const roomWith = (change: Partial<Room> = {}): Room => ({
  id: '00000000-0000-4000-8000-00000000000a',
  code: 'M7K4QX',
  title: 'Memory',
  status: 'open',
  access: 'seated',
  me: 'me',
  now: NOW,
  hostId: 'me',
  channelId: 'channel',
  timer: newTimer(),
  timerHistory: [],
  revision: 0,
  createdAt: NOW,
  endsAt: NOW,
  lastSeq: 0,
  race: null,
  members: [memberWith('me', { name: 'Ana', goal: '14 cards' }), memberWith('other', { name: 'Ben' })],
  messages: [],
  ...change,
});

/** A race of both, with nothing answered, that ends in three minutes. */
export const raceWith = (change: Partial<Race> = {}): Race => ({
  id: '00000000-0000-4000-8000-00000000000b',
  startedBy: 'other',
  topics: ['Memory'],
  startedAt: NOW,
  endsAt: '2026-11-21T10:03:00.000Z',
  isOver: false,
  questions: 2,
  racers: ['me', 'other'].map((userId) => ({ userId, right: 0, answered: 0, lastRightAt: null })),
  items: ['q1', 'q2'].map((id) => ({
    id,
    q: `What is ${id}?`,
    title: 'Memory notes',
    choices: ['a', 'b', 'c', 'd'].map((choice) => ({ id: choice, text: `${id} ${choice}` })),
    mine: null,
    answer: null,
  })),
  ...change,
});
