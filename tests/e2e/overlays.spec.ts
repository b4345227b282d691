import { expect, type Locator, type Page } from '@playwright/test';
import { addSeedNotes, signUp, test } from './student';

const hasFocus = (overlay: Locator) =>
  overlay.evaluate((element) => element.contains(document.activeElement));

/** Focus goes into what opened, stays there while Tab goes round, and comes back to the opener. */
async function expectFocusKept(page: Page, overlay: Locator, opener?: Locator): Promise<void> {
  await expect.poll(() => hasFocus(overlay)).toBe(true);
  for (let presses = 0; presses < 12; presses++) {
    await page.keyboard.press('Tab');
    expect(await hasFocus(overlay)).toBe(true);
  }
  await page.keyboard.press('Escape');
  await expect(overlay).toHaveCount(0);
  if (opener) await expect(opener).toBeFocused();
}

test('every overlay takes the focus, keeps it and gives it back', async ({ page }) => {
  await signUp(page, 'Olga');
  await addSeedNotes(page);

  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog');
  await expect.poll(() => hasFocus(palette)).toBe(true);
  await page.keyboard.type('gp');
  await expect(palette.getByRole('combobox')).toHaveValue('gp');
  await expect(page).toHaveURL(/\/library/);
  await expectFocusKept(page, palette);

  await page.keyboard.press('?');
  await expectFocusKept(page, page.getByRole('dialog'));

  const more = page.getByRole('button', { name: /^More for/ }).first();
  await more.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem').nth(1)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(more).toBeFocused();

  const avatar = page.getByRole('button', { name: /^You, Olga/ });
  await avatar.focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => hasFocus(page.getByRole('menu'))).toBe(true);
  await page.keyboard.press('Escape');
  await expect(avatar).toBeFocused();

  await page.goto('/practice');
  const bring = page.getByRole('button', { name: /^Import/ }).first();
  await bring.focus();
  await page.keyboard.press('Enter');
  await expectFocusKept(page, page.getByRole('dialog'), bring);
});
