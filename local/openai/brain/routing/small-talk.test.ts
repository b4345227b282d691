import { expect, it } from 'vitest';
import { routingFigures } from '../../../../tests/evals/routing.ts';

it('nothing is made or changed for small talk, other subjects, exam questions, or orders inside pasted notes; exam questions are looked for', async () => {
  const figures = await routingFigures();
  const changes = figures.filter(({ name }) => name.startsWith('changes made'));
  expect(changes.reduce((sum, { cases }) => sum + cases, 0)).toBeGreaterThanOrEqual(2000);
  expect(changes.flatMap(({ misses = [] }) => misses)).toEqual([]);
  const searched = figures.find(({ name }) => name === 'exam questions that search the notes');
  expect(searched?.value).toBeGreaterThanOrEqual(0.995);
});
