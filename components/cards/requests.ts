import { requestJson } from '@/components/client/request';
import type { CardView } from '@/lib/db/queries/card-view';
import type { DueSummary } from '@/lib/db/queries/deck';
import type { CardChange, CardTags, MadeReview, ReviewOutcome, UndoneReview } from '@/lib/domain/card';
import type { DeckChange } from '@/lib/domain/deck';
import { api } from '@/lib/links';

/** Reviews wait on the device for the student who made them, who may not be the one the page is open for. */
export const sendReviews = async (reviews: readonly MadeReview[], student: string) =>
  (
    await requestJson<{ results: { requestId: string; outcome: ReviewOutcome }[] }>(api.reviews, {
      method: 'POST',
      body: { reviews },
      student,
      keepalive: true,
    })
  ).results;

export const takeBackReview = (requestId: string | null) =>
  requestJson<UndoneReview>(api.undoReview, {
    method: 'POST',
    body: { requestId },
  });

export const changeCard = (id: string, change: CardChange) =>
  requestJson<CardView>(api.flashcard(id), { method: 'PATCH', body: change });

export type NewCardFields = { front: string; back: string; deck: string };

export const addCards = (cards: readonly NewCardFields[]) =>
  requestJson<{ flashcardIds: string[]; duplicates: { front: string }[] }>(api.flashcards, {
    method: 'POST',
    body: { cards },
  });

export type Decision = { keep?: { id: string; front?: string; back?: string }[]; drop?: string[] };

export const decideOnCards = (decision: Decision, options: { keepalive?: boolean } = {}) =>
  requestJson<{ kept: number; dropped: number }>(api.keepFlashcards, {
    method: 'POST',
    body: decision,
    ...options,
  });

export const fetchCards = async (url: string): Promise<CardView[]> =>
  (await requestJson<{ cards: CardView[] }>(url)).cards;

export const fetchCardPage = (url: string) =>
  requestJson<{ total: number; tags: string[]; cards: CardView[] }>(url);

export const fetchDecks = (url: string) => requestJson<DueSummary>(url);

export const tagCards = (body: CardTags) =>
  requestJson<{ changed: number }>(api.flashcards, { method: 'PATCH', body });

export const addDeck = (deck: { name: string; examDate: string | null }) =>
  requestJson<{ id: string; name: string }>(api.decks, { method: 'POST', body: deck });

export const changeDeck = (id: string, change: DeckChange) =>
  requestJson<{ moved: number }>(api.deck(id), { method: 'PATCH', body: change });
