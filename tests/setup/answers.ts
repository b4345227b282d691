import { parseJsonEventStream, readUIMessageStream, uiMessageChunkSchema } from 'ai';
import { type ClervaChunk, type ClervaMessage, messageText } from '../../lib/agent/messages.ts';
import { collected, openStream } from './streams.ts';

/** The chunks of an answer that is streamed, as a page reads them. */
export async function* chunksOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<ClervaChunk> {
  if (!body) return;
  const events = parseJsonEventStream({ stream: body, schema: uiMessageChunkSchema });
  for await (const event of events) {
    if (event.success) yield event.value as ClervaChunk;
  }
}

/** A streamed answer to its end: its chunks, and the message they make. */
export async function readAll(response: Response) {
  const chunks = await collected(chunksOf(response.body));
  let message: ClervaMessage | undefined;
  const { stream, send, close } = openStream<ClervaChunk>();
  send(...chunks);
  close();
  for await (const snapshot of readUIMessageStream<ClervaMessage>({ stream })) message = snapshot;
  return { chunks, message };
}

export const threadOf = (chunks: ClervaChunk[]) => {
  const start = chunks.find(({ type }) => type === 'start');
  return start?.type === 'start' ? (start.messageMetadata?.threadId ?? '') : '';
};
export const textOf = (message: ClervaMessage | undefined) => messageText(message?.parts ?? []);
