import type { RetrievedChunk } from './search.ts';

const HEADING = /^ {0,3}(#{1,6})[ \t]+(.+?)[ \t#]*$/gm;
/** Inside a fence a line with a number sign is a remark of the code. */
const FENCE = /^ {0,3}(```|~~~)[\s\S]*?(?:^ {0,3}\1|(?![\s\S]))/gm;

type Heading = { at: number; level: number; title: string };

export const headingsIn = (text: string): Heading[] =>
  [...text.replace(FENCE, (fence) => ' '.repeat(fence.length)).matchAll(HEADING)].map(
    ({ index, 1: marks = '', 2: title = '' }) => ({
      at: index,
      level: marks.length,
      title: title.replace(/[*_`]/g, ''),
    }),
  );

const part = (chunk: RetrievedChunk, from: number, to: number): RetrievedChunk => ({
  ...chunk,
  text: chunk.text.slice(from, to),
  charStart: chunk.charStart + from,
  charEnd: chunk.charStart + to,
});

/**
 * Chunks without what stands outside the sections that `isNamed` knows by their headings: a short section shares its chunk
 * with its neighbours, and what is made of "Waves" is not to ask about tides. Chunks that hold no such heading go on with
 * the section as far as its own rank of headings goes; where none holds it, all stay as they are.
 */
export function withinSection(
  chunks: readonly RetrievedChunk[],
  isNamed: (heading: string) => boolean,
): RetrievedChunk[] {
  const read = chunks.map((chunk) => ({ chunk, headings: headingsIn(chunk.text) }));
  const ranks = new Map<string, number>();
  for (const { chunk, headings } of read)
    for (const { level, title } of headings)
      if (isNamed(title)) ranks.set(chunk.docId, Math.min(level, ranks.get(chunk.docId) ?? level));
  const parts = read.flatMap(({ chunk, headings }) => {
    const rank = ranks.get(chunk.docId);
    if (rank === undefined) return [chunk];
    const own = headings.find(({ title }) => isNamed(title));
    const next = headings.find(({ at, level }) => level <= rank && at > (own?.at ?? -1));
    return part(chunk, own?.at ?? 0, next?.at ?? chunk.text.length);
  });
  const held = parts.filter(({ text }) => text.trim() !== '');
  return held.length > 0 ? held : [...chunks];
}

/** What stands before and behind a part of a chunk in the whole of it. */
export const restOf = (whole: RetrievedChunk, { charStart, charEnd }: RetrievedChunk): RetrievedChunk[] =>
  [
    part(whole, 0, charStart - whole.charStart),
    part(whole, charEnd - whole.charStart, whole.text.length),
  ].filter(({ text }) => text.trim() !== '');
