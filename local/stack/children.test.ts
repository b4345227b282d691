import { createServer } from 'node:http';
import { afterEach, expect, test, vi } from 'vitest';
import { Children } from './children.ts';
import { close, listen } from './http.ts';

/** Answers with the number of its process, until `/busy` keeps it from everything else. */
const CHILD = `
  const server = require('node:http').createServer((request, response) => {
    while (request.url === '/busy');
    response.end(String(process.pid));
  });
  server.listen(Number(process.argv[1]), '127.0.0.1', () => console.log('{"ready":true,"url":"here"}'));`;

const onFatal = vi.fn();
let children: Children;
afterEach(() => children.stop());

async function start() {
  const place = createServer();
  const url = await listen(place, 0);
  await close(place);
  const lines: string[] = [];
  children = new Children(onFatal);
  await children.start({
    name: 'app',
    args: ['-e', CHILD, new URL(url).port],
    environment: process.env,
    watch: { url, everyMs: 10, limitMs: 150 },
    onLine: (_name, line) => lines.push(line),
  });
  const answer = async () => (await fetch(url)).text().then(Number);
  return { url, lines, pid: await answer(), answer };
}

test.each([
  ['is stopped', (_url: string, pid: number) => process.kill(pid, 'SIGSTOP')],
  ['never ends a request', (url: string) => void fetch(`${url}/busy`).catch(() => undefined)],
])(
  'a child that %s is ended and started again, with one line that says why',
  async (_how, hang) => {
    const { url, lines, pid, answer } = await start();
    hang(url, pid);
    await vi.waitFor(async () => expect(await answer()).not.toBe(pid), { timeout: 8_000, interval: 50 });
    expect(lines).toEqual([
      'ended by the watchdog, as it did not answer 3 times in a row; starting it again',
    ]);
    expect(onFatal).not.toHaveBeenCalled();
  },
  15_000,
);

test('a child that answers is left alone', async () => {
  const { lines, pid, answer } = await start();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect([lines, await answer()]).toEqual([[], pid]);
});

/** Says when it ends, and takes that long to. */
const SLOW_END = `
  process.on('SIGTERM', () => setTimeout(() => { console.log('ended'); process.exit(0); }, Number(process.argv[1])));
  setInterval(() => undefined, 1000);
  console.log('{"ready":true,"url":"here"}');`;

async function startThree(endMs: number) {
  const lines: string[] = [];
  children = new Children(onFatal);
  for (const name of ['database', 'jobs', 'app']) {
    await children.start({
      name,
      args: ['-e', SLOW_END, String(endMs)],
      environment: process.env,
      onLine: (who, line) => lines.push(`${who} ${line}`),
    });
  }
  return lines;
}

test('what was started last is ended first, and what it uses only when it has ended', async () => {
  const lines = await startThree(100);
  await children.stop();
  expect(lines).toEqual(['app ended', 'jobs ended', 'database ended']);
});

test('a second wish to stop waits for nobody', async () => {
  const lines = await startThree(60_000);
  const stopped = children.stop();
  await children.stop();
  await stopped;
  expect(lines).toEqual([]);
});
