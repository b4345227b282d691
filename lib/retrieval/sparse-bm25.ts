import { hash32, isEnglishQuery, terms } from './tokenizer.ts';

/**
 * BM25 as an inner product of two sparse vectors. The chunk's side (term frequency and length) is stored with the chunk;
 * the question's side (how rare each term is among the student's own chunks) is made in SQL by `search_chunks_hybrid`.
 */

/** The most that pgvector allows. An unused dimension costs nothing, and two terms rarely share one. */
export const LEXICAL_DIMENSIONS = 1_000_000_000;

const SATURATION = 1.2;
const LENGTH_INFLUENCE = 0.75;
/** A constant, so that a stored weight never depends on other documents. A chunk of 500 tokens has about 160 terms. */
const AVERAGE_TERMS = 160;
/** Eight bytes a term keep the row inside one database page; ordinary chunks have 60 to 330. */
const MAX_TERMS = 900;
const MAX_QUERY_TERMS = 64;

/** The most one term's weight can reach, however often it stands in a chunk. */
export const MAX_TERM_WEIGHT = SATURATION + 1;

/** From 1 to 999,999,999: sparse vectors count from 1, and term 0 is the chunk counter of the frequency table. */
export const termId = (term: string): number => (hash32(term) % (LEXICAL_DIMENSIONS - 1)) + 1;

/** What is indexed for a chunk: its place in the document, then its text. */
export function indexedText(headingPath: readonly string[], content: string): string {
  return headingPath.length > 0 ? `${headingPath.join(' > ')}\n${content}` : content;
}

/** The chunk's weights as the text form of a `sparsevec`. */
export function chunkWeights(text: string, isEnglish: boolean): string {
  const list = terms(text, { prefixes: !isEnglish });
  const counts = new Map<number, number>();
  for (const term of list) {
    const id = termId(term);
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const lengthNorm = SATURATION * (1 - LENGTH_INFLUENCE + (LENGTH_INFLUENCE * list.length) / AVERAGE_TERMS);
  const weights = [...counts]
    .map(([id, count]) => ({ id, weight: (count * MAX_TERM_WEIGHT) / (count + lengthNorm) }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MAX_TERMS)
    .sort((a, b) => a.id - b.id);
  return `{${weights.map(({ id, weight }) => `${id}:${weight.toFixed(4)}`).join(',')}}/${LEXICAL_DIMENSIONS}`;
}

export type LexicalQuery = { terms: string[]; ids: number[]; prefixes: boolean };

/** The question's distinct terms in order of first use, with their ids at the same positions. */
export function lexicalQuery(question: string, maxTerms: number = MAX_QUERY_TERMS): LexicalQuery {
  const prefixes = !isEnglishQuery(question);
  const distinct = [...new Set(terms(question, { prefixes }))].slice(0, maxTerms);
  return { terms: distinct, ids: distinct.map(termId), prefixes };
}
