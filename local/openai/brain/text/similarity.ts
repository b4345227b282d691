import { terms } from './terms.ts';

/** How many words two texts have in common. */
export function sharesWords(a: string, b: string): number {
  const second = new Set(terms(b));
  return [...new Set(terms(a))].filter((term) => second.has(term)).length;
}

/** Share of the words of two texts that they have in common. */
export function jaccard(a: string, b: string): number {
  const common = sharesWords(a, b);
  return common / (new Set(terms(a)).size + new Set(terms(b)).size - common || 1);
}
