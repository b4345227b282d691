'use client';

import { type MouseEvent, useState } from 'react';
import { useText } from '#use-text';
import { ButtonLink, buttonClass } from '@/components/ui/button';
import { paths } from '@/lib/links';
import { nextCardsText, nothingDueText } from './due-text';
import { ReviewHeader } from './review-header';
import type { Review, ReviewViewProps } from './use-review';

type ReviewEndProps = ReviewViewProps & { review: Review; onUndo: (event: MouseEvent) => void };

const earlier = (a: string | null, b: string | null) =>
  a === null || (b !== null && Date.parse(b) < Date.parse(a)) ? b : a;

/** Nothing left: what comes next, and the way back. */
export function ReviewEnd({ review, deck, nextDue, timezone, total, ahead, onUndo }: ReviewEndProps) {
  const t = useText();
  const [now] = useState(() => new Date());
  const hasReviewed = review.doneCount > 0;
  const isEmpty = total === 0;
  const next = earlier(nextDue, review.nextDue);
  return (
    <div className="flex min-h-full flex-col bg-desk">
      <ReviewHeader progress={hasReviewed ? { minutesLeft: 0, share: 1 } : undefined} onUndo={onUndo} />
      <div className="settle mx-auto grid w-full max-w-170 flex-1 content-center px-5 pb-16">
        <h1 tabIndex={-1} className="font-semibold text-xl outline-none">
          {isEmpty ? t('No cards here yet') : hasReviewed ? t('Done for now') : t('Nothing is due')}
        </h1>
        <p role="status" className="mt-2 mb-6 text-ink-2 text-md">
          {isEmpty
            ? t('Cards you keep come here when they are about to fade.')
            : hasReviewed && ahead
              ? t('You were ahead of the plan. What was due stays due on its day or later.')
              : hasReviewed && next !== null
                ? nextCardsText(next, now, timezone, t)
                : nothingDueText(next, now, timezone, t)}
        </p>
        <div className="flex flex-wrap gap-2">
          <ButtonLink variant="primary" href={paths.practice}>
            {t('Back to Practice')}
          </ButtonLink>
          {!isEmpty && (
            // A plain link: the next cards are read anew, with what was just answered counted.
            <a href={paths.reviewAhead(deck?.id)} className={buttonClass({ variant: 'quiet' })}>
              {t('Review ahead')}
            </a>
          )}
        </div>
        {review.notice !== '' && (
          <p role="status" className="mt-4 text-ink-2 text-xs">
            {review.notice}
          </p>
        )}
      </div>
    </div>
  );
}
