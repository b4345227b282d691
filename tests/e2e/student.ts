import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { type BrowserContext, expect, type Page, test as plain } from '@playwright/test';

export const TIDES = `# Tides

A tide is the regular rise and fall of the sea. The moon causes most of it, because its gravity pulls the near side of the earth more strongly than the far side.

## Spring tides

A spring tide happens when the sun, the moon and the earth stand in one line. At a spring tide the range between high and low water is largest.

## Neap tides

A neap tide happens when the sun and the moon stand at right angles as seen from the earth. At a neap tide the range is smallest.
`;

/** Every test also holds each page it sees to its own policy: nothing was refused that the app itself loads or runs. */
export const test = plain.extend<{ keepsPolicy: undefined }>({
  keepsPolicy: [
    async ({ browser }, use) => {
      const refused: string[] = [];
      const watch = (context: BrowserContext) =>
        void context.on('console', (line) => {
          if (/content security policy/i.test(line.text()))
            refused.push(`${line.page()?.url()} ${line.text()}`);
        });
      browser.contexts().forEach(watch);
      browser.on('context', watch);
      await use(undefined);
      browser.off('context', watch);
      expect(refused).toEqual([]);
    },
    { auto: true },
  ],
});

export const PASSWORD = 'correct horse battery';

/** Makes an account through the page and waits until the app is open; gives its address. */
export async function signUp(page: Page, name: string): Promise<string> {
  const email = `${name.toLowerCase()}-${Date.now()}@example.com`;
  await page.goto('/sign-up');
  await page.getByLabel(/name/i).first().fill(name);
  await page.getByLabel(/e-?mail/i).fill(email);
  await page
    .getByLabel(/password/i)
    .first()
    .fill(PASSWORD);
  await page
    .getByRole('button', { name: /sign up|create|start/i })
    .first()
    .click();
  await expect(page).not.toHaveURL(/sign-up/);
  return email;
}

/** Messages that come meanwhile wait in People, as when a student mutes them for the day. */
export const withoutMessages = (page: Page) =>
  page.addInitScript((mutedUntil) => {
    window.localStorage.setItem('clerva-nudges', JSON.stringify({ snoozed: {}, mutedUntil }));
  }, Date.now() + 86_400_000);

/** Signs in as the demo student, who has a fortnight of study, and waits until all of it and the others are there. */
export async function enterAsDemo(page: Page): Promise<void> {
  await page.goto('/sign-in');
  await page.getByRole('button', { name: /demo/i }).click();
  await expect(page).toHaveURL(/\/$/);
  await expect
    .poll(
      async () => [
        (await call(page, 'GET', '/api/plans')).active !== null,
        (await call(page, 'GET', '/api/people')).matches.length > 0,
      ],
      { timeout: 60_000 },
    )
    .toEqual([true, true]);
}

export type PickedFile = { name: string; mimeType: string; buffer: Buffer };

/** Adds files in the library and stays there. */
export async function addFiles(page: Page, ...files: PickedFile[]): Promise<void> {
  await page.goto('/library');
  await page.locator('input[type=file]').first().setInputFiles(files);
}

/** File names with how far each is, from the API. */
export async function documentStates(page: Page): Promise<string[]> {
  const { documents } = await (await page.request.get('/api/documents')).json();
  return documents.map(
    (document: { fileName: string; status: string }) => `${document.fileName} ${document.status}`,
  );
}

/** Adds one Markdown note and waits until it is ready. */
export async function addNote(page: Page, name: string, text: string): Promise<void> {
  await addFiles(page, { name, mimeType: 'text/markdown', buffer: Buffer.from(text) });
  await expect.poll(() => documentStates(page), { timeout: 30_000 }).toContain(`${name} ready`);
}

const SEED_NOTES = ['memory.md', 'cell-division.md'];

/** Notes that quizzes, cards and plans can be made from. */
export async function addSeedNotes(page: Page): Promise<void> {
  const folder = resolve(import.meta.dirname, '..', '..', 'supabase', 'seed');
  const files = SEED_NOTES.map((name) => ({
    name,
    mimeType: 'text/markdown',
    buffer: readFileSync(resolve(folder, name)),
  }));
  await addFiles(page, ...files);
  await expect
    .poll(async () => (await documentStates(page)).toSorted(), { timeout: 30_000 })
    .toEqual(SEED_NOTES.map((name) => `${name} ready`).toSorted());
}

/** Asks a new question and waits for the answer's end. */
export async function ask(page: Page, question: string): Promise<void> {
  await page.goto('/ask');
  await page.getByRole('textbox').first().fill(question);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /copy/i }).first()).toBeVisible({ timeout: 30_000 });
}

/** Until the code of a page has taken it over: a key that is pressed before is nobody's. */
export async function listening(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const button = [...document.querySelectorAll('main button')].at(-1);
    return button !== undefined && Object.keys(button).some((key) => key.startsWith('__reactProps'));
  });
}

/** Asks the app's own API as the page does. */
export const call = (page: Page, method: string, path: string, body?: unknown) =>
  page.evaluate(
    async ([verb, url, text]) => {
      const response = await fetch(url, {
        method: verb,
        ...(text === undefined ? {} : { body: text, headers: { 'content-type': 'application/json' } }),
      });
      return response.status === 204 ? null : response.json();
    },
    [method, path, body === undefined ? undefined : JSON.stringify(body)] as const,
  );

type Source = { docId: string; ordRange?: { from: number; to: number } };

/** Takes a quiz twice, certain each time: the first choices, then what is known to be wrong. */
export async function failQuiz(page: Page, source: Source): Promise<void> {
  const order = { kind: 'quiz', n: 10, sources: [source] };
  const { quizId } = await (await page.request.post('/api/make', { data: order })).json();
  const { items } = await call(page, 'GET', `/api/quizzes/${quizId}`);
  const right = new Map<string, string>();
  for (let takes = 0; takes < 2; takes++) {
    const { attempt } = await call(page, 'POST', `/api/quizzes/${quizId}/attempts`, {});
    for (const { id, choices } of items) {
      const optionId = choices.find((choice: { id: string }) => choice.id !== right.get(id)).id;
      const given = { itemId: id, optionId, confidence: 'certain', durationMs: 4_000 };
      const told = await call(page, 'POST', `/api/quizzes/attempts/${attempt.id}/answers`, given);
      right.set(id, told.answer);
    }
  }
}

/** The id of the student who is signed in. */
export async function idOf(page: Page): Promise<string> {
  const { token } = await call(page, 'GET', '/api/realtime/token');
  return JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString()).sub;
}

/** What fades in has the colours of its end only then: contrast is judged when nothing that ends is still moving. */
async function atRest(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document.getAnimations().every((animation) => {
      const ends = Number.isFinite(Number(animation.effect?.getComputedTiming().endTime));
      return !ends || animation.playState === 'finished' || animation.playState === 'idle';
    }),
  );
}

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** All of a page, or what is open on it, by the rules and by good practice: headings in order, everything in a landmark. */
export async function expectAccessible(page: Page, within?: string): Promise<void> {
  await atRest(page);
  const all = new AxeBuilder({ page }).setLegacyMode().withTags(RULES);
  const { violations } = await (within === undefined ? all : all.include(within)).analyze();
  expect
    .soft(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`),
      page.url(),
    )
    .toEqual([]);
}
