'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { useOnline } from '@/components/client/use-online';
import { Button } from '@/components/ui/button';
import { Kbd } from '@/components/ui/kbd';
import { useHotkeys } from '@/components/ui/use-hotkeys';
import { CardEditor } from './card-editor';
import { PassageSheet } from './passage-sheet';
import { RatingButtons } from './rating-buttons';
import { ReviewCardFace } from './review-card-face';
import { ReviewEnd } from './review-end';
import { ReviewHeader } from './review-header';
import { type ReviewViewProps, useReview } from './use-review';

/** A review session: one card, nothing else. */
export function ReviewView(props: ReviewViewProps) {
  const review = useReview(props);
  const router = useRouter();
  const isOnline = useOnline();
  const [panel, setPanel] = useState<'edit' | 'passage'>();
  const face = useRef<HTMLElement>(null);
  const { card, shown, notice } = review;
  const source = card?.source;

  const undo = async () => {
    if ((await review.undo()) === 'elsewhere') router.refresh();
  };
  const canRate = card !== undefined && shown && panel === undefined;
  useHotkeys(
    {
      ...(card && !shown ? { ' ': review.show } : {}),
      ...(canRate
        ? {
            '1': () => review.rate(1),
            '2': () => review.rate(2),
            '3': () => review.rate(3),
            '4': () => review.rate(4),
          }
        : {}),
      u: () => void undo(),
      ...(card ? { e: () => setPanel('edit') } : {}),
      ...(source && shown ? { o: () => setPanel('passage') } : {}),
    },
    { enabled: panel === undefined },
  );

  // The button that was pressed is gone; what it showed takes the focus, so that keys and readers go on from there.
  useEffect(() => {
    if (shown) face.current?.focus({ preventScroll: true });
  }, [shown]);

  if (!card) {
    return <ReviewEnd {...props} review={review} onUndo={undo} />;
  }
  return (
    <div className="flex min-h-full flex-col bg-desk">
      <h1 className="sr-only">{props.deck ? `Review ${props.deck.name}` : 'Review'}</h1>
      <ReviewHeader progress={review.progress} onEdit={() => setPanel('edit')} onUndo={undo} />
      <div className="mx-auto flex w-full max-w-170 flex-1 flex-col px-4 pb-6 md:justify-center md:px-5 md:pb-10">
        <ReviewCardFace
          key={`${card.id} ${card.state.reps}`}
          ref={face}
          card={card}
          shown={shown}
          onOpen={() => setPanel('passage')}
        />
        {review.intervals && shown ? (
          <RatingButtons intervals={review.intervals} onRate={review.rate} />
        ) : (
          <Button variant="primary" size="lg" className="mt-4 w-full" onClick={review.show}>
            Show the answer
            <span aria-hidden="true" className="hidden md:inline">
              <Kbd onInk>space</Kbd>
            </span>
          </Button>
        )}
        <p className="mt-3 min-h-4.5 text-center text-ink-3 text-xs md:mt-4">
          {shown ? examNote(review.timesBeforeExam) : 'Say it to yourself first.'}
        </p>
        <p role="status" className="text-center text-ink-2 text-xs">
          {notice ||
            (isOnline ? '' : 'You are offline. Reviews go on and are saved here.') ||
            (review.unsent ? 'Your answers are saved here and go out as soon as they can.' : '')}
        </p>
      </div>
      <CardEditor
        card={panel === 'edit' ? card : undefined}
        onClose={() => setPanel(undefined)}
        onSaved={(sides) => review.edit(card.id, sides)}
        onSuspended={() => review.remove(card.id)}
      />
      {source && (
        <PassageSheet
          source={source}
          open={panel === 'passage'}
          onOpenChange={(open) => setPanel(open ? 'passage' : undefined)}
        />
      )}
    </div>
  );
}

/** What pressing Good means for the exam. */
function examNote(times: number | null): string {
  if (times === null) return '';
  if (times === 0) return 'With Good this was the last time before the exam.';
  if (times === 1) return 'With Good you see it once more before the exam.';
  return `With Good you see it ${times === 2 ? 'twice' : `${times} times`} more before the exam.`;
}
