import { notFound } from 'next/navigation';
import { z } from 'zod';
import { ReviewView } from '@/components/cards/review-view';
import { requireSession } from '@/lib/auth/session';
import { getDeck } from '@/lib/db/queries/deck';
import { reviewQueue } from '@/lib/db/queries/review';
import { AppError } from '@/lib/errors';
import { titled } from '@/lib/language/server-text';

export const generateMetadata = titled('Review');

type ReviewPageProps = { searchParams: Promise<{ deck?: string; ahead?: string }> };

/** A deck of somebody else, or one that was deleted, is not there. Any other failure stays one. */
function nothingThere(error: unknown): null {
  if (error instanceof AppError && error.code === 'not_found') return null;
  throw error;
}

export default async function ReviewPage({ searchParams }: ReviewPageProps) {
  const [{ deck: deckId, ahead }, { user, db }] = await Promise.all([searchParams, requireSession()]);
  if (deckId !== undefined && !z.uuid().safeParse(deckId).success) notFound();
  const now = new Date();
  const [deck, queue] = await Promise.all([
    deckId === undefined ? null : getDeck(db, { id: deckId }).catch(nothingThere),
    reviewQueue(db, { deckId: deckId ?? null, now, ahead: ahead === '1' }),
  ]);
  if (deckId !== undefined && deck === null) notFound();
  return (
    // Read anew, it is another session.
    <ReviewView
      key={now.toISOString()}
      userId={user.id}
      deck={deck}
      cards={queue.cards}
      timezone={queue.timezone}
      rolloverHour={queue.rolloverHour}
      secondsPerReview={queue.secondsPerReview}
      nextDue={queue.nextDue}
      total={queue.total}
      ahead={ahead === '1'}
    />
  );
}
