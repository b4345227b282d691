/** Features are numbers: a hash of what kind they are and of the words in them. Two that meet share a weight, which costs little. */

const TABLE_BITS = 18;
export const TABLE = 2 ** TABLE_BITS;

const numbers = new Map<string, number>();

function numberOf(word: string): number {
  const known = numbers.get(word);
  if (known !== undefined) return known;
  let hash = 2_166_136_261;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 16_777_619);
  if (numbers.size < 50_000) numbers.set(word, hash);
  return hash;
}

/** The place in the table of one feature: words in their order, under the name of their kind. */
export function feature(kind: number, ...words: string[]): number {
  let hash = Math.imul(kind + 1, 0x9e37_79b1);
  for (const word of words) {
    hash = Math.imul(hash ^ numberOf(word), 0x85eb_ca6b);
    hash ^= hash >>> 13;
  }
  hash = Math.imul(hash, 0xc2b2_ae35);
  return (hash ^ (hash >>> 16)) & (TABLE - 1);
}
