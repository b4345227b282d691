/** Numbers in [0, 1), the same on every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Text of so many pieces, each of them chance's choice. */
export const randomText = (pieces: readonly string[], length: number, random: () => number): string =>
  Array.from({ length }, () => pieces[Math.floor(random() * pieces.length)]).join('');
