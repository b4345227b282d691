import { hash32, isEnglishDocument, isEnglishQuery, terms } from './text/terms.ts';

export const EMBEDDING_DIMENSIONS = 1536;

/** Two signed slots per word halve the damage of one collision. */
const SLOTS_PER_WORD = 2;
const GRAM_WEIGHT = 0.6;
const GRAM_SIZES = [4, 5];

/** The API does not say what a text is for; one this short is taken for a question. */
const LONGEST_QUESTION = 200;

const PREFIX_OR_UNSPACED = /^~|[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3040-\u9FFF\uAC00-\uD7AF]/;

/**
 * A lexical embedding: signed feature hashing of terms and their character grams, of length one.
 * It matches spelling, not meaning, and so works in every script without a model.
 */
export function embedText(text: string): number[] {
  const isQuestion = text.length <= LONGEST_QUESTION;
  const isEnglish = isQuestion ? isEnglishQuery(text) : isEnglishDocument(text);
  const counts = new Map<string, number>();
  for (const term of terms(text, { prefixes: !isEnglish })) counts.set(term, (counts.get(term) ?? 0) + 1);

  const vector = new Float64Array(EMBEDDING_DIMENSIONS);
  for (const [term, count] of counts) {
    const weight = (1 + Math.log(count)) * (isQuestion ? rarity(term) : 1);
    for (let slot = 0; slot < SLOTS_PER_WORD; slot++)
      add(vector, `w${term}`, slot * 7919, weight / Math.sqrt(SLOTS_PER_WORD));
    if (PREFIX_OR_UNSPACED.test(term)) continue;
    const grams = characterGrams(`<${term}>`);
    for (const gram of grams) add(vector, `c${gram}`, 0, (GRAM_WEIGHT * weight) / Math.sqrt(grams.length));
  }
  return normalised(vector);
}

function add(vector: Float64Array, feature: string, seed: number, weight: number): void {
  const hash = hash32(feature, seed);
  const slot = hash % EMBEDDING_DIMENSIONS;
  const sign = ((hash >>> 20) & 1) === 1 ? -1 : 1;
  vector[slot] = (vector[slot] ?? 0) + sign * weight;
}

function characterGrams(padded: string): string[] {
  const grams: string[] = [];
  for (const size of GRAM_SIZES)
    for (let i = 0; i + size <= padded.length; i++) grams.push(padded.slice(i, i + size));
  return grams;
}

/** Without document frequencies, longer words are taken to be rarer, as they are on average. */
function rarity(term: string): number {
  if (/\p{N}/u.test(term) || (PREFIX_OR_UNSPACED.test(term) && !term.startsWith('~'))) return 1;
  return Math.min(1.4, 0.3 + 0.14 * term.replace('~', '').length);
}

function normalised(vector: Float64Array): number[] {
  let squares = 0;
  for (const x of vector) squares += x * x;
  // A text without a word must not give a zero vector: its cosine distance to anything would be NaN.
  if (squares === 0) return Array.from(vector, (_, i) => (i === 0 ? 1 : 0));
  const length = Math.sqrt(squares);
  // Seven digits are all a 32-bit float holds, and halve what goes over the wire.
  return Array.from(vector, (x) => Math.round((x / length) * 1e7) / 1e7);
}
