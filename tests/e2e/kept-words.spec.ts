import { expect, type Page } from '@playwright/test';
import { addSeedNotes, call, signUp, test } from './student';

type Place = {
  path: string;
  open?: (page: Page) => Promise<void>;
  /** A form that was open is opened again by its button; what was written is in it. */
  opensAgain?: true;
  field: (page: Page) => ReturnType<Page['getByRole']>;
};

const WORDS = 'Written before the page was loaded again';

test('a reload loses no word that was typed, wherever it was typed', async ({ page }) => {
  await signUp(page, 'Kira');
  await addSeedNotes(page);
  const made = await page.request.post('/api/make', { data: { kind: 'quiz', n: 3, formats: ['typed'] } });
  const { quizId } = await made.json();
  await call(page, 'POST', '/api/flashcards', { cards: [{ front: 'What is a spindle?', back: 'A fibre.' }] });

  const box = (name: string | RegExp) => (on: Page) => on.getByRole('textbox', { name }).first();
  const press = (name: string) => (on: Page) => on.getByRole('button', { name, exact: true }).first().click();
  const places: Place[] = [
    { path: '/', field: box('Ask your notes anything') },
    { path: '/ask', field: box('Ask your notes') },
    { path: `/practice/quiz/${quizId}`, field: box('Your answer, in the words of your notes') },
    { path: '/practice/review', open: press('Type answers instead'), field: box('Your answer') },
    { path: '/practice/cards', open: press('Add a card'), opensAgain: true, field: box('Front') },
    { path: '/plan', field: box('What you want to know') },
  ];
  for (const { path, open, opensAgain, field } of places) {
    await page.goto(path);
    await open?.(page);
    await field(page).fill(WORDS);
    await page.reload();
    if (opensAgain) await open?.(page);
    await expect
      .poll(() => field(page).evaluate((one) => ('value' in one ? one.value : one.textContent)), path)
      .toBe(WORDS);
  }

  // A note that had no address yet is among the others by then.
  await page.goto('/library/new');
  await box('Text of the note, in Markdown')(page).fill(WORDS);
  await expect(page.locator('.cm-content')).toHaveText(WORDS);
  await page.reload();
  const titles = async () =>
    (await call(page, 'GET', '/api/documents')).documents.map(({ title }: { title: string }) => title);
  await expect.poll(titles).toContain(WORDS);
});
