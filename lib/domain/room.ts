import { z } from 'zod';
import { DURATION_LIMITS, MOST_EXTRA_SECONDS, newTimer } from './sets.ts';

export {
  DURATION_LIMITS,
  MAX_GOAL_CHARACTERS,
  MAX_ROOM_MESSAGE_CHARACTERS,
  MAX_ROOM_TITLE_CHARACTERS,
  MOST_EXTRA_SECONDS,
  newTimer,
  RHYTHMS,
  SEATS,
} from './sets.ts';

const within = ({ min, max }: { min: number; max: number }) => z.int().min(min).max(max);

export const durationsSchema = z.object({
  focusMinutes: within(DURATION_LIMITS.focusMinutes),
  breakMinutes: within(DURATION_LIMITS.breakMinutes),
  rounds: within(DURATION_LIMITS.rounds),
});
export type Durations = z.infer<typeof durationsSchema>;

export const PHASES = ['waiting', 'focus', 'break', 'done'] as const;
export type Phase = (typeof PHASES)[number];

/**
 * Where the clock stands, written only when somebody does something to it: a phase with the moment it began. Everybody
 * computes the rest, the phases that follow included, from the server's time.
 */
export const timerSchema = z.object({
  phase: z.enum(PHASES),
  round: z.int().min(1).max(DURATION_LIMITS.rounds.max),
  /** Null while waiting and when all is done. Resuming moves it on by the pause. */
  startedAt: z.iso.datetime({ offset: true }).nullable(),
  pausedAt: z.iso.datetime({ offset: true }).nullable(),
  /** Added to this one phase. */
  extraSeconds: z.number().min(0).max(MOST_EXTRA_SECONDS),
  durations: durationsSchema,
});
export type Timer = z.infer<typeof timerSchema>;

export const timerActionSchema = z.discriminatedUnion('action', [
  z.object({ action: z.literal('start') }),
  z.object({ action: z.literal('pause') }),
  z.object({ action: z.literal('resume') }),
  z.object({ action: z.literal('skip') }),
  z.object({ action: z.literal('extend'), minutes: z.int().min(1).max(30) }),
  z.object({ action: z.literal('rhythm'), durations: durationsSchema }),
]);
export type TimerAction = z.infer<typeof timerActionSchema>;

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

const racerSchema = z.object({
  userId: z.string(),
  right: z.int(),
  answered: z.int(),
  lastRightAt: z.string().nullable().describe('Of equal right answers the earlier is ahead.'),
});
export type Racer = z.infer<typeof racerSchema>;

const raceItemSchema = z.object({
  id: z.string(),
  q: z.string(),
  title: z.string().describe('What the file is called that it was made from.'),
  choices: z.array(z.object({ id: z.string(), text: z.string() })),
  mine: z.string().nullable().describe('What the student chose.'),
  answer: z
    .string()
    .nullable()
    .describe('The right choice, once the student has chosen or the race is over.'),
});
export type RaceItem = z.infer<typeof raceItemSchema>;

export const raceSchema = z.object({
  id: z.string(),
  startedBy: z.string(),
  topics: z.array(z.string()),
  startedAt: z.string(),
  endsAt: z.string(),
  isOver: z.boolean(),
  questions: z.int(),
  racers: z.array(racerSchema),
  items: z.array(raceItemSchema).describe('None for who does not race, until it is over.'),
});
export type Race = z.infer<typeof raceSchema>;

/** A race as it stands, with the server’s time. */
export const raceStateSchema = z.object({ race: raceSchema.nullable(), now: z.string() });
export type RaceState = z.infer<typeof raceStateSchema>;

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
  race: raceSchema.nullable().describe('The latest one.'),
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
