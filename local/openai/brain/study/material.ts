import type { SearchResult } from '../answer/passages.ts';
import type { Call } from '../routing/types.ts';
import { definitionsIn } from './definitions.ts';

const LONGEST_TRANSCRIPT = 20_000;

/** Arguments that stand on what a search brought; null when it brought too little. */
export function materialFor(call: Call, found: SearchResult): Record<string, unknown> | null {
  const text = typeof call.args.text === 'string' ? call.args.text : '';
  const passages = text ? [{ n: 1, title: '', heading: '', text }] : found.passages;
  if (passages.length === 0) return null;
  if (call.tool === 'summarizeSession')
    return {
      transcript: passages
        .map((passage) => passage.text)
        .join('\n\n')
        .slice(0, LONGEST_TRANSCRIPT),
    };
  const wanted = typeof call.args.n === 'number' ? call.args.n : 10;
  const cards = definitionsIn(passages)
    .slice(0, wanted)
    .map(({ term, meaning }) => ({ front: term, back: meaning }));
  return cards.length > 0 ? { cards } : null;
}
