import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Browser, expect, type Locator, type Page } from '@playwright/test';
import { ask, call, enterAsDemo, expectAccessible, failQuiz, signUp, test } from './student';

type Overlay = {
  /** The file that draws it. */
  of: string;
  opener: (page: Page) => Locator;
  /** The item of the opener's menu that leads to it. */
  item?: string | RegExp;
  /** The key that opens it, wherever the focus is. */
  key?: string;
  /** Where the focus goes when the opener went away meanwhile. */
  back?: (page: Page) => Locator;
};
type Place = {
  path: (known: Known) => string;
  width?: number;
  /** What has to be done before the openers are there. */
  ready?: (page: Page) => Promise<unknown>;
  overlays: Overlay[];
};

const button = (name: string | RegExp) => (page: Page) =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).first();
const more = (page: Page) =>
  page
    .getByRole('main')
    .getByRole('button', { name: /^More for/ })
    .first();
const press = (name: string | RegExp) => (page: Page) => button(name)(page).click();

const inLibrary: Overlay[] = [
  { of: 'shell/command-menu', opener: button('Find or do'), key: 'Control+k' },
  { of: 'shell/key-list', opener: button('Find or do'), key: '?' },
  { of: 'people/presence/own-state-menu', opener: button(/^You, Maya/) },
  { of: 'ui/editable-row', opener: more },
  { of: 'library/course-colors', opener: button(/^Colour of/) },
  { of: 'chooser/make-dialog', opener: button('Quiz') },
];

const inConversation: Overlay[] = [
  { of: 'chat/conversation-header', opener: button('More about this conversation') },
  { of: 'chat/share-dialog', opener: button('More about this conversation'), item: 'Share' },
  { of: 'chat/persona-menu', opener: button(/^Tutor style/) },
  { of: 'chat/nudge-menu', opener: button('Answer again, but differently') },
  { of: 'chat/answer-reading', opener: button('What this answer read') },
  { of: 'chat/scope-choice', opener: button('In all my notes') },
];

const inRoom: Overlay[] = [
  { of: 'room/clock-controls', opener: button(/^Rhythm:/) },
  { of: 'room/rhythm-dialog', opener: button(/^Rhythm:/), item: 'Another rhythm' },
  { of: 'room/goal-dialog', opener: button('Write your goal') },
  { of: 'room/room-seats', opener: button('Rolf: more') },
  { of: 'room/room-header', opener: button('More for the host') },
  { of: 'room/ask-once', opener: button('More for the host'), item: /^Close the room/ },
];

/** Selects the first paragraph of the document that is open. */
const selectWords = (page: Page) =>
  page
    .locator('.passage p')
    .first()
    .evaluate((words) => window.getSelection()?.selectAllChildren(words));

async function writeBeside(page: Page): Promise<void> {
  await selectWords(page);
  await button('Note')(page).click();
  await page.getByRole('textbox', { name: 'Note in the margin' }).fill('Asked in the exam');
  await button('Save')(page).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** What is believed of a student stands there once a job has worked it out. */
async function untilBelieved(page: Page): Promise<void> {
  await failQuiz(page, { docId: known.document });
  await expect(async () => {
    await page.reload({ waitUntil: 'networkidle' });
    await expect(button(/^See the answers/)(page)).toBeVisible({ timeout: 1_000 });
  }).toPass();
}

async function writeNote(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Text of the note, in Markdown' }).click();
  await expect(page.locator('.cm-focused')).toBeVisible();
  await page.keyboard.insertText('# Overlays');
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
}

type Known = { thread: string; document: string; person: string; room: string };

const PLACES: Place[] = [
  { path: () => '/library', overlays: inLibrary },
  {
    path: () => '/library',
    ready: async (page) => {
      await press('Select')(page);
      await page.getByRole('main').getByRole('checkbox').first().click();
    },
    overlays: [{ of: 'library/batch-bar', opener: button('Move') }],
  },
  { path: ({ thread }) => thread, overlays: inConversation },
  {
    path: ({ thread }) => thread,
    width: 390,
    overlays: [
      { of: 'shell/rail', opener: button('Recent questions') },
      { of: 'passage/passage-panel', opener: button(/^Source 1/) },
    ],
  },
  {
    path: ({ document }) => `/library/${document}`,
    ready: writeBeside,
    overlays: [
      { of: 'passage/highlights', opener: button(/^Highlights and notes/) },
      { of: 'passage/highlights', opener: button(/^Your note/) },
    ],
  },
  {
    path: ({ document }) => `/library/${document}`,
    ready: selectWords,
    overlays: [
      {
        of: 'passage/reader-selection',
        opener: button('Make a card'),
        back: (page) => page.getByRole('main'),
      },
    ],
  },
  {
    path: () => '/library/new',
    ready: writeNote,
    overlays: [
      { of: 'notes/note-editor', opener: more },
      { of: 'notes/note-versions', opener: more, item: 'Earlier versions' },
    ],
  },
  { path: () => '/practice', overlays: [{ of: 'practice/import-dialog', opener: button(/^Import/) }] },
  {
    path: () => '/practice/cards',
    overlays: [
      { of: 'practice/card-row', opener: more },
      { of: 'cards/card-editor', opener: more, item: 'Edit' },
    ],
  },
  {
    path: () => '/practice/review?ahead=1',
    ready: press('Show the answer'),
    overlays: [
      { of: 'cards/card-editor', opener: button('Edit this card') },
      { of: 'cards/review-view', opener: button('Open') },
    ],
  },
  {
    path: () => '/plan',
    overlays: [
      { of: 'plan/plan-header', opener: button('More for this plan') },
      { of: 'plan/plan-page', opener: button('More for this plan'), item: 'New plan' },
      { of: 'plan/plan-page', opener: button('Change the plan') },
      {
        of: 'plan/task-row',
        opener: (page) =>
          page
            .locator('li')
            .getByRole('button', { name: /^More for/ })
            .first(),
      },
    ],
  },
  {
    path: () => '/progress',
    ready: untilBelieved,
    overlays: [{ of: 'progress/evidence-sheet', opener: button(/^See the answers/) }],
  },
  {
    path: ({ person }) => person,
    overlays: [
      { of: 'people/person-menu', opener: button('More: block, report') },
      { of: 'people/report-dialog', opener: button('More: block, report'), item: /^Report/ },
    ],
  },
  { path: ({ room }) => room, overlays: inRoom },
  { path: () => '/you', overlays: [{ of: 'you/erase-account', opener: button('Erase me') }] },
];

const focusIn = (overlay: Locator) => overlay.evaluate((one) => one.contains(document.activeElement));

/** Focus goes into what opened, stays there while Tab goes round, and comes back to the opener. */
async function expectFocusKept(
  page: Page,
  { of, opener, item, key, back = opener }: Overlay,
  byKeys: boolean,
): Promise<void> {
  const from = opener(page);
  const act = async (on: Locator, keys = 'Enter') => {
    if (!byKeys) return on.click();
    await on.focus();
    await page.keyboard.press(keys);
  };
  await act(from, key);
  if (item !== undefined) await act(page.getByRole('menuitem', { name: item }));
  const overlay = item === undefined ? page.locator('[role=dialog], [role=menu]') : page.getByRole('dialog');
  await expect(overlay, of).toHaveCount(1);
  await expect.poll(() => focusIn(overlay), of).toBe(true);
  // Once is enough: it looks the same however it was opened.
  if (byKeys) await expectAccessible(page, '[role=dialog],[role=menu]');
  if ((await overlay.getAttribute('role')) === 'menu') {
    await page.keyboard.press('ArrowDown');
    await expect(page.locator('[role^=menuitem]:focus'), of).toHaveCount(1);
  }
  for (const tab of byKeys ? ['Shift+Tab', 'Tab', 'Tab', 'Tab'] : ['Tab']) {
    await page.keyboard.press(tab);
    expect(await focusIn(overlay), `${of} after ${tab}`).toBe(true);
  }
  await page.keyboard.press('Escape');
  await expect(overlay, of).toHaveCount(0);
  await expect(back(page), of).toBeFocused();
}

/** What the demo student has, and what is made here: a conversation, and a room with somebody else in it. */
async function prepare(page: Page, browser: Browser): Promise<Known> {
  await enterAsDemo(page);
  await ask(page, 'What is working memory?');
  const thread = new URL(page.url()).pathname;
  const { documents } = await call(page, 'GET', '/api/documents');
  const memory = documents.find(({ fileName }: { fileName: string }) => fileName === 'memory.md');
  const { path, code } = await call(page, 'POST', '/api/rooms', { title: 'Overlays' });
  const rolf = await browser.newPage();
  await signUp(rolf, 'Rolf');
  await call(rolf, 'POST', '/api/rooms/join', { code });
  await rolf.close();
  await page.goto('/people');
  const person = await page.getByRole('main').locator('a[href^="/people/"]').first().getAttribute('href');
  return { thread, document: memory.id, person: person ?? '', room: path };
}

let page: Page;
let known: Known;
test.beforeAll(async ({ browser }) => {
  page = await browser.newPage();
  known = await prepare(page, browser);
});

for (const { path, width = 1440, ready, overlays } of PLACES) {
  const names = overlays.map(({ of }) => of.split('/').at(-1)).join(', ');
  test(`takes the focus, keeps it and gives it back: ${names}`, async () => {
    await page.setViewportSize({ width, height: 900 });
    // What is pressed before a page listens would be lost.
    await page.goto(path(known), { waitUntil: 'networkidle' });
    await ready?.(page);
    for (const overlay of overlays) {
      await expectFocusKept(page, overlay, true);
      if (overlay.key === undefined && overlay.back === undefined)
        await expectFocusKept(page, overlay, false);
    }
  });
}

test('what is typed into the palette stays in it', async () => {
  await page.goto('/library', { waitUntil: 'networkidle' });
  await page.keyboard.press('Control+k');
  const field = page.getByRole('dialog').getByRole('combobox');
  await expect(field).toBeFocused();
  await page.keyboard.type('gp');
  await expect(field).toHaveValue('gp');
  await expect(page).toHaveURL(/\/library/);
});

test('no overlay of the app is left out above', () => {
  const folder = resolve(import.meta.dirname, '..', '..', 'components');
  const drawing = globSync('**/*.tsx', { cwd: folder })
    // Two that the others are made of, and one that is there only where there is a choice of models.
    .filter((file) => !/\.test\.|^ui\/(dialog|menu)\.|^chat\/model-menu\./.test(file))
    .filter((file) =>
      /<(Dialog|Dialog\.Root|Menu|MoreMenu)\s*[\n >]/.test(readFileSync(resolve(folder, file), 'utf8')),
    );
  const seen = PLACES.flatMap(({ overlays }) => overlays);
  expect([...new Set(seen.map(({ of }) => `${of}.tsx`))].toSorted()).toEqual(drawing.toSorted());
});
