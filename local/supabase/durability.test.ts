import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { migrationFolder, type TemporaryFolder, temporaryFolder } from '../../tests/setup/database.ts';
import { startGateway } from './gateway.ts';
import { clientOf, NOTE_PROJECT, PASSWORD } from './test-project.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

let migrations: TemporaryFolder;
/** A database that was made and closed: a copy of it opens at once. */
let made: TemporaryFolder;
let data: TemporaryFolder;
const children: ChildProcess[] = [];

beforeAll(async () => {
  migrations = await migrationFolder(NOTE_PROJECT);
  made = await temporaryFolder();
  const gateway = await startGateway({ port: 0, dataDir: made.path, migrationsDir: migrations.path });
  await gateway.close();
});

beforeEach(async () => {
  data = await temporaryFolder();
});

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  }
  await data.remove();
});

afterAll(() => Promise.all([migrations.remove(), made.remove()]));

type Ready = { url: string; publishableKey: string; secretKey: string };

function run(...flags: string[]) {
  const child = spawn(
    process.execPath,
    [MAIN, '--data', data.path, '--migrations', migrations.path, ...flags],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  children.push(child);
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += String(chunk);
  });
  return { child, errors: () => errors };
}

async function ready(child: ChildProcess): Promise<Ready> {
  if (!child.stdout) throw new Error('no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const message = JSON.parse(line);
    if (message.ready === true) return message;
  }
  throw new Error('The gateway ended before it was ready.');
}

test('no acknowledged row, file or session is lost when the process is killed', async () => {
  await cp(made.path, data.path, { recursive: true });
  const first = run('--port', '0');
  const stack = await ready(first.child);
  const client = clientOf(stack);
  await client.auth.signUp({ email: 'durable@example.com', password: PASSWORD });
  const session = (await client.auth.getSession()).data.session;
  const filePath = `${session?.user.id}/kept/original.pdf`;
  const stored = await client.storage
    .from('documents')
    .upload(filePath, new Blob(['kept'], { type: 'text/plain' }));
  expect(stored.error).toBeNull();
  const signed = await client.storage.from('documents').createSignedUrl(filePath, 600);

  const acknowledged: string[] = [];
  const writers = Array.from({ length: 4 }, async (_, writer) => {
    for (let index = 0; ; index += 1) {
      const body = `${writer}-${index}`;
      const { error } = await client.from('note').insert({ body });
      if (error) return;
      acknowledged.push(body);
    }
  });
  await vi.waitUntil(() => acknowledged.length >= 40, { timeout: 30_000, interval: 10 });
  first.child.kill('SIGKILL');
  await Promise.all(writers);
  expect(first.errors()).toBe('');

  // The lock file of the killed process is still there.
  const again = await startGateway({
    port: Number(new URL(stack.url).port),
    dataDir: data.path,
    migrationsDir: migrations.path,
  });
  const returned = clientOf(again);
  const { error } = await returned.auth.setSession({
    access_token: session?.access_token ?? '',
    refresh_token: session?.refresh_token ?? '',
  });
  expect(error).toBeNull();
  const { data: rows } = await returned.from('note').select('body').limit(1000);
  const kept = new Set(rows?.map((row) => row.body));
  expect(acknowledged.filter((body) => !kept.has(body))).toEqual([]);
  const file = await returned.storage.from('documents').download(filePath);
  expect([file.data?.type, await file.data?.text()]).toEqual(['text/plain', 'kept']);
  expect(await (await fetch(signed.data?.signedUrl ?? '')).text()).toBe('kept');
  expect(again.database.applied).toEqual([]);
  await again.close();
}, 60_000);

test('a second process on the same data folder is refused with a reason, and the first goes on', async () => {
  await cp(made.path, data.path, { recursive: true });
  const first = run('--port', '0');
  const stack = await ready(first.child);
  const second = run('--port', '0');
  const [code] = await once(second.child, 'exit');
  expect(code).toBe(1);
  expect(second.errors()).toContain(`is in use by process ${first.child.pid}`);
  expect(second.errors()).not.toContain(' at ');
  expect(await (await fetch(`${stack.url}/health`)).json()).toEqual({ status: 'ok' });

  first.child.kill('SIGTERM');
  const [stopped] = await once(first.child, 'exit');
  expect(stopped).toBe(0);
  await expect(readFile(path.join(data.path, 'gateway.lock'))).rejects.toThrow('ENOENT');
}, 60_000);

test('a taken port is named before the data folder is touched', async () => {
  const other = await startGateway({ port: 0, migrationsDir: '/does/not/exist' });
  const port = new URL(other.url).port;
  const second = run('--port', port);
  const [code] = await once(second.child, 'exit');
  expect(code).toBe(1);
  expect(second.errors()).toBe(
    `supabase: Port ${port} is taken. Stop what listens there, or choose another port.\n`,
  );
  await expect(readFile(path.join(data.path, 'signing-keys.json'))).rejects.toThrow('ENOENT');
  await other.close();
}, 60_000);

test('a lock left by a process whose number another process has now is taken over', async () => {
  await cp(made.path, data.path, { recursive: true });
  const stale = JSON.stringify({ pid: process.ppid, started: '1', id: 'long gone' });
  await writeFile(path.join(data.path, 'gateway.lock'), stale);
  const gateway = await startGateway({ port: 0, dataDir: data.path, migrationsDir: migrations.path });
  expect(await (await fetch(`${gateway.url}/health`)).json()).toEqual({ status: 'ok' });
  await gateway.close();
}, 60_000);

test('a first start that was interrupted is begun anew', async () => {
  const postgres = path.join(data.path, 'postgres');
  await mkdir(postgres, { recursive: true });
  await writeFile(path.join(postgres, 'PG_VERSION'), '17');
  const gateway = await startGateway({ port: 0, dataDir: data.path, migrationsDir: migrations.path });
  expect(await gateway.database.query('select count(*)::int as count from note')).toEqual([{ count: 0 }]);
  await gateway.close();
}, 60_000);
