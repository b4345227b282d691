import { resolve } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { call, signUp, test } from './student';

const MOST_PRESSES = 6;
const OWN_FILE = resolve(import.meta.dirname, '..', '..', 'supabase', 'seed', 'memory.md');

/** What can be done with the file, beside its name. */
const STUDY = { name: /^Study / };

/**
 * Counts what a hand does from the first page after signing up: every press of the pointer, Enter, and the choosing of a
 * file in the dialog of the browser, which no page sees. What is typed is no press.
 */
async function countPresses(page: Page): Promise<() => number> {
  let presses = 0;
  await page.exposeFunction('countPress', () => {
    presses += 1;
  });
  const listen = () => {
    const count = (event: Event) => {
      const isPress = event instanceof PointerEvent || (event as KeyboardEvent).key === 'Enter';
      if (event.isTrusted && isPress) void Reflect.get(window, 'countPress')();
    };
    document.addEventListener('pointerdown', count, true);
    document.addEventListener('keydown', count, true);
  };
  await page.addInitScript(listen);
  await page.evaluate(listen);
  page.on('filechooser', () => {
    presses += 1;
  });
  return () => presses;
}

/** From Today to the library, with a file of the student's own read in it. */
async function bringOwnFile(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('link', { name: 'Add notes' }).click();
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('main').getByRole('button', { name: 'Add notes' }).first().click();
  await (await choosing).setFiles(OWN_FILE);
  await expect(page.getByRole('group', STUDY)).toBeVisible({ timeout: 30_000 });
}

const JOURNEYS: [what: string, name: string, walk: (page: Page) => Promise<void>][] = [
  [
    'a cited answer',
    'Alma',
    async (page) => {
      await page.getByRole('group', STUDY).getByRole('link', { name: 'Ask' }).click();
      await page.getByRole('textbox', { name: 'Ask your notes' }).fill('What is working memory?');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('button', { name: /source 1/i }).first()).toBeVisible({ timeout: 30_000 });
    },
  ],
  [
    'a quiz',
    'Bela',
    async (page) => {
      await page.getByRole('group', STUDY).getByRole('button', { name: 'Quiz' }).click();
      await page.getByRole('button', { name: 'Make the quiz' }).click();
      // The notes are short, so that there may be fewer questions than were asked for.
      const start = page.getByRole('button', { name: 'Start the quiz' });
      const question = page.getByRole('progressbar', { name: /^Question 1 of/ });
      await expect(start.or(question).first()).toBeVisible({ timeout: 30_000 });
      if (await start.isVisible()) await start.click();
      await expect(question).toBeVisible();
    },
  ],
  [
    'five kept cards',
    'Cora',
    async (page) => {
      await page.getByRole('group', STUDY).getByRole('button', { name: 'Cards' }).click();
      await page.getByRole('button', { name: 'Make the cards' }).click();
      const open = page.getByRole('button', { name: 'Look through them' });
      const keep = page.getByRole('button', { name: 'Keep all' });
      await expect(open.or(keep).first()).toBeVisible({ timeout: 30_000 });
      if (await open.isVisible()) await open.click();
      await keep.click();
      await expect.poll(async () => (await call(page, 'GET', '/api/decks')).due).toBeGreaterThanOrEqual(5);
    },
  ],
];

for (const [what, name, walk] of JOURNEYS) {
  test(`a new student comes from their own file to ${what} in ${MOST_PRESSES} presses`, async ({ page }) => {
    await signUp(page, name);
    const presses = await countPresses(page);
    await bringOwnFile(page);
    await walk(page);
    expect(presses()).toBeLessThanOrEqual(MOST_PRESSES);
  });
}
