import { expect } from '@playwright/test';
import { addFiles, addNote, ask, documentStates, PASSWORD, signUp, TIDES, test } from './student';

test('a new student adds a note, asks, and opens the passage an answer stands on', async ({ page }) => {
  await signUp(page, 'Nora');
  await addNote(page, 'tides.md', TIDES);
  await ask(page, 'When does a spring tide happen?');
  await expect(page.getByText(/sun, the moon and the earth stand in one line/i).first()).toBeVisible();

  const chip = page.getByRole('button', { name: /source 1/i }).first();
  await chip.click();
  const mark = page.locator('mark').first();
  await expect(mark).toContainText('stand in one line');

  // The panel stays while the thread gets its name; Escape gives the focus back to the chip.
  await page.waitForTimeout(1_500);
  await expect(mark).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(chip).toBeFocused();

  await chip.click();
  await page.getByRole('link', { name: /open document/i }).click();
  await expect(page).toHaveURL(/\/library\/.+from=/);
  await expect(page.locator('mark').first()).toContainText('stand in one line');

  await page.goBack();
  await expect(page.getByRole('button', { name: /source 1/i }).first()).toBeVisible();
});

test('a question the notes do not answer is refused without a citation', async ({ page }) => {
  await signUp(page, 'Omar');
  await addNote(page, 'tides.md', TIDES);
  await ask(page, 'Who painted the ceiling of the Sistine Chapel?');
  await expect(page.getByText(/notes (say nothing|do not)/i).first()).toBeVisible();
  await expect(page.getByRole('button', { name: /source 1/i })).toHaveCount(0);
});

test('several files are read side by side and each bad one says what is wrong with it', async ({ page }) => {
  await signUp(page, 'Pia');
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  await addFiles(
    page,
    { name: 'tides.md', mimeType: 'text/markdown', buffer: Buffer.from(TIDES) },
    { name: 'lecture.pdf', mimeType: 'application/pdf', buffer: png },
    { name: 'nothing.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
    { name: 'tool.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') },
  );
  await expect(page.getByText(/This is a PNG file, whatever its name says/).first()).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByText(/is empty/i).first()).toBeVisible();
  await expect(page.getByText(/cannot be read|cannot read/i).first()).toBeVisible();
  await expect.poll(() => documentStates(page)).toContain('tides.md ready');
  expect(await documentStates(page)).not.toContain('lecture.pdf ready');
});

test('another student sees nothing of a document, a conversation or a file', async ({ page, browser }) => {
  await signUp(page, 'Quin');
  await addNote(page, 'tides.md', TIDES);
  await ask(page, 'What is a neap tide?');
  const thread = new URL(page.url()).pathname;
  const { documents } = await (await page.request.get('/api/documents')).json();
  const documentId = documents[0].id;

  const stranger = await browser.newPage();
  await signUp(stranger, 'Rosa');
  for (const path of [
    `/api/documents/${documentId}`,
    `/api/documents/${documentId}/pages/1`,
    `/api/documents/${documentId}/file`,
    `/api/ai-agent/chat/${thread.split('/').at(-1)}`,
  ]) {
    expect((await stranger.request.get(path, { maxRedirects: 0 })).status(), path).toBe(404);
  }
  await stranger.goto(thread);
  await expect(stranger.getByText(/nothing here, or it is not yours/i)).toBeVisible();
  await stranger.close();
});

test('a language is chosen once and stays, here and wherever the student signs in', async ({
  page,
  browser,
}) => {
  const email = await signUp(page, 'Lena');
  await page.goto('/you');
  await page.getByLabel('Language').selectOption('de');
  await page.getByRole('button', { name: 'Save' }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Du');
  await page.goto('/library');
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Bibliothek');

  const elsewhere = await browser.newPage({ locale: 'fr-FR' });
  await elsewhere.goto('/sign-in');
  await expect(elsewhere.locator('html')).toHaveAttribute('lang', 'fr');
  await elsewhere.getByLabel('E-mail').fill(email);
  await elsewhere.getByLabel(/^Mot de passe/).fill(PASSWORD);
  await elsewhere.keyboard.press('Enter');
  await expect(elsewhere).not.toHaveURL(/sign-in/);
  await expect(elsewhere.locator('html')).toHaveAttribute('lang', 'de');
  await elsewhere.close();
});

test('pages of the app send a stranger to sign in, and the API answers 401', async ({ page }) => {
  await page.goto('/library');
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  const response = await page.request.get('/api/documents');
  expect(response.status()).toBe(401);
  expect(await response.json()).toMatchObject({ code: 'unauthenticated' });
});

test('the demo student is one click away', async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByRole('button', { name: /demo/i }).click();
  await expect(page).toHaveURL(/\/$/);
  await page.goto('/library');
  await expect(page.getByText('How memory works').first()).toBeVisible();
});
