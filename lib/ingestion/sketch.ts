/** How many hashes tell of a text; the table keeps no more. */
const SKETCH_SIZE = 128;
const WORDS_TOGETHER = 5;
/** Signs of scripts without spaces are words of their own. */
const WORD = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{M}\p{N}]+/gu;

/** Spreads a hash over all 32 bits, so that the smallest of many are a fair choice. */
function spread(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  const twice = Math.imul(once ^ (once >>> 16), 0x45d9f3b);
  return (twice ^ (twice >>> 16)) | 0;
}

function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < word.length; index++)
    hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193);
  return hash;
}

/**
 * The smallest hashes of what a text says in fives of words. Two texts share as much of them as they say alike, wherever it
 * stands and however its lines break, so that a new version of a file is known without reading the old one again.
 */
export function sketchOf(text: string): number[] {
  const words = (text.normalize('NFKC').toLowerCase().match(WORD) ?? []).map(hashOf);
  const hashes = new Set<number>();
  for (let index = 0; index + WORDS_TOGETHER <= words.length; index++) {
    let hash = 0;
    for (let at = index; at < index + WORDS_TOGETHER; at++)
      hash = (Math.imul(hash, 31) + (words[at] ?? 0)) | 0;
    hashes.add(spread(hash));
  }
  return [...hashes].sort((one, other) => one - other).slice(0, SKETCH_SIZE);
}
