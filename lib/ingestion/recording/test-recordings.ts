import { crc8 } from './flac.ts';
import { pageSum } from './ogg.ts';
import { joined, viewOf } from './pieces.ts';

/** Silence in every container that is read, a second in some ten or hundred bytes, for tests of how it is cut. */
export function silenceOf(container: string, seconds: number): Uint8Array {
  const make = MADE[container];
  if (!make) throw new Error(`No silence is made for ${container}.`);
  return make(seconds);
}

const text = (words: string) => new TextEncoder().encode(words);
const times = (count: number, make: (index: number) => Uint8Array) =>
  joined(Array.from({ length: Math.round(count) }, (_, index) => make(index)));

function numbers(...given: [value: number | bigint, bytes: number, isLittle?: boolean][]): Uint8Array {
  return joined(
    given.map(([value, length, isLittle]) => {
      const bytes = new Uint8Array(8);
      viewOf(bytes).setBigUint64(0, BigInt(value));
      const own = bytes.slice(8 - length);
      return isLittle ? own.reverse() : own;
    }),
  );
}

/** Eight bits, a thousand times a second. */
const wav = (seconds: number): Uint8Array => {
  const format = numbers(
    [1, 2, true],
    [1, 2, true],
    [1_000, 4, true],
    [1_000, 4, true],
    [1, 2, true],
    [8, 2, true],
  );
  const sound = new Uint8Array(seconds * 1_000).fill(128);
  const chunk = (name: string, body: Uint8Array) =>
    joined([text(name), numbers([body.length, 4, true]), body]);
  const body = joined([text('WAVE'), chunk('fmt ', format), chunk('data', sound)]);
  return chunk('RIFF', body);
};

/** 8 kilobits, 22,050 times a second: 26 bytes a frame. */
const mp3 = (seconds: number): Uint8Array => {
  const frame = (_: number) => joined([new Uint8Array([0xff, 0xf3, 0x10, 0xc0]), new Uint8Array(22)]);
  const tag = joined([text('ID3'), new Uint8Array([3, 0, 0, 0, 0, 0, 10]), new Uint8Array(10)]);
  return joined([tag, times((seconds * 22_050) / 576, frame)]);
};

/** Blocks of 4,096, 8,192 times a second. */
const flac = (seconds: number): Uint8Array => {
  const about = new Uint8Array(34);
  about.set(numbers([4_096, 2], [4_096, 2]));
  viewOf(about).setUint32(10, 8_192 << 12);
  viewOf(about).setUint32(14, seconds * 8_192);
  const frame = (index: number) => {
    const number = index < 128 ? [index] : [0xc0 | (index >> 6), 0x80 | (index & 63)];
    const head = new Uint8Array([0xff, 0xf8, 0xc0, 0x00, ...number]);
    return joined([head, new Uint8Array([crc8(head)]), new Uint8Array(12)]);
  };
  return joined([text('fLaC'), new Uint8Array([0x80, 0, 0, 34]), about, times(seconds * 2, frame)]);
};

/** A page a second. */
const ogg = (seconds: number): Uint8Array => {
  const page = (index: number, clock: number, body: Uint8Array) => {
    const bytes = joined([
      text('OggS'),
      numbers(
        [0, 1],
        [index === 0 ? 2 : 0, 1],
        [clock, 8, true],
        [1, 4, true],
        [index, 4, true],
        [0, 4],
        [1, 1],
        [body.length, 1],
      ),
      body,
    ]);
    viewOf(bytes).setUint32(22, pageSum(bytes), true);
    return bytes;
  };
  return joined([
    page(0, 0, joined([text('OpusHead'), new Uint8Array(11)])),
    page(1, 0, text('OpusTags')),
    times(seconds, (index) => page(index + 2, (index + 1) * 48_000, new Uint8Array(40))),
  ]);
};

/** A cluster every two seconds, with no length written, as a browser records. */
const webm = (seconds: number): Uint8Array => {
  const open = numbers([0x01ff_ffff_ffff_ffffn, 8]);
  const element = (id: number, idBytes: number, body: Uint8Array) =>
    joined([numbers([id, idBytes], [0x80 | body.length, 1]), body]);
  const cluster = (index: number) =>
    joined([
      numbers([0x1f43_b675, 4]),
      open,
      element(0xe7, 1, numbers([index * 2_000, 4])),
      element(0xa3, 1, new Uint8Array(30)),
    ]);
  return joined([
    element(0x1a45_dfa3, 4, element(0x4282, 2, text('webm'))),
    numbers([0x1853_8067, 4]),
    open,
    element(0x1549_a966, 4, element(0x2a_d7b1, 3, numbers([1_000_000, 3]))),
    element(0x1654_ae6b, 4, new Uint8Array(8)),
    times(seconds / 2, cluster),
  ]);
};

const mp4 = (seconds: number): Uint8Array => {
  const box = (name: string, ...parts: Uint8Array[]) => {
    const body = joined(parts);
    return joined([numbers([body.length + 8, 4]), text(name), body]);
  };
  const head = numbers([0, 4], [0, 4], [0, 4], [1_000, 4], [seconds * 1_000, 4]);
  return joined([
    box('ftyp', text('M4A '), numbers([0, 4])),
    box('moov', box('mvhd', head)),
    box('mdat', new Uint8Array(seconds * 100)),
  ]);
};

const MADE: Record<string, (seconds: number) => Uint8Array> = { wav, mp3, flac, ogg, webm, mp4 };
