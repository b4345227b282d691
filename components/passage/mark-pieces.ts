import type { CitedVerdict } from '@/lib/domain/citation';
import type { HighlightColor } from '@/lib/domain/highlight';

/** Words to mark, as offsets into the text they stand in. */
export type PassageMark = {
  start: number;
  end: number;
  /** The number of the source, shown in the margin beside the words. */
  n?: number;
  verdict?: CitedVerdict;
};

/** Words that the student marked themselves, with their note beside them or without. */
export type PassageHighlight = {
  id: string;
  start: number;
  end: number;
  color: HighlightColor;
  note: string;
};

type Range = { start: number; end: number };
export type Slice = Range & { mark: PassageMark | undefined; highlight: PassageHighlight | undefined };

/** Cuts a range where marks begin and end. Where two marks overlap, the first given one holds; of highlights the last. */
export function cutAtMarks(
  start: number,
  end: number,
  marks: readonly PassageMark[],
  highlights: readonly PassageHighlight[] = [],
): Slice[] {
  const edges = new Set([start, end]);
  for (const mark of [...marks, ...highlights]) {
    for (const edge of [mark.start, mark.end]) if (edge > start && edge < end) edges.add(edge);
  }
  const sorted = [...edges].sort((a, b) => a - b);
  return sorted.slice(0, -1).map((from, index) => {
    const holds = (mark: Range) => mark.start <= from && mark.end > from;
    const to = sorted[index + 1] ?? end;
    return { start: from, end: to, mark: marks.find(holds), highlight: highlights.findLast(holds) };
  });
}

/** Keeps marks inside the text and drops those that cover nothing. */
export function usableMarks<Mark extends Range>(marks: readonly Mark[], length: number): Mark[] {
  return marks
    .map((mark) => ({ ...mark, start: Math.max(0, mark.start), end: Math.min(length, mark.end) }))
    .filter((mark) => mark.end > mark.start);
}

/** Where the first and the last visible words of each mark begin: the number stands at the one, the end at the other. */
export type MarkEnds = { heads: ReadonlySet<number>; tails: ReadonlySet<number> };

export function markEnds(ranges: Iterable<Range>, content: string, marks: readonly PassageMark[]): MarkEnds {
  const heads = new Map<PassageMark, number>();
  const tails = new Map<PassageMark, number>();
  for (const range of ranges) {
    for (const { start, end, mark } of cutAtMarks(range.start, range.end, marks)) {
      if (mark === undefined || content.slice(start, end).trim() === '') continue;
      if (!heads.has(mark)) heads.set(mark, start);
      tails.set(mark, start);
    }
  }
  return { heads: new Set(heads.values()), tails: new Set(tails.values()) };
}
