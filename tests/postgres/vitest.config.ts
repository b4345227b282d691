import { defineConfig } from 'vitest/config';

/** Run by `npm run test:postgres`: what only real parallel connections can show. */
export default defineConfig({
  test: {
    include: ['tests/postgres/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
