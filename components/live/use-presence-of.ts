'use client';

import type { RealtimeClient } from '@supabase/realtime-js';
import { useEffect, useEffectEvent } from 'react';
import { requestJson } from '@/components/client/request';
import { MOST_WATCHED } from '@/lib/domain/bounds';
import { api } from '@/lib/links';
import { useLive } from './live-provider';
import { type PresenceListener, presenceWatchOf } from './presence-watch';

type Watchable = { userId: string; isHere: boolean };

/** A tab that reloads its socket is back by then. */
const PATIENCE_MS = 100;
/** So that many who see the same do not all ask in the same moment. */
const SPREAD_MS = 150;
/** A student who moves to another channel is gone from the first before they are in the second. */
const MOVING_MS = 2_000;
/** The database is asked for channels again no sooner than this. */
const REST_MS = 500;

export type PresenceChannel = { userId: string; topic: string; isLive: boolean };
type Channels = { channels: PresenceChannel[] };

const fetchChannels = (userIds: readonly string[]) => requestJson<Channels>(api.presenceOf(userIds));
const reportEmpty = (userId: string) => requestJson<undefined>(api.reportEmpty(userId), { method: 'POST' });

type Follower = {
  client: RealtimeClient;
  userIds: readonly string[];
  /** Where they were shown when the page was made. */
  known: readonly PresenceChannel[];
  isHere: (userId: string) => boolean;
  onMoved: () => void;
};

/** Work that waits, once for each name. */
function createTimers() {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const drop = (name: string) => {
    clearTimeout(timers.get(name));
    timers.delete(name);
  };
  const later = (name: string, waitMs: number, work: () => void) => {
    if (timers.has(name)) return;
    const run = () => {
      timers.delete(name);
      work();
    };
    timers.set(name, setTimeout(run, waitMs));
  };
  return { drop, later, dropAll: () => [...timers.keys()].forEach(drop) };
}

/** Watches the channels these students are shown in, and asks for them again when one has moved. */
function follow({ client, userIds, known, isHere, onMoved }: Follower): () => void {
  const watch = presenceWatchOf(client);
  const watching = new Map<string, { topic: string; stop: () => void }>();
  const movedAt = new Map<string, number>();
  /** Who was heard of in their channel: it proves nothing of the others that theirs is empty. */
  const heard = new Set<string>();
  const timers = createTimers();
  let isLeft = false;

  const onEmpty = (userId: string) =>
    timers.later(userId, PATIENCE_MS + Math.random() * SPREAD_MS, () => {
      if (Date.now() - (movedAt.get(userId) ?? 0) < MOVING_MS) return;
      // Whoever is shown as gone already needs no report; a failed one is made up for by the sweep.
      if (isHere(userId)) reportEmpty(userId).catch(() => undefined);
      // They may have moved before this page could be told.
      timers.later('', REST_MS, () => void look());
    });
  const listenerOf = (userId: string): PresenceListener => ({
    onMoved: () => {
      movedAt.set(userId, Date.now());
      onMoved();
      timers.later('', REST_MS, () => void look());
    },
    onChange: (isShown) => {
      if (isShown) {
        heard.add(userId);
        timers.drop(userId);
      } else if (heard.has(userId)) onEmpty(userId);
    },
  });

  async function look() {
    const answer = await fetchChannels(userIds).catch(() => undefined);
    if (isLeft) return;
    if (!answer) return timers.later('', REST_MS * 10, () => void look());
    watchThese(answer.channels);
  }

  function watchThese(channels: readonly PresenceChannel[]) {
    const topics = new Map(channels.map(({ userId, topic }) => [userId, topic]));
    for (const { userId, isLive } of channels) if (isLive) heard.add(userId);
    for (const [userId, { topic, stop }] of watching) {
      if (topics.get(userId) === topic) continue;
      stop();
      timers.drop(userId);
      watching.delete(userId);
    }
    for (const [userId, topic] of topics) {
      if (watching.has(userId)) continue;
      watching.set(userId, { topic, stop: watch.watch(topic, listenerOf(userId)) });
    }
  }

  const found = known.filter(({ userId }) => userIds.includes(userId));
  if (found.length === userIds.length) watchThese(found);
  else void look();
  return () => {
    isLeft = true;
    timers.dropAll();
    for (const { stop } of watching.values()) stop();
  };
}

/**
 * Follows whether these students are here, and calls back when one of them may have gone out of sight, of which no row
 * tells. A channel that is empty while its student counts as here is reported to the server, which looks for itself and
 * changes the row: what the database says is the only truth to show. `known`: their channels as they were just read.
 */
export function usePresenceOf(
  people: readonly Watchable[],
  onChange: () => void,
  known: readonly PresenceChannel[] = [],
): void {
  const { client, status } = useLive();
  const isHere = useEffectEvent((userId: string) =>
    people.some((person) => person.userId === userId && person.isHere),
  );
  const onMoved = useEffectEvent(onChange);
  const knownNow = useEffectEvent(() => known);
  const ids = people
    .map(({ userId }) => userId)
    .slice(0, MOST_WATCHED)
    .sort()
    .join();
  const isLive = status === 'live';
  useEffect(() => {
    if (!client || !isLive || ids === '') return;
    return follow({
      client,
      userIds: ids.split(','),
      known: knownNow(),
      isHere: (userId) => isHere(userId),
      onMoved: () => onMoved(),
    });
  }, [client, isLive, ids]);
}
