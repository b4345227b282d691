import { default_w as DEFAULT_WEIGHTS, forgetting_curve } from 'ts-fsrs';
import { z } from 'zod';
import { DAY_MS } from '../../calendar/dates.ts';
import { count, share } from '../../domain/fields.ts';
import { betaQuantile } from './beta.ts';
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

/** The beta distribution of the share recalled: as wide as so few facts and what is not known of each make it. */
const TAIL = 0.05;

export const recallForecastSchema = z.object({
  recall: share.describe('The mean over the cards of the topic, if none is reviewed until then.'),
  low: share.describe('Lower end of the interval that holds the share recalled nine times out of ten.'),
  high: share.describe('Upper end of that interval.'),
  cards: count,
});
export type RecallForecast = z.infer<typeof recallForecastSchema>;

/** What is recalled at a moment when nothing is reviewed before, and how sure that is; null without cards. */
export function recallForecast(
  cards: readonly Pick<CardEvidence, 'stabilityDays' | 'lastReviewMs'>[],
  atMs: number,
): RecallForecast | null {
  const recall = meanRecallAt(cards, atMs);
  if (recall === null) return null;
  const [kept, lost] = [1 + recall * cards.length, 1 + (1 - recall) * cards.length];
  const [low, high] = [betaQuantile(TAIL, kept, lost), betaQuantile(1 - TAIL, kept, lost)];
  // What is nearly certain, or nearly lost, lies at the edge of its interval, never outside it.
  return { recall, low: Math.min(low, recall), high: Math.max(high, recall), cards: cards.length };
}

/** What is left of knowledge after some days when nothing at all is known of how firm it is. */
export const keptAfter = (days: number, stabilityDays: number): number =>
  forgetting_curve(DEFAULT_WEIGHTS, Math.max(0, days), stabilityDays);
