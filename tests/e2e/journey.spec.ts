import { expect, type Page, test } from '@playwright/test';

const NOTE = `# Tides

A tide is the regular rise and fall of the sea. The moon causes most of it, because its gravity pulls the near side of the earth more strongly than the far side.

## Spring tides

A spring tide happens when the sun, the moon and the earth stand in one line. At a spring tide the range between high and low water is largest.

## Neap tides

A neap tide happens when the sun and the moon stand at right angles as seen from the earth. At a neap tide the range is smallest.
`;

async function signUp(page: Page, name: string): Promise<void> {
  await page.goto('/sign-up');
  await page.getByLabel(/name/i).first().fill(name);
  await page.getByLabel(/e-?mail/i).fill(`${name.toLowerCase()}-${Date.now()}@example.com`);
  await page
    .getByLabel(/password/i)
    .first()
    .fill('correct horse battery');
  await page
    .getByRole('button', { name: /sign up|create|start/i })
    .first()
    .click();
  await expect(page).not.toHaveURL(/sign-up/);
}

async function addNote(
  page: Page,
  fileName: string,
  content: string | Buffer,
  mimeType = 'text/markdown',
): Promise<void> {
  await page.goto('/library');
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: fileName, mimeType, buffer: Buffer.from(content) });
}

test('a new student adds a note, asks, and opens the passage an answer stands on', async ({ page }) => {
  await signUp(page, 'Nora');
  await addNote(page, 'tides.md', NOTE);
  await expect(page.getByText(/ready/i).first()).toBeVisible({ timeout: 30_000 });

  await page.goto('/ask');
  await page.getByRole('textbox').first().fill('When does a spring tide happen?');
  await page.keyboard.press('Enter');
  const chip = page.getByRole('button', { name: /source 1/i }).first();
  await expect(chip).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/sun, the moon and the earth stand in one line/i).first()).toBeVisible();

  await chip.click();
  const mark = page.locator('mark').first();
  await expect(mark).toBeVisible();
  await expect(mark).toContainText('stand in one line');

  await page.reload();
  await expect(page.getByRole('button', { name: /source 1/i }).first()).toBeVisible();
});

test('a question the notes do not answer is refused without a citation', async ({ page }) => {
  await signUp(page, 'Omar');
  await addNote(page, 'tides.md', NOTE);
  await expect(page.getByText(/ready/i).first()).toBeVisible({ timeout: 30_000 });
  await page.goto('/ask');
  await page.getByRole('textbox').first().fill('Who painted the ceiling of the Sistine Chapel?');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/notes (say nothing|do not)/i).first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('button', { name: /source 1/i })).toHaveCount(0);
});

test('a mislabelled file ends in a sentence that says so', async ({ page }) => {
  await signUp(page, 'Pia');
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  await addNote(page, 'lecture.pdf', png, 'application/pdf');
  await expect(page.getByText(/not what its name says|damaged/i).first()).toBeVisible({ timeout: 30_000 });
});

test('pages of the app send a stranger to sign in and come back afterwards', async ({ page }) => {
  await page.goto('/library');
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  const response = await page.request.get('/api/documents');
  expect(response.status()).toBe(401);
  expect(await response.json()).toMatchObject({ code: 'unauthenticated' });
});
