import { type Browser, expect, type Page } from '@playwright/test';
import { addSeedNotes, call, expectAccessible, idOf, signUp, test } from './student';

/** Where pictures of every step go, for those who want to look; none are kept otherwise. */
const pictures = process.env.ROOM_PICTURES;
async function picture(page: Page, name: string): Promise<void> {
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png` });
}

async function student(browser: Browser, name: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.setViewportSize({ width: 1440, height: 900 });
  await signUp(page, name);
  return page;
}

async function openRoom(page: Page, title: string): Promise<string> {
  await page.goto('/room');
  await page.getByLabel('What is it about?').fill(title);
  await page.getByRole('button', { name: 'Open a room' }).click();
  await expect(page.getByRole('timer')).toBeVisible();
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

async function joinByCode(page: Page, code: string, goal: string): Promise<void> {
  await page.goto('/room');
  await page.getByLabel('Join with a code').fill(` ${code.slice(0, 3).toLowerCase()} ${code.slice(3)} `);
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByLabel('What do you want to get done?').fill(goal);
  await page.getByRole('button', { name: 'Take a seat' }).click();
  await expect(page.getByRole('timer')).toBeVisible();
}

const secondsShown = async (page: Page): Promise<number> => {
  const [minutes = 0, seconds = 0] = ((await page.getByRole('timer').getAttribute('data-clock')) ?? '')
    .split(':')
    .map(Number);
  return minutes * 60 + seconds;
};
const say = async (page: Page, text: string) => {
  await page.getByRole('textbox', { name: 'Say something to the room' }).fill(text);
  await page.keyboard.press('Enter');
};
/** How long it takes until something is there on the other side. Measured and printed; only its coming is demanded. */
async function timed(isThere: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await isThere();
  return Math.round(performance.now() - startedAt);
}
/** Both clocks at one moment, on a machine where one of the two looks may come a second late. */
async function sameClock(one: Page, other: Page): Promise<void> {
  await expect
    .poll(async () => {
      const [first, second] = await Promise.all([secondsShown(one), secondsShown(other)]);
      return first < 25 * 60 && Math.abs(first - second) <= 1;
    })
    .toBe(true);
}

test('two students share a clock, goals and talk; a third who comes late sees the same', async ({
  browser,
}) => {
  const ana = await student(browser, 'Ana');
  const ben = await student(browser, 'Ben');
  const code = await openRoom(ana, 'Memory');
  await picture(ana, '01-opened-light');
  await joinByCode(ben, code, 'outline for 8.3');
  await expect(ana.getByText('outline for 8.3')).toBeVisible();
  await expect(ana.getByRole('list', { name: 'Seats' }).getByText('Ben')).toBeVisible();

  await ana.getByRole('button', { name: 'Start' }).click();
  await expect(ben.getByText('Focus, round 1 of 3').first()).toBeVisible();
  await sameClock(ana, ben);

  // The first message of all may wait for its route to be compiled.
  await say(ana, 'Shall we take 8.3 first?');
  await ben.getByRole('log').getByText('Shall we take 8.3 first?').waitFor();
  const seen = ben.getByRole('log').getByText('The newer thing blocks the older one.');
  await say(ana, 'The newer thing blocks the older one.');
  const chatMs = await timed(() => seen.waitFor());
  await ana.getByRole('button', { name: 'Write your goal' }).click();
  await ana.getByLabel('What do you want to get done?').fill('14 cards on encoding');
  await ana.getByRole('button', { name: 'Save' }).click();
  const goalMs = await timed(() => ben.getByText('14 cards on encoding').waitFor());
  console.info(`chat arrived after ${chatMs} ms, goal after ${goalMs} ms`);
  await say(ben, 'I had it as old blocks new.');
  await expect(ana.getByRole('log').getByText('I had it as old blocks new.')).toBeVisible();

  const cleo = await student(browser, 'Cleo');
  await cleo.goto(`/room/${code}`);
  await picture(cleo, '02-door');
  await cleo.getByRole('button', { name: 'Take a seat' }).click();
  await expect(cleo.getByText('Focus, round 1 of 3').first()).toBeVisible();
  await expect(cleo.getByRole('log').getByText('The newer thing blocks the older one.')).toBeVisible();
  await sameClock(ana, cleo);
  await picture(ana, '03-three-light');
  await ana.emulateMedia({ colorScheme: 'dark' });
  await picture(ana, '04-three-dark');
  await ben.setViewportSize({ width: 390, height: 844 });
  await ben.emulateMedia({ colorScheme: 'dark' });
  await picture(ben, '05-phone-dark');
  await ben.emulateMedia({ colorScheme: 'light' });
  await picture(ben, '06-phone-light');
  await ben.setViewportSize({ width: 320, height: 640 });
  expect(await ben.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await picture(ben, '07-phone-320');
  await ben.setViewportSize({ width: 1440, height: 900 });

  // The one who opened it leaves: the next becomes host, the clock goes on, and nothing more is heard.
  await ana.getByRole('button', { name: 'Leave' }).click();
  await expect(ana.getByText('You were here for')).toBeVisible();
  await picture(ana, '08-recap-dark');
  await expect(ben.getByRole('button', { name: 'More for the host' })).toBeVisible();
  await picture(ben, '09-new-host');
  await expect(ben.getByText('Focus, round 1 of 3').first()).toBeVisible();
  await say(ben, 'Said after Ana left.');
  await expect(cleo.getByRole('log').getByText('Said after Ana left.')).toBeVisible();
  await ana.reload();
  await expect(ana.getByText('Said after Ana left.')).toHaveCount(0);

  await ben.getByRole('button', { name: 'Pause' }).click();
  await expect(cleo.getByText('Focus, round 1 of 3, paused').first()).toBeVisible();
  await expect(cleo.getByText('Ben paused the clock')).toBeVisible();
  await cleo.getByRole('button', { name: 'Go on' }).click();
  await cleo.getByRole('button', { name: 'To the break' }).click();
  await expect(ben.getByText('Break after round 1 of 3').first()).toBeVisible();
  await picture(ben, '10-break');

  await expectAccessible(ben);
});

test('what was written offline goes out once when the connection is back, and the clock goes on meanwhile', async ({
  browser,
}) => {
  const ana = await student(browser, 'Dana');
  const ben = await student(browser, 'Edu');
  const code = await openRoom(ana, 'Offline');
  await joinByCode(ben, code, 'read');
  await ana.getByRole('button', { name: 'Start' }).click();
  await expect(ben.getByText('Focus, round 1 of 3').first()).toBeVisible();

  await ben.context().setOffline(true);
  await expect(ben.getByText('You are offline. The clock goes on here')).toBeVisible();
  await say(ben, 'Written without a connection.');
  await expect(ben.getByText('Goes out when the connection is back')).toBeVisible();
  const before = await secondsShown(ben);
  await expect.poll(async () => before - (await secondsShown(ben))).toBeGreaterThanOrEqual(2);
  await picture(ben, '11-offline');
  await say(ana, 'Said meanwhile.');

  await ben.context().setOffline(false);
  await expect(ana.getByRole('log').getByText('Written without a connection.')).toHaveCount(1, {
    timeout: 20_000,
  });
  await expect(ben.getByRole('log').getByText('Said meanwhile.')).toHaveCount(1, { timeout: 20_000 });
  await expect(ben.getByText('Goes out when the connection is back')).toHaveCount(0);
});

test('a stranger, somebody removed, somebody blocked and a wrong code all find the same page', async ({
  browser,
}) => {
  const ana = await student(browser, 'Fay');
  const ben = await student(browser, 'Gus');
  const code = await openRoom(ana, 'Private');
  await joinByCode(ben, code, 'learn');
  const { roomId } = await call(ana, 'POST', '/api/rooms/join', { code });

  const stranger = await student(browser, 'Hal');
  const asked = await stranger.request.get(`/api/rooms/${roomId}`);
  expect(asked.status()).toBe(404);
  await stranger.goto('/room/AAAAAA');
  await expect(stranger.getByText('There is nothing here, or it is not yours')).toBeVisible();
  await picture(stranger, '12-unknown-code');

  await ana.getByRole('button', { name: 'Gus: more' }).click();
  await ana.getByRole('menuitem', { name: 'Block Gus' }).click();
  await ana.getByRole('button', { name: 'Block' }).click();
  await expect(ben.getByText('There is nothing here, or it is not yours')).toBeVisible();
  await picture(ben, '13-after-being-blocked');
  await ben.goto(`/room/${code}`);
  await expect(ben.getByText('There is nothing here, or it is not yours')).toBeVisible();
  await expect(ana.getByRole('list', { name: 'Seats' }).getByText('Gus')).toHaveCount(0);

  // The last one is asked once; after that the room can be come back to.
  await ana.getByRole('heading', { name: 'Private' }).click();
  await ana.keyboard.press('l');
  await expect(ana.getByText('You are the last one here.')).toBeVisible();
  await picture(ana, '14-leave-asks-once');
  await ana.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
  await ana.getByRole('button', { name: 'Go back in' }).click();
  await expect(ana.getByRole('timer')).toBeVisible();
});

test('what was said becomes notes and cards, and signing in comes back to the room', async ({ browser }) => {
  const ana = await student(browser, 'Ida');
  const code = await openRoom(ana, 'Tides');
  await say(ana, 'A tide is the regular rise and fall of the sea.');
  await say(
    ana,
    'The moon causes most of the tide, because its gravity pulls the near side of the earth more strongly.',
  );
  await say(ana, 'A neap tide happens when the sun and the moon stand at right angles.');
  await say(ana, 'We should read chapter 8 about spring tides until Monday.');
  await expect(ana.getByRole('log').getByText('until Monday')).toBeVisible();
  await ana.getByRole('button', { name: 'Leave' }).click();
  await ana.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
  await ana.getByRole('button', { name: 'Make notes and cards from it' }).click();
  await expect(ana.getByRole('region', { name: 'Summary: Tides' })).toBeVisible({ timeout: 30_000 });
  await picture(ana, '15-notes');
  await ana.getByRole('button', { name: 'Save all' }).click();
  await expect(ana.getByText('Everything is saved.')).toBeVisible({ timeout: 20_000 });

  const visitor = await (await browser.newContext()).newPage();
  await visitor.goto(`/room/${code}`);
  await expect(visitor).toHaveURL(new RegExp(`/sign-in\\?next=%2Froom%2F${code}`));
});

const race = (page: Page) => page.getByRole('region', { name: 'Race' });
const rightCounts = async (page: Page) =>
  (await race(page).getByRole('list', { name: 'Score' }).innerText()).match(/\d+ right/g);
/** Takes the first choice of the open question, whatever is right. */
async function answerOne(page: Page): Promise<void> {
  await race(page).getByRole('radio').first().click();
  await race(page).getByRole('button', { name: 'Answer' }).click();
  const next = race(page).getByRole('button', { name: /^(?:Next|See the score|Back to the clock)/ });
  await expect(next).toBeVisible();
  if ((await next.innerText()) !== 'Back to the clock') await next.click();
}

test('both sides of an invitation come into the same room, and race there', async ({ browser }) => {
  const ana = await student(browser, 'Jo');
  const ben = await student(browser, 'Kim');
  await addSeedNotes(ana);
  for (const page of [ana, ben]) await call(page, 'PATCH', '/api/people/me', { visibility: 'everyone' });
  const sent = await call(ana, 'POST', '/api/nudges', {
    toUserId: await idOf(ben),
    message: 'Join me for 25 minutes?',
    metadata: { topic: 'Memory' },
  });
  const [first, second] = await Promise.all(
    [ana, ben].map((page) => call(page, 'POST', '/api/rooms', { nudgeId: sent.nudgeId })),
  );
  expect(first.path).toBe(second.path);
  await ana.goto(first.path);
  await ben.goto(second.path);
  await expect(ana.getByRole('heading', { name: 'Memory' })).toBeVisible();
  await expect(ana.getByRole('list', { name: 'Seats' }).getByText('Kim')).toBeVisible();
  await expect(ben.getByRole('list', { name: 'Seats' }).getByText('Jo')).toBeVisible();

  await ana.getByRole('button', { name: 'Race: five questions' }).click();
  await expect(ana.getByText('not the passages')).toBeVisible();
  await picture(ana, '16-race-asks');
  await ana.getByRole('button', { name: 'Start the race' }).click();
  await expect(race(ben).getByText('Question 1 of 5')).toBeVisible({ timeout: 30_000 });
  await expectAccessible(ben);
  await answerOne(ben);
  await expect(race(ana).getByText('1 of 5 answered')).toBeVisible();
  await ben.reload();
  await expect(race(ben).getByText('Question 2 of 5')).toBeVisible();
  for (const page of [ben, ben, ben, ben, ana, ana, ana, ana, ana]) await answerOne(page);
  for (const page of [ana, ben]) await expect(race(page).getByText('Back to the clock')).toBeVisible();
  expect(await rightCounts(ana)).toEqual(await rightCounts(ben));
  await picture(ben, '17-race-result');
  await ben.setViewportSize({ width: 320, height: 640 });
  expect(await ben.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await ben.getByRole('button', { name: 'Back to the clock' }).click();
  await expect(ben.getByRole('button', { name: 'Last race' })).toBeVisible();
  await expect(ben.getByRole('timer')).toBeVisible();
});
