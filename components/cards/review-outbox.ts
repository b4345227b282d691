import { MAX_REVIEW_MS, MAX_REVIEWS_SENT } from '@/lib/domain/bounds';
import { type MadeReview, RATINGS, type ReviewOutcome } from '@/lib/domain/card';

export type SentReview = { review: MadeReview; outcome: ReviewOutcome };

export type OutboxDependencies = {
  userId: string;
  /** Where reviews wait until the server has them. Throws where storage is switched off. */
  store: () => Storage;
  send: (reviews: readonly MadeReview[]) => Promise<{ requestId: string; outcome: ReviewOutcome }[]>;
  /** Whether a failure means that these reviews will never be taken, rather than that nothing arrived. */
  isRefusal: (error: unknown) => boolean;
};

export type ReviewOutbox = ReturnType<typeof createReviewOutbox>;

/**
 * Keeps every review on this device until the server has it. Sent twice it still counts once, because it carries its
 * own request id.
 */
export function createReviewOutbox({ userId, store, ...sending }: OutboxDependencies) {
  const kept = createKept(`clerva-review:${userId}:`, store);
  let running: Promise<SentReview[]> | undefined;
  let next: Promise<SentReview[]> | undefined;

  async function sendAll(): Promise<SentReview[]> {
    const sent: SentReview[] = [];
    for (;;) {
      const batch = kept.waiting().slice(0, MAX_REVIEWS_SENT);
      if (batch.length === 0) return sent;
      const outcomes = new Map(
        (await sendTogether(batch, sending)).map(({ requestId, outcome }) => [requestId, outcome]),
      );
      for (const review of batch) {
        kept.forget(review);
        sent.push({ review, outcome: outcomes.get(review.requestId) ?? 'gone' });
      }
    }
  }

  function begin(): Promise<SentReview[]> {
    next = undefined;
    running = sendAll().finally(() => {
      running = undefined;
    });
    return running;
  }

  return {
    waiting: kept.waiting,
    add: kept.add,
    /** Takes a review back that has not been sent; false when it has, or is on its way. */
    withdraw(requestId: string): boolean {
      if (running) return false;
      const review = kept.waiting().find((one) => one.requestId === requestId);
      if (review) kept.forget(review);
      return review !== undefined;
    },
    /**
     * Sends what waits, in its order. Rejects when nothing arrived; everything then still waits. Asked while it sends,
     * it sends once more afterwards: what was added meanwhile may have come too late for the first.
     */
    flush(): Promise<SentReview[]> {
      if (!running) return begin();
      next ??= running.then(begin, begin);
      return next;
    },
  };
}

/** One review that can never be taken must not hold up the others for ever: refused together, each is sent alone. */
async function sendTogether(
  batch: readonly MadeReview[],
  { send, isRefusal }: Pick<OutboxDependencies, 'send' | 'isRefusal'>,
): ReturnType<OutboxDependencies['send']> {
  try {
    return await send(batch);
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
  const outcomes: Awaited<ReturnType<OutboxDependencies['send']>> = [];
  if (batch.length === 1) return outcomes;
  for (const review of batch) outcomes.push(...(await sendTogether([review], { send, isRefusal })));
  return outcomes;
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const isCount = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0;
const isInstant = (value: unknown) =>
  typeof value === 'string' && /T.*(?:Z|[+-]\d\d:\d\d)$/.test(value) && !Number.isNaN(Date.parse(value));

/** As the schema of the server has it, written out: most pages look for what waits, and should not load what reads a schema. */
const isReview = (kept: Partial<MadeReview>): kept is MadeReview =>
  UUID.test(kept.requestId ?? '') &&
  UUID.test(kept.cardId ?? '') &&
  RATINGS.some((rating) => rating === kept.rating) &&
  isInstant(kept.reviewedAt) &&
  isCount(kept.durationMs) &&
  kept.durationMs <= MAX_REVIEW_MS &&
  isCount(kept.expectedReps) &&
  (kept.expectedLastReview === null || isInstant(kept.expectedLastReview));

/** Undefined for what is no review: it must not hold up those that are. */
function reviewIn(text: string | null): MadeReview | undefined {
  try {
    const kept: unknown = JSON.parse(text ?? 'null');
    return typeof kept === 'object' && kept !== null && isReview(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** The reviews that wait. One key for each, so that two tabs never overwrite each other's. */
function createKept(prefix: string, store: () => Storage) {
  // Where storage is full or switched off, reviews wait as long as the page is open.
  const memory = new Map<string, MadeReview>();
  const keyOf = (review: MadeReview) =>
    `${prefix}${review.reviewedAt}:${review.expectedReps}:${review.requestId}`;
  const inStore = (act: (open: Storage) => void) => {
    try {
      act(store());
    } catch {
      // What is in memory is all there is then.
    }
  };
  return {
    waiting(): MadeReview[] {
      const found = new Map(memory);
      inStore((open) => {
        for (let index = 0; index < open.length; index++) {
          const key = open.key(index);
          if (!key?.startsWith(prefix)) continue;
          const review = reviewIn(open.getItem(key));
          if (review) found.set(key, review);
        }
      });
      return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, review]) => review);
    },
    add(review: MadeReview): void {
      memory.set(keyOf(review), review);
      inStore((open) => open.setItem(keyOf(review), JSON.stringify(review)));
    },
    forget(review: MadeReview): void {
      memory.delete(keyOf(review));
      inStore((open) => open.removeItem(keyOf(review)));
    },
  };
}
