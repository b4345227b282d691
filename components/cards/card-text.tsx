'use client';

import './cards.css';
import { clsx } from 'clsx';
import { useMemo } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import { dollarDelimiters, rehypePlugins, remarkPlugins } from '@/components/markdown/maths';
import { useDrawing } from '@/components/markdown/use-drawing';
import { ScrollRegion } from '@/components/ui/scroll-region';
import type { KeptCard } from '@/lib/domain/card';
import { isProvenAnswer } from '@/lib/study/cards/prepare';
import { clozeSource } from './cloze-source';
import { rehypeCloze } from './rehype-cloze';

const shared: Components = {
  // A card leads nowhere and loads nothing: links and pictures are shown by their words.
  a: ({ children }) => <span>{children}</span>,
  img: ({ alt }) => (alt ? <em>{alt}</em> : null),
  table: ({ dir, children }) => (
    <ScrollRegion label="Table">
      <table dir={dir}>{children}</table>
    </ScrollRegion>
  ),
  figure: ({ children }) => <ScrollRegion label="Formula">{children}</ScrollRegion>,
  ins: ({ children }) => (
    <span className="card-blank">
      <span className="sr-only">blank</span>
      {children && <span className="card-hint">{children}</span>}
    </span>
  ),
};
/** Yellow is proof: an answer that is not in the student's notes is only underlined. */
const unproven: Components = {
  ...shared,
  mark: ({ children }) => <strong className="card-answer">{children}</strong>,
};
const proven: Components = { ...shared, mark: ({ children }) => <mark>{children}</mark> };

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
  const drawing = useDrawing(source);
  return (
    <div className={clsx('card-text', className)}>
      <ReactMarkdown
        components={cloze?.proven ? proven : unproven}
        remarkPlugins={remarkPlugins}
        rehypePlugins={[...rehypePlugins, ...drawing, rehypeCloze]}
      >
        {source}
      </ReactMarkdown>
    </div>
  );
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
