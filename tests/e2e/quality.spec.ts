import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { addNote, ask, signUp, TIDES } from './student';

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual(
    [],
  );
}

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every page passes the accessibility rules in ${colorScheme}`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' });
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
