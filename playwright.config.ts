import './scripts/require-node.js';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

/**
 * `E2E_MODE=dev` runs the same tests against `npm run dev`; the default is the production build, job calls signed.
 * With `TEST_POSTGRES_URL` two instances of it on a PostgreSQL answer in turns (`npm run test:e2e:postgres`).
 */
const mode = process.env.E2E_MODE === 'dev' ? 'dev' : 'start';
const isShared = process.env.TEST_POSTGRES_URL !== undefined;
const port = Number(process.env.E2E_PORT ?? 3300);
// Workers load this file again: the folder is chosen once and handed on through the environment.
process.env.E2E_DATA_DIR ??= mkdtempSync(join(tmpdir(), 'clerva-e2e-'));
const baseURL = `http://localhost:${port}`;

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  // A room of two students takes a minute and a half where everything takes three times as long.
  timeout: 180_000,
  expect: { timeout: 15_000 },
  // One stack, one database: the tests share it as different students.
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: process.env.CI ? [['list'], ['json']] : [['list']],
  use: {
    baseURL,
    // What a page asks for is watched and changed by tests; a worker would answer before them.
    serviceWorkers: 'block',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: isShared ? 'node tests/e2e/two-instances.ts' : `node local/main.ts ${mode}`,
    url: `${baseURL}/api/health`,
    timeout: 120_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
    stdout: process.env.CI ? 'ignore' : 'pipe',
    env: {
      PORT: String(port),
      LOCAL_SUPABASE_PORT: String(port + 1),
      LOCAL_INNGEST_PORT: String(port + 2),
      LOCAL_OPENAI_PORT: String(port + 3),
      LOCAL_DATA_DIR: process.env.E2E_DATA_DIR,
    },
  },
});
