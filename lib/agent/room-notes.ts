import type { SupabaseClient } from '@supabase/supabase-js';
import type { Database } from '../db/types.gen.ts';
import type { Room } from '../domain/room.ts';
import { AppError } from '../errors.ts';
import type { Telemetry } from '../observability/telemetry.ts';
import { roomTranscript } from '../study/room/recap.ts';
import { type SummarizeSessionOutput, summarizeSession } from '../tools/summarize-session.ts';
import { isToolFailure } from '../tools/tool-failure.ts';
import type { AnswerDependencies } from './answer.ts';
import { createGenerate } from './generate.ts';
import { PassageRegistry } from './passages.ts';

type RoomNotesParams = {
  room: Room;
  userId: string;
  timezone: string;
  now: Date;
  db: SupabaseClient<Database>;
  traceId: string;
  telemetry: Telemetry;
  signal: AbortSignal;
};

/** What the agent's own tool makes of the talk in a room. Throws the tool's failure as an error. */
export async function summariseRoom(
  dependencies: Pick<AnswerDependencies, 'model' | 'modelId' | 'retrieval'>,
  params: RoomNotesParams,
): Promise<SummarizeSessionOutput> {
  const { room, signal, telemetry } = params;
  if (room.messages.length === 0) {
    throw new AppError('invalid_request', {
      message: 'Nothing was said in this room that could be summed up.',
    });
  }
  const { userId, db, traceId, now, timezone } = params;
  const result = await summarizeSession.execute(
    { transcript: roomTranscript(room), notes: null },
    {
      toolCallId: `room-${room.id}`,
      messages: [],
      abortSignal: signal,
      context: {
        userId,
        db,
        traceId,
        now,
        timezone,
        retrieval: dependencies.retrieval,
        passages: new PassageRegistry(),
        telemetry,
        threadId: null,
        generate: createGenerate({ ...dependencies, telemetry }),
        random: Math.random,
      },
    },
  );
  if (isToolFailure(result)) throw new AppError(result.code, { message: result.message });
  return room.title === null ? result : { ...result, title: room.title };
}
