import { z } from 'zod';
import { newTimer, timerSchema } from './timer.ts';

export const SEATS = 5;
export const MAX_GOAL_CHARACTERS = 120;
export const MAX_MESSAGE_CHARACTERS = 1_000;
export const MAX_TITLE_CHARACTERS = 80;

/** A clock that a member wrote past our routes and that makes no sense is one that was not started. */
const storedTimer = timerSchema.catch(() => newTimer());

export const roomMessageSchema = z.object({
  seq: z.int(),
  clientId: z.string(),
  userId: z.string(),
  body: z.string(),
  createdAt: z.string(),
});
export type RoomMessage = z.infer<typeof roomMessageSchema>;

const roomMemberSchema = z.object({
  userId: z.string(),
  name: z.string(),
  goal: z.string().nullable(),
  joinedAt: z.string(),
  /** Null while they sit there. */
  leftAt: z.string().nullable(),
  earlierStays: z.array(z.object({ from: z.string(), to: z.string() })),
});
export type RoomMember = z.infer<typeof roomMemberSchema>;

export const roomSchema = z.object({
  id: z.string(),
  code: z.string(),
  title: z.string().nullable(),
  status: z.enum(['open', 'closed']),
  /** `left` is somebody who sat there once, or the room is closed: they see it as it was then. */
  access: z.enum(['seated', 'left']),
  me: z.string(),
  /** The server's time at the answer. */
  now: z.string(),
  hostId: z.string().nullable(),
  channelId: z.string().nullable(),
  timer: storedTimer.nullable(),
  timerHistory: z.array(z.object({ anchor: storedTimer, until: z.string() })),
  revision: z.int(),
  createdAt: z.string(),
  endsAt: z.string(),
  lastSeq: z.int(),
  members: z.array(roomMemberSchema),
  messages: z.array(roomMessageSchema),
});
export type Room = z.infer<typeof roomSchema>;

/** What the database says in the channel when the clock was changed. */
export const timerNoticeSchema = z.object({
  timer: storedTimer,
  revision: z.int(),
  by: z.string(),
  action: z.string(),
});
export type TimerNotice = z.infer<typeof timerNoticeSchema>;
