import { expect, it } from 'vitest';
import { plantedNotes, readSmallTalk } from '../../../../tests/evals/routing-sentences.ts';
import { route } from './route.ts';
import type { State } from './types.ts';

const STATE: State = {
  now: new Date(2026, 10, 20, 14, 5),
  people: [
    { id: 'u-maya', name: 'Maya Lind' },
    { id: 'u-ben', name: 'Ben Oka' },
  ],
  subject: '',
  conversation: 'Student: hi\nClerva: Hello.',
};
const LOOKING = new Set([
  'searchNotes',
  'matchCandidates',
  'matchInsight',
  'getOnlineUsers',
  'getAvailability',
]);

it('nothing is made or changed for small talk, other subjects, or orders inside pasted notes', async () => {
  const said = [...(await readSmallTalk()), ...plantedNotes()];
  expect(said.length).toBeGreaterThanOrEqual(500);
  const changed = said.filter((sentence) => {
    const routed = route(sentence, STATE);
    return routed.kind === 'call' && routed.calls.some(({ tool }) => !LOOKING.has(tool));
  });
  expect(changed).toEqual([]);
});
