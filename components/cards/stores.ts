'use client';

import { useSyncExternalStore } from 'react';
import { mutate } from 'swr';
import { createDeferredDelete, type DeferredDelete } from '@/components/library/deferred-delete';
import { RequestError } from '@/components/library/requests';
import { decideOnCards, deleteCard, deleteDeck } from './requests';

/** Reads again whatever shows cards or decks. */
export const refreshCards = () =>
  void mutate((key) => typeof key === 'string' && /^\/api\/(?:flashcards|decks)\b/.test(key));

/** What is gone already counts as deleted. */
const unlessGone = async (work: Promise<unknown>) => {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof RequestError && error.status === 404)) throw error;
  }
};

// One of each per browser tab: Undo stays good while the student looks at another page.
export const cardDeletions = createDeferredDelete({
  remove: (id, options) => unlessGone(deleteCard(id, options)),
  onDeleted: refreshCards,
});
export const deckDeletions = createDeferredDelete({
  remove: (id, options) => unlessGone(deleteDeck(id, options)),
  onDeleted: refreshCards,
});
export const cardDrops = createDeferredDelete({
  remove: async (id, options) => {
    await decideOnCards({ drop: [id] }, options);
  },
  onDeleted: refreshCards,
});

const NO_IDS: ReadonlySet<string> = new Set();

export const usePending = (deletions: DeferredDelete) => ({
  pending: useSyncExternalStore(deletions.subscribe, deletions.pending, () => NO_IDS),
  failed: useSyncExternalStore(deletions.subscribe, deletions.failed, () => NO_IDS),
});

if (typeof window !== 'undefined') {
  window.addEventListener('pagehide', () => {
    for (const deletions of [cardDeletions, deckDeletions, cardDrops]) deletions.flush();
  });
}
