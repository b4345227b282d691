import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { parseEnvironment, published } from '../setup/stack';
import { addNote, addSeedNotes, ask, expectAccessible, signUp, TIDES, test } from './student';

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every page passes the accessibility rules in ${colorScheme}`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto('/sign-in');
    await expectAccessible(page);
    await signUp(page, `Sam${colorScheme}`);
    await expectAccessible(page);
    await page.goto('/library');
    await expectAccessible(page);
    await addNote(page, 'tides.md', TIDES);
    await expectAccessible(page);
    await ask(page, 'When does a spring tide happen?');
    await page
      .getByRole('button', { name: /source 1/i })
      .first()
      .click();
    await expect(page.locator('mark').first()).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('link', { name: /open document/i }).click();
    await expect(page.locator('mark').first()).toBeVisible();
    await expectAccessible(page);
    await page.goto('/you');
    await expectAccessible(page);
    expect(faults).toEqual([]);
    await context.close();
  });
}

/** Something of everything there is to study with, all of it made through the chat. Gives the address of the quiz. */
async function prepareStudies(page: Page): Promise<string> {
  await addSeedNotes(page);
  await ask(page, 'Make flashcards about cell division');
  await page.getByRole('button', { name: 'Keep all' }).click();
  await expect(page.getByText(/^\d+ kept$/)).toBeVisible();
  await ask(
    page,
    'Use createStudyPlan with {"goals":["Memory","Mitosis"],"timePerDayMin":20,"daysPerWeek":7}',
  );
  await ask(page, 'Quiz me on memory, 5 questions');
  return (await page.getByRole('link', { name: 'Start quiz' }).getAttribute('href')) ?? '';
}

const STUDY_PAGES = ['/practice', '/practice/cards', '/practice/review', '/plan', '/progress', '/you', '/'];

/** Answers every question of the open quiz, looking at each kind of screen on the way. */
async function takeQuiz(page: Page, look: () => Promise<void>): Promise<void> {
  const choice = page.getByRole('radio').first();
  const next = page.getByRole('button', { name: /^(Next|See how it went)/ });
  const results = page.getByRole('heading', { name: /\d of \d+ right/ });
  await expect(choice).toBeVisible();
  await look();
  for (let isFirst = true; !(await results.isVisible()); isFirst = false) {
    await choice.click();
    await page.getByRole('button', { name: 'Certain' }).click();
    await expect(next).toBeFocused();
    if (isFirst) await look();
    await next.click();
    await expect(choice.and(page.locator('[aria-disabled=false]')).or(results)).toBeVisible();
  }
  await look();
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every page to study with passes the accessibility rules in ${colorScheme}`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    await signUp(page, `Uli${colorScheme}`);
    const quiz = await prepareStudies(page);
    await expectAccessible(page);
    await page.goto(quiz);
    await takeQuiz(page, () => expectAccessible(page));
    for (const path of STUDY_PAGES) {
      await page.goto(path);
      await expect(page.getByRole('main').first()).toBeVisible();
      await expectAccessible(page);
    }
    await page.goto('/practice/review');
    await page.getByRole('button', { name: 'Show the answer' }).click();
    await expect(page.getByRole('button', { name: /^Good/ })).toBeVisible();
    await expectAccessible(page);
    expect(faults).toEqual([]);
    await context.close();
  });
}

test('nothing to study with scrolls sideways at 320 pixels', async ({ browser }) => {
  const page = await browser.newPage({ viewport: { width: 320, height: 700 } });
  await signUp(page, 'Vic');
  const quiz = await prepareStudies(page);
  await expectNoSidewaysScroll(page);
  await page.goto(quiz);
  await takeQuiz(page, () => expectNoSidewaysScroll(page));
  for (const path of STUDY_PAGES) {
    await page.goto(path);
    await expect(page.getByRole('main').first()).toBeVisible();
    await expectNoSidewaysScroll(page);
  }
  await page.close();
});

test('nothing scrolls sideways on a phone or at 320 pixels', async ({ browser }) => {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  await signUp(page, 'Tess');
  await addNote(page, 'tides.md', TIDES);
  await ask(page, 'When does a spring tide happen?');
  const thread = page.url();
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 700 });
    for (const path of ['/', '/library', '/ask', '/you', thread]) {
      await page.goto(path);
      await expect(page.getByRole('main').first()).toBeVisible();
      await expectNoSidewaysScroll(page);
    }
  }
  await page
    .getByRole('button', { name: /source 1/i })
    .first()
    .click();
  await expect(page.locator('mark').first()).toBeVisible();
  await expectNoSidewaysScroll(page);
  await page.close();
});

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
