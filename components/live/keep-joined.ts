import type { RealtimeChannel, RealtimeChannelOptions, RealtimeClient } from '@supabase/realtime-js';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;

type Joining = {
  topic: string;
  config?: RealtimeChannelOptions['config'];
  /** Names what to listen for, before the channel is joined. */
  listen?: (channel: RealtimeChannel) => void;
  /** At every join, also of a socket that came back: what happened in between was not told. */
  onJoined?: (channel: RealtimeChannel) => void;
  /** The socket is gone, or the server refused. The join is tried again until it is left. */
  onLost?: (error: Error | undefined) => void;
};

export type Joined = { channel: () => RealtimeChannel; leave: () => void };

/**
 * Joins a channel and stays in it. The client joins again by itself when its socket was lost; a channel that the server
 * closed, because a limit was reached or a token had ended, is gone for it, and is made anew here.
 */
export function keepJoined(client: RealtimeClient, joining: Joining): Joined {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitMs = FIRST_WAIT_MS;
  let isLeft = false;
  let channel = join();

  function join(): RealtimeChannel {
    const made = client.channel(joining.topic, { config: joining.config ?? {} });
    joining.listen?.(made);
    made.subscribe((status, error) => {
      if (isLeft) return;
      if (status === 'SUBSCRIBED') {
        waitMs = FIRST_WAIT_MS;
        joining.onJoined?.(made);
        return;
      }
      joining.onLost?.(error);
      if (status !== 'CLOSED') return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        channel = join();
      }, waitMs);
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
    });
    return made;
  }

  return {
    channel: () => channel,
    leave: () => {
      isLeft = true;
      clearTimeout(timer);
      void client.removeChannel(channel);
    },
  };
}
