import type { CitedVerdict } from '@/lib/domain/citation';

/** Words to mark, as offsets into the text they stand in. */
export type PassageMark = {
  start: number;
  end: number;
  /** The number of the source, shown in the margin beside the words. */
  n?: number;
  verdict?: CitedVerdict;
};

export type Slice = { start: number; end: number; mark: PassageMark | undefined };

/** Cuts a range where marks begin and end. Where two marks overlap, the first given one holds. */
export function cutAtMarks(start: number, end: number, marks: readonly PassageMark[]): Slice[] {
  const edges = new Set([start, end]);
  for (const mark of marks) {
    for (const edge of [mark.start, mark.end]) if (edge > start && edge < end) edges.add(edge);
  }
  const sorted = [...edges].sort((a, b) => a - b);
  return sorted.slice(0, -1).map((from, index) => ({
    start: from,
    end: sorted[index + 1] ?? end,
    mark: marks.find((mark) => mark.start <= from && mark.end > from),
  }));
}

/** Keeps marks inside the text and drops those that cover nothing. */
export function usableMarks(marks: readonly PassageMark[], length: number): PassageMark[] {
  return marks
    .map((mark) => ({ ...mark, start: Math.max(0, mark.start), end: Math.min(length, mark.end) }))
    .filter((mark) => mark.end > mark.start);
}

/** Where the first and the last visible words of each mark begin: the number stands at the one, the end at the other. */
export type MarkEnds = { heads: ReadonlySet<number>; tails: ReadonlySet<number> };

export function markEnds(
  ranges: Iterable<{ start: number; end: number }>,
  content: string,
  marks: readonly PassageMark[],
): MarkEnds {
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
