import { crc32, inflateRawSync } from 'node:zlib';
import { AppError } from '../../errors.ts';
import { say } from '../../language/said.ts';
import { decodeText } from './encoding.ts';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER_BYTES = 30;
const ENTRY_BYTES = 46;
const END_RECORD_BYTES = 22;
const MAX_COMMENT_BYTES = 0xffff;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;

/** The text of a long book is a few megabytes of XML; a sheet of many cells some tens. */
const MAX_TEXT_MEGABYTES = 32;
const MAX_ENTRIES = 5_000;

const tooLarge = () =>
  new AppError('file_too_large', {
    message: () =>
      say('This file unpacks to more than {most} MB of text. Split it and add the parts.', {
        most: MAX_TEXT_MEGABYTES,
      }),
  });

type Entry = {
  name: string;
  method: number;
  flags: number;
  packedBytes: number;
  unpackedBytes: number;
  checksum: number;
  offset: number;
};

/** What a zip file holds, unpacked when it is asked for, all parts together within one bound. */
export type Archive = {
  names: readonly string[];
  bytes: (name: string) => Uint8Array | undefined;
  text: (name: string) => string | undefined;
};

function findEnd(view: DataView): number {
  const last = view.byteLength - END_RECORD_BYTES;
  for (let at = last; at >= Math.max(0, last - MAX_COMMENT_BYTES); at--) {
    if (view.getUint32(at, true) === END_OF_DIRECTORY) return at;
  }
  return -1;
}

function entriesOf(bytes: Uint8Array, view: DataView): Entry[] {
  const end = findEnd(view);
  if (end < 0) throw new AppError('file_damaged');
  const count = view.getUint16(end + 10, true);
  if (count > MAX_ENTRIES) {
    throw new AppError('file_too_large', {
      message: () =>
        say('This file holds more than {most} parts. Save it anew, or split it.', { most: MAX_ENTRIES }),
    });
  }
  let at = view.getUint32(end + 16, true);
  return Array.from({ length: count }, () => {
    if (at + ENTRY_BYTES > bytes.length || view.getUint32(at, true) !== DIRECTORY_ENTRY) {
      throw new AppError('file_damaged');
    }
    const nameLength = view.getUint16(at + 28, true);
    const entry = {
      name: new TextDecoder()
        .decode(bytes.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + nameLength))
        .replaceAll('\\', '/'),
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      checksum: view.getUint32(at + 16, true),
      packedBytes: view.getUint32(at + 20, true),
      unpackedBytes: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    };
    at += ENTRY_BYTES + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    return entry;
  });
}

/** A directory can lie about sizes, so a part is unpacked within the size it claims. */
function unpacked(bytes: Uint8Array, view: DataView, entry: Entry): Uint8Array {
  const { offset, packedBytes, unpackedBytes, method, flags } = entry;
  if (flags & ENCRYPTED) throw new AppError('file_password');
  if (offset + LOCAL_HEADER_BYTES > bytes.length) throw new AppError('file_damaged');
  const start =
    offset + LOCAL_HEADER_BYTES + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  const packed = bytes.subarray(start, start + packedBytes);
  if (packed.length < packedBytes || (method !== STORED && method !== DEFLATED))
    throw new AppError('file_damaged');
  const content = method === STORED ? packed : inflated(packed, unpackedBytes);
  // Letters that changed on the way would be read as what the student wrote.
  if (crc32(content) !== entry.checksum) throw new AppError('file_damaged');
  return content;
}

function inflated(packed: Uint8Array, unpackedBytes: number): Uint8Array {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, unpackedBytes) });
  } catch (cause) {
    const isLarger = cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE';
    throw isLarger ? tooLarge() : new AppError('file_damaged', { cause });
  }
}

export function openZip(bytes: Uint8Array): Archive {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = new Map<string, Entry>();
  // Office programs tell no case apart in the names of parts.
  for (const entry of entriesOf(bytes, view)) entries.set(entry.name.toLowerCase(), entry);
  let room = MAX_TEXT_MEGABYTES * 1024 * 1024;
  const read = (name: string): Uint8Array | undefined => {
    const entry = entries.get(name.toLowerCase());
    if (!entry) return undefined;
    room -= entry.unpackedBytes;
    if (room < 0) throw tooLarge();
    return unpacked(bytes, view, entry);
  };
  return {
    names: [...entries.values()].map(({ name }) => name),
    bytes: read,
    text: (name) => {
      const part = read(name);
      return part && decodeText(part).text;
    },
  };
}
