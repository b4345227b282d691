import { expect, test } from 'vitest';
import { tools } from '../lib/tools/index.ts';
import { type Ask, checkTools } from './tool-checks.ts';

/** A deployment that does with each question what its first tool is for. */
const good: Ask = async ({ settings: { tools: allowed } }) => {
  const [tool] = allowed;
  const state = tool === 'sendNudge' ? 'approval-requested' : 'done';
  return { threadId: 't', text: 'Done.', toolsUsed: allowed, cards: [{ tool, state }] };
};

test('every tool of the registry is asked for by name, and what reaches others passes by asking first', async () => {
  const outcomes = await checkTools(good, 'Boole');
  expect(outcomes.map(({ tool }) => tool).toSorted()).toEqual(Object.keys(tools).toSorted());
  expect(outcomes.every(({ passed }) => passed)).toBe(true);
  expect(outcomes.find(({ tool }) => tool === 'sendNudge')?.text).toBe('asks first');
});

const card = { tool: 'searchNotes', state: 'failed', message: 'It broke.' };
test.each([
  ['an error', { code: 'chat_disabled', status: 503 }, /no answer.*chat_disabled/],
  [
    'another tool',
    { threadId: 't', text: 'Hello.', toolsUsed: ['x'], cards: [] },
    /not called \(called: x\)/,
  ],
  ['a failure', { threadId: 't', text: '', toolsUsed: [], cards: [card] }, /It broke/],
])('%s is no pass, and says what came instead', async (_what, answer, said) => {
  const [first] = await checkTools(async () => answer, 'Boole');
  expect(first).toMatchObject({ tool: 'searchNotes', passed: false, text: expect.stringMatching(said) });
});

test('a deployment that does not answer fails every tool with the reason', async () => {
  const outcomes = await checkTools(() => Promise.reject(new Error('connection refused')), 'Boole');
  expect(outcomes.every(({ passed, text }) => !passed && text === 'connection refused')).toBe(true);
});
