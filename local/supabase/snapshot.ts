import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PGlite } from '@electric-sql/pglite';

/**
 * Creating a Postgres cluster and its schemas takes seconds, loading a copy of one takes a quarter of a second.
 * Databases in memory (tests) therefore start from a copy kept under a hash of everything that made it.
 */
const FOLDER = fileURLToPath(new URL('../../node_modules/.cache/clerva-database/', import.meta.url));
const KEPT = 6;

export function fingerprint(parts: readonly string[]) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:${part}`);
  return hash.digest('hex').slice(0, 32);
}

const fileOf = (key: string) => path.join(FOLDER, `${key}.tar`);

export async function loadSnapshot(key: string): Promise<Blob | null> {
  try {
    // Read whole: another worker may remove the file while a lazy reader still wanted it.
    const bytes = await readFile(fileOf(key));
    const now = new Date();
    await utimes(fileOf(key), now, now).catch(() => undefined);
    return new Blob([bytes]);
  } catch {
    return null;
  }
}

/** A cache that cannot be written (read-only checkout) costs time, nothing else. */
export async function saveSnapshot(key: string, driver: PGlite): Promise<void> {
  try {
    const dump = await driver.dumpDataDir('none');
    await mkdir(FOLDER, { recursive: true });
    // Two test workers may save the same copy: each writes its own file, and the rename is atomic.
    const draft = path.join(FOLDER, `${key}.${randomUUID()}.draft`);
    await writeFile(draft, dump.stream());
    await rename(draft, fileOf(key));
    await removeOldest();
  } catch {
    return;
  }
}

/** The ones used longest ago go. */
async function removeOldest() {
  const names = await readdir(FOLDER);
  const files = await Promise.all(
    names.map(async (name) => {
      const file = path.join(FOLDER, name);
      return { file, changed: (await stat(file)).mtimeMs };
    }),
  );
  const stale = files.toSorted((a, b) => b.changed - a.changed).slice(KEPT);
  await Promise.all(stale.map(({ file }) => rm(file, { force: true })));
}
