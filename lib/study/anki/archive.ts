import { zstdDecompressSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { AppError } from '../../errors.ts';
import { say } from '../../language/said.ts';

/** Far above any collection of notes; while it is read it is in memory twice. */
const MAX_COLLECTION_MB = 96;
const MAX_COLLECTION_BYTES = MAX_COLLECTION_MB * 1024 * 1024;

const COLLECTIONS = ['collection.anki21b', 'collection.anki21', 'collection.anki2'] as const;
type CollectionName = (typeof COLLECTIONS)[number];

const isCollection = (name: string): name is CollectionName => COLLECTIONS.some((known) => known === name);

const notAPackage = (cause?: unknown) =>
  new AppError('file_unsupported', {
    cause,
    message: 'This is no Anki package. In Anki, choose File, Export, and a file ending in .apkg.',
  });
const tooLarge = () =>
  new AppError('file_too_large', {
    message: () =>
      say('This package unpacks to more than {most} MB. Export one deck at a time.', {
        most: MAX_COLLECTION_MB,
      }),
  });
const damaged = (cause: unknown) => new AppError('file_damaged', { cause });

const isZip = (bytes: Uint8Array) =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;

/**
 * The collection inside an `.apkg`, as the bytes of an SQLite file. Only the collections are unpacked, never more than
 * they may hold, whatever the file claims of itself. Newer packages carry an empty old collection beside the real one,
 * so the newest is taken.
 */
export function collectionOf(bytes: Uint8Array): { name: CollectionName; bytes: Uint8Array } {
  if (!isZip(bytes)) throw notAPackage();
  let entries: Record<string, Uint8Array>;
  try {
    entries = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!isCollection(name)) return false;
        if (originalSize > MAX_COLLECTION_BYTES) throw tooLarge();
        return true;
      },
    });
  } catch (cause) {
    throw cause instanceof AppError ? cause : damaged(cause);
  }
  const name = COLLECTIONS.find((known) => entries[known] !== undefined);
  const packed = name && entries[name];
  if (!packed) throw notAPackage();
  return { name, bytes: name === 'collection.anki21b' ? unpacked(packed) : packed };
}

function unpacked(packed: Uint8Array): Uint8Array {
  try {
    return zstdDecompressSync(packed, { maxOutputLength: MAX_COLLECTION_BYTES });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    throw code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge() : damaged(cause);
  }
}
