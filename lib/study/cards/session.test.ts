import { describe, expect, test } from 'vitest';
import { MINUTE_MS } from '../../calendar/dates.ts';
import { type CardRating, type CardState, type MadeReview, PHASE } from '../../domain/card.ts';
import { newCardState } from './card-state.ts';
import {
  answerCard,
  changeCard,
  currentCard,
  nextDueOf,
  progressOf,
  replay,
  type Session,
  type SessionCard,
  startSession,
  undoLast,
  withoutCard,
} from './session.ts';

const start = new Date('2026-11-20T18:00:00Z');
const at = (minutes: number) => new Date(start.getTime() + minutes * MINUTE_MS);

const card = (id: string, state: Partial<CardState> = {}): SessionCard => ({
  id,
  state: { ...newCardState(start), ...state },
  plan: { cardId: id, desiredRetention: 0.9, examDate: null, timezone: 'UTC' },
});
const review = (of: SessionCard, rating: CardRating, now: Date): MadeReview => ({
  requestId: `${of.id} ${of.state.reps} ${rating}`,
  cardId: of.id,
  rating,
  reviewedAt: now.toISOString(),
  durationMs: 1_000,
  expectedReps: of.state.reps,
  expectedLastReview: of.state.lastReview,
});
function answer(session: Session, rating: CardRating, now: Date): Session {
  const shown = currentCard(session, now);
  if (!shown) throw new Error('Nothing is shown.');
  return answerCard(session, shown, review(shown, rating, now));
}

describe('a review session', () => {
  test('shows cards in their order, and a learning step when its time has come', () => {
    let session = startSession([card('a'), card('b'), card('c')], null);
    expect(currentCard(session, at(0))?.id).toBe('a');
    session = answer(session, 1, at(0));
    expect(currentCard(session, at(0.5))?.id).toBe('b');
    expect(currentCard(session, at(1))?.id).toBe('a');
    session = answer(session, 4, at(0.5));
    expect(currentCard(session, at(0.6))?.id).toBe('c');
    session = answer(session, 4, at(0.7));
    // Nothing else is left, so the step that comes in a moment is taken now.
    expect(currentCard(session, at(0.7))?.id).toBe('a');
  });

  test('ends when every card is on another day', () => {
    let session = startSession([card('a')], null);
    session = answer(session, 3, at(0));
    session = answer(session, 3, at(10));
    expect(currentCard(session, at(11))).toBeUndefined();
    expect(progressOf(session)).toEqual({ minutesLeft: 0, share: 1 });
    expect(nextDueOf(session)?.slice(0, 10)).toBe('2026-11-22');
  });

  test('goes back answer by answer to where it began', () => {
    const before = startSession([card('a'), card('b')], null);
    let session = before;
    const seen = [session];
    for (const [index, rating] of ([1, 3, 2, 3] as const).entries()) {
      session = answer(session, rating, at(index * 2));
      seen.push(session);
    }
    for (let index = 3; index >= 0; index--) {
      session = undoLast(session);
      const shown = currentCard(session, at(0));
      expect(shown).toEqual(currentCard(seen[index] ?? before, at(index * 2)));
      expect(session.done).toHaveLength(index);
    }
    expect(undoLast(session)).toBe(session);
  });

  test('counts what this device has not sent yet, in a session read anew', () => {
    let session = startSession([card('a'), card('b')], null);
    const made: MadeReview[] = [];
    for (const rating of [3, 4] as const) {
      const shown = currentCard(session, at(0));
      if (!shown) throw new Error('Nothing is shown.');
      made.push(review(shown, rating, at(0)));
      session = answerCard(session, shown, review(shown, rating, at(0)));
    }
    expect(replay(startSession([card('a'), card('b')], null), made)).toEqual(session);
    // The server has one of them: the card comes as it is now, and that review counts no more.
    const [first] = made;
    const known = session.done[0];
    if (!first || !known) throw new Error('There are two.');
    const fresh = startSession([card('a', { reps: 1, state: PHASE.learning }), card('b')], null);
    expect(replay(fresh, made).done.map(({ review: one }) => one.cardId)).toEqual(['b']);
    expect(replay(fresh, [{ ...first, cardId: 'gone' }])).toBe(fresh);
  });

  test('goes on without a card that is gone, and with one whose words changed', () => {
    const session = startSession([card('a'), card('b')], null);
    expect(currentCard(withoutCard(session, 'a'), at(0))?.id).toBe('b');
    const changed = changeCard(session, 'b', (one) => ({
      ...one,
      id: 'b',
      plan: { ...one.plan, timezone: 'Asia/Tokyo' },
    }));
    expect(changed.queue[1]?.plan.timezone).toBe('Asia/Tokyo');
    expect(changed.queue[0]).toBe(session.queue[0]);
  });

  test('tells minutes that only fall, and a share that only grows, while it goes well', () => {
    let session = startSession(
      Array.from({ length: 20 }, (_, index) =>
        card(`${index}`, {
          state: PHASE.review,
          reps: 3,
          stability: 10,
          difficulty: 5,
          scheduledDays: 10,
          lastReview: '2026-11-10T18:00:00Z',
        }),
      ),
      12,
    );
    let last = progressOf(session);
    expect(last.minutesLeft).toBe(4);
    for (let index = 0; index < 20; index++) {
      session = answer(session, 3, at(index));
      const now = progressOf(session);
      expect(now.minutesLeft).toBeLessThanOrEqual(last.minutesLeft);
      expect(now.share).toBeGreaterThan(last.share);
      last = now;
    }
    expect(last).toEqual({ minutesLeft: 0, share: 1 });
  });
});
