import './scripts/require-node.js';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    include: ['{app,components,inngest,lib,local,scripts,tests}/**/*.test.{ts,tsx}'],
    exclude: ['tests/e2e/**', 'tests/postgres/**', 'node_modules/**'],
    // Tests that break things on purpose would fill the report with log lines.
    env: { LOG_LEVEL: 'silent' },
    setupFiles: ['tests/setup/console.ts', 'tests/setup/fetched.ts'],
    // Each file that needs a database boots its own embedded Postgres; two cores carry two of them.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
