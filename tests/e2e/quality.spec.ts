import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { parseEnvironment, published } from '../setup/stack';
import { ask, call, enterAsDemo, expectAccessible, signUp, test, withoutMessages } from './student';
import { smallTargets } from './targets';

/** Addresses of what is made below; until then by their names. */
const NAMES = {
  thread: '/ask/…',
  document: '…',
  quiz: '/practice/quiz/…',
  exam: '/practice/quiz/…/exam',
  person: '/people/…',
  room: '/room/…',
  shared: '/shared/…',
};
type Known = typeof NAMES;
type Place = [path: string | ((known: Known) => string), ready?: (page: Page) => Promise<unknown>];

const press = (name: string | RegExp) => (page: Page) =>
  page
    .getByRole('button', { name, exact: typeof name === 'string' })
    .first()
    .click();
const marked = (page: Page) => expect(page.locator('mark').first()).toBeVisible();

/** One question of a quiz, answered, and then the others up to the results. */
const answered = (all: boolean) => async (page: Page) => {
  const choice = page.getByRole('radio').first();
  const next = page.getByRole('button', { name: /^(Next|See how it went)/ });
  const results = page.getByRole('heading', { name: /\d of \d+ right/ });
  do {
    if (await next.isVisible()) await next.click();
    await expect(choice.and(page.locator('[aria-disabled=false]')).or(results)).toBeVisible();
    if (await results.isVisible()) return;
    await choice.click();
    await press('Certain')(page);
    await expect(next).toBeFocused();
  } while (all);
};

/** What anybody meets, and what a student does who has just come. */
const OUTSIDE: Place[] = [
  ['/sign-in'],
  ['/sign-up'],
  ['/auth/forgot-password'],
  ['/privacy'],
  ['/terms'],
  ['/shared/nothing'],
  [({ shared }) => shared],
];
const EMPTY: Place[] = [
  '/',
  '/ask',
  '/ask/all',
  '/library',
  '/practice',
  '/plan',
  '/progress',
  '/people',
].map((path) => [path]);
const FULL: Place[] = [
  ['/'],
  ['/ask'],
  ['/ask/all'],
  [({ thread }) => thread],
  [
    ({ thread }) => thread,
    async (page) => {
      await press(/source 1/i)(page);
      await marked(page);
    },
  ],
  ['/library'],
  ['/library', press('Select')],
  ['/library/new'],
  [({ document }) => `/library/${document}`],
  [({ document }) => `/library/${document}/edit`],
  ['/practice'],
  ['/practice/cards'],
  ['/practice/review?ahead=1'],
  ['/practice/review?ahead=1', press('Show the answer')],
  [({ quiz }) => quiz],
  [({ quiz }) => quiz, answered(false)],
  [({ quiz }) => quiz, answered(true)],
  [({ exam }) => exam],
  [({ exam }) => exam, press('Start the exam')],
  ['/plan'],
  ['/progress'],
  ['/people'],
  [({ person }) => person],
  ['/room'],
  [({ room }) => room],
  ['/you'],
  ['/you/memory'],
  ['/you/personas', press('New style')],
  ['/you/activity'],
  ['/nowhere'],
];

const sidewaysScroll = (page: Page) =>
  page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth));

/** On a telephone in the light, on a desk in the dark: rules of access, room for a finger, and nothing beyond the edge. */
async function look(page: Page, known: Known, [path, ready]: Place): Promise<void> {
  const address = typeof path === 'string' ? path : path(known);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(address, { waitUntil: 'networkidle' });
  await ready?.(page);
  await expectAccessible(page);
  expect.soft(await smallTargets(page), address).toEqual([]);
  const beyond = [await sidewaysScroll(page)];
  await page.setViewportSize({ width: 320, height: 700 });
  beyond.push(await sidewaysScroll(page));
  expect.soft(beyond, `${address} beyond 390 and 320 pixels`).toEqual([0, 0]);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page);
}

/** What the demo student has, and what is made here of everything there is to study with. */
async function prepare(page: Page): Promise<Known> {
  await enterAsDemo(page);
  await ask(page, 'What is working memory?');
  const thread = new URL(page.url()).pathname;
  const { documents } = await call(page, 'GET', '/api/documents');
  const memory = documents.find(({ fileName }: { fileName: string }) => fileName === 'memory.md');
  const sources = [{ docId: memory.id }];
  const make = async () => (await call(page, 'POST', '/api/make', { kind: 'quiz', n: 2, sources })).quizId;
  const share = await call(page, 'POST', `/api/threads/${thread.split('/').at(-1)}/share`, {
    withSources: true,
    expires: 'never',
  });
  const { matches } = await call(page, 'GET', '/api/people');
  return {
    thread,
    document: memory.id,
    quiz: `/practice/quiz/${await make()}`,
    exam: `/practice/quiz/${await make()}/exam`,
    person: `/people/${matches[0].userId}`,
    room: (await call(page, 'POST', '/api/rooms', { title: 'Memory midterm' })).path,
    shared: new URL(share.url).pathname,
  };
}

const faults: string[] = [];
const WALKS = { 'a stranger': OUTSIDE, 'a new student': EMPTY, 'a student': FULL };
let pages: Record<keyof typeof WALKS, Page>;
let known: Known;
test.beforeAll(async ({ browser }) => {
  const open = async () => {
    const page = await browser.newPage();
    await withoutMessages(page);
    page.on('pageerror', (error) => faults.push(`${page.url()} ${error.message}`));
    return page;
  };
  pages = { 'a stranger': await open(), 'a new student': await open(), 'a student': await open() };
  await signUp(pages['a new student'], 'Sam');
  known = await prepare(pages['a student']);
});

for (const who of ['a stranger', 'a new student', 'a student'] as const)
  for (const [index, [path, ready]] of WALKS[who].entries()) {
    const name = typeof path === 'string' ? path : path(NAMES);
    test(`${who} meets nothing inaccessible, too small or cut off at ${name} (${index + 1})`, async () => {
      await look(pages[who], known, [path, ready]);
      expect(faults.splice(0)).toEqual([]);
    });
  }

test('a page of another site gets nothing from any server of this machine, whatever key it bears', async ({
  page,
}) => {
  const file = readFileSync(join(process.env.E2E_DATA_DIR ?? '.local', 'stack.env'), 'utf8');
  const stack = published.parse(parseEnvironment(file));
  const { NEXT_PUBLIC_SUPABASE_URL: supabase, SUPABASE_SECRET_KEY: key, OPENAI_BASE_URL: model } = stack;
  const rows = `${supabase}/rest/v1/persona?select=*`;
  const doors = [
    rows,
    `${supabase}/auth/v1/admin/users`,
    `${supabase}/mailbox`,
    `${supabase}/health`,
    `${model}/models`,
    `${new URL(supabase).origin.replace(/\d+$/, (port) => String(Number(port) + 1))}/v1/runs`,
    '/api/ai-agent/chat',
    '/api/threads',
  ];
  const open = (given: { doors: string[]; key: string; app: string }) =>
    Promise.all(
      given.doors.map(async (door) => {
        const headers = { apikey: given.key, authorization: `Bearer ${given.key}` };
        // The app knows its student by a cookie, the other servers by a key.
        const options: RequestInit = door.startsWith('/') ? { credentials: 'include' } : { headers };
        return fetch(new URL(door, given.app), options).then(
          (response) => response.text(),
          () => null,
        );
      }),
    );
  await page.goto('/sign-in');
  const app = new URL(page.url()).origin;
  // The app's own page gets what it asks for, so that nothing below is nothing.
  expect(
    (await page.evaluate(open, { doors: [rows], key: stack.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY, app }))[0],
  ).not.toBeNull();

  await page.route('http://evil.example/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<p>Hello</p>' }),
  );
  await page.goto('http://evil.example/');
  expect(await page.evaluate(open, { doors, key, app })).toEqual(doors.map(() => null));
  const socket = `${supabase.replace('http', 'ws')}/realtime/v1/websocket?apikey=${key}&vsn=1.0.0`;
  const opened = await page.evaluate(
    (url) =>
      new Promise((resolve) => {
        const one = new WebSocket(url);
        one.onopen = () => resolve('open');
        one.onerror = () => resolve('closed');
      }),
    socket,
  );
  expect(opened).toBe('closed');
});
