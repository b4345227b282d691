import { ConnectionError, RequestError, requestJson } from '@/components/library/requests';
import type { RoomAct, RoomClock } from '@/lib/db/queries/room';
import type { Durations, Room, RoomMessage, TimerAction } from '@/lib/domain/room';

import type { SummarizeSessionOutput } from '@/lib/tools/summarize-session';

export type Opened = { roomId: string; code: string; path: string };

export const openRoom = (room: { title?: string | null; goal?: string | null; durations?: Durations } = {}) =>
  requestJson<Opened>('/api/rooms', { method: 'POST', body: room });

/**
 * The room of an invitation to study, for either side: whoever comes first opens it, the other comes into the same one.
 * The receiver has accepted by it. Gives the path to go to.
 */
export const openRoomOfNudge = async (nudgeId: string): Promise<string> =>
  (await requestJson<Opened>('/api/rooms', { method: 'POST', body: { nudgeId } })).path;

export const joinRoom = (code: string, goal?: string) =>
  requestJson<Opened>('/api/rooms/join', { method: 'POST', body: { code, goal: goal ?? null } });

export const fetchRoom = async (roomId: string, after?: number): Promise<Room> =>
  (await requestJson<{ room: Room }>(`/api/rooms/${roomId}${after === undefined ? '' : `?after=${after}`}`))
    .room;

export const act = (roomId: string, body: RoomAct) =>
  requestJson<{ changed: boolean; now: string }>(`/api/rooms/${roomId}`, { method: 'POST', body });

export const turnClock = (roomId: string, revision: number, timerAct: TimerAction) =>
  requestJson<RoomClock>(`/api/rooms/${roomId}/timer`, { method: 'POST', body: { act: timerAct, revision } });

export const say = async (
  roomId: string,
  message: { clientId: string; body: string },
): Promise<RoomMessage> =>
  (
    await requestJson<{ message: RoomMessage }>(`/api/rooms/${roomId}/messages`, {
      method: 'POST',
      body: message,
    })
  ).message;

export const makeNotes = async (roomId: string): Promise<SummarizeSessionOutput> =>
  (await requestJson<{ summary: SummarizeSessionOutput }>(`/api/rooms/${roomId}/notes`, { method: 'POST' }))
    .summary;

/** What to tell the student of a request that did not work. */
export const sentenceOf = (error: unknown): string =>
  error instanceof Error ? error.message : 'That did not work. Try again in a moment.';

/** Whether the same request may work later without the student doing anything. */
export const mayWorkLater = (error: unknown): boolean =>
  error instanceof ConnectionError ||
  (error instanceof RequestError && (error.status >= 500 || error.status === 429));

export const isGone = (error: unknown): boolean => error instanceof RequestError && error.status === 404;
