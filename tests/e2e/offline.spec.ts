import { expect, type Page } from '@playwright/test';
import { addNote, call, documentStates, signUp, TIDES, test } from './student';

test.use({ serviceWorkers: 'allow' });

/** What this browser keeps, by address, without the code of the app. */
const kept = (page: Page) =>
  page.evaluate(async () => {
    const found: Record<string, string> = {};
    for (const name of await caches.keys()) {
      if (!name.startsWith('clerva-kept-')) continue;
      const cache = await caches.open(name);
      for (const request of await cache.keys())
        found[new URL(request.url).pathname] = (await (await cache.match(request))?.text()) ?? '';
    }
    return found;
  });

test('due cards and an opened document are there without a connection, and with the session they go', async ({
  page,
  context,
}) => {
  await signUp(page, 'Ola');
  await addNote(page, 'tides.md', TIDES);
  expect(await documentStates(page)).toEqual(['tides.md ready']);
  const cards = [
    { front: 'What causes most of a tide?', back: 'The moon' },
    { front: 'When is the range smallest?', back: 'At a neap tide' },
  ];
  await call(page, 'POST', '/api/flashcards', { cards });
  const { documents } = await call(page, 'GET', '/api/documents');
  const document = `/library/${documents[0].id}`;

  await page.goto('/');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.goto(document);
  await expect.poll(async () => Object.keys(await kept(page)), { timeout: 30_000 }).toContain(document);
  await page.goto('/practice');
  const review = async () => (await kept(page))['/practice/review'] ?? '';
  await expect.poll(review, { timeout: 30_000 }).toContain(cards[0]?.front);

  await context.setOffline(true);
  await page.goto(document);
  await expect(page.getByText('A spring tide happens').first()).toBeVisible();
  await page.goto('/plan');
  await expect(page.getByText('This page is not kept on this device.')).toBeVisible();
  await page.goto('/practice/review');
  await page.getByRole('button', { name: /show the answer/i }).click();
  await page.keyboard.press('3');
  const waiting = () =>
    page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('clerva-review:')).length);
  await expect.poll(waiting).toBe(1);

  await context.setOffline(false);
  await page.goto('/practice');
  await expect.poll(waiting).toBe(0);
  await page.goto('/you');
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(page).toHaveURL(/sign-in/);
  await expect.poll(() => kept(page)).toEqual({});
  await context.setOffline(true);
  await page.goto('/practice');
  await expect(page.getByText('You are offline').first()).toBeVisible();
});
