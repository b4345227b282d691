'use client';

import { clsx } from 'clsx';
import { type Ref, useMemo } from 'react';
import { useText } from '#use-text';
import { isProvenAnswer } from '@/lib/study/cards/prepare';
import { CardText } from './card-text';
import { PassageChanged } from './passage-changes';
import { passageExcerpt } from './passage-excerpt';
import type { ReviewCard } from './use-review';

type ReviewCardFaceProps = {
  card: ReviewCard;
  shown: boolean;
  onOpen: () => void;
  ref: Ref<HTMLElement>;
};

/** Front over a red rule over back and passage. The answer of a cloze appears in its place. */
export function ReviewCardFace({ card, shown, onOpen, ref }: ReviewCardFaceProps) {
  const t = useText();
  const { front, back, kind, clozeIndex, source, passage } = card;
  const excerpt = useMemo(() => passageExcerpt(passage, source), [passage, source]);
  const isCloze = kind === 'cloze';
  const isProven = isCloze && excerpt !== null && isProvenAnswer(card);
  const hasBack = !isCloze || back !== '' || excerpt !== null;
  const heading = source?.headingPath.at(-1);
  const place = source
    ? [source.title, ...(heading && heading !== source.title ? [heading] : [])].join(' › ')
    : card.deck;

  return (
    <article
      ref={ref}
      tabIndex={-1}
      aria-label={shown ? t('Card with its answer') : t('Card')}
      className={clsx(
        'grid min-h-0 flex-1 rounded-4 border border-rule bg-page outline-none md:min-h-100 md:flex-none',
        shown && hasBack ? 'grid-rows-[auto_1fr_auto]' : 'grid-rows-[1fr_auto]',
      )}
    >
      <div
        aria-live="polite"
        className="grid min-h-44 content-center px-6 pt-7 pb-6 md:content-end md:px-12 md:pt-10 md:pb-8"
      >
        <CardText
          text={front}
          cloze={isCloze ? { index: clozeIndex, shown, proven: isProven } : undefined}
          className={clsx(
            'font-medium font-notes tracking-[-0.005em]',
            front.length > 400
              ? 'text-notes'
              : 'text-[1.4375rem] leading-[2.125rem] md:text-xl md:leading-[2.375rem]',
          )}
        />
      </div>
      {shown && hasBack && (
        <div className="grid content-start gap-4 border-margin border-t-[1.5px] px-6 pt-5.5 pb-3 font-notes text-[1.0625rem] leading-7 md:px-12 md:pt-7 md:pb-5 md:text-notes md:leading-7.5">
          {back !== '' && <CardText text={back} />}
          {excerpt && (
            <p className={clsx('wrap-anywhere', back !== '' && 'text-ink-2')}>
              <span
                aria-hidden="true"
                className="mr-2.5 inline-grid h-4.75 min-w-4.75 place-items-center rounded-1 bg-mark px-1.25 align-[0.1em] font-semibold font-voice text-chip text-mark-ink leading-none"
              >
                1
              </span>
              <span className="sr-only">{t('From your notes:')} </span>
              {excerpt.before}
              <mark className="mark-draw">{excerpt.quote}</mark>
              {excerpt.after}
            </p>
          )}
        </div>
      )}
      <div className="flex items-center gap-2 px-6 pb-4.5 text-ink-3 text-xs md:px-12 md:pb-6">
        <span className="min-w-0 flex-1 wrap-anywhere">{place}</span>
        <PassageChanged of={({ cardId }) => cardId === card.id} />
        {shown && source && (
          <button type="button" className="link min-h-8 px-1" aria-keyshortcuts="O" onClick={onOpen}>
            {t('Open')}
          </button>
        )}
      </div>
    </article>
  );
}
