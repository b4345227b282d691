/**
 * Backs up the data folder, whether the stack runs or not: `npm run backup -- [folder]`, or restores one into an empty data
 * folder: `npm run restore -- <backup> [--force]`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs, parseEnv } from 'node:util';
import { makeBackup, restoreBackup } from '../local/backup/backup.ts';
import { loadEnvironmentFiles } from '../local/stack/environment.ts';
import { StartError } from '../local/supabase/data-folder.ts';

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

async function main() {
  if (process.env.LOCAL_DATABASE_URL || process.env.SUPABASE_POOLER_URL) {
    throw new StartError(
      'The data is on a PostgreSQL server: back it up with pg_dump, as docs/runbook.md says.',
    );
  }
  if (task === 'restore') {
    if (!place) throw new StartError('Say which backup: npm run restore -- <folder>');
    const { tables, madeAt } = await restoreBackup({
      from: resolve(place),
      dataFolder,
      force: values.force ?? false,
    });
    console.log(
      `Restored ${Object.keys(tables).length} tables as they were at ${madeAt} into ${dataFolder}.`,
    );
    return;
  }
  const keepDays = Number(process.env.BACKUP_KEEP_DAYS || KEEP_DAYS);
  if (!(keepDays >= 1)) throw new StartError('BACKUP_KEEP_DAYS must be a number of days, 1 at least.');
  const into = resolve(place ?? join(dataFolder, 'backups'));
  const { folder, manifest, removed } = await makeBackup({
    dataFolder,
    into,
    running: runningGateway(),
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
