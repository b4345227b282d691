import { resolve } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { call, signUp, test } from './student';

const MOST_PRESSES = 6;
const OWN_FILE = resolve(import.meta.dirname, '..', '..', 'supabase', 'seed', 'memory.md');
/** Holds fewer questions and cards than are asked for when nothing is said. */
const SHORT_FILE = {
  name: 'osmosis.md',
  mimeType: 'text/markdown',
  buffer: Buffer.from(`# Osmosis

Osmosis is the movement of water through a membrane towards the side with more dissolved matter. A semipermeable membrane lets water pass and holds most dissolved matter back.

Osmotic pressure is the pressure that stops osmosis. A hypertonic solution draws water out of a cell, which shrinks. A hypotonic solution lets a cell take water in and swell.

Turgor is the pressure of a plant cell on its wall. Plasmolysis is the shrinking of a plant cell away from its wall, and it begins where turgor ends.
`),
};

type OwnFile = string | typeof SHORT_FILE;

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
async function bringOwnFile(page: Page, file: OwnFile): Promise<void> {
  await page.getByRole('main').getByRole('link', { name: 'Add notes' }).click();
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('main').getByRole('button', { name: 'Add notes' }).first().click();
  await (await choosing).setFiles(file);
  await expect(page.getByRole('group', STUDY)).toBeVisible({ timeout: 30_000 });
}

const JOURNEYS: [what: string, name: string, file: OwnFile, walk: (page: Page) => Promise<void>][] = [
  [
    'a cited answer',
    'Alma',
    OWN_FILE,
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
    SHORT_FILE,
    async (page) => {
      await page.getByRole('group', STUDY).getByRole('button', { name: 'Quiz' }).click();
      await page.getByRole('button', { name: 'Make the quiz' }).click();
      await expect(page.getByRole('progressbar', { name: /^Question 1 of/ })).toBeVisible({
        timeout: 30_000,
      });
    },
  ],
  [
    'five kept cards',
    'Cora',
    SHORT_FILE,
    async (page) => {
      await page.getByRole('group', STUDY).getByRole('button', { name: 'Cards' }).click();
      await page.getByRole('button', { name: 'Make the cards' }).click();
      await page.getByRole('button', { name: 'Keep all' }).click({ timeout: 30_000 });
      await expect.poll(async () => (await call(page, 'GET', '/api/decks')).due).toBeGreaterThanOrEqual(5);
    },
  ],
];

for (const [what, name, file, walk] of JOURNEYS) {
  test(`a new student comes from their own file to ${what} in ${MOST_PRESSES} presses`, async ({ page }) => {
    await signUp(page, name);
    const presses = await countPresses(page);
    await bringOwnFile(page, file);
    await walk(page);
    expect(presses()).toBeLessThanOrEqual(MOST_PRESSES);
  });
}
