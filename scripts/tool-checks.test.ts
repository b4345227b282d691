import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tools } from '../lib/tools/index.ts';
import { type Ask, toolChecks } from './tool-checks.ts';

/** What each check said, or why it failed. */
const outcomesOf = (ask: Ask, person: () => Promise<string> = async () => 'Boole') =>
  Promise.all(
    toolChecks(ask, person).map(async ({ name, run }) => {
      const [passed, text] = await run().then(
        (said) => [true, said] as const,
        (error: Error) => [false, error.message] as const,
      );
      return { tool: name, passed, text };
    }),
  );

/** A deployment that does with each question what its first tool is for. */
const good: Ask = async ({ settings: { tools: allowed } }) => {
  const [tool] = allowed;
  const state = tool === 'sendNudge' ? 'approval-requested' : 'done';
  return { threadId: 't', text: 'Done.', toolsUsed: allowed, cards: [{ tool, state }] };
};

test('every tool of the registry is asked for by name, and what reaches others passes by asking first', async () => {
  const outcomes = await outcomesOf(good);
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
  const [first] = await outcomesOf(async () => answer);
  expect(first).toMatchObject({ tool: 'searchNotes', passed: false, text: expect.stringMatching(said) });
});

test('a deployment that does not answer fails every tool with the reason', async () => {
  const outcomes = await outcomesOf(() => Promise.reject(new Error('connection refused')));
  expect(outcomes.every(({ passed, text }) => !passed && text === 'connection refused')).toBe(true);
});

test('who cannot be found fails the tools about one person alone', async () => {
  const outcomes = await outcomesOf(good, () => Promise.reject(new Error('nobody')));
  expect(outcomes.filter(({ passed }) => !passed).map(({ tool, text }) => [tool, text])).toEqual([
    ['matchInsight', 'nobody'],
    ['sendNudge', 'nobody'],
  ]);
});

/** What the checks print of an address, and how they end. */
const printedOf = (script: string, url: string) =>
  new Promise<{ lines: string[]; code: unknown }>((resolve) => {
    const file = join(import.meta.dirname, script);
    execFile(process.execPath, [file, url, '--token', 'x', '--other-token', 'y'], (error, stdout) =>
      resolve({ lines: stdout.trim().split('\n'), code: error?.code ?? 0 }),
    );
  });

test('where a website stands instead of a deployment, every check has its own line that says why not', async () => {
  const server = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end('<p>Hello'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const { lines, code } = await printedOf('verify-deploy.ts', url);
  server.close();
  expect(code).toBe(1);
  const failed = lines.filter((line) => line.startsWith('✗'));
  expect(failed).toHaveLength(8 + Object.keys(tools).length);
  expect(failed.filter((line) => !/ms {2}\S/.test(line))).toEqual([]);
  expect(lines.join('\n')).toMatch(
    /status .*answered no JSON: <p>Hello[\s\S]*headers .*no policy with a nonce/,
  );
  expect(lines.at(-1)).toBe('2 passed, 19 failed');
});
