import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { GET as settings } from '../app/offline.settings/route.ts';

for (const name of ['NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY', 'SUPABASE_SECRET_KEY', 'OPENAI_API_KEY'])
  vi.stubEnv(name, 'key');
vi.stubEnv('NEXT_PUBLIC_SUPABASE_URL', 'http://127.0.0.1:1');
const { words } = JSON.parse(/\{.*\}/s.exec(await settings().text())?.[0] ?? '');
const source = readFileSync(path.resolve(import.meta.dirname, '../public/sw.js'), 'utf8');
const ORIGIN = 'https://clerva.test';
const MAYA = '11111111-1111-4111-8111-111111111111';
const INES = '22222222-2222-4222-8222-222222222222';
const DOCUMENT = `/library/${MAYA}`;

type Given = { url?: string; path?: string } | string;
const keyOf = (given: Given | Request) =>
  new URL(typeof given === 'string' ? given : (given.url ?? ''), ORIGIN).href;

/** The Cache of a browser as far as the worker uses it: by address, in the order things were put. */
function fakeCaches(network: (path: string) => Promise<Response>) {
  const all = new Map<string, Map<string, Response>>();
  const open = async (name: string) => {
    const entries = all.get(name) ?? new Map<string, Response>();
    all.set(name, entries);
    return {
      match: async (given: Given) => entries.get(keyOf(given))?.clone(),
      put: async (given: Given, response: Response) => void entries.set(keyOf(given), response),
      delete: async (given: Given) => entries.delete(keyOf(given)),
      keys: async () => [...entries.keys()].map((url) => ({ url })),
      add: async (given: string) => void entries.set(keyOf(given), await network(given)),
    };
  };
  return { all, open, keys: async () => [...all.keys()], delete: async (name: string) => all.delete(name) };
}

const page = (student: string | undefined, title: string, code = '/_next/static/chunks/a.js', lang = 'en') =>
  new Response(
    `<html lang="${lang}"><head><title>${title} · Clerva</title>${student ? `<meta name="clerva-student" content="${student}"/>` : ''}<script src="${code}"></script></head></html>`,
    { headers: { 'content-type': 'text/html' } },
  );

type Handler = (event: object) => void;

/** A worker in a browser whose network does what a test says. */
function browser() {
  const answers = new Map<string, () => Response | Promise<Response>>();
  const state = { isOffline: false, unregistered: 0, skipped: 0, asked: [] as string[] };
  const network = async (given: Given | Request) => {
    const { pathname, search } = new URL(keyOf(given));
    state.asked.push(pathname + search);
    if (state.isOffline) throw new TypeError('Failed to fetch');
    const answer = answers.get(pathname + search) ?? answers.get(pathname);
    const response = (await answer?.()) ?? new Response(`code of ${pathname}`);
    if (response.url === '') Object.defineProperty(response, 'url', { value: `${ORIGIN}${pathname}` });
    return response;
  };
  const caches = fakeCaches(network);
  function start(build = 'one', isOn = true) {
    const handlers = new Map<string, Handler>();
    const self = {
      location: { origin: ORIGIN },
      clients: { claim: async () => undefined },
      registration: { unregister: async () => void state.unregistered++ },
      skipWaiting: () => void state.skipped++,
      addEventListener: (name: string, handler: Handler) => handlers.set(name, handler),
      clerva: { build, isOn, words },
    };
    const context = { self, caches, fetch: network, importScripts: () => undefined, Response, Request, URL };
    runInContext(source, createContext({ ...context, console, Set, Map, Promise }));
    const emit = async (name: string, event: Record<string, unknown> = {}) => {
      let answer: Promise<Response> | undefined;
      const waits: Promise<unknown>[] = [];
      handlers.get(name)?.({
        ...event,
        waitUntil: (work: Promise<unknown>) => waits.push(work),
        respondWith: (given: Promise<Response>) => {
          answer = given;
        },
      });
      const response = await answer;
      await Promise.all(waits);
      return response;
    };
    const ask = (url: string, { method = 'GET', mode = 'cors' } = {}) =>
      emit('fetch', { request: { url: `${ORIGIN}${url}`, method, mode, headers: new Headers() } });
    return {
      emit,
      ask,
      open: async (url: string) => (await ask(url, { mode: 'navigate' }))?.text(),
      signOut: () => ask('/auth/sign-out', { method: 'POST', mode: 'navigate' }),
      keep: (...paths: string[]) => emit('message', { data: { do: 'keep', paths } }),
    };
  }
  const keptPaths = () =>
    [...caches.all].flatMap(([name, entries]) =>
      name.startsWith('clerva-kept-') ? [...entries.keys()].map((url) => url.slice(ORIGIN.length)) : [],
    );
  return { answers, state, caches, start, keptPaths };
}

let there: ReturnType<typeof browser>;
beforeEach(() => {
  there = browser();
  for (const path of ['/', '/practice', '/practice/review', '/library', '/plan', DOCUMENT])
    there.answers.set(path, () => page(MAYA, `Page ${path}`));
  there.answers.set('/sign-in', () => page(undefined, 'Sign in'));
});

describe('without a connection', () => {
  test('opens what was kept or opened, with its code, and says what is here in place of anything else', async () => {
    const worker = there.start();
    await worker.keep(
      '/',
      '/practice',
      '/practice/review',
      '/library',
      `${DOCUMENT}?p=2`,
      '/plan',
      '/api/nudges',
    );
    await worker.open(DOCUMENT);
    there.state.isOffline = true;
    for (const path of ['/', '/practice', '/practice/review', '/library', DOCUMENT, `${DOCUMENT}?p=2`])
      expect(await worker.open(path), path).toContain('clerva-student');
    expect(await (await worker.ask('/_next/static/chunks/a.js'))?.text()).toBe(
      'code of /_next/static/chunks/a.js',
    );
    const missing = await worker.open('/plan');
    expect(missing).toContain('not kept on this device');
    expect(missing).toContain(`<a href="${DOCUMENT}">`);
    // Another page of a document, or a deck of its own, is not shown in place of the one that was asked for.
    for (const path of [`${DOCUMENT}?p=7`, '/practice/review?deck=x'])
      expect(await worker.open(path), path).toContain('You are offline');
  });

  test('a document of which several pages are kept is named once, and opens', async () => {
    const worker = there.start();
    const named = async () => {
      there.state.isOffline = true;
      const links = [...((await worker.open('/plan')) ?? '').matchAll(/href="(\/library\/[^"]+)"/g)];
      there.state.isOffline = false;
      return links.map(([, href]) => href);
    };
    await worker.keep(`${DOCUMENT}?p=2`, `${DOCUMENT}?p=4`);
    expect(await named()).toEqual([`${DOCUMENT}?p=4`]);
    await worker.open(DOCUMENT);
    await worker.keep(`${DOCUMENT}?p=5`);
    expect(await named()).toEqual([DOCUMENT]);
  });

  test('what is not here is told in the language of what is', async () => {
    const worker = there.start();
    there.answers.set('/practice', () => page(MAYA, 'Üben', undefined, 'de'));
    await worker.open('/practice');
    there.state.isOffline = true;
    const missing = await worker.open('/plan');
    for (const words of ['<html lang="de">', 'Du bist offline', 'Üben', 'Noch einmal versuchen'])
      expect(missing).toContain(words);
  });

  test('nothing else is kept: no answer of the API, no other page, no review of one deck', async () => {
    const worker = there.start();
    expect(await worker.ask('/api/documents')).toBeUndefined();
    expect(await worker.ask('/api/shell')).toBeUndefined();
    for (const path of ['/plan', '/practice/review?deck=x', '/you', '/ask/1']) await worker.open(path);
    expect(there.keptPaths()).toEqual(['/student']);
  });

  test('a document that is gone is not kept on, and only so many are', async () => {
    const worker = there.start();
    await worker.open(DOCUMENT);
    there.answers.set(DOCUMENT, () => new Response('', { status: 404 }));
    await worker.open(DOCUMENT);
    expect(there.keptPaths()).not.toContain(DOCUMENT);
    there.answers.set(DOCUMENT, () => page(MAYA, 'x'));
    for (let number = 1; number <= 205; number++) await worker.open(`${DOCUMENT}?p=${number}`);
    const pages = there.keptPaths().filter((path) => path.startsWith('/library/'));
    expect([pages.length, pages[0]]).toEqual([200, `${DOCUMENT}?p=6`]);
  });
});

describe('another student', () => {
  const isEmpty = () => expect(there.keptPaths().filter((path) => path !== '/student')).toEqual([]);

  test.each([
    ['signing out', (worker: ReturnType<typeof there.start>) => worker.signOut()],
    [
      'the sign-in page, where a session ended elsewhere',
      (worker: ReturnType<typeof there.start>) => worker.open('/sign-in?next=%2F'),
    ],
    [
      'being led to it while pages are kept',
      async (worker: ReturnType<typeof there.start>) => {
        const led = { url: { value: `${ORIGIN}/sign-in` }, redirected: { value: true } };
        there.answers.set('/', () => Object.defineProperties(page(undefined, 'Sign in'), led));
        await worker.keep('/');
      },
    ],
  ])('finds nothing after %s', async (_, leave) => {
    const worker = there.start();
    await worker.open('/practice');
    await leave(worker);
    isEmpty();
    there.state.isOffline = true;
    expect(await worker.open('/practice')).toContain('You are offline');
  });

  test('finds nothing after signing in past the first', async () => {
    const worker = there.start();
    await worker.open('/practice');
    there.answers.set('/', () => page(INES, 'Today'));
    await worker.open('/');
    there.state.isOffline = true;
    expect(await worker.open('/practice')).toContain('You are offline');
    expect(await worker.open('/')).toContain(INES);
  });

  test('never finds a page that was on its way while its student signed out', async () => {
    const worker = there.start();
    const { promise, resolve } = Promise.withResolvers<string>();
    there.answers.set('/practice', () => {
      const response = page(MAYA, 'x');
      response.clone = () => response;
      response.text = () => promise;
      return response;
    });
    const opening = worker.keep('/practice');
    await new Promise((done) => setTimeout(done, 5));
    await worker.signOut();
    resolve(await page(MAYA, 'x').text());
    await opening;
    isEmpty();
  });
});

test('a new version takes along what was opened, made anew, and drops the old', async () => {
  const old = there.start('one');
  await old.open(DOCUMENT);
  there.answers.set(DOCUMENT, () => page(MAYA, 'New', '/_next/static/chunks/b.js'));
  const worker = there.start('two');
  await worker.emit('activate');
  expect((await there.caches.keys()).toSorted()).toEqual(['clerva-code-two', 'clerva-kept-two']);
  there.state.isOffline = true;
  expect(await worker.open(DOCUMENT)).toContain('New');
  await worker.emit('message', { data: { do: 'take over' } });
  expect(there.state.skipped).toBe(1);
});

test('switched off, it removes all it kept and itself, and answers nothing', async () => {
  await there.start().open('/practice');
  const worker = there.start('two', false);
  await worker.emit('install');
  await worker.emit('activate');
  expect([await there.caches.keys(), there.state.unregistered, there.state.skipped]).toEqual([[], 1, 1]);
  expect(await worker.ask('/practice', { mode: 'navigate' })).toBeUndefined();
});
