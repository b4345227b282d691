/** Adds up what the test runners reported and prints the closing line of CI. Exits 1 when anything failed. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const [folder = '.', failedStages = '0'] = process.argv.slice(2);
let passed = 0;
let failed = 0;

function read<T extends z.ZodType>(name: string, schema: T): z.infer<T> | undefined {
  const path = join(folder, name);
  if (!existsSync(path)) return undefined;
  return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
}

const vitest = z.object({ numPassedTests: z.number(), numFailedTests: z.number() });
for (const report of [read('vitest.json', vitest), read('postgres.json', vitest)]) {
  passed += report?.numPassedTests ?? 0;
  failed += report?.numFailedTests ?? 0;
}

const playwright = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
});
for (const report of [read('playwright.json', playwright), read('playwright-postgres.json', playwright)]) {
  passed += report?.stats.expected ?? 0;
  failed += (report?.stats.unexpected ?? 0) + (report?.stats.flaky ?? 0);
}

for (const name of ['eval.txt', 'kill.txt', 'proxy.txt']) {
  const path = join(folder, name);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const [, suitePassed, suiteFailed] = text.match(/^(\d+) passed, (\d+) failed/m) ?? [];
  passed += Number(suitePassed ?? 0);
  failed += Number(suiteFailed ?? 0);
}

// A stage that broke without a failing test (lint, types, build, a crashed runner) counts as one failure.
if (Number(failedStages) > 0 && failed === 0) failed = Number(failedStages);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || Number(failedStages) > 0 || passed === 0 ? 1 : 0;
