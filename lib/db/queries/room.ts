import { z } from 'zod';
import {
  newTimer,
  type RaceState,
  type Room,
  type RoomMessage,
  raceStateSchema,
  roomMessageSchema,
  roomSchema,
  type Timer,
  timerSchema,
} from '../../domain/room.ts';
import { AppError } from '../../errors.ts';
import { say } from '../../language/said.ts';
import type { DatabaseClient } from '../clients.ts';
import { type DatabaseFailure, databaseError } from '../errors.ts';
import type { Json } from '../types.gen.ts';

const roomError = (error: DatabaseFailure) =>
  databaseError(error, { PT403: 'forbidden', PT429: 'rate_limited' });

const ROOM_FULL = 'This room is full. It has five seats; try again when somebody has left.';
const ROOM_CLOSED = 'This room is closed. Open a new one, or ask for its code.';

const opened = z.object({ outcome: z.string(), roomId: z.string(), code: z.string().nullable() });
export type OpenedRoom = { roomId: string; code: string };

/** Why there is no seat, as an error. Unknown, blocked and removed are one answer. */
function refusal(outcome: string, retryAfterSeconds?: number): AppError {
  if (outcome === 'full') return new AppError('conflict', { message: ROOM_FULL });
  if (outcome === 'closed') return new AppError('conflict', { message: ROOM_CLOSED });
  if (outcome === 'limited') {
    const minutes = Math.max(1, Math.ceil((retryAfterSeconds ?? 60) / 60));
    return new AppError('rate_limited', {
      message: () => say('Ten codes were wrong. Try again in {minutes} min.', { minutes }),
      retryable: false,
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    });
  }
  return new AppError('not_found');
}

/**
 * Opens a room and sits down in it. With an invitation both sides get the same room, whoever comes first, and the
 * receiver has accepted by coming. A second press within ten seconds gives back the first room.
 */
export async function openRoom(
  db: DatabaseClient,
  params: { title?: string | null; goal?: string | null; nudgeId?: string | null; timer?: Timer },
): Promise<OpenedRoom> {
  const { data, error } = await db.rpc('open_room', {
    p_title: params.title ?? null,
    p_goal: params.goal ?? null,
    p_nudge_id: params.nudgeId ?? null,
    ...(params.timer === undefined ? {} : { p_timer: params.timer }),
  });
  if (error) throw databaseError(error, { PT429: 'quota_exceeded' });
  const { outcome, roomId, code } = opened.parse(data);
  if (code === null) throw refusal(outcome);
  return { roomId, code };
}

const entered = z.object({
  outcome: z.enum(['seated', 'left', 'open', 'full', 'closed', 'unknown', 'limited']),
  roomId: z.string().nullish(),
  title: z.string().nullish(),
  seated: z.int().nullish(),
  retryAfterSeconds: z.number().nullish(),
});

/** What is behind a code for the student who looks. */
export type RoomDoor =
  | { outcome: 'seated'; roomId: string }
  | { outcome: 'left'; roomId: string }
  | { outcome: 'open'; title: string | null; seated: number }
  | { outcome: 'full' }
  | { outcome: 'closed' }
  | { outcome: 'unknown' }
  | { outcome: 'limited'; retryAfterSeconds: number };

/** Looks behind a code. A wrong one counts, ten within an hour. */
export async function lookBehindCode(db: DatabaseClient, params: { code: string }): Promise<RoomDoor> {
  const { data, error } = await db.rpc('enter_room', { p_code: params.code, p_join: false });
  if (error) throw roomError(error);
  const { outcome, roomId, title, seated, retryAfterSeconds } = entered.parse(data);
  if (outcome === 'seated' || outcome === 'left') return { outcome, roomId: roomId ?? '' };
  if (outcome === 'open') return { outcome, title: title ?? null, seated: seated ?? 0 };
  if (outcome === 'limited') return { outcome, retryAfterSeconds: retryAfterSeconds ?? 3600 };
  return { outcome };
}

/** Takes a seat, or says why there is none. */
export async function joinRoom(
  db: DatabaseClient,
  params: { code: string; goal?: string | null },
): Promise<OpenedRoom> {
  const { data, error } = await db.rpc('enter_room', {
    p_code: params.code,
    p_join: true,
    p_goal: params.goal ?? null,
  });
  if (error) throw roomError(error);
  const { outcome, roomId, retryAfterSeconds } = entered.parse(data);
  if ((outcome === 'seated' || outcome === 'left') && roomId) return { roomId, code: params.code };
  throw refusal(outcome, retryAfterSeconds ?? undefined);
}

/** `after` for a room without what was said: no message has a number above this. */
export const NO_MESSAGES = 2_000_000_000;

/** A room as its member sees it; `not_found` for everybody else. `after` leaves out messages that are known. */
export async function readRoom(
  db: DatabaseClient,
  params: { roomId: string; after?: number },
): Promise<Room> {
  const { data, error } = await db.rpc('read_room', {
    p_room_id: params.roomId,
    p_after: params.after ?? null,
  });
  if (error) throw roomError(error);
  if (data === null) throw new AppError('not_found');
  return roomSchema.parse(data);
}

export type RoomAct =
  | { action: 'seen' | 'leave' | 'close' }
  | { action: 'goal'; goal: string | null }
  | { action: 'remove'; userId: string };

export const roomActedSchema = z.object({ changed: z.boolean(), now: z.string() });

/** Whether anything changed by it, with the server's time. Twice is once. */
export async function actInRoom(
  db: DatabaseClient,
  params: { roomId: string } & RoomAct,
): Promise<z.output<typeof roomActedSchema>> {
  const { roomId, action, ...detail } = params;
  const { data, error } = await db.rpc('act_in_room', {
    p_room_id: roomId,
    p_action: action,
    p_detail: detail,
  });
  if (error) throw roomError(error);
  return roomActedSchema.parse(data);
}

export const roomClockSchema = z.object({
  changed: z.boolean(),
  timer: timerSchema.catch(() => newTimer()),
  revision: z.int(),
  now: z.string(),
});
export type RoomClock = z.output<typeof roomClockSchema>;

/** Sets the clock, unless somebody did since the revision the student saw; then it stays and is given back. */
export async function setRoomTimer(
  db: DatabaseClient,
  params: { roomId: string; revision: number; timer: Timer; action: string },
): Promise<RoomClock> {
  const { data, error } = await db.rpc('set_room_timer', {
    p_room_id: params.roomId,
    p_revision: params.revision,
    p_timer: params.timer as Json,
    p_action: params.action,
  });
  if (error) throw roomError(error);
  return roomClockSchema.parse(data);
}

/** Says something; sent again under the same id it is the message that is there already. */
export async function sendRoomMessage(
  db: DatabaseClient,
  params: { roomId: string; clientId: string; body: string },
): Promise<RoomMessage> {
  const { data, error } = await db.rpc('send_room_message', {
    p_room_id: params.roomId,
    p_client_id: params.clientId,
    p_body: params.body,
  });
  if (error) throw roomError(error);
  return roomMessageSchema.parse(data);
}

/** The latest race of a room the student sits in. */
export async function readRace(db: DatabaseClient, params: { roomId: string }): Promise<RaceState> {
  const { access, race, now } = await readRoom(db, { ...params, after: NO_MESSAGES });
  if (access !== 'seated') throw new AppError('not_found');
  return { race, now };
}

const raceError = (error: DatabaseFailure, ends: 'race_alone' | 'race_over') =>
  databaseError(error, { PT403: 'not_racing', PT409: ends });

/**
 * Starts a race of all who are there, with the questions of these quizzes, which were made for it and go with it. One that
 * runs already is given back instead.
 */
export async function startRace(
  db: DatabaseClient,
  params: { roomId: string; quizIds: string[]; topics: string[] },
): Promise<RaceState> {
  const { data, error } = await db.rpc('start_race', {
    p_room_id: params.roomId,
    p_quiz_ids: params.quizIds,
    p_topics: params.topics,
  });
  if (error) throw raceError(error, 'race_alone');
  return raceStateSchema.parse(data);
}

/** Answers a question of a race, once however often it is sent. */
export async function answerRace(
  db: DatabaseClient,
  params: { roomId: string; raceId: string; itemId: string; optionId: string },
): Promise<RaceState> {
  const { data, error } = await db.rpc('answer_race', {
    p_room_id: params.roomId,
    p_race_id: params.raceId,
    p_item_id: params.itemId,
    p_option_id: params.optionId,
  });
  if (error) throw raceError(error, 'race_over');
  return raceStateSchema.parse(data);
}
