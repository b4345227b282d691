import { MAX_REVIEWS_SENT } from '@/lib/domain/bounds';
import { type MadeReview, madeReviewSchema, type ReviewOutcome } from '@/lib/domain/card';

/** Where reviews wait until the server has them: local storage, or anything like it. */
export type ReviewStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

export type SentReview = { review: MadeReview; outcome: ReviewOutcome };

export type OutboxDependencies = {
  userId: string;
  store: ReviewStore;
  send: (reviews: readonly MadeReview[]) => Promise<{ requestId: string; outcome: ReviewOutcome }[]>;
  /** Whether a failure means that these reviews will never be taken, rather than that nothing arrived. */
  isRefusal: (error: unknown) => boolean;
};

export type ReviewOutbox = ReturnType<typeof createReviewOutbox>;

/**
 * Keeps every review on this device until the server has it. One key for each, so that two tabs never overwrite each
 * other's; sent twice it still counts once, because it carries its own request id.
 */
export function createReviewOutbox({ userId, store, send, isRefusal }: OutboxDependencies) {
  const prefix = `clerva-review:${userId}:`;
  // Where storage is switched off, reviews wait as long as the page is open.
  const memory = new Map<string, MadeReview>();
  let running: Promise<SentReview[]> | undefined;
  let next: Promise<SentReview[]> | undefined;

  const keyOf = (review: MadeReview) =>
    `${prefix}${review.reviewedAt}:${review.expectedReps}:${review.requestId}`;

  function waiting(): MadeReview[] {
    const found = new Map(memory);
    try {
      for (let index = 0; index < store.length; index++) {
        const key = store.key(index);
        if (!key?.startsWith(prefix)) continue;
        const parsed = madeReviewSchema.safeParse(JSON.parse(store.getItem(key) ?? 'null'));
        if (parsed.success) found.set(key, parsed.data);
      }
    } catch {
      // As above: what is in memory is all there is.
    }
    return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, review]) => review);
  }

  function forget(review: MadeReview): void {
    memory.delete(keyOf(review));
    try {
      store.removeItem(keyOf(review));
    } catch {
      // Nothing was stored then.
    }
  }

  async function sendAll(): Promise<SentReview[]> {
    const sent: SentReview[] = [];
    for (
      let batch = waiting().slice(0, MAX_REVIEWS_SENT);
      batch.length > 0;
      batch = waiting().slice(0, MAX_REVIEWS_SENT)
    ) {
      let outcomes: Map<string, ReviewOutcome>;
      try {
        outcomes = new Map((await send(batch)).map(({ requestId, outcome }) => [requestId, outcome]));
      } catch (error) {
        if (!isRefusal(error)) throw error;
        // One review that can never be taken must not hold up the others for ever.
        if (batch.length > 1) outcomes = await sendEach(batch);
        else outcomes = new Map(batch.map(({ requestId }) => [requestId, 'gone']));
      }
      for (const review of batch) {
        forget(review);
        sent.push({ review, outcome: outcomes.get(review.requestId) ?? 'gone' });
      }
    }
    return sent;
  }

  async function sendEach(batch: readonly MadeReview[]): Promise<Map<string, ReviewOutcome>> {
    const outcomes = new Map<string, ReviewOutcome>();
    for (const review of batch) {
      try {
        for (const { requestId, outcome } of await send([review])) outcomes.set(requestId, outcome);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        outcomes.set(review.requestId, 'gone');
      }
    }
    return outcomes;
  }

  function begin(): Promise<SentReview[]> {
    next = undefined;
    running = sendAll().finally(() => {
      running = undefined;
    });
    return running;
  }

  return {
    waiting,
    add(review: MadeReview): void {
      memory.set(keyOf(review), review);
      try {
        store.setItem(keyOf(review), JSON.stringify(review));
      } catch {
        // Storage is full or switched off; the review waits in memory and is sent at once anyway.
      }
    },
    /** Takes a review back that has not been sent; false when it has, or is on its way. */
    withdraw(requestId: string): boolean {
      if (running) return false;
      const review = waiting().find((one) => one.requestId === requestId);
      if (!review) return false;
      forget(review);
      return true;
    },
    /**
     * Sends what waits, in its order. Rejects when nothing arrived; everything then still waits. Asked while it sends,
     * it sends once more afterwards: what was added meanwhile may have come too late for the first.
     */
    flush(): Promise<SentReview[]> {
      if (running) {
        next ??= running.then(
          () => begin(),
          () => begin(),
        );
        return next;
      }
      return begin();
    },
  };
}
