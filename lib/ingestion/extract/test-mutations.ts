import { unzipSync, zipSync } from 'fflate';
import { seeded } from '../../test-random.ts';

/** A file as it may come from a broken stick, a broken line or somebody who tries: each from a number, always the same. */
type Random = () => number;

const below = (random: Random, bound: number) => Math.floor(random() * bound);

const flips = (bytes: Uint8Array, random: Random, most = 12): Uint8Array => {
  const changed = bytes.slice();
  for (let times = 1 + below(random, most); times > 0; times--) {
    const at = below(random, changed.length);
    changed[at] = (changed[at] ?? 0) ^ (1 << below(random, 8));
  }
  return changed;
};

const cut = (bytes: Uint8Array, random: Random): Uint8Array =>
  bytes.slice(0, 1 + below(random, bytes.length));

const doubled = (bytes: Uint8Array, random: Random): Uint8Array => {
  const [from, length] = [below(random, bytes.length), 1 + below(random, bytes.length / 4)];
  return new Uint8Array(Buffer.concat([bytes.subarray(0, from + length), bytes.subarray(from)]));
};

const without = (bytes: Uint8Array, random: Random): Uint8Array => {
  const [from, length] = [below(random, bytes.length), 1 + below(random, bytes.length / 4)];
  return new Uint8Array(Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + length)]));
};

/** Numbers that are written in figures, or in four bytes, as large as they can be. */
function counts(bytes: Uint8Array, random: Random): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  const figures = [...text.matchAll(/\d+/g)];
  const chosen = figures[below(random, figures.length)];
  if (chosen && random() < 0.6) {
    const value = ['999999999', '-1', '0', '4294967296', '1e308'][below(random, 5)] ?? '0';
    return new Uint8Array(
      Buffer.from(
        text.slice(0, chosen.index) + value + text.slice(chosen.index + chosen[0].length),
        'latin1',
      ),
    );
  }
  const at = below(random, bytes.length);
  const result = bytes.slice();
  result.fill(random() < 0.5 ? 0xff : 0x7f, at, at + 4);
  return result;
}

const PLAIN = { flips, cut, doubled, without, counts };

/** The parts of a package, put together again: one changed inside, two under each other's names, one gone. */
function repacked(bytes: Uint8Array, random: Random): Uint8Array {
  const parts = Object.entries(unzipSync(bytes)).filter(([, content]) => content.length > 0);
  const [one, other] = [below(random, parts.length), below(random, parts.length)];
  const [first, second] = [parts[one], parts[other]];
  if (!first || !second) return bytes;
  const way = random();
  if (way < 0.6) {
    const changes = Object.values(PLAIN);
    first[1] = new Uint8Array((changes[below(random, changes.length)] ?? flips)(first[1], random));
  } else if (way < 0.8) [first[1], second[1]] = [second[1], first[1]];
  else parts.splice(one, 1);
  return zipSync(Object.fromEntries(parts));
}

/** A file with one fault, by its number. */
export function mutated(bytes: Uint8Array, seed: number): { fault: string; bytes: Uint8Array } {
  const random = seeded(seed);
  const isPackage = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (isPackage && random() < 0.6) return { fault: 'repacked', bytes: repacked(bytes, random) };
  const faults = Object.entries(PLAIN);
  const [fault, change] = faults[below(random, faults.length)] ?? ['flips', flips];
  return { fault, bytes: change(bytes, random) };
}
