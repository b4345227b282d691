import { expect, type Locator, type Page } from '@playwright/test';
import { addSeedNotes, call, signUp, test } from './student';

/** Milliseconds between the two presses of a hand that presses twice. */
const GAPS = [0, 60, 120, 180];

/** Presses twice at one place, whatever stands there by the second time. */
async function pressTwice(page: Page, button: Locator, gapMs: number): Promise<void> {
  await button.scrollIntoViewIfNeeded();
  // What has just come takes no press yet.
  await button.click({ trial: true });
  const box = await button.boundingBox();
  if (!box) throw new Error('It is not on the page.');
  const [left, top] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.click(left, top);
  await page.waitForTimeout(gapMs);
  await page.mouse.click(left, top);
}

test('two presses of any button of a quiz change what one would', async ({ page }) => {
  await signUp(page, 'Dora');
  await addSeedNotes(page);
  const made = await page.request.post('/api/make', { data: { kind: 'quiz', n: GAPS.length + 2 } });
  const { quizId, made: count } = await made.json();
  const answers = async (): Promise<{ optionId: string | null }[]> =>
    (await call(page, 'GET', `/api/quizzes/${quizId}`)).attempt?.answers ?? [];
  await page.goto(`/practice/quiz/${quizId}`);
  const next = page.getByRole('button', { name: /^Next/ });
  for (const [index, gap] of GAPS.entries()) {
    await expect(page.getByText(`${index + 1} of ${count}`, { exact: true })).toBeVisible();
    const isSkipped = index % 2 === 0;
    if (!isSkipped) await page.getByRole('radio').first().click();
    await pressTwice(page, page.getByRole('button', { name: isSkipped ? 'Skip' : 'Certain' }), gap);
    await expect(next).toBeVisible();
    await pressTwice(page, page.getByRole('button', { name: 'Report this question' }), gap);
    await expect(page.getByRole('button', { name: 'Take the report back' })).toBeVisible();
    await expect(page.getByText(`${index + 1} of ${count}`, { exact: true })).toBeVisible();
    await pressTwice(page, next, gap);
    await expect(page.getByText('Choose an answer.')).toBeVisible();
    await page.waitForTimeout(100);
    const stored = await answers();
    expect(stored.map(({ optionId }) => optionId === null)).toEqual(
      Array.from({ length: index + 1 }, (_, place) => place % 2 === 0),
    );
  }
});

test('two presses of any button of a review change what one would', async ({ page }) => {
  await signUp(page, 'Edda');
  const cards = GAPS.map((n) => ({ front: `What is number ${n}?`, back: `It is ${n}.` }));
  await call(page, 'POST', '/api/flashcards', { cards });
  const sent = new Set<string>();
  page.on('request', (request) => {
    if (request.method() !== 'POST') return;
    if (request.url().endsWith('/reviews'))
      for (const { requestId } of request.postDataJSON().reviews) sent.add(requestId);
  });
  await page.goto('/practice/review');
  const show = page.getByRole('button', { name: 'Show the answer' });
  for (const [index, gap] of GAPS.entries()) {
    await pressTwice(page, show, gap);
    await expect(page.getByRole('button', { name: /^Easy/ })).toBeVisible();
    expect(sent.size).toBe(index);
    await pressTwice(page, page.getByRole('button', { name: /^Easy/ }), gap);
    await expect.poll(() => sent.size).toBe(index + 1);
  }
  await expect(page.getByRole('heading', { name: 'Done for now' })).toBeVisible();
});
