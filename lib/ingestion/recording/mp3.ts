import { asciiAt, partOf, type Recording, type Unit } from './pieces.ts';

const RATES = [44_100, 48_000, 32_000];
/** Kilobits a second of layer III, by the number in the head of a frame: of version 1, and of those after it. */
const BITRATES = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
] as const;

/** Length in bytes and in seconds of the frame whose head stands here. */
export function frameAt(bytes: Uint8Array, at: number): { bytes: number; seconds: number } | undefined {
  const [sync, second = 0, third = 0] = bytes.subarray(at, at + 3);
  if (sync !== 0xff || (second & 0xe6) !== 0xe2) return undefined;
  const version = (second >> 3) & 3;
  const kilobits = BITRATES[version === 3 ? 0 : 1][third >> 4] ?? 0;
  const rate = (RATES[(third >> 2) & 3] ?? 0) / (version === 3 ? 1 : version === 2 ? 2 : 4);
  if (version === 1 || kilobits === 0 || rate === 0) return undefined;
  const samples = version === 3 ? 1_152 : 576;
  const length = Math.floor(((samples / 8) * kilobits * 1_000) / rate) + ((third >> 1) & 1);
  return { bytes: length, seconds: samples / rate };
}

/** Where the sound begins: behind the names of the piece, which may hold its cover as well. */
function afterTags(bytes: Uint8Array): number {
  if (asciiAt(bytes, 0, 3) !== 'ID3') return 0;
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(6, 10);
  return 10 + ((a << 21) | (b << 14) | (c << 7) | d);
}

/** The first frame of many files holds no sound, but what the whole file is like: untrue of a part. */
const isAboutTheWhole = (bytes: Uint8Array, { start, end }: Unit): boolean =>
  /Xing|Info|VBRI/.test(asciiAt(bytes, start, Math.min(end - start, 180)));

export function readMp3(bytes: Uint8Array): Recording {
  const units: Unit[] = [];
  let [at, seconds] = [afterTags(bytes), 0];
  while (at < bytes.length - 4) {
    const frame = frameAt(bytes, at);
    const next = at + (frame?.bytes ?? 0);
    // A head is one where another stands behind its frame, or the file ends.
    if (!frame || (next < bytes.length - 4 && units.length === 0 && !frameAt(bytes, next))) {
      at += 1;
      continue;
    }
    const unit = { at: seconds, start: at, end: Math.min(next, bytes.length) };
    at = next;
    if (units.length === 0 && isAboutTheWhole(bytes, unit)) continue;
    units.push(unit);
    seconds += frame.seconds;
  }
  const write = ({ start, end }: Unit) => bytes.subarray(start, end);
  return { seconds, cut: (from, to) => partOf(units, { from, to, head: [], write }) };
}
