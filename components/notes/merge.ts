import { diff3Merge, diffComm } from 'node-diff3';

const linesOf = (text: string) => text.split('\n');

/**
 * Two texts that came of one. Where both changed the same lines, both stand in it, one below the other, and `isClean` says
 * that nobody has to look.
 */
export function merged(base: string, mine: string, theirs: string): { text: string; isClean: boolean } {
  let isClean = true;
  const lines = diff3Merge(linesOf(mine), linesOf(base), linesOf(theirs), {
    excludeFalseConflicts: true,
  }).flatMap(({ ok, conflict }) => {
    if (!conflict) return ok ?? [];
    isClean = false;
    return [...conflict.a, ...conflict.b];
  });
  return { text: lines.join('\n'), isClean };
}

export type DiffLine = { key: string; kind: 'same' | 'gone' | 'new'; text: string };

/** What stood in the older text and what stands in the newer one, line by line. */
export function diffLines(older: string, newer: string): DiffLine[] {
  const told = (lines: readonly string[], kind: DiffLine['kind'], at: number) =>
    lines.map((text, index) => ({ key: `${at}-${kind}-${index}`, kind, text }));
  return diffComm(linesOf(older), linesOf(newer)).flatMap(({ common, buffer1, buffer2 }, at) => [
    ...told(common ?? [], 'same', at),
    ...told(buffer1 ?? [], 'gone', at),
    ...told(buffer2 ?? [], 'new', at),
  ]);
}
