import { AppError } from '../../errors.ts';
import { asciiAt, partOf, type Recording, type Unit, viewOf } from './pieces.ts';

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte << 24;
  for (let bit = 0; bit < 8; bit++) sum = (sum << 1) ^ (sum < 0 ? 0x04c1_1db7 : 0);
  return sum;
});

/** The check sum of a page, with nothing where it stands itself. */
export function pageSum(page: Uint8Array): number {
  let sum = 0;
  for (const byte of page) sum = ((sum << 8) ^ (TABLE[((sum >>> 24) ^ byte) & 0xff] ?? 0)) >>> 0;
  return sum;
}

/** A page by itself, its clock set back by so many samples. */
function setBack(page: Uint8Array, samples: bigint): Uint8Array {
  const copy = page.slice();
  const view = viewOf(copy);
  const clock = view.getBigInt64(6, true);
  if (clock > 0n) view.setBigInt64(6, clock > samples ? clock - samples : 0n, true);
  view.setUint32(22, 0, true);
  view.setUint32(22, pageSum(copy), true);
  return copy;
}

/** Samples a second of what the first packet announces: Opus, Vorbis or FLAC. */
function rateOf(bytes: Uint8Array, at: number): number | undefined {
  if (asciiAt(bytes, at, 8) === 'OpusHead') return 48_000;
  const view = viewOf(bytes);
  if (asciiAt(bytes, at + 1, 6) === 'vorbis') return view.getUint32(at + 12, true);
  return asciiAt(bytes, at + 1, 4) === 'FLAC' ? view.getUint32(at + 27) >>> 12 : undefined;
}

export function readOgg(bytes: Uint8Array): Recording {
  const view = viewOf(bytes);
  const heads: Unit[] = [];
  const units: (Unit & { samples: bigint })[] = [];
  let [rate, clock]: [number | undefined, bigint] = [undefined, 0n];
  for (let at = 0; at + 27 <= bytes.length; ) {
    if (asciiAt(bytes, at, 4) !== 'OggS') {
      at += 1;
      continue;
    }
    const table = bytes.subarray(at + 27, at + 27 + (bytes[at + 26] ?? 0));
    const body = at + 27 + table.length;
    const end = body + table.reduce((sum, length) => sum + length, 0);
    rate ??= rateOf(bytes, body);
    if (!rate || end > bytes.length) break;
    const now = view.getBigInt64(at + 6, true);
    const unit = { at: Number(clock) / rate, start: at, end, samples: clock };
    // What comes before the first sound says how all of it is to be read.
    if (units.length === 0 && now === 0n) heads.push(unit);
    else units.push(unit);
    if (now > 0n) clock = now;
    at = end;
  }
  if (!rate || heads.length === 0) throw new AppError('file_damaged');
  const page = ({ start, end }: Unit) => bytes.subarray(start, end);
  return {
    seconds: Number(clock) / rate,
    cut: (from, to) =>
      partOf(units, {
        from,
        to,
        head: heads.map(page),
        write: (unit, first) => setBack(page(unit), first.samples),
      }),
  };
}
