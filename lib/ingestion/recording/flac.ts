import { AppError } from '../../errors.ts';
import { partOf, type Recording, type Unit, viewOf } from './pieces.ts';

const RATES = [0, 88_200, 176_400, 192_000, 8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000];

export function crc8(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = ((sum << 1) ^ (sum & 0x80 ? 0x07 : 0)) & 0xff;
  }
  return sum;
}

/** A number as long as it has to be, in the manner of UTF-8. */
function numberAt(bytes: Uint8Array, at: number): { value: number; length: number } | undefined {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return { value: first, length: 1 };
  const length = Math.clz32(~(first << 24));
  if (length < 2 || length > 7) return undefined;
  let value = first & (0x7f >> length);
  for (const byte of bytes.subarray(at + 1, at + length)) {
    if ((byte & 0xc0) !== 0x80) return undefined;
    value = value * 64 + (byte & 0x3f);
  }
  return { value, length };
}

/** Second at which the frame begins whose head stands here; its own check sum tells it from sound that looks like one. */
function frameSecond(bytes: Uint8Array, at: number, { rate, block }: { rate: number; block: number }) {
  const [sync, second = 0, third = 0] = bytes.subarray(at, at + 3);
  if (sync !== 0xff || (second & 0xfe) !== 0xf8) return undefined;
  const number = numberAt(bytes, at + 4);
  if (!number) return undefined;
  const [size, pace] = [third >> 4, third & 0x0f];
  const length =
    4 + number.length + (size === 6 ? 1 : size === 7 ? 2 : 0) + (pace === 12 ? 1 : pace > 12 ? 2 : 0);
  if (crc8(bytes.subarray(at, at + length)) !== bytes[at + length]) return undefined;
  const samples = second & 1 ? number.value : number.value * block;
  return samples / (RATES[pace] || rate);
}

export function readFlac(bytes: Uint8Array): Recording {
  const view = viewOf(bytes);
  let at = 4;
  for (let isLast = false; !isLast && at + 4 <= bytes.length; ) {
    isLast = view.getUint8(at) >= 0x80;
    at += 4 + (view.getUint32(at) & 0xff_ffff);
  }
  const about = bytes.slice(8, 42);
  if (about.length < 34 || ((bytes[4] ?? 0) & 0x7f) !== 0) throw new AppError('file_damaged');
  const info = viewOf(about);
  const rate = info.getUint32(10) >>> 12;
  const samples = (info.getUint8(13) & 0x0f) * 2 ** 32 + info.getUint32(14);
  if (rate === 0) throw new AppError('file_damaged');

  const block = info.getUint16(0);
  const units: Unit[] = [];
  for (; at < bytes.length; at++) {
    const second = bytes[at] === 0xff ? frameSecond(bytes, at, { rate, block }) : undefined;
    if (second === undefined || second < (units.at(-1)?.at ?? 0)) continue;
    const last = units.at(-1);
    if (last) last.end = at;
    units.push({ at: second, start: at, end: bytes.length });
  }
  const lastAt = units.at(-1)?.at ?? 0;
  // How long the whole was and its sum are untrue of a part; 0 says that nobody knows.
  about.set([(about[13] ?? 0) & 0xf0, ...new Array(20).fill(0)], 13);
  const head = [new TextEncoder().encode('fLaC'), new Uint8Array([0x80, 0, 0, 34]), about];
  const write = ({ start, end }: Unit) => bytes.subarray(start, end);
  return {
    seconds: samples > 0 ? samples / rate : lastAt - (units[0]?.at ?? 0) + block / rate,
    cut: (from, to) => partOf(units, { from, to, head, write }),
  };
}
