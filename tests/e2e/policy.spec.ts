import { expect, type Page } from '@playwright/test';
import { ask, call, test } from './student';

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
];

/** A style that stands in a page as it is sent would not be applied. */
async function expectPlain(page: Page, path: string): Promise<void> {
  const answer = await page.goto(path);
  expect(await answer?.headerValue('content-security-policy')).not.toContain('unsafe-inline');
  const html = (await answer?.text()) ?? '';
  // What is written between scripts is data.
  const tags = html.replace(/<script\b[\s\S]*?<\/script>/g, '').match(/<[a-z][^>]*\sstyle="[^"]*"/g);
  expect([path, tags]).toEqual([path, null]);
  await expect(page.getByRole('main').first()).toBeVisible();
}

test('no page carries a style of its own or has one refused, and all is drawn as it is meant', async ({
  page,
}) => {
  await page.goto('/sign-in');
  await page.getByRole('button', { name: /demo/i }).click();
  await expect(page).not.toHaveURL(/sign-in/);
  for (const path of PAGES) await expectPlain(page, path);

  // Bars and charts have the lengths they tell.
  await page.goto('/progress');
  const widths = await page
    .locator('main svg circle')
    .evaluateAll((dots) => dots.map((dot) => Math.round(dot.getBoundingClientRect().x)));
  expect(new Set(widths).size).toBeGreaterThan(1);

  // The editor draws with styles that carry the nonce.
  await page.goto('/library/new');
  const editor = page.getByRole('textbox', { name: /Text of the note/ });
  await editor.fill('# Fractions\n\nSo $\\frac{a}{b}$ and $$\\sum_{i=1}^n \\sqrt{i}$$ hold.');
  expect(await page.locator('.cm-scroller').evaluate((element) => getComputedStyle(element).lineHeight)).toBe(
    '28px',
  );

  // Formulas stand as high as KaTeX says, on the page where they are written and on one that is loaded again.
  const { documents } = await call(page, 'GET', '/api/documents');
  expect(documents.length).toBeGreaterThan(0);
  await ask(page, 'Calculate 3/4 + 1/8');
  await page.goto('/api/docs');
  await expect(page.getByText('/api/ai-agent/chat', { exact: true }).first()).toBeVisible();
});
