'use client';

import { useSyncExternalStore } from 'react';
import { createStore } from './store';

/** How long Undo is offered. Nothing is deleted before it has passed or the page is left. */
export const UNDO_MILLISECONDS = 6_000;

export type DeferredDelete = ReturnType<typeof createDeferredDelete>;

type DeferredDeleteDependencies = {
  remove: (id: string, options: { keepalive: boolean }) => Promise<void>;
  /** Called when something is really gone, so that lists can be read again. */
  onDeleted: (id: string) => void;
};

type Deletions = {
  /** Ids that are hidden and not yet deleted. */
  pending: ReadonlySet<string>;
  /** Ids whose deletion was asked for and refused; they are shown again with a sentence. */
  failed: ReadonlySet<string>;
};

const NONE: Deletions = { pending: new Set(), failed: new Set() };

const without = (ids: ReadonlySet<string>, id: string) => new Set([...ids].filter((other) => other !== id));

/** Deletes after a pause in which it can be taken back. The pause is kept in this page, never on the server. */
export function createDeferredDelete({ remove, onDeleted }: DeferredDeleteDependencies) {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const { get, set, subscribe } = createStore(NONE);

  const stop = (id: string) => {
    clearTimeout(timers.get(id));
    return timers.delete(id);
  };
  const commit = async (id: string, keepalive: boolean) => {
    stop(id);
    try {
      await remove(id, { keepalive });
      onDeleted(id);
    } catch {
      const { pending, failed } = get();
      set({ pending: without(pending, id), failed: new Set([...failed, id]) });
    }
  };
  const flush = () => {
    for (const id of [...timers.keys()]) void commit(id, true);
  };
  // Whatever page it is: what was asked for is done when the tab is left.
  if (typeof window !== 'undefined') window.addEventListener('pagehide', flush);

  return {
    subscribe,
    deletions: get,
    schedule: (id: string) => {
      if (timers.has(id)) return;
      const { pending, failed } = get();
      timers.set(
        id,
        setTimeout(() => void commit(id, false), UNDO_MILLISECONDS),
      );
      set({ pending: new Set([...pending, id]), failed: without(failed, id) });
    },
    undo: (id: string) => {
      // Once the request is out there is nothing left to take back.
      if (stop(id)) set({ ...get(), pending: without(get().pending, id) });
    },
    /** Deletes at once whatever waits, with requests that outlive the page. */
    flush,
  };
}

/** What is going, and what would not go. */
export const useDeletions = ({ subscribe, deletions }: DeferredDelete): Deletions =>
  useSyncExternalStore(subscribe, deletions, () => NONE);
