import { expect, type Page } from '@playwright/test';
import { ask, expectAccessible, signUp, test } from './student';

// The recent ones beside the page are a list as well.
const row = (page: Page, name: string) =>
  page.getByRole('main').getByRole('listitem').filter({ hasText: name });
const choose = async (page: Page, name: string, item: string) => {
  await row(page, name)
    .getByRole('button', { name: /^More for/ })
    .click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
};

test('conversations are renamed, pinned, found, shared, taken back and deleted with a way back', async ({
  page,
  browser,
}) => {
  await signUp(page, 'Thea');
  for (const question of ['What is a glacier?', 'What is a fjord?']) await ask(page, question);
  await page.goto('/ask/all');
  const list = page.getByRole('main');

  await choose(page, 'fjord', 'Rename');
  await page.getByLabel('Name').fill('Ice and sea');
  await page.keyboard.press('Enter');
  await expect(list.getByRole('link', { name: 'Ice and sea' })).toBeVisible();

  await choose(page, 'glacier', 'Pin');
  await expect(list.getByRole('heading', { level: 2 })).toHaveText(['Pinned', 'Today']);

  await page.getByLabel('Search titles and messages').fill('fjord');
  await expect(list.getByRole('link', { name: 'What is a glacier?' })).toHaveCount(0);
  await expect(row(page, 'Ice and sea')).toContainText('fjord');
  await page.getByLabel('Search titles and messages').fill('');

  await choose(page, 'Ice and sea', 'Archive');
  await expect(list.getByRole('link', { name: 'Ice and sea' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Show archive' }).click();
  await choose(page, 'Ice and sea', 'Take out of the archive');
  await page.getByRole('button', { name: 'Show conversations' }).click();

  await choose(page, 'Ice and sea', 'Delete');
  await expect(page.getByText('are deleted')).toBeVisible();
  const ids = async () => (await (await page.request.get('/api/threads')).json()).threads.length;
  await expect.poll(ids).toBe(1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(list.getByRole('link', { name: 'Ice and sea' })).toBeVisible();
  expect(await ids()).toBe(2);

  await choose(page, 'glacier', 'Share');
  await page.getByRole('button', { name: 'Make a link' }).click();
  const link = await page.getByLabel('The link', { exact: true }).inputValue();
  await expectAccessible(page);
  const visitor = await (await browser.newContext()).newPage();
  expect((await visitor.goto(link))?.status()).toBe(200);
  await expect(visitor.getByRole('article', { name: 'You asked' })).toHaveText('What is a glacier?');
  await expect(visitor.getByText('Thea')).toHaveCount(0);
  await expectAccessible(visitor);
  await page.getByRole('button', { name: 'Take back' }).click();
  await expect(page.getByText('Links to this conversation')).toHaveCount(0);
  expect((await visitor.reload())?.status()).toBe(404);
  await expect(visitor.getByRole('heading', { name: 'This link shows nothing' })).toBeVisible();
});
