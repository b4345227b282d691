'use client';

import { useSyncExternalStore } from 'react';

/** How long Undo is offered. Nothing is deleted before it has passed or the page is left. */
export const UNDO_MILLISECONDS = 6_000;

export type DeferredDelete = ReturnType<typeof createDeferredDelete>;

type DeferredDeleteDependencies = {
  remove: (id: string, options: { keepalive: boolean }) => Promise<void>;
  /** Called when something is really gone, so that lists can be read again. */
  onDeleted: (id: string) => void;
  delayMilliseconds?: number;
};

/** Deletes after a pause in which it can be taken back. The pause is kept in this page, never on the server. */
export function createDeferredDelete(dependencies: DeferredDeleteDependencies) {
  const { remove, onDeleted, delayMilliseconds = UNDO_MILLISECONDS } = dependencies;
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const listeners = new Set<() => void>();
  let pending: ReadonlySet<string> = new Set();
  let failed: ReadonlySet<string> = new Set();

  const publish = () => {
    for (const listener of listeners) listener();
  };
  const forget = (id: string) => {
    const next = new Set(pending);
    next.delete(id);
    pending = next;
  };

  const commit = async (id: string, keepalive: boolean) => {
    clearTimeout(timers.get(id));
    timers.delete(id);
    try {
      await remove(id, { keepalive });
      onDeleted(id);
    } catch {
      failed = new Set([...failed, id]);
      forget(id);
      publish();
    }
  };

  const flush = () => {
    for (const id of [...timers.keys()]) void commit(id, true);
  };
  // Whatever page it is: what was asked for is done when the tab is left.
  if (typeof window !== 'undefined') window.addEventListener('pagehide', flush);

  return {
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Ids that are hidden and not yet deleted. */
    pending: () => pending,
    /** Ids whose deletion was asked for and refused; they are shown again with a sentence. */
    failed: () => failed,
    schedule: (id: string) => {
      if (timers.has(id)) return;
      failed = new Set([...failed].filter((other) => other !== id));
      pending = new Set([...pending, id]);
      timers.set(
        id,
        setTimeout(() => void commit(id, false), delayMilliseconds),
      );
      publish();
    },
    undo: (id: string) => {
      const timer = timers.get(id);
      // Once the request is out there is nothing left to take back.
      if (timer === undefined) return;
      clearTimeout(timer);
      timers.delete(id);
      forget(id);
      publish();
    },
    /** Deletes at once whatever waits, with requests that outlive the page. */
    flush,
  };
}

const NO_IDS: ReadonlySet<string> = new Set();

/** What is going, and what would not go. */
export const useDeletions = ({ subscribe, pending, failed }: DeferredDelete) => ({
  pending: useSyncExternalStore(subscribe, pending, () => NO_IDS),
  failed: useSyncExternalStore(subscribe, failed, () => NO_IDS),
});
