import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { ask, call, enterAsDemo, listening, test, withoutMessages } from './student';

type Known = { thread: string; document: string; quiz: string; truth: string; person: string; room: string };
type Field = (page: Page) => Locator;
type Place = {
  /** The files that draw the fields. */
  of: string;
  path: string | ((known: Known) => string);
  open?: (page: Page) => Promise<unknown>;
  /** A form that was open is opened again by its button; what was written is in it. */
  opensAgain?: true;
  fields: (Field | [Field, string])[];
};

const WORDS = 'Written before the page was loaded again';
const DAY = '2031-05-04';

const box =
  (name: string | RegExp): Field =>
  (page) =>
    page.getByRole('textbox', { name }).or(page.getByRole('combobox', { name })).first();
const labelled = (name: string | RegExp, words: string): [Field, string] => [
  (page) => page.getByLabel(name, { exact: typeof name === 'string' }).first(),
  words,
];
const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).first();
const press = (name: string | RegExp) => (page: Page) => button(page, name).click();
const choose = (menu: string | RegExp, item: string | RegExp) => async (page: Page) => {
  await button(page, menu).click();
  await page.getByRole('menuitem', { name: item }).click();
};
const both = (first: (page: Page) => Promise<unknown>, then: (page: Page) => Promise<unknown>) => {
  return async (page: Page) => {
    await first(page);
    await then(page);
  };
};
const inMain = (name: RegExp) => (page: Page) =>
  page.getByRole('main').getByRole('button', { name }).first().click();
const selectWords = (page: Page) =>
  page
    .locator('.passage p')
    .first()
    .evaluate((words) => window.getSelection()?.selectAllChildren(words));
const answer = box('Your answer, in the words of your notes');
const inReader = ({ document }: Known) => `/library/${document}`;

const WALKS: Record<string, Place[]> = {
  'in a conversation': [
    { of: 'today/ask-box', path: '/', fields: [box('Ask your notes anything')] },
    { of: 'chat/composer', path: '/ask', fields: [box('Ask your notes')] },
    {
      of: 'chat/thread-row',
      path: '/ask/all',
      open: both(inMain(/^More for/), (page) => page.getByRole('menuitem', { name: 'Rename' }).click()),
      opensAgain: true,
      fields: [box('Name')],
    },
    // After the rows: a search that is kept leaves none of them.
    { of: 'chat/thread-list', path: '/ask/all', fields: [labelled('Search titles and messages', WORDS)] },
    {
      of: 'chat/question',
      path: ({ thread }) => thread,
      open: press('Edit the question'),
      opensAgain: true,
      fields: [box('The question in other words'), box('Ask a follow-up')],
    },
    {
      of: 'chat/share-dialog',
      path: ({ thread }) => thread,
      open: choose('More about this conversation', 'Share'),
      opensAgain: true,
      fields: [box('Your name on it')],
    },
    {
      of: 'chat/conversation-header',
      path: ({ thread }) => thread,
      open: choose('More about this conversation', 'Rename'),
      opensAgain: true,
      fields: [box('Name of the conversation')],
    },
  ],
  'in practice': [
    { of: 'quiz/answer-input', path: ({ quiz }) => quiz, fields: [answer] },
    {
      of: 'quiz/answer-input',
      path: ({ truth }) => truth,
      open: (page) => page.getByRole('radio', { name: /False/ }).click(),
      opensAgain: true,
      fields: [box('What is right instead?')],
    },
    {
      of: 'quiz/exam-paper',
      path: ({ quiz }) => `${quiz}/exam`,
      open: (page) => button(page, 'Start the exam').click(),
      fields: [answer],
    },
    {
      of: 'cards/typed-answer',
      path: '/practice/review?ahead=1',
      open: press('Type answers instead'),
      fields: [box('Your answer')],
    },
    {
      of: 'cards/card-editor',
      path: '/practice/review?ahead=1',
      open: press('Edit this card'),
      opensAgain: true,
      fields: [(page) => page.getByRole('dialog').getByRole('textbox').first()],
    },
    {
      of: 'practice/new-card, practice/cards-view',
      path: '/practice/cards',
      open: press('Add a card'),
      opensAgain: true,
      fields: [box('Front'), box('Deck'), labelled('Find in cards', WORDS)],
    },
    {
      of: 'practice/deck-row',
      path: '/practice',
      open: both(inMain(/^More for/), (page) => page.getByRole('menuitem', { name: /^Change name/ }).click()),
      opensAgain: true,
      fields: [box('Name'), labelled('Exam on', DAY), labelled('New cards a day', '7')],
    },
    {
      of: 'practice/import-dialog',
      path: '/practice',
      open: press(/^Import/),
      opensAgain: true,
      fields: [box('Into the deck'), box('Or paste lines')],
    },
  ],
  'in the library': [
    {
      of: 'library/document-row, library/link-form, library/library-view',
      path: '/library',
      open: both(inMain(/^More for/), (page) =>
        page.getByRole('menuitem', { name: /^Change title/ }).click(),
      ),
      opensAgain: true,
      fields: ['Title', 'Course', 'Tags', 'Address of a page'].map(
        (name) => (on: Page) => on.locator('input').and(on.getByLabel(name, { exact: true })),
      ),
    },
    {
      of: 'library/batch-bar',
      path: '/library',
      open: async (page) => {
        await press('Select')(page);
        await page.getByRole('main').getByRole('checkbox').first().click();
        await press('Tag')(page);
      },
      opensAgain: true,
      fields: [box('Add'), box('Take away')],
    },
    {
      of: 'passage/reader-selection',
      path: inReader,
      open: both(selectWords, press('Make a card')),
      opensAgain: true,
      fields: [box('Front'), box('Back')],
    },
    {
      of: 'passage/highlights',
      path: inReader,
      open: both(press(/^Highlights and notes/), press(/^Edit “/)),
      opensAgain: true,
      fields: [box('Note in the margin')],
    },
    {
      of: 'passage/reader-find, passage/document-reader',
      path: inReader,
      open: press('Find in this document'),
      opensAgain: true,
      fields: [box('Find in this document')],
    },
  ],
  'in a plan and with others': [
    {
      of: 'plan/plan-remarks',
      path: '/plan',
      fields: [box('A task of your own'), labelled('Minutes', '35')],
    },
    {
      of: 'plan/plan-form',
      path: '/plan',
      open: choose('More for this plan', 'New plan'),
      opensAgain: true,
      fields: [
        box('What you want to know'),
        box('What you find hard'),
        labelled('Exam or deadline', DAY),
        labelled('Minutes on a study day', '55'),
      ],
    },
    {
      of: 'plan/task-row',
      path: '/plan',
      open: both(
        (page) =>
          page
            .locator('li')
            .getByRole('button', { name: /^More for/ })
            .first()
            .click(),
        (page) => page.getByRole('menuitem', { name: 'Move or change' }).click(),
      ),
      opensAgain: true,
      fields: [box('Task')],
    },
    { of: 'people/ask-form', path: ({ person }) => person, fields: [box(/^Ask /)] },
    {
      of: 'people/report-dialog',
      path: ({ person }) => person,
      open: choose('More: block, report', /^Report/),
      opensAgain: true,
      fields: [box(/^What happened/)],
    },
    {
      of: 'room/room-entry',
      path: '/room',
      fields: [box('What is it about?'), box('Join with a code')],
    },
    { of: 'room/room-talk', path: ({ room }) => room, fields: [box('Say something to the room')] },
    {
      of: 'room/goal-dialog',
      path: ({ room }) => room,
      open: press('Write your goal'),
      opensAgain: true,
      fields: [box('What do you want to get done?')],
    },
    {
      of: 'room/rhythm-dialog',
      path: ({ room }) => room,
      open: choose(/^Rhythm:/, 'Another rhythm'),
      opensAgain: true,
      fields: [box('Rounds')],
    },
  ],
  'about oneself': [
    {
      of: 'you/profile-form, you/chips-field, availability/import-calendar',
      path: '/you',
      fields: [box('Name'), box('Level'), box('Or its address')],
    },
    {
      of: 'you/personas-view',
      path: '/you/personas',
      open: press('New style'),
      opensAgain: true,
      fields: [box('Name'), box('In a few words'), box('How it should speak')],
    },
    {
      of: 'you/memory-view',
      path: '/you/memory',
      open: inMain(/^Correct/),
      opensAgain: true,
      fields: [(page) => page.getByRole('main').getByRole('textbox').first()],
    },
  ],
};

/** Kept by themselves, or searches that lead away with their first press, or asked of who looks after the app alone. */
const OTHERWISE = [
  'admin/chat-switch',
  'auth/credentials-form',
  'chooser/document-picker',
  'notes/note-field',
  'practice/selection',
  'room/door',
  'shell/command-menu',
  'ui/text-field',
  'you/erase-account',
  'you/quiet-hours-form',
];

let page: Page;
let known: Known;
test.beforeAll(async ({ browser }) => {
  page = await browser.newPage();
  await withoutMessages(page);
  await enterAsDemo(page);
  // Something to remember of the student as well.
  await ask(page, 'Please remember: my exam in psychology is hard for me. What is working memory?');
  const thread = new URL(page.url()).pathname;
  const { documents } = await call(page, 'GET', '/api/documents');
  const memory = documents.find(({ fileName }: { fileName: string }) => fileName === 'memory.md');
  const made = async (formats: string[]) =>
    `/practice/quiz/${(await call(page, 'POST', '/api/make', { kind: 'quiz', n: 3, formats })).quizId}`;
  const { content } = await call(page, 'GET', `/api/documents/${memory.id}/pages/1`);
  await call(page, 'POST', `/api/documents/${memory.id}/highlights`, { quote: content.slice(0, 20).trim() });
  const { matches } = await call(page, 'GET', '/api/people');
  known = {
    thread,
    document: memory.id,
    quiz: await made(['typed']),
    truth: await made(['truth']),
    person: `/people/${matches[0].userId}`,
    room: (await call(page, 'POST', '/api/rooms', {})).path,
  };
});

const parts = (field: Field | [Field, string]): [Field, string] =>
  typeof field === 'function' ? [field, WORDS] : field;
const written = (one: Locator) =>
  one.evaluate((field) => ('value' in field ? field.value : field.textContent));

async function arrive(path: string): Promise<void> {
  await page.goto(path);
  await listening(page);
}

for (const [where, places] of Object.entries(WALKS))
  test(`a reload loses no word that was typed ${where}`, async () => {
    for (const { of, path, open, opensAgain, fields } of places) {
      await arrive(typeof path === 'string' ? path : path(known));
      await open?.(page);
      for (const [field, words] of fields.map(parts)) await field(page).fill(words);
      await page.reload();
      if (opensAgain) {
        await listening(page);
        await open?.(page);
      }
      for (const [field, words] of fields.map(parts))
        await expect.poll(() => written(field(page)), of).toBe(words);
    }
  });

test('no field of the app is left out above', () => {
  const folder = resolve(import.meta.dirname, '..', '..', 'components');
  const isWritten = (source: string) =>
    /<(TextField|TextArea|textarea|SideField|Command\.Input)\b/.test(source) ||
    [...source.matchAll(/<input\b(.*?)\/>/gs)].some(
      ([, own = '']) => !/type="(radio|checkbox|hidden|file)"/.test(own),
    );
  const drawing = globSync('**/*.tsx', { cwd: folder })
    .filter((file) => !file.includes('.test.'))
    .filter((file) => isWritten(readFileSync(resolve(folder, file), 'utf8')));
  const seen = Object.values(WALKS).flatMap((places) => places.flatMap(({ of }) => of.split(', ')));
  const named = new Set([...seen, ...OTHERWISE].map((file) => `${file}.tsx`));
  expect(drawing.filter((file) => !named.has(file))).toEqual([]);
});

test('a word that became an entry and a note without an address are there after a reload', async () => {
  await arrive('/you');
  await box('Subjects')(page).fill('Palaeography');
  await page.keyboard.press('Enter');
  const entry = page.getByRole('button', { name: 'Remove Palaeography' });
  await expect(entry).toBeVisible();
  await page.reload();
  await expect(entry).toBeVisible();

  // A note that had no address yet is among the others by then.
  await page.goto('/library/new');
  await box('Text of the note, in Markdown')(page).fill(WORDS);
  await expect(page.locator('.cm-content')).toHaveText(WORDS);
  await page.reload();
  const titles = async () =>
    (await call(page, 'GET', '/api/documents')).documents.map(({ title }: { title: string }) => title);
  await expect.poll(titles).toContain(WORDS);
});

test('a file beside a question is there after a reload, and goes with it', async () => {
  await arrive('/ask');
  const name = 'tides.md';
  const buffer = Buffer.from('# Tides\n\nA spring tide falls on a full or a new moon.');
  await page
    .locator('form input[type=file]')
    .first()
    .setInputFiles({ name, mimeType: 'text/markdown', buffer });
  const beside = page.getByRole('list', { name: 'Files for this question' });
  await expect(beside.getByRole('status')).toHaveText('');
  await box('Ask your notes')(page).fill('When does a spring tide fall?');
  await page.reload();
  await expect(beside).toContainText(name);
  await expect(beside.getByRole('status')).toHaveText('');
  await listening(page);
  await box('Ask your notes')(page).press('Enter');
  await expect(page.getByRole('list', { name: 'Files of this question' })).toContainText(name);
  await expect(beside).toHaveCount(0);
});

test('quiet hours that were turned on and not saved are there after a reload', async () => {
  await arrive('/you');
  const isOn = page.getByLabel('Keep messages back in these hours');
  await isOn.check();
  await page.getByLabel('From', { exact: true }).fill('21:15');
  await page.reload();
  await expect(isOn).toBeChecked();
  await expect(page.getByLabel('From', { exact: true })).toHaveValue('21:15');
});
