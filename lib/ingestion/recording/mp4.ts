import { AppError } from '../../errors.ts';
import { asciiAt, type Recording, viewOf } from './pieces.ts';

type Box = { name: string; body: number; end: number };

function* boxesOf(bytes: Uint8Array, from: number, to: number): Generator<Box> {
  const view = viewOf(bytes);
  for (let at = from; at + 8 <= to; ) {
    const short = view.getUint32(at);
    const isLong = short === 1 && at + 16 <= to;
    const size = isLong ? Number(view.getBigUint64(at + 8)) : short === 0 ? to - at : short;
    if (size < 8) return;
    yield { name: asciiAt(bytes, at + 4, 4), body: at + (isLong ? 16 : 8), end: Math.min(at + size, to) };
    at += size;
  }
}

/** What a second of speech takes at least, where the file does not say how long it is. */
const LEAST_BYTES_A_SECOND = 2_000;

/** The tables of this container say of every sound where in the file it stands, so that a part of it is no file. */
export function readMp4(bytes: Uint8Array): Recording {
  const view = viewOf(bytes);
  const within = (box: Box | undefined) => (box ? [...boxesOf(bytes, box.body, box.end)] : []);
  const movie = within([...boxesOf(bytes, 0, bytes.length)].find(({ name }) => name === 'moov'));
  const head = movie.find(({ name }) => name === 'mvhd');
  if (!head || head.end - head.body < 20) throw new AppError('file_damaged');
  const isLong = bytes[head.body] === 1;
  const scale = view.getUint32(head.body + (isLong ? 20 : 12));
  const length = isLong ? Number(view.getBigUint64(head.body + 24)) : view.getUint32(head.body + 16);
  const isKnown = scale > 0 && length > 0 && length < 0xffff_ffff;
  return { seconds: isKnown ? length / scale : bytes.length / LEAST_BYTES_A_SECOND, cut: null };
}
