import type { RealtimeClient } from '@supabase/realtime-js';
import { type Joined, keepJoined } from './keep-joined';

/** A page that follows another one shows much the same people; their channels are kept for that long. */
const LINGER_MS = 3_000;

export type PresenceListener = {
  /** Somebody came to the channel, or the last one left it; also what is found there at first, once. */
  onChange: (isShown: boolean) => void;
  /** The channel is not the right one any more, or is closed to this student. */
  onMoved: () => void;
};

type Watched = { joined: Joined; listeners: Set<PresenceListener>; isShown: boolean | undefined };

type PresenceWatch = { watch: (topic: string, listener: PresenceListener) => () => void };

/** Looks into presence channels, each joined once however many ask. */
export function createPresenceWatch(client: RealtimeClient): PresenceWatch {
  const watched = new Map<string, Watched>();

  function open(topic: string): Watched {
    const entry: Watched = {
      listeners: new Set(),
      isShown: undefined,
      joined: keepJoined(client, {
        topic,
        config: { private: true, presence: { enabled: true } },
        listen: (channel) =>
          channel
            .on('presence', { event: 'sync' }, () => {
              const isShown = Object.keys(channel.presenceState()).length > 0;
              if (isShown === entry.isShown) return;
              entry.isShown = isShown;
              for (const { onChange } of entry.listeners) onChange(isShown);
            })
            .on('broadcast', { event: 'changed' }, () => {
              for (const { onMoved } of entry.listeners) onMoved();
            }),
        onLost: (error) => {
          // A lost socket says nothing about others; a refusal says that the name has changed.
          entry.isShown = undefined;
          if (error?.message.includes('Unauthorized')) for (const { onMoved } of entry.listeners) onMoved();
        },
      }),
    };
    watched.set(topic, entry);
    return entry;
  }

  return {
    watch: (topic, listener) => {
      const entry = watched.get(topic) ?? open(topic);
      entry.listeners.add(listener);
      return () => {
        entry.listeners.delete(listener);
        setTimeout(() => {
          if (entry.listeners.size > 0 || watched.get(topic) !== entry) return;
          watched.delete(topic);
          entry.joined.leave();
        }, LINGER_MS);
      };
    },
  };
}

const watches = new WeakMap<RealtimeClient, PresenceWatch>();

/** The one watch of a tab. */
export function presenceWatchOf(client: RealtimeClient): PresenceWatch {
  const watch = watches.get(client) ?? createPresenceWatch(client);
  watches.set(client, watch);
  return watch;
}
