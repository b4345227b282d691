'use client';

import { useText } from '#use-text';
import './cards.css';
import { clsx } from 'clsx';
import type { Root } from 'hast';
import { useMemo } from 'react';
import { dollarDelimiters } from '@/components/markdown/dollars';
import { draw, type Parts } from '@/components/markdown/draw';
import { isPlain, plainTree } from '@/components/markdown/plain';
import { useDrawn } from '@/components/markdown/use-drawing';
import { WithParser } from '@/components/markdown/with-parser';
import { ScrollRegion } from '@/components/ui/scroll-region';
import type { KeptCard } from '@/lib/domain/card';
import { OWN_PICTURE } from '@/lib/study/cards/pictures';
import { isProvenAnswer } from '@/lib/study/cards/prepare';
import { clozeSource } from './cloze-source';
import { rehypeCloze } from './rehype-cloze';

const shared: Parts = {
  // A card leads nowhere and loads nothing but what was pasted into it: other pictures are shown by their words.
  a: ({ children }) => <span>{children}</span>,
  img: ({ src, alt }) =>
    typeof src === 'string' && OWN_PICTURE.test(src) ? (
      // biome-ignore lint/performance/noImgElement: it lies in the student's own store, behind an address that ends.
      <img src={src} alt={alt ?? ''} loading="lazy" className="card-picture" />
    ) : alt ? (
      <em>{alt}</em>
    ) : null,
  table: ({ dir, children }) => (
    <ScrollRegion label={useText()('Table')}>
      <table dir={dir}>{children}</table>
    </ScrollRegion>
  ),
  figure: ({ children }) => <ScrollRegion label={useText()('Formula')}>{children}</ScrollRegion>,
  ins: ({ children }) => (
    <span className="card-blank">
      <span className="sr-only">{useText()('blank')}</span>
      {children && <span className="card-hint">{children}</span>}
    </span>
  ),
};
/** Yellow is proof: an answer that is not in the student's notes is only underlined. */
const unproven: Parts = {
  ...shared,
  mark: ({ children }) => <strong className="card-answer">{children}</strong>,
};
const proven: Parts = { ...shared, mark: ({ children }) => <mark>{children}</mark> };

type CardTextProps = {
  text: string;
  /** The number of the cloze that is asked for; left out for a card without one. */
  cloze?: { index: number; shown: boolean; proven: boolean } | undefined;
  className?: string;
};

/** A side of a card: light markdown and formulas. Raw HTML is shown as text, never run. */
export function CardText({ text, cloze, className }: CardTextProps) {
  const source = useMemo(
    () => dollarDelimiters(cloze ? clozeSource(text, cloze.index, cloze.shown) : text),
    [text, cloze?.index, cloze?.shown, cloze],
  );
  const parts = cloze?.proven ? proven : unproven;
  return (
    <div className={clsx('card-text', className)}>
      {isPlain(source) ? (
        <Side tree={plainTree(source)} source={source} parts={parts} />
      ) : (
        <WithParser
          otherwise={
            <p dir="auto" className="whitespace-pre-wrap">
              {text}
            </p>
          }
        >
          {({ treeOf }) => <Side tree={treeOf(source)} source={source} parts={parts} />}
        </WithParser>
      )}
    </div>
  );
}

function Side({ tree, source, parts }: { tree: Root; source: string; parts: Parts }) {
  rehypeCloze()(tree);
  return draw(useDrawn(tree, source), parts);
}

type CardSidesProps = {
  card: Pick<KeptCard, 'front' | 'back' | 'kind' | 'clozeIndex' | 'source'>;
};

/** Both sides in a list, a cloze with its answer in place. */
export function CardSides({ card }: CardSidesProps) {
  const { front, back, kind, clozeIndex } = card;
  const cloze =
    kind === 'cloze' ? { index: clozeIndex, shown: true, proven: isProvenAnswer(card) } : undefined;
  return (
    <>
      <CardText text={front} cloze={cloze} className="font-medium font-notes text-md" />
      {back !== '' && <CardText text={back} className="mt-0.5 font-notes text-ink-2 text-md" />}
    </>
  );
}
