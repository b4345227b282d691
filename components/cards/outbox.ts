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
    send: sendReviews,
    isRefusal,
  });
  // A server renders for many students and keeps nothing of them.
  if (typeof window !== 'undefined') outboxes.set(userId, made);
  return made;
}

/** A version 4 id, also on pages without https, where `randomUUID` does not exist. */
export function newRequestId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte, index) =>
    (index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte)
      .toString(16)
      .padStart(2, '0'),
  );
  return [hex.slice(0, 4), hex.slice(4, 6), hex.slice(6, 8), hex.slice(8, 10), hex.slice(10)]
    .map((part) => part.join(''))
    .join('-');
}
