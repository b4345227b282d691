import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Browser, type BrowserContext, chromium } from '@playwright/test';
import { DEMO } from '../local/stack/environment.ts';
import type { Benchmark, Measurement } from './benchmark.ts';

const root = resolve(import.meta.dirname, '..');
const PORT = Number(process.env.PORT ?? 3400);
const origin = `http://localhost:${PORT}`;
/** What any page may load of code, compressed, on a first visit. */
const MOST_KB = 300;
/** The page itself, and one call for what stands around it; the rest are calls of the page for what it shows. */
const MOST_SHELL_CALLS = 1;
const MOST_CALLS = 4;
const SLOW_3G = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
const MOST_SLOW_SECONDS = 8;

/** The built app with the demo student in it. */
async function startApp() {
  const environment = {
    ...process.env,
    PORT: String(PORT),
    LOCAL_SUPABASE_PORT: String(PORT + 1),
    LOCAL_INNGEST_PORT: String(PORT + 2),
    LOCAL_OPENAI_PORT: String(PORT + 3),
    LOCAL_DATA_DIR: process.env.LOCAL_DATA_DIR ?? mkdtempSync(join(tmpdir(), 'clerva-pages-')),
  };
  const child = spawn(process.execPath, [join(root, 'local', 'main.ts'), 'start'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const printed: string[] = [];
  child.stdout.on('data', (text) => printed.push(String(text)));
  const ended = once(child, 'exit');
  while (!printed.join('').includes('is ready on')) {
    if (child.exitCode !== null) throw new Error(`The app did not start.\n${printed.join('')}`);
    await wait(200);
  }
  return async () => {
    child.kill('SIGTERM');
    await ended;
  };
}

async function signIn(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: origin });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByLabel(/e-?mail/i).fill(DEMO.email);
  await page
    .getByLabel(/password/i)
    .first()
    .fill(DEMO.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => url.pathname === '/');
  return context;
}

const json = async (context: BrowserContext, path: string) =>
  (await context.request.get(origin + path)).json();

/** Every kind of page, by an address that shows something. */
async function addresses(context: BrowserContext): Promise<[name: string, path: string][]> {
  const documents = (await json(context, '/api/documents')).documents;
  const { threads } = await json(context, '/api/threads?limit=5');
  const { quizzes } = await json(context, '/api/quizzes');
  const people = await json(context, '/api/people');
  const person = [...people.here.users, ...people.matches][0];
  const first: [string, string | undefined][] = [
    ['Today', '/'],
    ['Ask', '/ask'],
    ['a conversation', threads[0] && `/ask/${threads[0].id}`],
    ['all conversations', '/ask/all'],
    ['Library', '/library'],
    ['a document', documents[0] && `/library/${documents[0].id}`],
    ['a new note', '/library/new'],
    ['Practice', '/practice'],
    ['cards', '/practice/cards'],
    ['a review', '/practice/review'],
    ['a quiz', quizzes[0] && `/practice/quiz/${quizzes[0].id}`],
    ['Plan', '/plan'],
    ['Progress', '/progress'],
    ['People', '/people'],
    ['a person', person && `/people/${person.userId}`],
    ['a room', '/room'],
    ['You', '/you'],
    ['memory', '/you/memory'],
  ];
  return first.flatMap(([name, path]) => (path === undefined ? [] : [[name, path] as [string, string]]));
}

type Visit = { kilobytes: number; calls: string[]; warnings: string[] };

/** One visit with nothing kept from before, until the page has been still for a moment. */
async function visit(browser: Browser, cookies: BrowserContext | undefined, path: string): Promise<Visit> {
  const context = await browser.newContext({
    baseURL: origin,
    serviceWorkers: 'block',
    ...(cookies && { storageState: await cookies.storageState() }),
  });
  const page = await context.newPage();
  const found: Visit = { kilobytes: 0, calls: [], warnings: [] };
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  const scripts = new Map<string, string>();
  session.on('Network.responseReceived', ({ requestId, type, response }) => {
    if (type === 'Script' || /\.js(\?|$)/.test(response.url)) scripts.set(requestId, response.url);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const url = scripts.get(requestId);
    if (url === undefined) return;
    found.kilobytes += encodedDataLength / 1000;
    if (process.env.PAGES_VERBOSE)
      console.log(path, (encodedDataLength / 1000).toFixed(1), url.split('/').pop());
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.pathname.startsWith('/api/')) found.calls.push(`${request.method()} ${url.pathname}`);
  });
  page.on('console', (line) => {
    if (/preload/i.test(line.text())) found.warnings.push(line.text());
  });
  page.on('response', (response) => {
    if (response.status() >= 400) found.warnings.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(path, { waitUntil: 'load' });
  await page.waitForLoadState('networkidle').catch(() => undefined);
  // What is preloaded and unused is told of after some seconds.
  await wait(6_000);
  await context.close();
  return found;
}

const WORDS = 'What is a heap?';
/** The field for words of Ask or of Today. */
const BOX = '#main textarea, #main input[name=q]';

/**
 * On a slow line: seconds until a box takes words and keeps them, and whether it kept those that were typed as soon as it
 * was seen.
 */
async function slowly(browser: Browser, cookies: BrowserContext, path: string) {
  const storageState = await cookies.storageState();
  const context = await browser.newContext({ baseURL: origin, serviceWorkers: 'block', storageState });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', SLOW_3G);
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  await page.goto(path, { waitUntil: 'commit', timeout: 120_000 });
  const box = page.locator(BOX).first();
  await box.waitFor({ timeout: 120_000 });
  const seenAt = seconds();
  await box.fill(WORDS);
  await page.waitForFunction(
    (box) => Object.keys(document.querySelector(box) ?? {}).some((key) => key.startsWith('__reactProps')),
    BOX,
    { timeout: 120_000, polling: 50 },
  );
  const usableAt = seconds();
  // What is not the page's own by now would be lost with the next thing it draws.
  await wait(500);
  const lost = (await box.inputValue()) === WORDS ? 0 : 1;
  await context.close();
  return { seenAt, usableAt, lost };
}

/** The others of the demo come while the app is used already, an invitation last: what pages ask for then is for them. */
async function untilAllAreHere(student: BrowserContext): Promise<void> {
  for (let tries = 0; tries < 60; tries += 1) {
    if ((await json(student, '/api/shell')).inbox.nudges.length > 0) return;
    await wait(1_000);
  }
}

async function measure(browser: Browser): Promise<Measurement[]> {
  const student = await signIn(browser);
  await untilAllAreHere(student);
  const measurements: Measurement[] = [];
  const add = (name: string, { kilobytes, calls, warnings }: Visit) => {
    const ofShell = calls.filter((call) => call.endsWith('/api/shell')).length;
    measurements.push(
      { name: `${name}: code`, value: kilobytes, unit: 'kB', atMost: MOST_KB },
      { name: `${name}: calls`, value: calls.length, unit: 'count', atMost: MOST_CALLS },
      { name: `${name}: calls for the frame`, value: ofShell, unit: 'count', atMost: MOST_SHELL_CALLS },
      {
        name: `${name}: warnings of preloads, answers that fail`,
        value: warnings.length,
        unit: 'count',
        atMost: 0,
      },
    );
    if (process.env.PAGES_VERBOSE) console.log(name, calls.join(', '), warnings.join('; '));
  };
  add('sign in', await visit(browser, undefined, '/sign-in'));
  for (const [name, path] of await addresses(student)) add(name, await visit(browser, student, path));
  for (const [name, path] of [
    ['Today', '/'],
    ['Ask', '/ask'],
  ] as const) {
    const { seenAt, usableAt, lost } = await slowly(browser, student, path);
    measurements.push(
      { name: `${name}: a box is seen on slow 3G`, value: seenAt, unit: 's' },
      {
        name: `${name}: a box keeps words on slow 3G`,
        value: usableAt,
        unit: 's',
        atMost: MOST_SLOW_SECONDS,
      },
      { name: `${name}: early words lost`, value: lost, unit: 'count', atMost: 0 },
    );
  }
  return measurements;
}

async function run(): Promise<Measurement[]> {
  const stop = await startApp();
  try {
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
      ],
    });
    try {
      return await measure(browser);
    } finally {
      await browser.close();
    }
  } finally {
    await stop();
  }
}

/** Needs `npm run build` first. */
export const pagesBenchmark: Benchmark = { name: 'Pages, each visited with nothing kept from before', run };
