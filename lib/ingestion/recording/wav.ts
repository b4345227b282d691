import { AppError } from '../../errors.ts';
import { asciiAt, joined, type Recording, viewOf } from './pieces.ts';

/** The head of a file of this much sound of a format. */
function headOf(format: Uint8Array, length: number): Uint8Array {
  const head = new Uint8Array(28 + format.length);
  const view = viewOf(head);
  const word = (at: number, text: string) => head.set(new TextEncoder().encode(text), at);
  word(0, 'RIFF');
  view.setUint32(4, head.length - 8 + length, true);
  word(8, 'WAVEfmt ');
  view.setUint32(16, format.length, true);
  head.set(format, 20);
  word(20 + format.length, 'data');
  view.setUint32(24 + format.length, length, true);
  return head;
}

export function readWav(bytes: Uint8Array): Recording {
  const view = viewOf(bytes);
  let format: Uint8Array | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const [name, size] = [asciiAt(bytes, at, 4), view.getUint32(at + 4, true)];
    const start = at + 8;
    if (name === 'fmt ' && size >= 16) format = bytes.subarray(start, start + size);
    if (name === 'data' && format !== undefined) {
      // A program that was cut off, or did not know, wrote no length: the sound goes on to the end of the file.
      const sound = bytes.subarray(start, size === 0 ? undefined : start + size);
      const aSecond = viewOf(format).getUint32(8, true);
      const block = Math.max(1, viewOf(format).getUint16(12, true));
      const place = (seconds: number) => Math.floor((seconds * aSecond) / block) * block;
      if (aSecond === 0) break;
      const [head, seconds] = [format, sound.length / aSecond];
      return {
        seconds,
        cut(from, to) {
          const part = sound.subarray(place(from), place(Math.min(to, seconds)));
          return { bytes: joined([headOf(head, part.length), part]), from };
        },
      };
    }
    at = start + size + (size % 2);
  }
  throw new AppError('file_damaged');
}
