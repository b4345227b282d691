import { expect, type Page } from '@playwright/test';
import { call, signUp, test } from './student';

/** The local model's server stands three ports above the app, and fails as it is told. */
const MODEL = `http://127.0.0.1:${Number(process.env.E2E_PORT ?? 3300) + 3}`;
const headers = { authorization: 'Bearer local' };

async function askWith(page: Page, fault: Record<string, unknown>): Promise<void> {
  await page.request.delete(`${MODEL}/dev/faults`, { headers });
  const ordered = await page.request.post(`${MODEL}/dev/faults`, {
    headers,
    data: { path: '/responses', ...fault },
  });
  expect(ordered.ok()).toBe(true);
  await page.goto('/ask');
  await page.getByRole('textbox').first().fill('What is a tide?');
  await page.keyboard.press('Enter');
}

test('an answer that fails says why, offers what helps, and never tells of a lost connection', async ({
  page,
}) => {
  await signUp(page, 'Femke');
  // What is remembered is asked of the same model after an answer, and would meet the trouble ordered for the next.
  await call(page, 'PUT', '/api/memory/pause', { paused: true });
  const strip = page.getByRole('alert').or(page.getByRole('status')).filter({ hasText: /\S/ });
  const goOn = page.getByRole('button', { name: 'Continue' });

  await askWith(page, { dropAfterEvents: 5 });
  await expect(strip.getByText(/^The (answer broke off|model does not answer)/)).toBeVisible();
  await goOn.click();
  await expect(goOn).toHaveCount(0);
  await expect(page.getByRole('button', { name: /copy/i }).first()).toBeVisible();

  await askWith(page, { status: 429, code: 'insufficient_quota', times: 2 });
  await expect(page.getByText('The account at the model’s provider is used up.')).toBeVisible();
  await expect(goOn).toHaveCount(0);

  await askWith(page, { refusal: 'I cannot help with that.' });
  await expect(page.getByText('The model declined to answer this.')).toBeVisible();
  await expect(page.getByText('I cannot help with that.')).toBeVisible();
  await expect(goOn).toHaveCount(0);

  // The first call searches, and has nothing to cut.
  await askWith(page, { filtered: true, times: 2 });
  await expect(page.getByText('The provider’s filter stopped this answer.')).toBeVisible();
  await expect(goOn).toHaveCount(0);

  await askWith(page, { status: 429, code: 'rate_limit_exceeded', retryAfterSeconds: 40, times: 2 });
  for (let press = 0; press < 2; press++) {
    await expect(page.getByText('The model is busy. Try again in 40 seconds.')).toBeVisible();
    await expect(page.getByText(/connection/i)).toHaveCount(0);
    // The strip of the answer before is gone once the next one began.
    await Promise.all([page.waitForResponse(/\/regenerate$/), goOn.click()]);
  }
  await expect(goOn).toHaveCount(0);
  await expect(page.getByRole('button', { name: /copy/i }).first()).toBeVisible();
});
