import { newTimer, type Room, type RoomMember } from '@/lib/domain/room';

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
