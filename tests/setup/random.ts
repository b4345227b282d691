export { seeded } from '../../lib/test-random.ts';

/** Text of so many pieces, each of them chance's choice. */
export const randomText = (pieces: readonly string[], length: number, random: () => number): string =>
  Array.from({ length }, () => pieces[Math.floor(random() * pieces.length)]).join('');
