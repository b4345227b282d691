/**
 * Backs up what the environment names, whether anything runs or not: `npm run backup -- [folder]`, or restores one into an
 * empty place: `npm run restore -- <backup> [--force]`. The place is a hosted project (`SUPABASE_POOLER_URL` or `DATABASE_URL`
 * with its address and secret key), a PostgreSQL server (`LOCAL_DATABASE_URL`), or the data folder.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs, parseEnv } from 'node:util';
import { makeBackup, restoreBackup } from '../local/backup/backup.ts';
import type { Server } from '../local/backup/server.ts';
import { loadEnvironmentFiles } from '../local/stack/environment.ts';
import { StartError } from '../local/supabase/data-folder.ts';
import { readSettings } from '../local/supabase/settings.ts';

const KEEP_DAYS = 7;

loadEnvironmentFiles(process.cwd());
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { force: { type: 'boolean' } },
});
const [task, place] = positionals;
const dataFolder = resolve(process.env.LOCAL_DATA_DIR ?? '.local');
const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`;

function runningGateway() {
  const file = join(dataFolder, 'stack.env');
  if (!existsSync(file)) return null;
  const { NEXT_PUBLIC_SUPABASE_URL: url, SUPABASE_SECRET_KEY: secretKey } = parseEnv(
    readFileSync(file, 'utf8'),
  );
  return url && secretKey ? { url, secretKey } : null;
}

function serverOf(environment: NodeJS.ProcessEnv): Server | undefined {
  const { server, storageDir } = readSettings(environment);
  if (server) return { url: server.url, files: storageDir ?? join(dataFolder, 'supabase', 'storage') };
  const database = environment.DATABASE_URL || environment.SUPABASE_POOLER_URL;
  if (!database) return undefined;
  const url = environment.NEXT_PUBLIC_SUPABASE_URL;
  const secretKey = environment.SUPABASE_SECRET_KEY || environment.SUPABASE_SERVICE_ROLE_KEY;
  if (!url || !secretKey)
    throw new StartError(
      'The files of a hosted project come through its Storage: set NEXT_PUBLIC_SUPABASE_URL and SUPABASE_SECRET_KEY as well.',
    );
  return { url: database, files: { url, secretKey } };
}

async function main() {
  const server = serverOf(process.env);
  if (task === 'restore') {
    if (!place) throw new StartError('Say which backup: npm run restore -- <folder>');
    const { tables, madeAt } = await restoreBackup({
      from: resolve(place),
      dataFolder,
      server,
      force: values.force ?? false,
    });
    const target = server ? `the database at ${new URL(server.url).host}` : dataFolder;
    console.log(`Restored ${Object.keys(tables).length} tables as they were at ${madeAt} into ${target}.`);
    return;
  }
  const keepDays = Number(process.env.BACKUP_KEEP_DAYS || KEEP_DAYS);
  if (!(keepDays >= 1)) throw new StartError('BACKUP_KEEP_DAYS must be a number of days, 1 at least.');
  const into = resolve(place ?? join(dataFolder, 'backups'));
  const { folder, manifest, removed } = await makeBackup({
    dataFolder,
    into,
    running: runningGateway(),
    server,
    keepDays,
  });
  const bytes = Object.values(manifest.parts).reduce((sum, part) => sum + part.bytes, 0);
  const rows = Object.values(manifest.tables).reduce((sum, table) => sum + table.rows, 0);
  console.log(
    `${folder}: ${rows} rows of ${Object.keys(manifest.tables).length} tables, ${Object.keys(manifest.parts).length} files, ${megabytes(bytes)}.`,
  );
  if (removed.length > 0) console.log(`Removed after ${keepDays} days: ${removed.join(', ')}.`);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.error(error.message);
  process.exit(1);
}
