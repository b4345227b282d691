import { UI_MESSAGE_STREAM_HEADERS } from 'ai';
import type { ClervaChunk } from './messages.ts';

/** Without a word for so long, what stands on the way may take a connection for dead. */
const KEEP_ALIVE_MS = 15_000;

/** Nobody on the way may pack the events: the packer of one open answer takes a quarter of a megabyte, and holds words back. */
const EVENT_HEADERS = { ...UI_MESSAGE_STREAM_HEADERS, 'cache-control': 'no-cache, no-transform' };

const responseOf = (body: ReadableStream<Uint8Array<ArrayBuffer>>) =>
  new Response(body, { headers: EVENT_HEADERS });

/** Events as they were written, for whoever follows an answer. */
export const eventsResponse = (events: ReadableStream<string>): Response =>
  responseOf(events.pipeThrough(new TextEncoderStream()));

const encoder = new TextEncoder();

/** A stream that is filled from outside: what is put in comes out, until its reader goes away. */
export function outlet<Value>() {
  let controller: ReadableStreamDefaultController<Value> | undefined;
  const stream = new ReadableStream<Value>({
    start(started) {
      controller = started;
    },
    cancel() {
      controller = undefined;
    },
  });
  return {
    stream,
    put: (value: Value) => controller?.enqueue(value),
    close: () => controller?.close(),
  };
}

/**
 * The chunks of an answer as server-sent events, in the form that the SDK's own response has, for its page and once more as
 * text for those who follow it. In one go: a thousand answers that are open at the same time are held in memory with every stream
 * that stands between.
 */
export function eventStreams(chunks: AsyncIterable<ClervaChunk> | Iterable<ClervaChunk>): {
  response: Response;
  copy: ReadableStream<string>;
} {
  const [page, copy] = [outlet<Uint8Array<ArrayBuffer>>(), outlet<string>()];
  const put = (text: string) => {
    page.put(encoder.encode(text));
    copy.put(text);
  };
  const keepAlive = setInterval(() => put(': keep-alive\n\n'), KEEP_ALIVE_MS);
  const write = async () => {
    put(': stream-open\n\n');
    for await (const chunk of chunks) {
      put(`data: ${JSON.stringify(chunk)}\n\n`);
      keepAlive.refresh();
    }
    put('data: [DONE]\n\n');
  };
  // The turn itself says how it failed; a stream of it only ends.
  void write().finally(() => {
    clearInterval(keepAlive);
    page.close();
    copy.close();
  });
  return { response: responseOf(page.stream), copy: copy.stream };
}
