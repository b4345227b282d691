/** Numbers in [0, 1) that depend on the seed alone, the same everywhere (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Text of so many pieces, each of them chance's choice. */
export const randomText = (pieces: readonly string[], length: number, random: () => number): string =>
  Array.from({ length }, () => pieces[Math.floor(random() * pieces.length)]).join('');
