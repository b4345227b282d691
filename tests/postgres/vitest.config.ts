import { defineConfig } from 'vitest/config';
import whole from '../../vitest.config.ts';

/** Run by `npm run test:postgres`: what only real parallel connections can show, then the suites of the whole on a server. */
export default defineConfig({
  test: {
    projects: [
      {
        resolve: whole.resolve,
        test: {
          env: whole.test?.env,
          name: 'parallel',
          include: ['tests/postgres/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        resolve: whole.resolve,
        test: {
          ...whole.test,
          name: 'whole',
          include: [
            'local/{realtime,supabase}/**/*.test.ts',
            'tests/{approvals,chat,session,tools}.test.ts',
            'tests/db/**/*.test.ts',
          ],
          // Of a data folder or the embedded database, or run by the files beside this one.
          exclude: [
            'local/realtime/restart.test.ts',
            'local/supabase/durability.test.ts',
            'tests/db/{pgtap,types}.test.ts',
          ],
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
