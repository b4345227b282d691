import { TABLE } from './features.ts';

/** Which words belong together, learned from marked ones: an averaged perceptron that finds the best path of "in" and "out". */

/** Of a word: its own features, and those that hold after a word that is out and after one that is in. */
export type Word = { own: number[]; afterOut: number[]; afterIn: number[] };
export type Marked = { words: Word[]; inside: boolean[] };

const ROUNDS = 10;

export function trainMarker(examples: Marked[]): (words: Word[]) => boolean[] {
  const weights = new Float64Array(TABLE);
  const totals = new Float64Array(TABLE);
  let now = 0;
  const learn = (places: number[], by: number): void => {
    for (const place of places) {
      weights[place] = (weights[place] ?? 0) + by;
      totals[place] = (totals[place] ?? 0) + by * now;
    }
  };
  for (let round = 0; round < ROUNDS; round++)
    for (const { words, inside } of examples) {
      now += 1;
      const guess = bestPath(words, weights);
      for (const [i, { own, afterOut, afterIn }] of words.entries()) {
        if (guess[i] === inside[i] && guess[i - 1] === inside[i - 1]) continue;
        if (guess[i] !== inside[i]) learn(own, inside[i] ? 2 : -2);
        learn(inside[i - 1] ? afterIn : afterOut, inside[i] ? 1 : -1);
        learn(guess[i - 1] ? afterIn : afterOut, guess[i] ? -1 : 1);
      }
    }
  for (const [place, total] of totals.entries())
    if (total !== 0) weights[place] = (weights[place] ?? 0) - total / Math.max(1, now);
  return (words) => bestPath(words, weights);
}

function bestPath(words: Word[], weights: Float64Array): boolean[] {
  const sum = (places: number[]): number => {
    let all = 0;
    for (const place of places) all += weights[place] ?? 0;
    return all;
  };
  /** How good the best paths are that end out and in, and which tag came before at each word of them. */
  let out = 0;
  let inn = Number.NEGATIVE_INFINITY;
  const came: { out: boolean; inn: boolean }[] = [];
  for (const { own, afterOut, afterIn } of words) {
    const alone = sum(own);
    const fromOut = alone + sum(afterOut);
    const fromIn = alone + sum(afterIn);
    const toOut = [out - fromOut, inn - fromIn] as const;
    const toIn = [out + fromOut, inn + fromIn] as const;
    came.push({ out: toOut[1] > toOut[0], inn: toIn[1] > toIn[0] });
    out = Math.max(...toOut);
    inn = Math.max(...toIn);
  }
  const path: boolean[] = [];
  let isIn = inn > out;
  for (const from of came.toReversed()) {
    path.push(isIn);
    isIn = isIn ? from.inn : from.out;
  }
  return path.reverse();
}
