import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { close, listen } from '../stack/http.ts';
import { type Operator, operatorOf, waitUntil } from './testing/harness.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const APP = fileURLToPath(new URL('./testing/app-process.ts', import.meta.url));

let folder: string;
let serverPort: number;
let appPort: number;
let operator: Operator;
const children = new Set<ChildProcess>();

async function freePort(): Promise<number> {
  const server = createServer();
  const url = await listen(server, 0);
  await close(server);
  return Number(new URL(url).port);
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'inngest-'));
  serverPort = await freePort();
  appPort = await freePort();
  operator = operatorOf(`http://127.0.0.1:${serverPort}`);
});

afterEach(async () => {
  await Promise.all([...children].map(kill));
  rmSync(folder, { recursive: true, force: true });
});

async function launch(args: string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, INNGEST_SIGNING_KEY: '', INNGEST_EVENT_KEY: '' },
  });
  children.add(child);
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => resolve());
    child.once('exit', (code) => reject(new Error(`${args[0]} ended with ${code}`)));
  });
  return child;
}

function kill(child: ChildProcess): Promise<void> {
  children.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

const startServer = () =>
  launch([
    MAIN,
    '--port',
    String(serverPort),
    '--data',
    join(folder, 'data', 'inngest.sqlite'),
    '--app',
    `http://127.0.0.1:${appPort}/api/inngest`,
  ]);
const startApp = () => launch([APP, String(appPort), `http://127.0.0.1:${serverPort}`, join(folder, 'log')]);
const synced = () => waitUntil('the app is registered', async () => (await operator.health()).app?.synced);

function log(): string[] {
  try {
    return readFileSync(join(folder, 'log'), 'utf8').trim().split('\n');
  } catch {
    // Nothing has been written yet.
    return [];
  }
}

function count(line: string): number {
  return log().filter((entry) => entry === line).length;
}

test('a run goes on where it was after the server is killed in the middle of it', async () => {
  let server = await startServer();
  await startApp();
  await synced();
  const [id] = await operator.send({ name: 'work', data: { n: 1, pause: 60 } });
  await waitUntil('it embeds', () => log().includes('begin 1/embed'));
  await kill(server);
  server = await startServer();
  expect(await operator.ended(String(id))).toMatchObject({ status: 'completed', output: 3 });
  for (const part of [1, 2, 3]) expect(count(`end 1/part-${part}`)).toBe(1);
  // The step under way was called again, because its answer was lost with the server.
  expect(count('begin 1/embed')).toBe(2);
  expect([count('end 1/store'), count('end 1/publish')]).toEqual([1, 1]);
});

test('a server that is stopped keeps what is under way for the next one', async () => {
  const server = await startServer();
  await startApp();
  await synced();
  const [id] = await operator.send({ name: 'work', data: { n: 1, pause: 400 } });
  await waitUntil('it embeds', () => log().includes('begin 1/embed'));
  const stopped = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  expect(await stopped).toBe(0);
  await startServer();
  expect(await operator.ended(String(id))).toMatchObject({ status: 'completed', output: 3 });
  // The answer of the step under way was waited for, so it did not run twice.
  expect(count('begin 1/embed')).toBe(1);
});

test('a step that dies with its app is called again, without costing an attempt', async () => {
  await startServer();
  const app = await startApp();
  await synced();
  const [id] = await operator.send({ name: 'work', data: { n: 1, pause: 150 } });
  await waitUntil('it embeds', () => log().includes('begin 1/embed'));
  await kill(app);
  await delay(100);
  await startApp();
  // The function allows no retry, so any attempt counted would have failed the run.
  const run = await operator.ended(String(id));
  expect(run).toMatchObject({ status: 'completed', output: 3 });
  expect([count('begin 1/embed'), count('end 1/embed')]).toEqual([2, 1]);
  for (const part of [1, 2, 3]) expect(count(`end 1/part-${part}`)).toBe(1);
});

test('events sent while the app is down, before it was ever there, or just before a kill are not lost', async () => {
  let server = await startServer();
  const [early] = await operator.send({ name: 'work', data: { n: 1, pause: 1 } });
  const app = await startApp();
  expect(await operator.ended(String(early))).toMatchObject({ status: 'completed' });
  await kill(app);
  const [down] = await operator.send({ name: 'work', data: { n: 2, pause: 1 } });
  const [acknowledged] = await operator.send({ name: 'work', data: { n: 3, pause: 1 } });
  await kill(server);
  server = await startServer();
  await startApp();
  expect(await operator.ended(String(down))).toMatchObject({ status: 'completed' });
  expect(await operator.ended(String(acknowledged))).toMatchObject({ status: 'completed' });
  expect(server.exitCode).toBeNull();
});

test('a burst survives the server and the app being killed at ten arbitrary moments', async () => {
  let server = await startServer();
  let app = await startApp();
  await synced();
  const total = 20;
  const sent: string[] = [];
  for (let n = 0; n < total; n++) {
    sent.push(...(await operator.send({ name: 'work', data: { n, pause: 120 } })));
  }
  for (let round = 0; round < 10; round++) {
    await delay(40 + ((round * 97) % 160));
    if (round % 2 === 0) {
      await kill(server);
      server = await startServer();
    } else {
      await kill(app);
      app = await startApp();
    }
  }
  const isOver = async () => (await operator.health()).runs.running === 0;
  await waitUntil('all runs ended', isOver, 60_000);
  const runs = await operator.allRuns();
  expect(runs.map(({ status }) => status)).toEqual(Array(total).fill('completed'));
  expect(
    (await Promise.all(sent.map((id) => operator.runsOf(id)))).every((found) => found.length === 1),
  ).toBe(true);
  for (let n = 0; n < total; n++) expect(count(`end ${n}/publish`)).toBeGreaterThanOrEqual(1);
  expect((await operator.health()).queue).toMatchObject({ waiting: 0, inFlight: 0 });
}, 120_000);

test('a second server names the port or the data file that is taken', async () => {
  await startServer();
  const refusal = async (port: number, file: string): Promise<string> => {
    const second = spawn(process.execPath, [MAIN, '--port', String(port), '--data', join(folder, file)]);
    let text = '';
    second.stderr.on('data', (chunk) => {
      text += String(chunk);
    });
    const code = await new Promise((resolve) => second.once('close', resolve));
    return `${code} ${text}`;
  };
  expect(await refusal(serverPort, 'other.sqlite')).toMatch(
    new RegExp(`^1 [\\s\\S]*Port ${serverPort} is taken\\.`),
  );
  expect(await refusal(await freePort(), 'data/inngest.sqlite')).toMatch(
    /^1 [\s\S]*is in use by another server\./,
  );
});
