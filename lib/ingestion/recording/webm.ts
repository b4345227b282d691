import { AppError } from '../../errors.ts';
import { partOf, type Recording, type Unit, viewOf } from './pieces.ts';

const SEGMENT = 0x18538067;
const INFO = 0x1549a966;
const TRACKS = 0x1654ae6b;
const CLUSTER = 0x1f43b675;
const SCALE = 0x2ad7b1;
const DURATION = 0x4489;
const CLOCK = 0xe7;
/** What is looked into; everything else is stepped over. A recorder that did not know their length left it open. */
const ENTERED = new Set([SEGMENT, CLUSTER]);

type Element = { id: number; start: number; body: number; end: number };

/** An element's own number, or the length of one: as many bytes as the first one's leading zeros say. */
function numberAt(bytes: Uint8Array, at: number, isLength: boolean): { value: number; next: number } {
  const first = bytes[at] ?? 0;
  const length = Math.clz32(first) - 23;
  if (first === 0 || at + length > bytes.length) throw new AppError('file_damaged');
  let value = isLength ? first & (0xff >> length) : first;
  for (const byte of bytes.subarray(at + 1, at + length)) value = value * 256 + byte;
  const isOpen = isLength && value === 2 ** (7 * length) - 1;
  return { value: isOpen ? Number.POSITIVE_INFINITY : value, next: at + length };
}

function* elementsOf(bytes: Uint8Array, from: number, to: number): Generator<Element> {
  for (let at = from; at < to; ) {
    const { value: id, next } = numberAt(bytes, at, false);
    const { value: length, next: body } = numberAt(bytes, next, true);
    const end = Math.min(body + length, to);
    yield { id, start: at, body, end };
    at = ENTERED.has(id) ? body : end;
  }
}

const unsigned = (bytes: Uint8Array, { body, end }: Element): number =>
  bytes.subarray(body, end).reduce((sum, byte) => sum * 256 + byte, 0);

function facts(bytes: Uint8Array, info: Element): { scale: number; duration: number | undefined } {
  let [scale, duration]: [number, number | undefined] = [1_000_000, undefined];
  for (const part of elementsOf(bytes, info.body, info.end)) {
    if (part.id === SCALE) scale = unsigned(bytes, part);
    if (part.id === DURATION) {
      const view = viewOf(bytes);
      duration = part.end - part.body === 4 ? view.getFloat32(part.body) : view.getFloat64(part.body);
    }
  }
  return { scale: scale / 1e9, duration };
}

/** A cluster with its clock set back, in as many bytes as it had. */
function setBack(bytes: Uint8Array, unit: Unit & { clock: Element }, by: number): Uint8Array {
  const copy = bytes.slice(unit.start, unit.end);
  let left = Math.max(0, unsigned(bytes, unit.clock) - by);
  for (let at = unit.clock.end - unit.start - 1; at >= unit.clock.body - unit.start; at--) {
    copy[at] = left % 256;
    left = Math.floor(left / 256);
  }
  return copy;
}

const OPEN_SEGMENT = new Uint8Array([0x18, 0x53, 0x80, 0x67, 0x01, 255, 255, 255, 255, 255, 255, 255]);

export function readWebm(bytes: Uint8Array): Recording {
  const units: (Unit & { clock: Element })[] = [];
  const heads: Element[] = [];
  let about = { scale: 0.001, duration: undefined as number | undefined };
  let [opening, cluster]: (Element | undefined)[] = [];
  for (const element of elementsOf(bytes, 0, bytes.length)) {
    opening ??= element;
    const last = units.at(-1);
    if (last && last.end > element.start && element.id === CLUSTER) last.end = element.start;
    if (element.id === CLUSTER) cluster = element;
    if (element.id === INFO) about = facts(bytes, element);
    if (element.id === INFO || element.id === TRACKS) heads.push(element);
    if (element.id === CLOCK && cluster) {
      const at = unsigned(bytes, element) * about.scale;
      units.push({ at, start: cluster.start, end: cluster.end, clock: element });
    }
  }
  if (!opening || units.length === 0) throw new AppError('file_damaged');
  const slice = ({ start, end }: Element) => bytes.subarray(start, end);
  const head = [slice(opening), OPEN_SEGMENT, ...heads.map(slice)];
  return {
    // A recorder writes no duration: the last second that is named is the nearest to it.
    seconds: about.duration === undefined ? (units.at(-1)?.at ?? 0) : about.duration * about.scale,
    cut: (from, to) =>
      partOf(units, {
        from,
        to,
        head,
        write: (unit, first) => setBack(bytes, unit, unsigned(bytes, first.clock)),
      }),
  };
}
