import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, expect, type Page } from '@playwright/test';
import { createClient } from '@supabase/supabase-js';
import { call, idOf, signUp, test } from './student';

/**
 * What the other one sees should be there within a second of what somebody did. It is measured and printed; a machine that
 * does other work beside is no reason to fail.
 */
const PROMPT_MS = 1_000;
const PATIENCE_MS = 20_000;

type Person = { context: BrowserContext; page: Page; name: string; id: string };

/** The stack's own variables, for what only time can do. */
function service() {
  const lines = readFileSync(join(process.env.E2E_DATA_DIR ?? '', 'stack.env'), 'utf8').split('\n');
  const variable = (name: string) =>
    lines.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
  return createClient(variable('NEXT_PUBLIC_SUPABASE_URL'), variable('SUPABASE_SECRET_KEY'), {
    auth: { persistSession: false },
  });
}

test.describe('who is here, between two browsers', () => {
  test.describe.configure({ mode: 'serial' });
  let ines: Person;
  let maya: Person;
  const measured: string[] = [];

  test.beforeAll(async ({ browser }) => {
    test.setTimeout(180_000);
    const join = async (name: string): Promise<Person> => {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      await signUp(page, name);
      await call(page, 'PATCH', '/api/people/me', { visibility: 'everyone', timezone: 'Europe/Lisbon' });
      return { context, page, name, id: await idOf(page) };
    };
    maya = await join('Maya');
    ines = await join('Ines');
    await ines.page.close();
    await maya.page.goto('/people');
    await here(undefined);
  });
  test.afterAll(async () => {
    for (const line of measured) console.log(line);
    await ines?.context.close();
    await maya?.context.close();
  });

  /** Waits until Maya's page says this of Inês; `undefined`: that she is not here. */
  const here = (words: string | undefined, timeout = PATIENCE_MS) =>
    maya.page.waitForFunction(
      ([name, wanted]) => {
        const rows = [...document.querySelectorAll('section')].find(
          (section) => section.querySelector('h2')?.textContent === 'Here now',
        );
        const row = [...(rows?.querySelectorAll('li') ?? [])].find((item) =>
          item.textContent?.includes(name),
        );
        if (!document.querySelector('main')?.textContent?.includes('People')) return false;
        return wanted === undefined ? row === undefined : row?.textContent?.includes(wanted) === true;
      },
      [ines.name, words] as const,
      { polling: 20, timeout },
    );
  /** Does something and measures how long it takes until Maya sees it. */
  async function seen(
    what: string,
    act: () => Promise<unknown>,
    words: string | undefined,
    most = PROMPT_MS,
  ) {
    const startedAt = performance.now();
    await act();
    const actedAt = performance.now();
    await here(words);
    const tookMs = Math.round(performance.now() - startedAt);
    const afterMs = Math.round(performance.now() - actedAt);
    const isLate = afterMs > most ? `, LATER than ${most} ms` : '';
    measured.push(`presence: ${what}: seen ${afterMs} ms after, ${tookMs} ms from its start${isLate}`);
    await maya.page.screenshot({ path: test.info().outputPath(`${what.replaceAll(' ', '-')}.png`) });
  }
  /** What every way of asking says; they must agree with each other and with the page. */
  async function answers() {
    const { here: online } = await call(maya.page, 'GET', '/api/people');
    const insight = await call(maya.page, 'GET', `/api/people/${ines.id}`);
    const listed = online.users.find(({ userId }: { userId: string }) => userId === ines.id);
    return [listed?.currentActivity ?? null, insight.currentActivity ?? null];
  }
  /** Until what was written before has reached Maya's page: changes come in order, and this one is her own. */
  async function settled() {
    await expect(async () => {
      const message = `Marker ${Math.random()}`;
      const arrived = maya.page.waitForResponse(
        async (response) =>
          response.url().endsWith('/api/shell') &&
          response.request().method() === 'GET' &&
          (await response.text()).includes(message),
        { timeout: 5_000 },
      );
      await Promise.all([
        arrived,
        call(maya.page, 'POST', '/api/nudges', { toUserId: maya.id, nudgeType: 'reminder', message }),
      ]);
    }).toPass({ timeout: PATIENCE_MS });
  }
  /** Whether Maya's page ever showed that Inês is not here, from now on until asked. */
  async function watchForAbsence() {
    await maya.page.evaluate((name) => {
      const look = () => {
        const isListed = [...document.querySelectorAll('section')].some(
          (section) =>
            section.querySelector('h2')?.textContent === 'Here now' && section.textContent?.includes(name),
        );
        if (!isListed) Reflect.set(window, 'wasAbsent', true);
      };
      Reflect.set(window, 'wasAbsent', false);
      new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
    }, ines.name);
    return () => maya.page.evaluate(() => Reflect.get(window, 'wasAbsent') === true);
  }
  const open = async (path = '/') => {
    const page = await ines.context.newPage();
    const said = page.waitForResponse(
      (response) =>
        response.url().endsWith('/api/people/me/presence') && response.request().method() === 'PUT',
    );
    await page.goto(path);
    await said;
    return page;
  };
  /** Until the tab is shown in the channel, so that its leaving can be seen. */
  const shown = (page: Page) =>
    expect
      .poll(async () => {
        const { data } = await service().from('presence').select('is_live').eq('user_id', ines.id).single();
        return data?.is_live === true && !page.isClosed();
      })
      .toBe(true);
  const choose = async (page: Page, name: RegExp) => {
    await page
      .getByRole('button', { name: /^You, / })
      .first()
      .click();
    await page.getByRole('menuitemradio', { name }).click();
  };

  test('comes online, studies, is free for a while, and leaves by closing the tab', async () => {
    await seen(
      'comes online',
      async () => {
        ines.page = await open('/');
      },
      'Here, but idle',
    );
    await shown(ines.page);
    expect(await answers()).toEqual(['idle', 'idle']);
    await seen(
      'starts to study',
      () => ines.page.getByRole('link', { name: 'Ask' }).first().click(),
      'Studying',
    );
    expect(await answers()).toEqual(['studying', 'studying']);
    await seen('is free for 40 min', () => choose(ines.page, /40 min/), 'Free for');
    expect(await answers()).toEqual(['available', 'available']);
    await expect(ines.page.getByText(/^Free until \d\d:\d\d$/).first()).toBeVisible();
    await ines.page.screenshot({ path: test.info().outputPath('own-state.png') });
    await seen('ends being free', () => choose(ines.page, /As I study/), 'Studying');
    await seen('closes the tab', () => ines.page.close({ runBeforeUnload: true }), undefined);
    expect(await answers()).toEqual([null, null]);
  });

  test('is gone when the browser is killed, and when the network is', async () => {
    ines.page = await open('/ask');
    await here('Studying');
    await shown(ines.page);
    // Without a last word of the page: only the channel tells.
    const devtools = await ines.context.newCDPSession(ines.page);
    await seen('dies', async () => void devtools.send('Page.crash').catch(() => undefined), undefined);
    expect(await answers()).toEqual([null, null]);
    await ines.page.close();

    ines.page = await open('/ask');
    await here('Studying');
    await shown(ines.page);
    await seen('loses the network', () => ines.context.setOffline(true), undefined);
    expect(await answers()).toEqual([null, null]);
    await seen('has the network again', () => ines.context.setOffline(false), 'Studying', 3_000);
    expect(await answers()).toEqual(['studying', 'studying']);
  });

  test('is shown as she is when the one who watches was away meanwhile', async () => {
    await shown(ines.page);
    await maya.context.setOffline(true);
    await choose(ines.page, /60 min/);
    await expect(ines.page.getByText(/^Free until \d\d:\d\d$/).first()).toBeVisible();
    await here('Studying');
    await seen('is watched again', () => maya.context.setOffline(false), 'Free for', 3_000);
    await seen('studies on', () => choose(ines.page, /As I study/), 'Studying');
  });

  test('is one person in three tabs: only the last one counts', async () => {
    const tabs = [ines.page, await open('/'), await open('/ask')];
    await here('Studying');
    await shown(ines.page);
    const wasAbsent = await watchForAbsence();
    for (const tab of tabs.slice(0, 2)) {
      await tab.close({ runBeforeUnload: true });
      // What the tab that is left says afterwards comes after what the closed one said.
      await choose(tabs[2] ?? tab, /20 min/);
      await here('Free for');
      await choose(tabs[2] ?? tab, /As I study/);
      await here('Studying');
      expect((await answers())[0]).toBe('studying');
    }
    await settled();
    expect(await wasAbsent()).toBe(false);
    await maya.page.screenshot({ path: test.info().outputPath('two-of-three-closed.png') });
    await seen(
      'closes the last of three',
      () => tabs[2]?.close({ runBeforeUnload: true }) ?? Promise.resolve(),
      undefined,
    );
  });

  test('is gone after silence, when the sweep comes', async () => {
    ines.page = await open('/ask');
    await here('Studying');
    // Nothing is heard any more while the socket stands, as of a frozen tab; then five minutes pass.
    await ines.page.route('**/api/people/me/presence', (route) => route.abort());
    await service()
      .from('presence')
      .update({ last_seen: new Date(Date.now() - 301_000).toISOString() })
      .eq('user_id', ines.id);
    expect(await answers()).toEqual([null, null]);
    // The job that comes once a minute does nothing else.
    await seen('is silent and swept', async () => void (await service().rpc('sweep_presence')), undefined);
    await ines.page.unroute('**/api/people/me/presence');
    await ines.page.reload();
    await here('Studying');
  });

  test('is not here while hidden, whatever they do', async () => {
    await shown(ines.page);
    await seen('hides', () => choose(ines.page, /Hidden/), undefined);
    await ines.page.screenshot({ path: test.info().outputPath('own-hidden.png') });
    await ines.page.goto('/library');
    await ines.page.goto('/ask', { waitUntil: 'networkidle' });
    expect(await answers()).toEqual([null, null]);
    await settled();
    await here(undefined);
    await seen('shows herself again', () => choose(ines.page, /As I study/), 'Studying', 2_000);
  });

  test('is nowhere for whom she blocks', async () => {
    await shown(ines.page);
    await seen('blocks', () => call(ines.page, 'POST', `/api/people/${maya.id}/block`), undefined);
    await settled();
    // The list rests a moment between two looks; the last one of before may still be on its way.
    await maya.page.waitForLoadState('networkidle');
    const before = await maya.page.evaluate(() => performance.now());
    await ines.page.goto('/');
    await choose(ines.page, /20 min/);
    await expect(ines.page.getByText(/^Free until \d\d:\d\d$/).first()).toBeVisible();
    await settled();
    await here(undefined);
    // Nothing made the page look again either.
    const asked = await maya.page.evaluate(
      (since) =>
        performance
          .getEntriesByType('resource')
          .filter(({ name, startTime }) => startTime > since && name.endsWith('/api/people')).length,
      before,
    );
    expect(asked).toBe(0);
  });
});
