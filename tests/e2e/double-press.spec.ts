import { type CDPSession, expect, type Locator, type Page } from '@playwright/test';
import { addSeedNotes, call, signUp, test } from './student';

/** Milliseconds between the two presses of a hand that presses twice. */
const GAPS = [0, 40, 120, 180, 250];

/** How much slower time passes for the page between two presses: a busy machine may take longer than the hand. */
const SLOWER = 4;
const A_WHILE_MS = 1_000;
const clocks = new WeakMap<Page, CDPSession>();

/** Lets what a page measures, and what moves in it, go by a clock that can be slowed down and moved on. */
async function ownClock(page: Page): Promise<void> {
  await page.addInitScript((slower) => {
    Reflect.set(window, 'moved', 0);
    const later = (ms: number) => ms / slower + Reflect.get(window, 'moved');
    const now = performance.now.bind(performance);
    performance.now = () => later(now());
    const own = Object.getOwnPropertyDescriptor(Event.prototype, 'timeStamp');
    Object.defineProperty(Event.prototype, 'timeStamp', {
      get() {
        return later(own?.get?.call(this));
      },
    });
  }, SLOWER);
  const clock = await page.context().newCDPSession(page);
  await clock.send('Animation.enable');
  clocks.set(page, clock);
}

/** Presses twice at one place, whatever stands there by the second time. */
async function pressTwice(page: Page, name: string | RegExp | Locator, gapMs: number): Promise<void> {
  const play = (playbackRate: number) =>
    clocks.get(page)?.send('Animation.setPlaybackRate', { playbackRate });
  const isName = typeof name === 'string' || name instanceof RegExp;
  const button = isName ? page.getByRole('button', { name }).first() : name;
  await button.scrollIntoViewIfNeeded();
  // What has just come takes no press yet.
  await button.click({ trial: true });
  const box = await button.boundingBox();
  if (!box) throw new Error('It is not on the page.');
  const [left, top] = [box.x + box.width / 2, box.y + box.height / 2];
  await play(1 / SLOWER);
  await page.mouse.click(left, top);
  await page.waitForTimeout(gapMs);
  await page.mouse.click(left, top);
  await play(SLOWER);
  await page.evaluate((ms) => Reflect.set(window, 'moved', Reflect.get(window, 'moved') + ms), A_WHILE_MS);
}

type Attempt = { id: string; finishedAt: string | null; answers: { optionId: string | null }[] };
const attemptOf = async (page: Page, quizId: string): Promise<Attempt | null> =>
  (await call(page, 'GET', `/api/quizzes/${quizId}`)).attempt;
async function makeQuiz(page: Page, n: number): Promise<{ quizId: string; made: number }> {
  return (await page.request.post('/api/make', { data: { kind: 'quiz', n } })).json();
}

test('two presses of any button of a quiz change what one would', async ({ page }) => {
  await ownClock(page);
  await signUp(page, 'Dora');
  await addSeedNotes(page);
  const { quizId, made } = await makeQuiz(page, GAPS.length + 1);
  await page.goto(`/practice/quiz/${quizId}`);
  for (const [index, gap] of GAPS.entries()) {
    await expect(page.getByText(`${index + 1} of ${made}`, { exact: true })).toBeVisible();
    const isSkipped = index % 2 === 0;
    const option = page.getByRole('radio').first();
    if (!isSkipped) await pressTwice(page, option, gap);
    if (!isSkipped) await expect(option).toBeChecked();
    expect((await attemptOf(page, quizId))?.answers ?? []).toHaveLength(index);
    await pressTwice(page, isSkipped ? 'Skip' : 'Certain', gap);
    await expect(page.getByRole('button', { name: /^Next/ })).toBeVisible();
    await pressTwice(page, 'Report this question', gap);
    await expect(page.getByRole('button', { name: 'Take the report back' })).toBeVisible();
    await expect(page.getByText(`${index + 1} of ${made}`, { exact: true })).toBeVisible();
    await pressTwice(page, /^Next/, gap);
    await expect(page.getByText('Choose an answer.')).toBeVisible();
    await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
    await page.waitForTimeout(100);
    const stored = (await attemptOf(page, quizId))?.answers ?? [];
    expect(stored.map(({ optionId }) => optionId === null)).toEqual(
      Array.from({ length: index + 1 }, (_, place) => place % 2 === 0),
    );
  }
});

test('two presses at the end of a quiz, and of an exam, change what one would', async ({ page }) => {
  await ownClock(page);
  await signUp(page, 'Dina');
  await addSeedNotes(page);
  const { quizId } = await makeQuiz(page, 1);
  await page.goto(`/practice/quiz/${quizId}`);
  const attempts = new Set<string>();
  for (const gap of GAPS) {
    await page.getByRole('radio').first().click();
    await pressTwice(page, 'Guessing', gap);
    await pressTwice(page, /^See how it went/, gap);
    await expect(page.getByRole('heading', { name: /of 1 right/ })).toBeVisible();
    const done = await attemptOf(page, quizId);
    expect([done?.answers.length, done?.finishedAt]).toEqual([1, expect.any(String)]);
    attempts.add(done?.id ?? '');
    await pressTwice(page, 'Take it again', gap);
    await expect(page.getByText('Choose an answer.')).toBeVisible();
    expect((await attemptOf(page, quizId))?.answers).toEqual([]);
  }
  expect(attempts.size).toBe(GAPS.length);

  for (const gap of [40, 250]) {
    await page.goto(`/practice/quiz/${quizId}/exam`);
    await pressTwice(page, 'Start the exam', gap);
    await expect(page.getByRole('timer')).toBeVisible();
    await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
    await pressTwice(page, 'Hand in', gap);
    await expect(page.getByText('Hand in all the same?')).toBeVisible();
    expect((await attemptOf(page, quizId))?.finishedAt).toBeNull();
    await pressTwice(page, 'Yes, hand in', gap);
    await expect(page.getByRole('heading', { name: 'of 1 right' })).toBeVisible();
    expect((await attemptOf(page, quizId))?.finishedAt).not.toBeNull();
  }
});

test('two presses of any button of a review change what one would', async ({ page }) => {
  await ownClock(page);
  await signUp(page, 'Edda');
  const cards = Array.from({ length: 4 * GAPS.length }, (_, n) => ({
    front: `What is number ${n}?`,
    back: `It is ${n}.`,
  }));
  await call(page, 'POST', '/api/flashcards', { cards });
  const { decks } = await call(page, 'GET', '/api/decks');
  await call(page, 'PATCH', `/api/decks/${decks[0].id}`, { newPerDay: cards.length });
  const reviewsToday = async (): Promise<number> => {
    const { today, days } = await call(page, 'GET', '/api/profile/days');
    return days.find(({ date }: { date: string }) => date === today)?.reviews ?? 0;
  };
  const suspended = async (): Promise<number> =>
    (await call(page, 'GET', '/api/flashcards?which=suspended')).cards.length;
  await page.goto('/practice/review');
  const show = page.getByRole('button', { name: 'Show the answer' });
  for (const [index, gap] of GAPS.entries()) {
    const grade = ['Again', 'Hard', 'Good', 'Easy'][index % 4] ?? '';
    await pressTwice(page, show, gap);
    await expect(page.getByRole('button', { name: /^Easy/ })).toBeVisible();
    expect(await reviewsToday()).toBe(index);
    await pressTwice(page, new RegExp(`^${grade}`), gap);
    await expect.poll(reviewsToday).toBe(index + 1);
    await expect(show).toBeVisible();
    // Another answer before, so that there would be more to take back.
    await show.click();
    await page.getByRole('button', { name: /^Easy/ }).click();
    await expect.poll(reviewsToday).toBe(index + 2);
    await pressTwice(page, 'Undo the last answer', gap);
    await expect(page.getByText('Taken back.')).toBeVisible();
    await page.waitForTimeout(100);
    expect(await reviewsToday()).toBe(index + 1);

    await pressTwice(page, 'Edit this card', gap);
    await expect(page.getByRole('dialog')).toBeVisible();
    await pressTwice(page, 'Cancel', gap);
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(show).toBeVisible();
    await page.getByRole('button', { name: 'Edit this card' }).click();
    await pressTwice(page, 'Suspend it', gap);
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(show).toBeVisible();
    expect([await suspended(), await reviewsToday()]).toEqual([index + 1, index + 1]);
  }
});

test('two presses where a row goes take one of the rows', async ({ page }) => {
  await ownClock(page);
  await signUp(page, 'Dunya');
  await page.goto('/you', { waitUntil: 'networkidle' });
  await page.getByRole('textbox', { name: 'Subjects' }).fill('Law 1,Law 2,Law 3,Law 4,Law 5,Law 6');
  await page.keyboard.press('Enter');
  const remove = page.getByRole('button', { name: /^Remove Law/ });
  for (const [index, gap] of GAPS.entries()) {
    await expect(remove).toHaveCount(6 - index);
    await pressTwice(page, remove.first(), gap);
    await page.waitForTimeout(100);
  }
  await expect(remove).toHaveText(['']);
  await expect(page.getByRole('button', { name: 'Remove Law 6' })).toBeVisible();
});
