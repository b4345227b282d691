'use client';

import { type MouseEvent, useEffect, useRef, useState } from 'react';
import { useText } from '#use-text';
import { useFirstPress } from '@/components/client/use-first-press';
import { useOnline } from '@/components/client/use-online';
import { PassageSeal, PassageView } from '@/components/passage/passage-view';
import { Button } from '@/components/ui/button';
import { Dialog, SheetContent } from '@/components/ui/dialog';
import { Kbd } from '@/components/ui/kbd';
import { useHotkeys } from '@/components/ui/use-hotkeys';
import { RATINGS } from '@/lib/domain/card';
import type { StudySource } from '@/lib/domain/citation';
import type { Translate } from '@/lib/language/text';
import { paths } from '@/lib/links';
import { locatorText } from '@/lib/study/locator';
import { CardEditor } from './card-editor';
import { RatingButtons } from './rating-buttons';
import { ReviewCardFace } from './review-card-face';
import { ReviewEnd } from './review-end';
import { ReviewHeader } from './review-header';
import { TypedAnswer, useTyping } from './typed-answer';
import { type Review, type ReviewViewProps, useReview } from './use-review';

/** A review session: one card, nothing else. */
export function ReviewView(props: ReviewViewProps) {
  const t = useText();
  const review = useReview(props);
  const [panel, setPanel] = useState<'edit' | 'passage'>();
  const typing = useTyping();
  const face = useRef<HTMLElement>(null);
  const { card, shown, show, rate, undo } = review;
  const source = card?.source;
  useHotkeys(
    {
      ...(card && !shown ? { ' ': show } : {}),
      ...(card && shown ? Object.fromEntries(RATINGS.map((rating) => [rating, () => rate(rating)])) : {}),
      u: undo,
      ...(card ? { e: () => setPanel('edit') } : {}),
      ...(source && shown ? { o: () => setPanel('passage') } : {}),
    },
    { enabled: panel === undefined },
  );

  // The button that was pressed is gone; what it showed takes the focus, so that keys and readers go on from there.
  useEffect(() => {
    if (shown) face.current?.focus({ preventScroll: true });
  }, [shown]);

  // Its button comes anew where a card does, and knows nothing of the press before.
  const isFirstPress = useFirstPress();
  const onUndo = (event: MouseEvent) => isFirstPress(event) && undo();
  if (!card) return <ReviewEnd {...props} review={review} onUndo={onUndo} />;
  const close = () => setPanel(undefined);
  return (
    <div className="flex min-h-full flex-col bg-desk">
      <h1 className="sr-only">{props.deck ? t('Review {name}', { name: props.deck.name }) : t('Review')}</h1>
      <ReviewHeader progress={review.progress} onEdit={() => setPanel('edit')} onUndo={onUndo} />
      <div className="mx-auto flex w-full max-w-170 flex-1 flex-col px-4 pb-6 md:justify-center md:px-5 md:pb-10">
        <ReviewCardFace
          key={`${card.id} ${card.state.reps}`}
          ref={face}
          card={card}
          shown={shown}
          onOpen={() => setPanel('passage')}
        />
        <TypedAnswer
          key={`typed ${card.id} ${card.state.reps}`}
          card={card}
          shown={shown}
          onShow={show}
          typing={typing}
        />
        <Answering {...review} isTyping={typing.isTyping} />
      </div>
      <CardEditor
        card={panel === 'edit' ? card : undefined}
        onClose={close}
        onSaved={(sides) => review.edit(card.id, sides)}
        onSuspended={() => review.remove(card.id)}
      />
      {source && (
        <Dialog open={panel === 'passage'} onOpenChange={close}>
          <SheetContent
            title={source.title}
            description={t('Passage, {locatorText}', { locatorText: locatorText(source.locator, t) })}
          >
            <Passage source={source} />
          </SheetContent>
        </Dialog>
      )}
    </div>
  );
}

/** Under the card: the way to its answer, then to the next one. */
function Answering({
  isTyping,
  shown,
  show,
  intervals,
  rate,
  timesBeforeExam,
  notice,
  unsent,
}: Review & { isTyping: boolean }) {
  const t = useText();
  const isOnline = useOnline();
  const state =
    (isOnline ? '' : t('You are offline. Reviews go on and are saved here.')) ||
    (unsent ? t('Your answers are saved here and go out as soon as they can.') : '');
  return (
    <>
      {intervals ? (
        <RatingButtons intervals={intervals} onRate={rate} />
      ) : (
        <Button variant="primary" size="lg" className="settle mt-4 w-full" onClick={show}>
          {t('Show the answer')}
          <span aria-hidden="true" className="hidden md:inline">
            <Kbd onInk>{t('space')}</Kbd>
          </span>
        </Button>
      )}
      <p className="mt-3 min-h-4.5 text-center text-ink-3 text-xs md:mt-4">
        {shown ? examNote(timesBeforeExam, t) : isTyping ? '' : t('Say it to yourself first.')}
      </p>
      <p role="status" className="text-center text-ink-2 text-xs">
        {notice || state}
      </p>
    </>
  );
}

/** The page of the student's file that a card was made from, with its words marked. */
function Passage({ source }: { source: StudySource }) {
  const passage = { n: 1, verdict: 'verified' as const, ...source };
  return (
    <div data-passage-scroll="" className="h-full overflow-y-auto">
      <div className="px-6 pt-1 md:pl-18" data-document={paths.passage(source.docId, source.locator.index)}>
        <PassageView source={passage} />
      </div>
      <PassageSeal source={passage} />
    </div>
  );
}

/** What pressing Good means for the exam. */
function examNote(times: number | null, t: Translate): string {
  if (times === null) return '';
  if (times === 0) return t('With Good this was the last time before the exam.');
  if (times === 1) return t('With Good you see it once more before the exam.');
  return t('With Good you see it {times, plural, =2 {twice} other {# times}} more before the exam.', {
    times,
  });
}
