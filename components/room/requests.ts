import { ConnectionError, RequestError, requestJson } from '@/components/client/request';
import type { RoomAct, RoomClock } from '@/lib/db/queries/room';
import type { Durations, RaceState, Room, RoomMessage, TimerAction } from '@/lib/domain/room';
import { api } from '@/lib/links';
import type { SummarizeSessionOutput } from '@/lib/tools/summarize-session';

export type Opened = { roomId: string; code: string; path: string };

export const openRoom = (room: { title?: string | null; goal?: string | null; durations?: Durations } = {}) =>
  requestJson<Opened>(api.rooms, { method: 'POST', body: room });

/**
 * The room of an invitation to study, for either side: whoever comes first opens it, the other comes into the same one.
 * The receiver has accepted by it. Gives the path to go to.
 */
export const openRoomOfNudge = async (nudgeId: string): Promise<string> =>
  (await requestJson<Opened>(api.rooms, { method: 'POST', body: { nudgeId } })).path;

export const joinRoom = (code: string, goal?: string) =>
  requestJson<Opened>(api.joinRoom, { method: 'POST', body: { code, goal: goal ?? null } });

export const fetchRoom = async (roomId: string, after?: number): Promise<Room> =>
  (await requestJson<{ room: Room }>(api.room(roomId, after))).room;

export const act = (roomId: string, body: RoomAct) =>
  requestJson<{ changed: boolean; now: string }>(api.room(roomId), { method: 'POST', body });

export const turnClock = (roomId: string, revision: number, timerAct: TimerAction) =>
  requestJson<RoomClock>(api.roomTimer(roomId), { method: 'POST', body: { act: timerAct, revision } });

export const say = async (
  roomId: string,
  message: { clientId: string; body: string },
): Promise<RoomMessage> =>
  (
    await requestJson<{ message: RoomMessage }>(api.roomMessages(roomId), {
      method: 'POST',
      body: message,
    })
  ).message;

export const startRace = (roomId: string) => requestJson<RaceState>(api.roomRace(roomId), { method: 'POST' });

export const answerRace = (roomId: string, body: { raceId: string; itemId: string; optionId: string }) =>
  requestJson<RaceState>(api.raceAnswers(roomId), { method: 'POST', body });

export const makeNotes = async (roomId: string): Promise<SummarizeSessionOutput> =>
  (await requestJson<{ summary: SummarizeSessionOutput }>(api.roomNotes(roomId), { method: 'POST' })).summary;

/** Whether the same request may work later without the student doing anything. */
export const mayWorkLater = (error: unknown): boolean =>
  error instanceof ConnectionError ||
  (error instanceof RequestError && (error.status >= 500 || error.status === 429));
