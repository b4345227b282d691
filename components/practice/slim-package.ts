import { type Unzipped, unzip, zip } from 'fflate';
import { sentence } from '@/lib/language/text';

const COLLECTION = /^(?:collection\.anki(?:2|21|21b)|meta)$/;
const LARGEST_FILE_BYTES = 600 * 1024 * 1024;
const LARGEST_COLLECTION_BYTES = 256 * 1024 * 1024;

/** A file that is not even sent, with the reason. */
export class PackageError extends Error {
  override readonly name = 'PackageError';
}

/** An Anki package without its pictures and sounds: they can be hundreds of megabytes, and only the cards are read. */
export async function slimPackage(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  if (file.size > LARGEST_FILE_BYTES) {
    throw new PackageError(sentence('This package is over 600 MB. In Anki, export it without media.'));
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const entries = await new Promise<Unzipped>((resolve, reject) => {
    const filter = (entry: { name: string; originalSize: number }) =>
      COLLECTION.test(entry.name) && entry.originalSize <= LARGEST_COLLECTION_BYTES;
    unzip(bytes, { filter }, (error, data) => (error ? reject(error) : resolve(data)));
  }).catch((cause: unknown) => {
    throw new PackageError(
      sentence('This is no Anki package, or it is damaged. Export it from Anki again.'),
      {
        cause,
      },
    );
  });
  if (!Object.keys(entries).some((name) => name.startsWith('collection.'))) {
    throw new PackageError(
      sentence('This is no Anki package. In Anki, choose File, Export, and a file ending in .apkg.'),
    );
  }
  return new Promise((resolve, reject) => {
    zip(entries, { level: 6 }, (error, data) =>
      // A copy of its own: what is sent is a plain array of bytes.
      error ? reject(error) : resolve(new Uint8Array(data)),
    );
  });
}
