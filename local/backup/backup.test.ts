import { appendFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createClient } from '@supabase/supabase-js';
import { afterAll, expect, test } from 'vitest';
import { temporaryFolder } from '../../tests/setup/database.ts';
import { startGateway } from '../supabase/gateway.ts';
import { makeBackup, restoreBackup, verifyBackup } from './backup.ts';

const [data, backups, empty] = [await temporaryFolder(), await temporaryFolder(), await temporaryFolder()];
afterAll(() => Promise.all([data, backups, empty].map((folder) => folder.remove())));

test('taken while students write, a backup is one moment, and comes back row by row', {
  timeout: 90_000,
}, async () => {
  const gateway = await startGateway({ port: 0, dataDir: path.join(data.path, 'supabase') });
  const account = await gateway.database.createUser({
    email: 'ada@example.com',
    password: 'a long test password',
  });
  const admin = createClient(gateway.url, gateway.secretKey, { auth: { persistSession: false } });
  await admin.storage
    .from('documents')
    .upload(`${account.id}/one/original.txt`, new Blob(['bytes']), { contentType: 'text/plain' });
  let isWriting = true;
  // Two rows that belong together: a backup in between would have one of them.
  const writer = (async () => {
    for (let n = 0; isWriting; n += 1) {
      await setTimeout(5);
      await gateway.database.asUser(account.id, async (query) => {
        const [thread] = await query<{ id: string }>(
          `insert into public.thread (title) values ($1) returning id`,
          [`t${n}`],
        );
        await query(`insert into public.message (thread_id, role) values ($1, 'user')`, [thread?.id]);
      });
    }
  })();
  const running = { url: gateway.url, secretKey: gateway.secretKey };
  expect((await fetch(`${gateway.url}/backup`)).status).toBe(404);
  expect((await fetch(`${gateway.url}/backup`, { headers: { apikey: gateway.publishableKey } })).status).toBe(
    404,
  );
  const common = { dataFolder: data.path, into: backups.path, running, keepDays: 7 };
  for (const name of ['something else', 'clerva-2026-01-01T00-00-00Z', 'clerva-2026-01-05T00-00-00Z'])
    await mkdir(path.join(backups.path, name));
  const { folder, manifest, removed } = await makeBackup({
    ...common,
    now: new Date('2026-01-09T00:00:00Z'),
  });
  isWriting = false;
  await writer;
  await gateway.close();
  expect(removed).toEqual(['clerva-2026-01-01T00-00-00Z']);
  expect((await readdir(backups.path)).toSorted()).toEqual([
    'clerva-2026-01-05T00-00-00Z',
    'clerva-2026-01-09T00-00-00Z',
    'something else',
  ]);
  expect(manifest.tables['public.thread']?.rows).toBeGreaterThan(0);
  expect(manifest.tables['public.thread']?.rows).toBe(manifest.tables['public.message']?.rows);

  // It compares every table by itself, and would not come back otherwise.
  const restored = await restoreBackup({ from: folder, dataFolder: empty.path });
  expect(restored.tables).toEqual(manifest.tables);
  await expect(restoreBackup({ from: folder, dataFolder: empty.path })).rejects.toThrow(
    'has a database already',
  );
  await restoreBackup({ from: folder, dataFolder: empty.path, force: true });
  const again = await startGateway({ port: 0, dataDir: path.join(empty.path, 'supabase') });
  const [row] = await again.database.query<{ rows: number }>(
    'select count(*)::int as rows from public.thread',
  );
  expect(row?.rows).toBe(manifest.tables['public.thread']?.rows);
  const { auth, storage } = createClient(again.url, again.secretKey, { auth: { persistSession: false } });
  expect(
    await (await storage.from('documents').download(`${account.id}/one/original.txt`)).data?.text(),
  ).toBe('bytes');
  expect(
    (await auth.signInWithPassword({ email: 'ada@example.com', password: 'a long test password' })).error,
  ).toBeNull();
  await expect(restoreBackup({ from: folder, dataFolder: empty.path, force: true })).rejects.toThrow(
    'in use by process',
  );
  await again.close();

  await expect(makeBackup({ ...common, dataFolder: path.join(data.path, 'nothing') })).rejects.toThrow(
    'There is no database',
  );
  // The same of a stack that does not run.
  const still = await makeBackup({
    dataFolder: empty.path,
    into: backups.path,
    running,
    keepDays: 7,
    now: new Date('2026-01-10T00:00:00Z'),
  });
  expect(still.manifest.schema).toBe(manifest.schema);
  expect(still.manifest.tables['public.thread']).toEqual(manifest.tables['public.thread']);

  await appendFile(path.join(folder, 'database.tar.gz'), 'x');
  await expect(verifyBackup(folder)).rejects.toThrow('database.tar.gz');
  await rm(path.join(still.folder, 'database.tar.gz'));
  await expect(restoreBackup({ from: still.folder, dataFolder: data.path, force: true })).rejects.toThrow(
    'missing',
  );
  await writeFile(path.join(still.folder, 'manifest.json'), '');
  expect((await readFile(path.join(data.path, 'supabase', 'postgres.created'))).length).toBe(0);
});
