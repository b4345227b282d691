import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { z } from 'zod';
import { claimDataFolder, StartError } from '../supabase/data-folder.ts';
import { openDatabase } from '../supabase/database.ts';
import { type Dump, openEmbedded, tablesSchema } from '../supabase/embedded.ts';
import { dumpServer, restoreServer, type Server, serverSchema } from './server.ts';

const NAME = /^clerva-(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})Z$/;
const DAY_MS = 86_400_000;
const IMAGE = 'database.tar.gz';
/** Jobs that wait, or sleep. */
const JOBS = 'inngest.sqlite';
/** Of the data folder: what tokens, jobs and addresses of files are signed with. */
const KEYS = ['supabase-keys.json', 'inngest-keys.json', path.join('supabase', 'signing-keys.json')];

const manifestSchema = z.object({
  format: z.literal('clerva.backup'),
  version: z.literal(1),
  madeAt: z.string(),
  /** Rows and a checksum of each table, read in the same moment as the database. */
  tables: tablesSchema,
  /** A checksum over every column and its type. */
  schema: z.string(),
  /** Of a server: its tables are parts of their own. */
  server: serverSchema.optional(),
  /** SHA-256 of every part, by its place. */
  parts: z.record(z.string(), z.object({ sha256: z.string(), bytes: z.int() })),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** The gateway of the stack, while it runs: it alone may touch the database then. */
export type RunningGateway = { url: string; secretKey: string };

async function dumpOf(dataFolder: string, running: RunningGateway | null): Promise<Dump> {
  const response = running && (await askGateway(running));
  if (response) {
    if (!response.ok) throw new StartError(`The running database gave no copy (${response.status}).`);
    const form = await response.formData();
    const image = form.get('image');
    if (!(image instanceof Blob)) throw new StartError('The running database gave no copy.');
    return {
      image,
      tables: tablesSchema.parse(JSON.parse(String(form.get('tables')))),
      schema: String(form.get('schema')),
    };
  }
  const place = path.join(dataFolder, 'supabase');
  if (!(await exists(path.join(place, 'postgres.created'))))
    throw new StartError(`There is no database in ${place}.`);
  const folder = await claimDataFolder(place);
  try {
    const database = await openEmbedded(folder.postgres, []);
    try {
      return await database.dump();
    } finally {
      await database.close();
    }
  } finally {
    await folder.release();
  }
}

/** Null when nobody is there, so that the folder is free. */
const askGateway = ({ url, secretKey }: RunningGateway) =>
  fetch(`${url}/backup`, { headers: { apikey: secretKey } }).catch(() => null);

async function checksumOf(file: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(file)) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { sha256: hash.digest('hex'), bytes };
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .toSorted();
}

const exists = (file: string) =>
  stat(file).then(
    () => true,
    () => false,
  );

type BackupOptions = {
  dataFolder: string;
  into: string;
  running: RunningGateway | null;
  /** Where the database is, when it is not in the data folder. */
  server?: Server;
  keepDays: number;
  now?: Date;
};

/**
 * Copies database, files and keys beside each other, then removes backups that are older than `keepDays`. The database is of
 * one moment; files follow, so that one that was added since is more than is needed, and one removed since is missing in both.
 * Jobs go before it: one that is done twice does no harm, one that is never done does. Until it is whole it has another name.
 */
export async function makeBackup(
  options: BackupOptions,
): Promise<{ folder: string; manifest: Manifest; removed: string[] }> {
  const { dataFolder, into, running, server, keepDays, now = new Date() } = options;
  const name = `clerva-${now.toISOString().slice(0, 19).replaceAll(':', '-')}Z`;
  const [draft, folder] = [path.join(into, `${name}.unfinished`), path.join(into, name)];
  if (await exists(folder)) throw new StartError(`${folder} is there already.`);
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  // Of a hosted project neither jobs nor keys are here.
  const isHere = typeof server?.files !== 'object';
  if (isHere) await copyJobs(dataFolder, draft);
  const dump = await (server ? dumpServer(server, draft) : dumpEmbedded(dataFolder, draft, running)).catch(
    async (error: unknown) => {
      await rm(draft, { recursive: true, force: true });
      throw error;
    },
  );
  if (isHere) {
    const storage = typeof server?.files === 'string' ? server.files : filesOf(dataFolder);
    if (await exists(storage)) await copyFolder(storage, path.join(draft, 'storage'));
    for (const key of KEYS) {
      if (await exists(path.join(dataFolder, key)))
        await cp(path.join(dataFolder, key), path.join(draft, 'keys', key));
    }
  }
  const parts: Manifest['parts'] = {};
  for (const file of await filesBelow(draft)) parts[file] = await checksumOf(path.join(draft, file));
  const manifest: Manifest = {
    format: 'clerva.backup',
    version: 1,
    madeAt: now.toISOString(),
    ...dump,
    parts,
  };
  await writeFile(path.join(draft, 'manifest.json'), JSON.stringify(manifest, null, 2));
  await rename(draft, folder);
  return { folder, manifest, removed: await removeOld(into, now.getTime() - keepDays * DAY_MS) };
}

const filesOf = (dataFolder: string) => path.join(dataFolder, 'supabase', 'storage');

async function dumpEmbedded(dataFolder: string, draft: string, running: RunningGateway | null) {
  const { image, tables, schema } = await dumpOf(dataFolder, running);
  await pipeline(
    Readable.fromWeb(image.stream() as NodeReadableStream<Uint8Array>),
    createWriteStream(path.join(draft, IMAGE)),
  );
  return { tables, schema };
}

/** As they are in one moment, while others write. */
async function copyJobs(dataFolder: string, draft: string) {
  if (!(await exists(path.join(dataFolder, JOBS)))) return;
  const jobs = new DatabaseSync(path.join(dataFolder, JOBS), { timeout: 10_000 });
  try {
    jobs.prepare('vacuum into ?').run(path.join(draft, JOBS));
  } finally {
    jobs.close();
  }
}

/** A file may go while it is copied: its row went before, or goes with the next backup. */
async function copyFolder(from: string, to: string): Promise<void> {
  for (const file of await filesBelow(from)) {
    await mkdir(path.dirname(path.join(to, file)), { recursive: true });
    await cp(path.join(from, file), path.join(to, file)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }
}

async function removeOld(into: string, before: number): Promise<string[]> {
  const old = (await readdir(into)).filter((name) => {
    const [, day, hour, minute, second] = NAME.exec(name) ?? [];
    return day !== undefined && Date.parse(`${day}T${hour}:${minute}:${second}Z`) < before;
  });
  for (const name of old) await rm(path.join(into, name), { recursive: true });
  return old;
}

/** Reads every part again; a sentence for the first that is not as it was written. */
export async function verifyBackup(folder: string): Promise<Manifest> {
  const text = await readFile(path.join(folder, 'manifest.json'), 'utf8').catch(() => null);
  if (text === null) throw new StartError(`${folder} is no backup: it has no manifest.json.`);
  const manifest = manifestSchema.parse(JSON.parse(text));
  for (const [part, { sha256, bytes }] of Object.entries(manifest.parts)) {
    const found = await checksumOf(path.join(folder, part)).catch(() => null);
    if (found === null) throw new StartError(`${part} is missing in ${folder}. Nothing was restored.`);
    if (found.sha256 !== sha256 || found.bytes !== bytes) {
      throw new StartError(`${part} in ${folder} is not what was backed up. Nothing was restored.`);
    }
  }
  return manifest;
}

type RestoreOptions = { from: string; dataFolder: string; server?: Server; force?: boolean };

/** Puts a backup into an empty place, and compares every table with what the manifest says of it. */
export async function restoreBackup(options: RestoreOptions): Promise<Manifest> {
  const { from, dataFolder, server, force = false } = options;
  const manifest = await verifyBackup(from);
  if ((manifest.server === undefined) !== (server === undefined)) {
    throw new StartError(
      manifest.server
        ? 'This is the backup of a PostgreSQL server: name the one it goes into, in LOCAL_DATABASE_URL or SUPABASE_POOLER_URL.'
        : 'This is the backup of a data folder: unset LOCAL_DATABASE_URL and SUPABASE_POOLER_URL.',
    );
  }
  const besides = () => restoreFiles(from, dataFolder, server);
  if (!server) await restoreEmbedded(options, manifest, besides);
  else {
    await intoServer(from, server, force, { ...manifest, server: serverSchema.parse(manifest.server) });
    await besides();
  }
  return manifest;
}

async function restoreFiles(from: string, dataFolder: string, server: Server | undefined) {
  if (typeof server?.files === 'object') return;
  if (await exists(path.join(from, 'storage')))
    await cp(path.join(from, 'storage'), server?.files ?? filesOf(dataFolder), { recursive: true });
  if (await exists(path.join(from, 'keys')))
    await cp(path.join(from, 'keys'), dataFolder, { recursive: true });
  for (const suffix of ['', '-wal', '-shm']) await rm(path.join(dataFolder, JOBS + suffix), { force: true });
  if (await exists(path.join(from, JOBS))) await cp(path.join(from, JOBS), path.join(dataFolder, JOBS));
}

type ServerManifest = Manifest & Required<Pick<Manifest, 'server'>>;

async function intoServer(from: string, server: Server, force: boolean, manifest: ServerManifest) {
  const { files, url } = server;
  if (typeof files === 'string') {
    if (!force && (await exists(files)) && (await readdir(files)).length > 0)
      throw new StartError(`${files} has files already. Name an empty folder, or add --force to add these.`);
    // A database that was just made has no tables yet; the gateway's own way makes them.
    const database = await openDatabase({ server: { url }, storageDir: files });
    await database.close();
  }
  await restoreServer({ from, server, force, manifest });
}

async function restoreEmbedded(
  { from, dataFolder, force }: RestoreOptions,
  manifest: Manifest,
  besides: () => Promise<void>,
) {
  const target = path.join(dataFolder, 'supabase');
  // Whoever uses the folder holds its lock, with force as well.
  const folder = await claimDataFolder(target);
  try {
    if (await exists(folder.postgres)) {
      if (!force)
        throw new StartError(
          `${target} has a database already. Name an empty folder, or add --force to replace it.`,
        );
      for (const name of ['postgres', 'postgres.created', 'storage']) {
        await rm(path.join(target, name), { recursive: true, force: true });
      }
    }
    const image = new Blob([await readFile(path.join(from, IMAGE))]);
    const database = await openEmbedded(folder.postgres, [], image);
    const restored = await database.tables().finally(() => database.close());
    const differing = Object.keys({ ...manifest.tables, ...restored }).filter((table) => {
      const [one, other] = [manifest.tables[table], restored[table]];
      return one?.rows !== other?.rows || one?.checksum !== other?.checksum;
    });
    if (differing.length > 0) throw new StartError(`Restored, but not as it was: ${differing.join(', ')}.`);
    await besides();
    await folder.markCreated();
  } finally {
    await folder.release();
  }
}
