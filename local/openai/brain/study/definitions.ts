import type { Passage } from '../answer/passages.ts';
import { hasMarkup } from '../text/plain.ts';
import { sentences } from '../text/sentences.ts';

export type Definition = { term: string; meaning: string; quote: string; n: number };

const STATED =
  /^(?:(?:The|An?) )?([\p{L}][\p{L}\p{N}'’ -]{2,48}?) (?:is|are|refers? to|means?|is called|is defined as) ((?:an? |the |any |one )?[\p{Ll}][^\n]{15,220})[.。]$/u;
const ENTRY = /^([^\n:]{2,60})\n?\s*[:–]\s+([^\n]{10,240}?)\s*\^?$/u;
const VAGUE =
  /^(?:this|that|these|those|it|they|he|she|there|here|one|another|some|many|most|each|what|which|who|if|when)\b/i;

/** Sentences that say what something is, as term and meaning in the notes' own words. */
export function definitionsIn(passages: Passage[]): Definition[] {
  const found: Definition[] = [];
  for (const passage of passages)
    for (const { text } of sentences(passage.text)) {
      const match = (/\n?\s*:\s/.test(text) ? ENTRY.exec(text) : null) ?? STATED.exec(text);
      const term = match?.[1]?.trim() ?? '';
      const meaning = match?.[2]?.trim() ?? '';
      if (!term || !meaning || VAGUE.test(term) || hasMarkup(text)) continue;
      if (
        term.split(' ').length > 5 ||
        found.some((other) => other.term.toLowerCase() === term.toLowerCase())
      )
        continue;
      found.push({
        term,
        meaning: `${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}`,
        quote: text,
        n: passage.n,
      });
    }
  return found;
}
