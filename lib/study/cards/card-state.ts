import { type CardState, PHASE } from '../../domain/card.ts';

export const newCardState = (now: Date): CardState => ({
  due: now.toISOString(),
  stability: 0,
  difficulty: 0,
  elapsedDays: 0,
  scheduledDays: 0,
  learningSteps: 0,
  reps: 0,
  lapses: 0,
  state: PHASE.unseen,
  lastReview: null,
});

/** Whether two copies of a card are the same state of it: what one review changes always changes these. */
export const isSameState = (
  a: Pick<CardState, 'reps' | 'lastReview'>,
  b: Pick<CardState, 'reps' | 'lastReview'>,
): boolean => a.reps === b.reps && millisecondsOf(a.lastReview) === millisecondsOf(b.lastReview);

const millisecondsOf = (instantText: string | null) =>
  instantText === null ? null : Date.parse(instantText);
