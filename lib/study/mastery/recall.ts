import { default_w as DEFAULT_WEIGHTS, forgetting_curve } from 'ts-fsrs';
import { DAY_MS } from '../../calendar/dates.ts';
import type { CardEvidence } from './evidence.ts';

/** How likely a card is recalled at a moment, by the forgetting curve that also schedules it. */
export function recallAt(card: Pick<CardEvidence, 'stabilityDays' | 'lastReviewMs'>, atMs: number): number {
  if (!(card.stabilityDays > 0)) return 0;
  const elapsedDays = Math.max(0, (atMs - card.lastReviewMs) / DAY_MS);
  return Math.min(1, Math.max(0, forgetting_curve(DEFAULT_WEIGHTS, elapsedDays, card.stabilityDays)));
}

/** The mean over cards; null when there is none. */
export function meanRecallAt(
  cards: readonly Pick<CardEvidence, 'stabilityDays' | 'lastReviewMs'>[],
  atMs: number,
): number | null {
  if (cards.length === 0) return null;
  return cards.reduce((sum, card) => sum + recallAt(card, atMs), 0) / cards.length;
}

/** What is left of knowledge after some days when nothing at all is known of how firm it is. */
export const keptAfter = (days: number, stabilityDays: number): number =>
  forgetting_curve(DEFAULT_WEIGHTS, Math.max(0, days), stabilityDays);
