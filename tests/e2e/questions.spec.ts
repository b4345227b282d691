import { expect, type Page } from '@playwright/test';
import { strFromU8, strToU8, unzipSync } from 'fflate';
import { addNote, addSeedNotes, call, signUp, test } from './student';

const TEA = `# Making tea

Making tea follows five steps in this order.

1. Boil fresh water in the kettle.
2. Warm the pot with hot water.
3. Put the leaves into the pot.
4. Pour the boiling water over the leaves.
5. Let the tea stand for four minutes.
`;

const made = async (page: Page, order: object): Promise<string> => {
  const answer = await page.request.post('/api/make', { data: { kind: 'quiz', ...order } });
  return (await answer.json()).quizId;
};
const attemptOf = async (page: Page, quizId: string) =>
  (await call(page, 'GET', `/api/quizzes/${quizId}`)).attempt;

test('pairs are matched and steps put in order on the page, and graded', async ({ page }) => {
  await signUp(page, 'Orla');
  await addSeedNotes(page);

  const pairs = await made(page, { n: 1, formats: ['matching'] });
  await page.goto(`/practice/quiz/${pairs}`);
  const lists = page.getByRole('main').getByRole('combobox');
  const count = await lists.count();
  expect(count).toBeGreaterThan(1);
  await expect(page.getByText('Match every pair.')).toBeVisible();
  for (let place = 0; place < count; place++) await lists.nth(place).selectOption({ index: place + 1 });
  // An answer that is taken elsewhere moves there.
  await lists.nth(1).selectOption({ index: 1 });
  await expect(lists.first()).toHaveValue('');
  await lists.first().selectOption({ index: 2 });
  await page.getByRole('button', { name: 'Fairly' }).click();
  await expect(page.getByRole('button', { name: /^See how it went/ })).toBeVisible();
  const matched = (await attemptOf(page, pairs)).answers[0];
  expect(matched.optionId.split(',')).toHaveLength(count);
  expect(matched.credit ?? Number(matched.correct)).toBeGreaterThanOrEqual(0);

  await addNote(page, 'tea.md', TEA);
  const { documents } = await call(page, 'GET', '/api/documents');
  const tea = documents.find(({ fileName }: { fileName: string }) => fileName === 'tea.md');
  const steps = await made(page, { n: 1, formats: ['ordering'], sources: [{ docId: tea.id }] });
  await page.goto(`/practice/quiz/${steps}`);
  const rows = page.getByRole('main').locator('ol > li');
  const last = await rows.last().innerText();
  await page
    .getByRole('button', { name: /^Move up:/ })
    .last()
    .focus();
  for (let place = (await rows.count()) - 1; place > 0; place--) await page.keyboard.press('Enter');
  expect((await rows.first().innerText()).slice(2)).toBe(last.slice(2));
  await expect(page.getByText(/^Now 1 of/)).toBeAttached();
  await page.getByRole('button', { name: 'Certain' }).click();
  await expect(page.getByRole('button', { name: /^See how it went/ })).toBeVisible();
  expect((await attemptOf(page, steps)).answers).toHaveLength(1);
});

test('an exam is a paper with a clock that a reload does not stop, and tells nothing before it is handed in', async ({
  page,
}) => {
  await signUp(page, 'Pavel');
  await addSeedNotes(page);
  const quizId = await made(page, { n: 3 });
  await page.goto(`/practice/quiz/${quizId}/exam`);
  await page.getByRole('button', { name: 'Start the exam' }).click();
  const questions = page.getByRole('group').filter({ has: page.getByRole('radio') });
  await expect(questions).toHaveCount(3);
  for (const place of [0, 1]) await questions.nth(place).getByRole('radio').first().check();
  await page.reload();
  await expect(page.getByRole('timer')).toContainText(/^[0-9]+:[0-5][0-9]/);
  await expect(questions.nth(1).getByRole('radio').first()).toBeChecked();
  await expect(page.locator('mark')).toHaveCount(0);
  expect((await attemptOf(page, quizId)).answers).toHaveLength(0);
  await page.getByRole('button', { name: 'Hand in' }).click();
  await page.getByRole('button', { name: 'Yes, hand in' }).dblclick();
  await expect(page.getByRole('heading', { name: /of 3 right/ })).toBeVisible();
  expect((await attemptOf(page, quizId)).finishedAt).not.toBeNull();
});

test('two tabs write on one exam paper, with one clock, and both end when one hands it in', async ({
  page,
}) => {
  await signUp(page, 'Petra');
  await addSeedNotes(page);
  const quizId = await made(page, { n: 3 });
  const other = await page.context().newPage();
  // Both show the cover before either begins.
  for (const tab of [page, other])
    await tab.goto(`/practice/quiz/${quizId}/exam`, { waitUntil: 'networkidle' });
  await page.getByRole('button', { name: 'Start the exam' }).click();
  const firstOf = (tab: Page, place: number) =>
    tab
      .getByRole('group')
      .filter({ has: tab.getByRole('radio') })
      .nth(place)
      .getByRole('radio')
      .first();
  await firstOf(page, 0).check();
  await other.getByRole('button', { name: 'Start the exam' }).click();
  await expect(firstOf(other, 0)).toBeChecked();
  await firstOf(other, 1).check();
  await expect(firstOf(page, 1)).toBeChecked();
  await other.getByRole('button', { name: 'Hand in' }).click();
  await other.getByRole('button', { name: 'Yes, hand in' }).click();
  for (const tab of [other, page])
    await expect(tab.getByRole('heading', { name: /of 3 right/ })).toBeVisible();
  // The third was left out.
  const { answers } = await attemptOf(page, quizId);
  expect(answers.filter(({ optionId }: { optionId: string | null }) => optionId !== null)).toHaveLength(2);
});

test('a picture that is pasted into a card is seen in its review, and goes along in a package', async ({
  page,
}) => {
  await signUp(page, 'Pia');
  await page.goto('/practice/cards');
  await page.getByRole('button', { name: 'Add a card' }).first().click();
  const front = page.getByRole('textbox', { name: 'Front' });
  await front.fill('Which bone is this? ');
  await front.evaluate(async (field) => {
    const canvas = document.createElement('canvas');
    const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([picture ?? ''], 'image.png', { type: 'image/png' }));
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  await expect(front).toHaveValue(/^Which bone is this\? !\[Picture\]\(\/api\/documents\/\S+\)$/);
  await page.getByRole('textbox', { name: 'Back' }).fill('The ulna');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByText('Added.')).toBeVisible();

  await page.goto('/practice/review');
  const picture = page.getByRole('img', { name: 'Picture' });
  await expect.poll(() => picture.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBe(300);
  const packed = unzipSync(await (await page.request.get('/api/decks/export?format=apkg')).body());
  expect(Object.values(JSON.parse(strFromU8(packed.media ?? new Uint8Array())))).toHaveLength(1);
  expect(packed['0']?.subarray(1, 4)).toEqual(strToU8('PNG'));
});

test('a deck brings no more new cards a day than it is set to', async ({ page }) => {
  await signUp(page, 'Rut');
  const cards = [1, 2, 3, 4, 5].map((n) => ({ front: `What is number ${n}?`, back: `It is ${n}.` }));
  await page.goto('/practice');
  await call(page, 'POST', '/api/flashcards', { cards });
  await page.reload();
  await page
    .getByRole('button', { name: /^More for/ })
    .first()
    .click();
  await page.getByRole('menuitem', { name: 'Change name, exam or pace' }).click();
  await page.getByLabel('New cards a day').fill('many');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(/^New cards a day are a number up to|a day are a number/)).toBeVisible();
  await page.getByLabel('New cards a day').fill('2');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByLabel('New cards a day')).toHaveCount(0);
  expect((await call(page, 'GET', '/api/decks')).due).toBe(2);
  await page.goto('/practice/review');
  for (const _card of [1, 2]) {
    await page.getByRole('button', { name: 'Show the answer' }).click();
    await page.getByRole('button', { name: /^Easy/ }).click();
  }
  await expect(page.getByRole('heading', { name: 'Done for now' })).toBeVisible();
});
