import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './faults.ts';

export type Frame = { event?: string; data: string; isDelta: boolean };

/** After so many frames other requests get their turn, and a closed connection is noticed. */
const FRAMES_PER_TURN = 16;

/**
 * Sends frames as they come, with no delay of ours or of the socket, and stops making them once the reader is gone.
 * Frames of one turn of the event loop leave in one packet.
 */
export async function sendEventStream(
  response: ServerResponse,
  frames: Iterable<Frame>,
  options: { signal: AbortSignal; fault: Fault | undefined; requestId: string },
): Promise<void> {
  const { signal, fault } = options;
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
    'x-request-id': options.requestId,
  });
  response.socket?.setNoDelay(true);
  let sent = 0;
  let waiting = '';
  const flush = async (): Promise<void> => {
    const text = waiting;
    waiting = '';
    if (text && !response.write(text)) await once(response, 'drain', { signal });
  };
  try {
    for (const frame of frames) {
      if (signal.aborted) return;
      if (fault?.dropAfterEvents !== undefined && sent >= fault.dropAfterEvents) {
        await flush();
        // A reset right away could overtake what was just written.
        await sleep(5, undefined, { signal });
        response.destroy();
        return;
      }
      if (fault?.delayMs && frame.isDelta) {
        await flush();
        await sleep(fault.delayMs, undefined, { signal });
      }
      waiting += `${frame.event ? `event: ${frame.event}\n` : ''}data: ${frame.data}\n\n`;
      sent += 1;
      const isEarlyDelta = frame.isDelta && sent < FRAMES_PER_TURN;
      if (isEarlyDelta || sent % FRAMES_PER_TURN === 0) await flush();
      if (sent % FRAMES_PER_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await flush();
    response.end();
  } catch (error) {
    // The reader left while we waited: there is nobody to tell.
    if (!signal.aborted) throw error;
  }
}
