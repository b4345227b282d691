import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

export type TemporaryFolder = { path: string; remove: () => Promise<void> };

export async function temporaryFolder(): Promise<TemporaryFolder> {
  const folder = await mkdtemp(path.join(tmpdir(), 'clerva-test-'));
  return { path: folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** A folder of migrations, given as file name and SQL. */
export async function migrationFolder(files: Record<string, string>): Promise<TemporaryFolder> {
  const folder = await temporaryFolder();
  await Promise.all(Object.entries(files).map(([name, sql]) => writeFile(path.join(folder.path, name), sql)));
  return folder;
}
