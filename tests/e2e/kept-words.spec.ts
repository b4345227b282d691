import { expect, type Locator, type Page } from '@playwright/test';
import { addSeedNotes, ask, call, enterAsDemo, signUp, test } from './student';

type Place = {
  path: string;
  open?: (page: Page) => Promise<unknown>;
  /** A form that was open is opened again by its button; what was written is in it. */
  opensAgain?: true;
  fields: ((page: Page) => Locator)[];
};

const WORDS = 'Written before the page was loaded again';

const box = (name: string | RegExp) => (page: Page) =>
  page.getByRole('textbox', { name }).or(page.getByRole('combobox', { name })).first();
const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).first();
const press = (name: string | RegExp) => (page: Page) => button(page, name).click();
const choose = (menu: string | RegExp, item: string | RegExp) => async (page: Page) => {
  await button(page, menu).click();
  await page.getByRole('menuitem', { name: item }).click();
};

const answer = box('Your answer, in the words of your notes');

async function expectKept(page: Page, places: readonly Place[]): Promise<void> {
  for (const { path, open, opensAgain, fields } of places) {
    await page.goto(path);
    await open?.(page);
    for (const field of fields) await field(page).fill(WORDS);
    await page.reload();
    if (opensAgain) await open?.(page);
    for (const field of fields) {
      const words = () => field(page).evaluate((one) => ('value' in one ? one.value : one.textContent));
      await expect.poll(words, path).toBe(WORDS);
    }
  }
}

test('a reload loses no word that was typed, wherever a student types for themselves', async ({ page }) => {
  await signUp(page, 'Kira');
  await addSeedNotes(page);
  const order = { kind: 'quiz', n: 3, formats: ['typed'] };
  const { quizId } = await (await page.request.post('/api/make', { data: order })).json();
  await call(page, 'POST', '/api/flashcards', { cards: [{ front: 'What is a spindle?', back: 'A fibre.' }] });
  await ask(page, 'What is working memory?');
  const thread = new URL(page.url()).pathname;

  await expectKept(page, [
    { path: '/', fields: [box('Ask your notes anything')] },
    { path: '/ask', fields: [box('Ask your notes')] },
    {
      path: thread,
      open: press('Edit the question'),
      opensAgain: true,
      fields: [box('The question in other words'), box('Ask a follow-up')],
    },
    {
      path: thread,
      open: choose('More about this conversation', 'Share'),
      opensAgain: true,
      fields: [box('Your name on it')],
    },
    {
      path: thread,
      open: choose('More about this conversation', 'Rename'),
      opensAgain: true,
      fields: [box('Name of the conversation')],
    },
    { path: `/practice/quiz/${quizId}`, fields: [answer] },
    { path: '/practice/review', open: press('Type answers instead'), fields: [box('Your answer')] },
    {
      path: '/practice/review',
      open: press('Edit this card'),
      opensAgain: true,
      fields: [box('Front'), box('Back')],
    },
    {
      path: '/practice/cards',
      open: press('Add a card'),
      opensAgain: true,
      fields: [box('Front'), box('Deck')],
    },
    { path: '/practice', open: press(/^New deck/), opensAgain: true, fields: [box('Name')] },
  ]);
});

test('nor in the library, a plan, a room or a note', async ({ page }) => {
  await signUp(page, 'Kolja');
  await addSeedNotes(page);
  const { documents } = await call(page, 'GET', '/api/documents');
  const read = `/library/${documents[0].id}`;
  const { content } = await call(page, 'GET', `/api/documents/${documents[0].id}/pages/1`);
  await call(page, 'POST', `/api/documents/${documents[0].id}/highlights`, {
    quote: content.slice(0, 20).trim(),
  });
  const room = await call(page, 'POST', '/api/rooms', {});

  await expectKept(page, [
    { path: '/plan', fields: [box('What you want to know'), box('What you find hard')] },
    {
      path: '/library',
      open: choose(/^More for/, /^Change title/),
      opensAgain: true,
      fields: [box(/^Title$/)],
    },
    {
      path: read,
      open: async (on) => {
        await press(/^Highlights and notes/)(on);
        await press(/^Edit “/)(on);
      },
      opensAgain: true,
      fields: [box('Note in the margin')],
    },
    { path: room.path, fields: [box('Say something to the room')] },
    {
      path: room.path,
      open: press('Write your goal'),
      opensAgain: true,
      fields: [box('What do you want to get done?')],
    },
  ]);

  // A note that had no address yet is among the others by then.
  await page.goto('/library/new');
  await box('Text of the note, in Markdown')(page).fill(WORDS);
  await expect(page.locator('.cm-content')).toHaveText(WORDS);
  await page.reload();
  const titles = async () =>
    (await call(page, 'GET', '/api/documents')).documents.map(({ title }: { title: string }) => title);
  await expect.poll(titles).toContain(WORDS);
});

test('nor a word that was meant for others or for the plan', async ({ page }) => {
  await enterAsDemo(page);
  const { matches } = await call(page, 'GET', '/api/people');
  const person = `/people/${matches[0].userId}`;
  await expectKept(page, [
    { path: person, fields: [box(/^Ask /)] },
    {
      path: person,
      open: choose('More: block, report', /^Report/),
      opensAgain: true,
      fields: [box(/^What happened/)],
    },
    { path: '/plan', fields: [box('A task of your own')] },
    {
      path: '/plan',
      open: choose('More for this plan', 'New plan'),
      opensAgain: true,
      fields: [box('What you want to know')],
    },
  ]);
});
