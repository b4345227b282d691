'use client';

import { useSyncExternalStore } from 'react';
import { createStore } from './store';

/** How long Undo is offered. Nothing is deleted before it has passed or the page is left. */
export const UNDO_MILLISECONDS = 6_000;

export type DeferredDelete = ReturnType<typeof createDeferredDelete>;

type DeferredDeleteDependencies = {
  remove: (id: string, options: { keepalive: boolean }) => Promise<void>;
  /** What the server can take back is deleted at once, so that it is gone wherever else it is looked at. */
  restore?: (id: string) => Promise<void>;
  undoMilliseconds?: number;
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

const waiting = new Set<() => void>();

/** Deletes at once whatever waits anywhere, for who signs out: the session it needs is about to end. */
export const flushDeletions = () => {
  for (const flush of waiting) flush();
};

/** Deletes with a pause in which it can be taken back. Without `restore` the pause is kept in this page alone. */
export function createDeferredDelete({
  remove,
  restore,
  undoMilliseconds = UNDO_MILLISECONDS,
  onDeleted,
}: DeferredDeleteDependencies) {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const removals = new Map<string, Promise<void>>();
  const { get, set, subscribe } = createStore(NONE);

  const stop = (id: string) => {
    clearTimeout(timers.get(id));
    return timers.delete(id);
  };
  const fail = (id: string) => {
    const { pending, failed } = get();
    set({ pending: without(pending, id), failed: new Set([...failed, id]) });
  };
  const commit = async (id: string, keepalive: boolean) => {
    stop(id);
    try {
      await (removals.get(id) ?? remove(id, { keepalive }));
      onDeleted(id);
    } catch {
      fail(id);
    } finally {
      removals.delete(id);
    }
  };
  const flush = () => {
    for (const id of [...timers.keys()]) void commit(id, true);
  };
  waiting.add(flush);
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
        setTimeout(() => void commit(id, false), undoMilliseconds),
      );
      if (restore) {
        const removal = remove(id, { keepalive: true });
        removals.set(id, removal);
        removal.catch(() => stop(id) && fail(id));
      }
      set({ pending: new Set([...pending, id]), failed: without(failed, id) });
    },
    undo: (id: string) => {
      // Once the request is out there is nothing left to take back.
      if (!stop(id)) return;
      const show = () => set({ ...get(), pending: without(get().pending, id) });
      const removal = removals.get(id);
      removals.delete(id);
      if (!restore || !removal) return show();
      void removal.then(() => restore(id)).then(show, () => fail(id));
    },
    /** Deletes at once whatever waits, with requests that outlive the page. */
    flush,
  };
}

/** What is going, and what would not go. */
export const useDeletions = ({ subscribe, deletions }: DeferredDelete): Deletions =>
  useSyncExternalStore(subscribe, deletions, () => NONE);
