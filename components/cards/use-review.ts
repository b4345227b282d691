'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ConnectionError, RequestError } from '@/components/client/request';
import { intervalText } from '@/lib/calendar/words';
import type { QueueCard } from '@/lib/db/queries/review';
import { MAX_REVIEW_MS } from '@/lib/domain/bounds';
import type { CardRating, MadeReview } from '@/lib/domain/card';
import { previewRatings, reviewsBeforeExam } from '@/lib/study/cards/schedule';
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
} from '@/lib/study/cards/session';
import { newRequestId, outboxOf } from './outbox';
import { takeBackReview } from './requests';

export type ReviewCard = QueueCard & SessionCard;
type ReviewSession = Session<ReviewCard>;

const RETRY_MS = 15_000;

export type ReviewStart = {
  userId: string;
  cards: readonly QueueCard[];
  timezone: string;
  secondsPerReview: number | null;
};

export type ReviewViewProps = ReviewStart & {
  /** The deck that is reviewed; null for all. */
  deck: { id: string; name: string } | null;
  nextDue: string | null;
  total: number;
  ahead: boolean;
};

export function toReviewCard(card: QueueCard, timezone: string): ReviewCard {
  const { id, desiredRetention, examDate } = card;
  return { ...card, plan: { cardId: id, desiredRetention, examDate, timezone } };
}

const ELSEWHERE = 'That card was reviewed on another device, so this answer was left out.';

function undoProblem(error: unknown): string {
  if (error instanceof ConnectionError) {
    return 'That answer is sent already. It can be taken back when you are online again.';
  }
  return error instanceof RequestError ? error.message : 'It could not be taken back. Try again.';
}

/** A review session on this device: what is shown, what pressing does, and the way of every answer to the server. */
export function useReview({ userId, cards, timezone, secondsPerReview }: ReviewStart) {
  const outbox = useMemo(() => outboxOf(userId), [userId]);
  const [session, setSession] = useState<ReviewSession>(() =>
    startSession(
      cards.map((card) => toReviewCard(card, timezone)),
      secondsPerReview,
    ),
  );
  const [shown, setShown] = useState(false);
  const [notice, setNotice] = useState('');
  const [unsent, setUnsent] = useState(false);
  const [now, setNow] = useState(() => new Date());
  const shownAt = useRef(performance.now());
  // A key that repeats while a state is on its way would answer the next card unseen.
  const answered = useRef<string | undefined>(undefined);

  const card = currentCard(session, now);
  const cardKey = card ? `${card.id} ${card.state.reps}` : undefined;

  const flush = useCallback(async () => {
    try {
      const sent = await outbox.flush();
      setUnsent(false);
      const lost = sent.filter(({ outcome }) => outcome === 'conflict' || outcome === 'gone');
      if (lost.length === 0) return;
      setNotice(ELSEWHERE);
      setSession((state) => lost.reduce((rest, { review }) => withoutCard(rest, review.cardId), state));
    } catch {
      // They wait on this device and are sent with the next answer, or when the connection is back.
      setUnsent(true);
    }
  }, [outbox]);

  useEffect(() => {
    // Reviews of a tab that was closed before they were sent: they count here already, and go out now.
    const waiting = outbox.waiting();
    if (waiting.length > 0) setSession((state) => replay(state, waiting));
    void flush();
    const retry = () => {
      if (outbox.waiting().length > 0) void flush();
    };
    const timer = setInterval(retry, RETRY_MS);
    window.addEventListener('online', retry);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', retry);
    };
  }, [outbox, flush]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the clock of an answer starts with its card.
  useEffect(() => {
    shownAt.current = performance.now();
    setShown(false);
    setNow(new Date());
  }, [cardKey]);

  const preview = useMemo(
    () => (card && shown ? previewRatings(card.state, now, card.plan) : undefined),
    [card, shown, now],
  );
  const intervals =
    preview && ([1, 2, 3, 4] as const).map((rating) => intervalText(now, new Date(preview[rating].due)));
  const timesBeforeExam = card && preview ? reviewsBeforeExam(preview[3], now, card.plan) : null;

  const rate = (rating: CardRating) => {
    if (!card || !shown || answered.current === cardKey) return;
    answered.current = cardKey;
    const review: MadeReview = {
      requestId: newRequestId(),
      cardId: card.id,
      rating,
      reviewedAt: new Date().toISOString(),
      durationMs: Math.min(MAX_REVIEW_MS, Math.round(performance.now() - shownAt.current)),
      expectedReps: card.state.reps,
      expectedLastReview: card.state.lastReview,
    };
    outbox.add(review);
    setNotice('');
    setSession((state) => answerCard(state, card, review));
    setNow(new Date());
    void flush();
  };

  /** Whether an answer could be taken back before it left this device. */
  const withdrawn = async (requestId: string): Promise<boolean> => {
    if (outbox.withdraw(requestId)) return true;
    // It may be on its way. Should that fail, it waits here again.
    await outbox.flush().catch(() => undefined);
    return outbox.withdraw(requestId);
  };

  const undo = async (): Promise<'here' | 'elsewhere' | undefined> => {
    const last = session.done.at(-1);
    try {
      if (!last || !(await withdrawn(last.review.requestId))) {
        const { outcome } = await takeBackReview(last?.review.requestId ?? null);
        if (outcome === 'nothing') setNotice('There is no answer of today to take back.');
        if (outcome === 'conflict')
          setNotice('That card was reviewed again since. Its latest answer stands.');
        if (outcome === 'nothing' || outcome === 'conflict') return undefined;
        if (!last) return 'elsewhere';
      }
    } catch (error) {
      setNotice(undoProblem(error));
      return undefined;
    }
    answered.current = undefined;
    setSession(undoLast);
    setNow(new Date());
    setNotice('Taken back.');
    return 'here';
  };

  return {
    card,
    shown,
    show: () => {
      setNow(new Date());
      setShown(true);
    },
    intervals,
    timesBeforeExam,
    rate,
    undo,
    edit: (id: string, sides: { front: string; back: string }) =>
      setSession((state) => changeCard(state, id, (one) => ({ ...one, ...sides }))),
    remove: (id: string) => setSession((state) => withoutCard(state, id)),
    progress: progressOf(session),
    doneCount: session.done.length,
    nextDue: nextDueOf(session),
    notice,
    unsent,
  };
}

export type Review = ReturnType<typeof useReview>;
