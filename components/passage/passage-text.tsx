'use client';

import { useText } from '#use-text';
import { text } from '@/lib/language/text';
import './passage.css';
import { clsx } from 'clsx';
import { Fragment, type ReactNode, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { DrawnFormula } from '@/components/markdown/drawn-formula';
import { type DrawnFormulas, formulaKey } from '@/components/markdown/formulas';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { secondOfClock } from '@/lib/study/moments';
import {
  cutAtMarks,
  type MarkEnds,
  markEnds,
  type PassageHighlight,
  type PassageMark,
  type Slice,
  usableMarks,
} from './mark-pieces';
import { type PassageBlock, type PassageFormat, type Piece, passageBlocks, piecesOf } from './passage-blocks';

type PassageTextProps = {
  content: string;
  format: PassageFormat;
  /** Offsets into `content`. */
  marks?: readonly PassageMark[];
  highlights?: readonly PassageHighlight[];
  /** What the server drew of its formulas; the others are drawn here. */
  formulas?: DrawnFormulas;
  /** Opens the note beside a highlight. */
  onNote?: (id: string) => void;
  /** Draws the marks once, from left to right. */
  draw?: boolean;
  /** Whether a recording plays beside it, from the moment that is pressed. */
  plays?: boolean;
  className?: string;
};

const STYLES = { strong: 'strong', emphasis: 'em', code: 'code' } as const;
const CASES = { lower: 'lowercase', first: 'passage-first' } as const;
/** Pictures that lie beside a note of the student's own; any other address is no place to fetch from. */
const OWN_PICTURE = /^\/api\/documents\/[\da-f-]{36}\/images\/[\w-]+$/;

/** Where a quote was cited but its words are not on the page. */
export const NOT_FOUND = text('I found the page, not the exact words, so nothing is marked.');

/** Brings the first mark into the upper third of what scrolls around it; without one the page begins at its top. */
export function scrollToMark(view: Element | null | undefined): void {
  if (!view) return;
  const mark = view.querySelector('mark');
  const top = mark ? mark.getBoundingClientRect().top - view.getBoundingClientRect().top + view.scrollTop : 0;
  view.scrollTop = Math.max(0, top - view.clientHeight / 3);
}

const NONE_AHEAD: DrawnFormulas = {};

/**
 * A page of the student's own material. The text in the page is `content`, character for character: what markdown
 * writes with signs is only hidden, so marks given as offsets fall on exactly their words.
 */
export function PassageText({
  content,
  format,
  marks = [],
  className,
  formulas = NONE_AHEAD,
  ...drawn
}: PassageTextProps) {
  const blocks = useMemo(() => passageBlocks(content, format), [content, format]);
  const usable = usableMarks(marks, content.length);
  const highlights = usableMarks(drawn.highlights ?? [], content.length);
  const all = blocks.flatMap(piecesOf);
  const visible = all.filter((piece) => piece.role === 'text');
  const ends = markEnds(usable.length > 0 ? visible : [], content, usable);
  const formula = useFormulas(all.some(({ maths }) => maths && formulas[formulaKey(maths)] === undefined));
  const { draw = false, plays = false, onNote } = drawn;
  const common = { content, marks: usable, highlights, ends, draw, plays, formula, formulas, onNote };

  const pieces = (own: readonly Piece[]): ReactNode =>
    own.map((piece) => <PieceText key={piece.start} piece={piece} {...common} />);

  return (
    <div className={clsx('passage', usable.length > 0 && 'has-marks', className)}>
      {blocks.map((block, index) => {
        if (block.type === 'gap') {
          return <Fragment key={block.start}>{content.slice(block.start, block.end)}</Fragment>;
        }
        const marked = usable.find((mark) => mark.start < block.end && mark.end > block.start);
        const previous = blocks[index - 1];
        const isBroken =
          block.type === 'paragraph' && previous?.type === 'paragraph' && format !== 'markdown';
        const blockClass = clsx(
          block.type === 'item' && 'passage-item',
          block.type === 'quote' && 'pl-4 italic',
          isBroken && 'passage-line',
          marked === undefined && 'is-around',
        );
        return (
          <Block key={block.start} block={block} className={blockClass} pieces={pieces} marks={usable} />
        );
      })}
    </div>
  );
}

type DrawFormula = typeof import('@/components/markdown/draw-maths').drawFormula;
let drawFormula: DrawFormula | undefined;

/** Draws formulas, where there are any and once what draws them is there: nothing else that reads Markdown comes with it. */
function useFormulas(isNeeded: boolean): DrawFormula | undefined {
  const [, setLoaded] = useState(drawFormula !== undefined);
  useEffect(() => {
    if (!isNeeded || drawFormula) return;
    import('@/components/markdown/draw-maths').then(
      (loaded) => {
        drawFormula = loaded.drawFormula;
        setLoaded(true);
      },
      () => undefined,
    );
  }, [isNeeded]);
  return isNeeded ? drawFormula : undefined;
}

type BlockProps = {
  block: Exclude<PassageBlock, { type: 'gap' }>;
  className: string;
  pieces: (own: readonly Piece[]) => ReactNode;
  marks: readonly PassageMark[];
};

type RowsProps = Pick<BlockProps, 'pieces' | 'marks'> & { block: Extract<PassageBlock, { type: 'rows' }> };

/** The rows of a file of rows. The names of the columns are drawn, since each row writes them itself. */
const Rows = ({ block: { columns, rows }, pieces, marks }: RowsProps) => (
  <table>
    <thead>
      <tr>
        <th scope="col" data-glyph={useText()('Row')} />
        {columns.map((column) => (
          <th key={column} scope="col" data-glyph={column} />
        ))}
      </tr>
    </thead>
    <tbody>
      {rows.map(([number = [], ...cells]) => {
        const [start = 0, end = 0] = [number[0]?.start, [number, ...cells].flat().at(-1)?.end];
        const isMarked = marks.some((mark) => mark.start < end && mark.end > start);
        return (
          <tr key={start} data-marked={isMarked ? '' : undefined}>
            <th scope="row">{pieces(number)}</th>
            {cells.map((cell, index) => (
              <td key={columns[index]}>{pieces(cell)}</td>
            ))}
          </tr>
        );
      })}
    </tbody>
  </table>
);

function Block({ block, className, pieces, marks }: BlockProps) {
  const t = useText();
  switch (block.type) {
    case 'heading': {
      // Below the title of the document, wherever that stands.
      const Heading = block.level <= 2 ? 'h2' : block.level === 3 ? 'h3' : 'h4';
      return <Heading className={className}>{pieces(block.pieces)}</Heading>;
    }
    case 'item':
      return (
        <div className={className} data-marker={block.marker} data-depth={block.depth}>
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
        <ScrollRegion label={t('Code')} className={clsx(className, 'rounded-2 bg-sunk')}>
          <pre className="w-fit p-3">{pieces(block.pieces)}</pre>
        </ScrollRegion>
      );
    case 'formula':
      return (
        <ScrollRegion label={t('Formula')} className={className}>
          {pieces(block.pieces)}
        </ScrollRegion>
      );
    case 'figure':
      return (
        <figure dir="auto" className={className}>
          {OWN_PICTURE.test(block.source) && (
            // biome-ignore lint/performance/noImgElement: a private picture of this student's, of unknown size.
            <img src={block.source} alt="" className="mb-2 max-h-96 max-w-full" />
          )}
          <figcaption>{pieces(block.pieces)}</figcaption>
        </figure>
      );
    case 'rows':
      return (
        <ScrollRegion label={t('Table')} className={className}>
          <Rows block={block} pieces={pieces} marks={marks} />
        </ScrollRegion>
      );
    case 'table':
      return (
        <ScrollRegion label={t('Table')} className={className}>
          <table>
            <tbody>
              {block.rows.map((cells, row) => (
                <tr key={cells.flat()[0]?.start} hidden={block.isRuled && row === 1}>
                  {cells.map((cell) => {
                    const Cell = row === 0 ? 'th' : 'td';
                    return <Cell key={cell[0]?.start ?? 'empty'}>{pieces(cell)}</Cell>;
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
  highlights: readonly PassageHighlight[];
  ends: MarkEnds;
  draw: boolean;
  plays: boolean;
  formula: DrawFormula | undefined;
  formulas: DrawnFormulas;
  onNote: ((id: string) => void) | undefined;
};

const overlaps = (one: { start: number; end: number }, piece: Piece) =>
  one.start < piece.end && one.end > piece.start;

function PieceText(props: PieceTextProps) {
  const { piece, content, marks, highlights } = props;
  if (piece.role === 'syntax') {
    const kept = <span hidden>{content.slice(piece.start, piece.end)}</span>;
    if (piece.glyph === undefined) return kept;
    const isMarked = marks.some((mark) => mark.start <= piece.start && mark.end > piece.start);
    const Drawn = isMarked ? 'mark' : 'span';
    return <Drawn data-glyph={piece.glyph}>{kept}</Drawn>;
  }
  const ahead = piece.maths && props.formulas[formulaKey(piece.maths)];
  if (piece.maths && ahead !== null && (ahead ?? props.formula)) {
    // A formula is marked whole, whatever of its source is meant.
    const whole = {
      ...piece,
      mark: marks.find((one) => overlaps(one, piece)),
      highlight: highlights.findLast((one) => overlaps(one, piece)),
    };
    const source = content.slice(piece.start, piece.end);
    return (
      <SliceText {...props} slice={whole}>
        {ahead === undefined ? (
          props.formula && <Formula {...piece.maths} source={source} draw={props.formula} />
        ) : (
          <>
            <span hidden>{source}</span>
            <DrawnFormula drawn={ahead} />
          </>
        )}
      </SliceText>
    );
  }
  const slices = cutAtMarks(piece.start, piece.end, marks, highlights).map((slice) => (
    <SliceText key={slice.start} {...props} slice={slice} />
  ));
  if (piece.style === 'moment') return <Moment text={content.slice(piece.start, piece.end)} {...props} />;
  if (piece.style === 'lower' || piece.style === 'first')
    return <span className={CASES[piece.style]}>{slices}</span>;
  const Style = piece.style && STYLES[piece.style];
  return Style ? <Style>{slices}</Style> : slices;
}

/** When a line was said: pressed, the recording goes on from there. */
function Moment({ text, plays }: { text: string; plays: boolean }) {
  const t = useText();
  if (!plays) return text;
  const second = secondOfClock(text.slice(1, -1));
  return (
    <a
      href={`#t=${second}`}
      data-second={second}
      className="link font-voice text-sm tabular"
      aria-label={t('Play from {text}', { text: text.slice(1, -1) })}
    >
      {text}
    </a>
  );
}

type FormulaProps = NonNullable<Piece['maths']> & {
  source: string;
  draw: DrawFormula;
};

/** A formula in place of its source, which stays in the page, hidden; what cannot be drawn whole is shown as it was written. */
function Formula({ tex, isDisplay, source, draw }: FormulaProps) {
  const place = useRef<HTMLSpanElement>(null);
  const [isDrawn, setDrawn] = useState(false);
  useLayoutEffect(
    () => setDrawn(place.current !== null && draw(place.current, tex, isDisplay)),
    [tex, isDisplay, draw],
  );
  return (
    <>
      <span hidden={isDrawn}>{source}</span>
      <span data-drawn="" ref={place} />
    </>
  );
}

/** Words that are marked as one, or the formula that is drawn in their place. */
function SliceText({ slice, children, ...props }: PieceTextProps & { slice: Slice; children?: ReactNode }) {
  const t = useText();
  const { content, ends, draw, onNote } = props;
  const { start, end, mark, highlight } = slice;
  const text = content.slice(start, end);
  let inner: ReactNode = children ?? text;
  if (mark !== undefined && text.trim() !== '') {
    const isFirst = ends.heads.has(start);
    inner = (
      <mark
        className={draw ? 'mark-draw' : undefined}
        data-verdict={mark.verdict}
        data-first={isFirst ? '' : undefined}
        data-last={ends.tails.has(start) ? '' : undefined}
        data-chip={isFirst && mark.n !== undefined ? mark.n : undefined}
      >
        {inner}
      </mark>
    );
  }
  if (highlight === undefined || text.trim() === '') return inner;
  return (
    <>
      <span className="highlight" data-color={highlight.color} data-highlight={highlight.id}>
        {inner}
      </span>
      {highlight.note !== '' && onNote && end >= highlight.end && (
        // Without a text of its own, so that the words of the page stay the file's.
        <button
          type="button"
          className="margin-note"
          data-color={highlight.color}
          aria-label={t('Your note: {note}', { note: highlight.note })}
          title={highlight.note}
          onClick={() => onNote(highlight.id)}
        />
      )}
    </>
  );
}
