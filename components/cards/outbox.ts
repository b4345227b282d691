import { RequestError } from '@/components/client/request';
import { sendReviews } from './requests';
import { createReviewOutbox, type ReviewOutbox } from './review-outbox';

const outboxes = new Map<string, ReviewOutbox>();

/** A request that is wrong stays wrong; one that was not allowed or not answered may still come through. */
const isRefusal = (error: unknown) =>
  error instanceof RequestError && [400, 404, 413, 415, 422].includes(error.status);

/** The reviews of this student that wait on this device. One per tab. */
export function outboxOf(userId: string): ReviewOutbox {
  const known = outboxes.get(userId);
  if (known) return known;
  const made = createReviewOutbox({
    userId,
    store: () => window.localStorage,
    send: (reviews) => sendReviews(reviews, userId),
    isRefusal,
  });
  // A server renders for many students and keeps nothing of them.
  if (typeof window !== 'undefined') outboxes.set(userId, made);
  return made;
}
