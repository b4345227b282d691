import { expect, it } from 'vitest';
import { routingFigures } from '../../../../tests/evals/routing.ts';

it('nothing is made or changed for small talk, other subjects, or orders inside pasted notes', async () => {
  const [, , changes] = await routingFigures();
  expect(changes?.cases).toBeGreaterThanOrEqual(500);
  expect(changes?.misses).toEqual([]);
});
