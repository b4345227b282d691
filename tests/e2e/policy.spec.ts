import { expect, type Page } from '@playwright/test';
import { test } from './student';

const PAGES = [
  '/',
  '/ask/all',
  '/library',
  '/library/new',
  '/practice',
  '/practice/cards',
  '/practice/review',
  '/plan',
  '/progress',
  '/people',
  '/room',
  '/you',
  '/you/memory',
  '/you/personas',
  '/you/activity',
  '/nowhere',
  '/privacy',
  '/terms',
  '/api/docs',
];

/** A style that stands in a page as it is sent would not be applied. */
async function expectPlain(page: Page, path: string): Promise<void> {
  const answer = await page.request.get(path);
  expect(answer.headers()['content-security-policy']).toMatch(/^(?!.*unsafe-inline).*style-src 'self'/);
  // What is written between scripts is data.
  const html = (await answer.text()).replace(/<script\b[\s\S]*?<\/script>/g, '');
  expect([path, html.match(/<[a-z][^>]*\sstyle="[^"]*"/g)]).toEqual([path, null]);
}

test('no page carries a style of its own or has one refused, and all is drawn as it is meant', async ({
  page,
}) => {
  await page.goto('/sign-in');
  await page.getByRole('button', { name: /demo/i }).click();
  await expect(page).not.toHaveURL(/sign-in/);
  for (const path of PAGES) {
    await expectPlain(page, path);
    await page.goto(path);
    await expect(page.locator('main:visible, .opblock-tag').first()).toBeVisible();
  }

  // Where something stands in a chart is an attribute of a drawing.
  await page.goto('/progress');
  const dots = page.locator('figure svg circle');
  await expect(dots.first()).toBeVisible();
  const places = await dots.evaluateAll((all) => all.map((dot) => Math.round(dot.getBoundingClientRect().x)));
  expect(new Set(places).size).toBeGreaterThan(1);

  // Libraries that add styles while the page is open take its nonce: the lock of a dialog, the editor.
  await expect(async () => {
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog')).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(page.locator('body')).toHaveCSS('overflow', 'hidden');
  await page.goto('/library/new');
  await page.getByRole('textbox', { name: 'Text of the note, in Markdown' }).click();
  await expect(page.locator('.cm-scroller')).toHaveCSS('line-height', '28px');

  // Formulas are drawn by the page itself, which may set styles.
  await page.locator('.cm-content').click();
  await expect(page.locator('.cm-focused')).toBeVisible();
  await page.keyboard.insertText('So $\\frac{a}{b}$ holds.');
  await page.getByRole('button', { name: 'Write and read' }).click();
  const strut = page.locator('.katex .strut').first();
  await expect(strut).toBeAttached();
  expect(await strut.evaluate((sign) => sign.getBoundingClientRect().height)).toBeGreaterThan(20);
});
