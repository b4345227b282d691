'use client';

import './passage.css';
import { clsx } from 'clsx';
import { type CSSProperties, Fragment, type ReactNode, useMemo } from 'react';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { cutAtMarks, type MarkEnds, markEnds, type PassageMark, usableMarks } from './mark-pieces';
import { type PassageBlock, type PassageFormat, type Piece, passageBlocks, piecesOf } from './passage-blocks';

type PassageTextProps = {
  content: string;
  format: PassageFormat;
  /** Offsets into `content`. */
  marks?: readonly PassageMark[];
  /** Draws the marks once, from left to right. */
  draw?: boolean;
  className?: string;
};

const STYLES = { strong: 'strong', emphasis: 'em', code: 'code' } as const;

/** Where a quote was cited but its words are not on the page. */
export const NOT_FOUND = 'I found the page, not the exact words, so nothing is marked.';

/** Only what is kept as sections keeps all its signs. */
export const formatOf = ({ locator }: { locator: string }): PassageFormat => {
  if (locator === 'page') return 'page';
  return locator === 'section' || locator === 'slide' ? 'markdown' : 'text';
};

/** Brings the first mark into the upper third of what scrolls around it; without one the page begins at its top. */
export function scrollToMark(view: Element | null | undefined): void {
  if (!view) return;
  const mark = view.querySelector('mark');
  const top = mark ? mark.getBoundingClientRect().top - view.getBoundingClientRect().top + view.scrollTop : 0;
  view.scrollTop = Math.max(0, top - view.clientHeight / 3);
}

/**
 * A page of the student's own material. The text in the page is `content`, character for character: what markdown
 * writes with signs is only hidden, so marks given as offsets fall on exactly their words.
 */
export function PassageText({ content, format, marks = [], draw = false, className }: PassageTextProps) {
  const blocks = useMemo(() => passageBlocks(content, format), [content, format]);
  const usable = usableMarks(marks, content.length);
  const visible = blocks.flatMap(piecesOf).filter((piece) => piece.role === 'text');
  const ends = markEnds(usable.length > 0 ? visible : [], content, usable);

  const pieces = (own: readonly Piece[]): ReactNode =>
    own.map((piece) => (
      <PieceText key={piece.start} piece={piece} content={content} marks={usable} ends={ends} draw={draw} />
    ));

  return (
    <div className={clsx('passage', usable.length > 0 && 'has-marks', className)}>
      {blocks.map((block, index) => {
        if (block.type === 'gap') {
          return <Fragment key={block.start}>{content.slice(block.start, block.end)}</Fragment>;
        }
        const marked = usable.find((mark) => mark.start < block.end && mark.end > block.start);
        const previous = blocks[index - 1];
        const isBroken = block.type === 'paragraph' && previous?.type === 'paragraph' && format === 'text';
        const blockClass = clsx(
          block.type === 'item' && 'passage-item',
          block.type === 'quote' && 'pl-4 italic',
          isBroken && 'passage-line',
          marked === undefined && 'is-around',
        );
        return <Block key={block.start} block={block} className={blockClass} pieces={pieces} />;
      })}
    </div>
  );
}

type BlockProps = {
  block: Exclude<PassageBlock, { type: 'gap' }>;
  className: string;
  pieces: (own: readonly Piece[]) => ReactNode;
};

function Block({ block, className, pieces }: BlockProps) {
  switch (block.type) {
    case 'heading': {
      const Heading = block.level <= 2 ? 'h3' : block.level === 3 ? 'h4' : 'h5';
      return <Heading className={className}>{pieces(block.pieces)}</Heading>;
    }
    case 'item':
      return (
        <div
          className={className}
          data-marker={block.marker}
          style={{ '--depth': block.depth } as CSSProperties}
        >
          {pieces(block.pieces)}
        </div>
      );
    case 'quote':
      return (
        <blockquote dir="auto" className={className}>
          {pieces(block.pieces)}
        </blockquote>
      );
    case 'code':
      return (
        <ScrollRegion label="Code" className={clsx(className, 'rounded-2 bg-sunk')}>
          <pre className="w-fit p-3">{pieces(block.pieces)}</pre>
        </ScrollRegion>
      );
    case 'table':
      return (
        <ScrollRegion label="Table" className={className}>
          <table>
            <tbody>
              {block.rows.map((cells, row) => (
                <tr key={cells[0]?.[0]?.start} hidden={row === 1}>
                  {cells.map((cell) => {
                    const Cell = row === 0 ? 'th' : 'td';
                    return <Cell key={cell[0]?.start}>{pieces(cell)}</Cell>;
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      );
    default:
      return (
        <p dir="auto" className={className}>
          {pieces(block.pieces)}
        </p>
      );
  }
}

type PieceTextProps = {
  piece: Piece;
  content: string;
  marks: readonly PassageMark[];
  ends: MarkEnds;
  draw: boolean;
};

function PieceText({ piece, content, marks, ends, draw }: PieceTextProps) {
  if (piece.role === 'syntax') return <span hidden>{content.slice(piece.start, piece.end)}</span>;
  const slices = cutAtMarks(piece.start, piece.end, marks).map(({ start, end, mark }) => {
    const text = content.slice(start, end);
    if (mark === undefined || text.trim() === '') return <Fragment key={start}>{text}</Fragment>;
    const isFirst = ends.heads.has(start);
    return (
      <mark
        key={start}
        className={draw ? 'mark-draw' : undefined}
        data-verdict={mark.verdict}
        data-first={isFirst ? '' : undefined}
        data-last={ends.tails.has(start) ? '' : undefined}
        data-chip={isFirst && mark.n !== undefined ? mark.n : undefined}
      >
        {text}
      </mark>
    );
  });
  const Style = piece.style && STYLES[piece.style];
  return Style ? <Style>{slices}</Style> : slices;
}
