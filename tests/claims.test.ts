import { expect, test } from 'vitest';
import { claimFigures } from './evals/claims.ts';
import { passes } from './evals/report.ts';

test('near misses are not called verified, true paraphrases not denied, and quotations are verified, in every language', async () => {
  const figures = await claimFigures(false);
  expect(figures.length).toBeGreaterThan(35);
  expect(figures.filter((figure) => !passes(figure))).toEqual([]);
});
