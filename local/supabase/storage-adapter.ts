import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import type { App } from '@supabase/lite';
import { z } from 'zod';

type Adapter = NonNullable<App['_storageAdapter']>;
type Body = Parameters<Adapter['uploadObject']>[3];

const remembered = z.object({
  mimetype: z.string().catch('application/octet-stream'),
  cacheControl: z.string().catch('no-cache'),
});
/** Beside each file, what the file system does not remember. */
export const SIDECAR = '.clerva-object.json';

/** What the request that is being answered met, of which Lite tells its client nothing. */
export const storeFaults = new AsyncLocalStorage<{ isFull: boolean }>();

class MissingObject extends Error {
  readonly code = 'ENOENT';
}

/**
 * Objects as plain files, `<folder>/<bucket>/<key>`, each with a small file beside it that remembers what the file
 * system does not: the media type and the cache rule.
 */
export class FileStorageAdapter implements Adapter {
  readonly driver = null;
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = path.resolve(folder);
  }

  #file(bucket: string, key: string) {
    const file = path.resolve(this.#folder, bucket, key);
    if (!file.startsWith(path.join(this.#folder, bucket) + path.sep) || file.endsWith(SIDECAR)) {
      throw new MissingObject('This key does not name an object.');
    }
    return file;
  }

  async #metadata(file: string) {
    const { size, mtime, mtimeMs } = await stat(file);
    const sidecar = await readFile(file + SIDECAR, 'utf8').catch(() => '{}');
    return {
      ...remembered.parse(JSON.parse(sidecar)),
      contentLength: size,
      size,
      lastModified: mtime,
      eTag: `"${size.toString(16)}-${Math.round(mtimeMs).toString(16)}"`,
    };
  }

  async getObject(...[bucket, key, , headers]: Parameters<Adapter['getObject']>) {
    const file = this.#file(bucket, key);
    const metadata = await this.#metadata(file);
    const range = parseRange(headers?.range, metadata.size);
    const body = (from?: { start: number; end: number }) => Readable.toWeb(createReadStream(file, from));
    if (range === null) return { httpStatusCode: 200, metadata, body: body() };
    return {
      httpStatusCode: 206,
      metadata: {
        ...metadata,
        contentLength: range.end - range.start + 1,
        contentRange: `bytes ${range.start}-${range.end}/${metadata.size}`,
      },
      body: body(range),
    };
  }

  async uploadObject(...[bucket, key, , body, mimetype, cacheControl]: Parameters<Adapter['uploadObject']>) {
    const file = this.#file(bucket, key);
    await mkdir(path.dirname(file), { recursive: true });
    // A reader never meets half a file, and an upload that breaks off leaves the one before it.
    const draft = path.join(path.dirname(file), `.${randomUUID()}.upload`);
    try {
      await writeBody(draft, body);
      await writeFile(file + SIDECAR, JSON.stringify({ mimetype, cacheControl }));
      await rename(draft, file);
    } catch (error) {
      await rm(draft, { force: true });
      const faults = storeFaults.getStore();
      if (faults && error instanceof Error && 'code' in error) faults.isFull = error.code === 'ENOSPC';
      throw error;
    }
    return this.#metadata(file);
  }

  async deleteObject(bucket: string, key: string) {
    const file = this.#file(bucket, key);
    await rm(file, { force: true });
    await rm(file + SIDECAR, { force: true });
    // A folder is named after its student, so an empty one does not stay.
    for (let at = path.dirname(file); at !== path.join(this.#folder, bucket); at = path.dirname(at)) {
      if (
        !(await rmdir(at).then(
          () => true,
          () => false,
        ))
      )
        return;
    }
  }

  async deleteObjects(bucket: string, keys: string[]) {
    await Promise.all(keys.map((key) => this.deleteObject(bucket, key)));
  }

  async copyObject(...[bucket, key, , toBucket, toKey]: Parameters<Adapter['copyObject']>) {
    const from = this.#file(bucket, key);
    const to = this.#file(toBucket, toKey);
    await mkdir(path.dirname(to), { recursive: true });
    await copyFile(from, to);
    await copyFile(from + SIDECAR, to + SIDECAR);
    const { eTag, lastModified } = await this.#metadata(to);
    return { httpStatusCode: 200, eTag, lastModified };
  }

  async headObject(bucket: string, key: string) {
    return this.#metadata(this.#file(bucket, key));
  }

  async privateAssetUrl(bucket: string, key: string) {
    return `file://${this.#file(bucket, key)}`;
  }
}

async function writeBody(file: string, body: Body) {
  if (body instanceof Uint8Array) return writeFile(file, body);
  // Both kinds of web stream are the same object at run time; only their declarations differ.
  await pipeline(Readable.fromWeb(body as NodeReadableStream), createWriteStream(file));
}

/** One range of bytes, as media elements and PDF viewers ask for; anything else gets the whole file. */
export function parseRange(header: string | undefined, size: number) {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return null;
  const start = from === '' ? Math.max(size - Number(to), 0) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  return start <= end ? { start, end } : null;
}
