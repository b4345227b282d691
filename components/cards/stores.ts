'use client';

import { mutate } from 'swr';
import { createDeferredDelete } from '@/components/client/deferred-delete';
import { requestDelete } from '@/components/client/request';
import { api } from '@/lib/links';
import { decideOnCards } from './requests';

/** Reads again whatever shows cards or decks. */
export const refreshCards = () =>
  void mutate((key) => typeof key === 'string' && /^\/api\/(?:flashcards|decks)\b/.test(key));

// One of each per browser tab: Undo stays good while the student looks at another page.
export const cardDeletions = createDeferredDelete({
  remove: (id, options) => requestDelete(api.flashcard(id), options),
  onDeleted: refreshCards,
});
export const deckDeletions = createDeferredDelete({
  remove: (id, options) => requestDelete(api.deck(id), options),
  onDeleted: refreshCards,
});
export const cardDrops = createDeferredDelete({
  remove: async (id, options) => {
    await decideOnCards({ drop: [id] }, options);
  },
  onDeleted: refreshCards,
});
