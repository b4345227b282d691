import type { Room } from '../domain/room.ts';
import { AppError } from '../errors.ts';
import { roomTranscript } from '../study/room/recap.ts';
import { type SummarizeSessionOutput, summarizeSession } from '../tools/summarize-session.ts';
import { isToolFailure } from '../tools/tool-failure.ts';
import { contextOfTools } from './generate.ts';
import { PassageRegistry } from './passages.ts';

/** Whoever asks for the notes, in the words of a tool's context. */
type RoomNotesParams = Omit<Parameters<typeof contextOfTools>[1], 'passages' | 'threadId' | 'documentId'> & {
  room: Room;
  signal: AbortSignal;
};

/** What the agent's own tool makes of the talk in a room. Throws the tool's failure as an error. */
export async function summariseRoom(
  dependencies: Parameters<typeof contextOfTools>[0],
  { room, signal, ...student }: RoomNotesParams,
): Promise<SummarizeSessionOutput> {
  if (room.messages.length === 0) {
    throw new AppError('invalid_request', {
      message: 'Nothing was said in this room that could be summed up.',
    });
  }
  const given = { ...student, passages: new PassageRegistry(), threadId: null, documentId: null };
  const result = await summarizeSession.execute(
    { transcript: roomTranscript(room), notes: null },
    {
      toolCallId: `room-${room.id}`,
      messages: [],
      abortSignal: signal,
      context: contextOfTools(dependencies, given),
    },
  );
  if (isToolFailure(result)) throw new AppError(result.code, { message: result.message });
  return room.title === null ? result : { ...result, title: room.title };
}
