'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { useText } from '#use-text';
import { ConnectionError, newRequestId, RequestError } from '@/components/client/request';
import { intervalText } from '@/lib/calendar/words';
import type { QueueCard } from '@/lib/db/queries/review';
import { MAX_REVIEW_MS } from '@/lib/domain/bounds';
import {
  type CardRating,
  LEECH_LAPSES,
  type MadeReview,
  PHASE,
  RATINGS,
  type UndoneReview,
} from '@/lib/domain/card';
import { sentence, type Text, type Translate } from '@/lib/language/text';
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
import { outboxOf } from './outbox';
import { takeBackReview } from './requests';
import type { ReviewOutbox } from './review-outbox';

export type ReviewCard = QueueCard & SessionCard;
type ReviewSession = Session<ReviewCard>;

const RETRY_MS = 15_000;

type ReviewStart = {
  userId: string;
  cards: readonly QueueCard[];
  timezone: string;
  rolloverHour: number;
  secondsPerReview: number | null;
};

export type ReviewViewProps = ReviewStart & {
  /** The deck that is reviewed; null for all. */
  deck: { id: string; name: string } | null;
  nextDue: string | null;
  total: number;
  ahead: boolean;
};

function toReviewCard(card: QueueCard, day: Pick<ReviewStart, 'timezone' | 'rolloverHour'>): ReviewCard {
  const { id, desiredRetention, examDate } = card;
  return { ...card, plan: { cardId: id, desiredRetention, examDate, ...day } };
}

/** Said when a card is forgotten for the eighth time, and every fourth time after. */
function leechNotice({ state }: ReviewCard, rating: CardRating, t: Translate): string {
  const lapses = state.lapses + 1;
  const isLapse = rating === 1 && state.state === PHASE.review;
  return isLapse && lapses >= LEECH_LAPSES && (lapses - LEECH_LAPSES) % 4 === 0
    ? t(
        'You have forgotten that card {lapses} times. Say it in other words, or suspend it: it is under “Forgotten often” in your cards.',
        { lapses },
      )
    : '';
}

const ELSEWHERE = sentence('That card was reviewed on another device, so this answer was left out.');

function undoProblem(error: unknown, t: Translate): string {
  if (error instanceof ConnectionError) {
    return t('That answer is sent already. It can be taken back when you are online again.');
  }
  return error instanceof RequestError ? t.fault(error) : t('It could not be taken back. Try again.');
}

const REFUSALS: Partial<Record<UndoneReview['outcome'], Text>> = {
  nothing: sentence('There is no answer of today to take back.'),
  conflict: sentence('That card was reviewed again since. Its latest answer stands.'),
};

/** Takes an answer back while it waits on this device, else where it arrived; without its id, the latest of all. */
async function takeBack(outbox: ReviewOutbox, requestId: string | null): Promise<UndoneReview['outcome']> {
  if (requestId !== null) {
    if (outbox.withdraw(requestId)) return 'undone';
    // It may be on its way. Should that fail, it waits here again.
    await outbox.flush().catch(() => undefined);
    if (outbox.withdraw(requestId)) return 'undone';
  }
  return (await takeBackReview(requestId)).outcome;
}

type Sending = {
  /** Reviews of a tab that was closed before they were sent. */
  onWaiting: (reviews: readonly MadeReview[]) => void;
  /** Reviews that another device was faster than. */
  onLost: (reviews: readonly MadeReview[]) => void;
};

/** The way of every answer to the server: again and again, until it has arrived. */
function useSending(userId: string, { onWaiting, onLost }: Sending) {
  const outbox = useMemo(() => outboxOf(userId), [userId]);
  const [unsent, setUnsent] = useState(false);
  const flush = async () => {
    try {
      const sent = await outbox.flush();
      setUnsent(false);
      const lost = sent.filter(({ outcome }) => outcome === 'conflict' || outcome === 'gone');
      if (lost.length > 0) onLost(lost.map(({ review }) => review));
    } catch {
      // They wait on this device and are sent with the next answer, or when the connection is back.
      setUnsent(true);
    }
  };
  const begin = useEffectEvent(() => {
    onWaiting(outbox.waiting());
    void flush();
  });
  const retry = useEffectEvent(() => {
    if (outbox.waiting().length > 0) void flush();
  });
  useEffect(() => {
    begin();
    const again = () => retry();
    const timer = setInterval(again, RETRY_MS);
    window.addEventListener('online', again);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', again);
    };
  }, []);
  const send = (review: MadeReview) => {
    outbox.add(review);
    void flush();
  };
  return { outbox, send, unsent };
}

/** The card that is shown, and since when. */
function useShown(session: ReviewSession) {
  const t = useText();
  const [shown, setShown] = useState(false);
  const [now, setNow] = useState(() => new Date());
  const shownAt = useRef(performance.now());
  const card = currentCard(session, now);
  const cardKey = card && `${card.id} ${card.state.reps}`;
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
  return {
    card,
    cardKey,
    shown,
    show: () => {
      setNow(new Date());
      setShown(true);
    },
    tick: () => setNow(new Date()),
    elapsedMs: () => Math.min(MAX_REVIEW_MS, Math.round(performance.now() - shownAt.current)),
    intervals:
      preview && RATINGS.map((rating) => intervalText(now, new Date(preview[rating].due), t.language)),
    timesBeforeExam: card && preview ? reviewsBeforeExam(preview[3], now, card.plan) : null,
  };
}

const reviewOf = ({ id, state }: ReviewCard, rating: CardRating, durationMs: number): MadeReview => ({
  requestId: newRequestId(),
  cardId: id,
  rating,
  reviewedAt: new Date().toISOString(),
  durationMs,
  expectedReps: state.reps,
  expectedLastReview: state.lastReview,
});

/** A review session on this device: what is shown, what pressing does, and the way of every answer to the server. */
export function useReview({ userId, cards, timezone, rolloverHour, secondsPerReview }: ReviewStart) {
  const t = useText();
  const router = useRouter();
  const [session, setSession] = useState<ReviewSession>(() =>
    startSession(
      cards.map((card) => toReviewCard(card, { timezone, rolloverHour })),
      secondsPerReview,
    ),
  );
  const [notice, setNotice] = useState('');
  const { card, cardKey, shown, tick, elapsedMs, ...view } = useShown(session);
  // A key that repeats while a state is on its way would answer the next card unseen.
  const answered = useRef<string>(undefined);
  const { outbox, send, unsent } = useSending(userId, {
    // They count here already.
    onWaiting: (reviews) => setSession((state) => replay(state, reviews)),
    onLost: (reviews) => {
      setNotice(ELSEWHERE);
      setSession((state) => reviews.reduce((rest, { cardId }) => withoutCard(rest, cardId), state));
    },
  });

  const rate = (rating: CardRating) => {
    if (!card || !shown || answered.current === cardKey) return;
    answered.current = cardKey;
    const review = reviewOf(card, rating, elapsedMs());
    setNotice(leechNotice(card, rating, t));
    setSession((state) => answerCard(state, card, review));
    tick();
    send(review);
  };

  const undoing = useRef(false);
  const takeLastBack = async () => {
    const last = session.done.at(-1);
    try {
      const refusal = REFUSALS[await takeBack(outbox, last?.review.requestId ?? null)];
      if (refusal) return setNotice(refusal);
    } catch (error) {
      return setNotice(undoProblem(error, t));
    }
    // What was taken back is not of this session: it is read anew.
    if (!last) return router.refresh();
    answered.current = undefined;
    setSession(undoLast);
    tick();
    setNotice(t('Taken back.'));
  };
  /** One after the other: what the next one takes back is known when the one before is through. */
  const undo = async () => {
    if (undoing.current) return;
    undoing.current = true;
    await takeLastBack();
    undoing.current = false;
  };

  return {
    ...view,
    card,
    shown,
    rate,
    undo: () => void undo(),
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
