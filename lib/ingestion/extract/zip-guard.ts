import { inflateRawSync } from 'node:zlib';
import { AppError } from '../../errors.ts';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER_BYTES = 30;
const ENTRY_BYTES = 46;
const END_RECORD_BYTES = 22;
const MAX_COMMENT_BYTES = 0xffff;
const DEFLATED = 8;

/** The text of a long book is a few megabytes of XML. What is built of it takes a hundred times as much memory. */
const MAX_TEXT_BYTES = 12 * 1024 * 1024;
const MAX_ENTRIES = 5_000;

type Entry = { name: string; method: number; packedBytes: number; unpackedBytes: number; offset: number };

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
  if (count > MAX_ENTRIES) throw new AppError('file_too_large');
  let at = view.getUint32(end + 16, true);
  return Array.from({ length: count }, () => {
    if (at + ENTRY_BYTES > bytes.length || view.getUint32(at, true) !== DIRECTORY_ENTRY) {
      throw new AppError('file_damaged');
    }
    const nameLength = view.getUint16(at + 28, true);
    const entry = {
      name: new TextDecoder().decode(bytes.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + nameLength)),
      method: view.getUint16(at + 10, true),
      packedBytes: view.getUint32(at + 20, true),
      unpackedBytes: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    };
    at += ENTRY_BYTES + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    return entry;
  });
}

/** A directory can lie about sizes, so what will be read is unpacked once within the size it claims. */
function checkUnpacked(bytes: Uint8Array, view: DataView, entry: Entry): void {
  const { offset, packedBytes, unpackedBytes, method } = entry;
  if (offset + LOCAL_HEADER_BYTES > bytes.length) throw new AppError('file_damaged');
  const start =
    offset + LOCAL_HEADER_BYTES + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + packedBytes > bytes.length) throw new AppError('file_damaged');
  if (method !== DEFLATED) return;
  try {
    inflateRawSync(bytes.subarray(start, start + packedBytes), {
      maxOutputLength: Math.max(1, unpackedBytes),
    });
  } catch (cause) {
    const isLarger = cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE';
    throw new AppError(isLarger ? 'file_too_large' : 'file_damaged', { cause });
  }
}

/** The names inside a zip file, once it is certain that its text parts unpack to a size that can be read. */
export function checkedZipNames(bytes: Uint8Array): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = entriesOf(bytes, view);
  const textParts = entries.filter(({ name }) => /\.(?:xml|rels)$/i.test(name));
  const total = textParts.reduce((sum, { unpackedBytes }) => sum + unpackedBytes, 0);
  if (total > MAX_TEXT_BYTES) throw new AppError('file_too_large');
  for (const entry of textParts) checkUnpacked(bytes, view, entry);
  return entries.map(({ name }) => name);
}
