import { LRUCache } from 'lru-cache';
import { processState } from '../process-state.ts';

/** Counts as OpenAI's models do; those of others come close. */
export type CountTokens = (text: string) => number;

/** The tokenizer takes the square of a run without spaces, so long ones are counted in pieces: a few tokens too many. */
const LONG_RUN = /\S{48}(?=\S)/gu;
/** What only looks like a mark of the model's own is text like any other. */
const AS_TEXT = { allowedSpecial: new Set<string>(), disallowedSpecial: new Set<string>() };
const KEPT = { max: 5_000, maxSize: 4_000_000 };

/**
 * The counter of this process. Its table takes a moment to load, so that is begun at the start and never waited for by
 * the first part of an answer. A text that was counted once is known.
 */
export function tokenCounter(): Promise<CountTokens> {
  return processState('token-counter', async () => {
    const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base');
    const known = new LRUCache<string, number>({
      ...KEPT,
      sizeCalculation: (_count, text) => text.length + 1,
    });
    return (text: string) => {
      const counted = known.get(text) ?? countTokens(text.replace(LONG_RUN, '$& '), AS_TEXT);
      known.set(text, counted);
      return counted;
    };
  });
}

const SENTENCES = new Intl.Segmenter(undefined, { granularity: 'sentence' });

/** As many whole sentences from the beginning as fit; none when not even the first does. */
export function wholeSentences(text: string, fits: (part: string) => boolean): string {
  if (fits(text)) return text;
  const ends = [...SENTENCES.segment(text)].map(({ index, segment }) => index + segment.length);
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(text.slice(0, ends[middle - 1]))) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '' : text.slice(0, ends[low - 1]).trimEnd();
}
