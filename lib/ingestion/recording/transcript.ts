import { z } from 'zod';
import type { Heard } from './transcribe.ts';

export const heardPieceSchema = z.object({
  from: z.number(),
  to: z.number(),
  heard: z.array(z.object({ at: z.number(), text: z.string(), speaker: z.string().optional() })),
});
export type HeardPiece = z.output<typeof heardPieceSchema>;

const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Fewer words than this are said alike by chance. */
const LEAST_ALIKE = 3;
const MOST_ALIKE = 60;

/** How many words at the end of one text are those at the beginning of the other. */
function alike(before: readonly string[], after: readonly string[]): number {
  for (let count = Math.min(MOST_ALIKE, before.length, after.length); count >= LEAST_ALIKE; count--) {
    if (before.slice(-count).every((word, index) => word === after[index])) return count;
  }
  return 0;
}

/** A text without its first so many words. */
function withoutFirst(text: string, count: number): string {
  if (count === 0) return text;
  const ends = [...text.matchAll(/[\p{L}\p{N}]+/gu)].map(({ index, 0: word }) => index + word.length);
  return text.slice(ends[count - 1] ?? text.length).replace(/^[^\p{L}\p{N}]+/u, '');
}

/**
 * What was heard in pieces, as it was said once. Where two pieces overlap, the first is heard up to the middle and the next
 * from there on; words that both say at the seam are said once.
 */
export function wovenTranscript(pieces: readonly HeardPiece[]): Heard[] {
  const woven: Heard[] = [];
  pieces.forEach(({ from, to, heard }, index) => {
    const seam = (left: HeardPiece | undefined, right: HeardPiece | undefined) =>
      left && right && left.to > right.from ? (left.to + right.from) / 2 : undefined;
    const begins = seam(pieces[index - 1], pieces[index]) ?? from;
    const ends = seam(pieces[index], pieces[index + 1]) ?? Math.max(to, from) + 1;
    const own = heard
      .map((one) => ({ ...one, at: one.at + from }))
      // The first words of a recording may be told to be before it, and the last behind it.
      .filter(({ at }) => (at >= begins || index === 0) && (at < ends || index === pieces.length - 1));
    let said =
      index === 0
        ? 0
        : alike(
            words(
              woven
                .map(({ text }) => text)
                .slice(-8)
                .join(' '),
            ),
            words(
              own
                .map(({ text }) => text)
                .slice(0, 8)
                .join(' '),
            ),
          );
    for (const one of own) {
      const count = Math.min(said, words(one.text).length);
      said -= count;
      const text = withoutFirst(one.text, count);
      if (words(text).length > 0) woven.push({ ...one, text });
    }
  });
  return woven;
}
