import { afterEach, expect, test, vi } from 'vitest';
import { fetchAgain } from './retry.ts';

afterEach(() => vi.unstubAllGlobals());

const failing = (status: number, code: string) => () => Response.json({ code, message: '' }, { status });
const fine = () => Response.json([{ id: 1 }]);

async function ask(...answers: (() => Response)[]) {
  const send = vi.fn(async () => answers[Math.min(send.mock.calls.length, answers.length) - 1]?.() ?? fine());
  vi.stubGlobal('fetch', send);
  const response = await fetchAgain('http://database/rest/v1/rpc/review_cards', {
    method: 'POST',
    body: '{}',
  });
  return { status: response.status, body: await response.json(), sent: send.mock.calls.length };
}

test.each(['40P01', '40001', '55P03'])(
  'what the database gave up for another transaction (%s) is sent again',
  async (code) => {
    expect(await ask(failing(500, code), fine)).toEqual({ status: 200, body: [{ id: 1 }], sent: 2 });
  },
);

test('a database that gives up each time is asked three times, and its answer is passed on whole', async () => {
  expect(await ask(failing(500, '40P01'))).toEqual({
    status: 500,
    body: { code: '40P01', message: '' },
    sent: 3,
  });
});

test.each([
  ['a refusal', failing(409, 'PT409'), 409],
  ['an error without a code', () => new Response('bad gateway', { status: 502 }), 502],
])('%s is an answer and is not asked for again', async (_what, answer, status) => {
  const send = vi.fn(async () => answer());
  vi.stubGlobal('fetch', send);
  expect((await fetchAgain('http://database/rest/v1/thread')).status).toBe(status);
  expect(send).toHaveBeenCalledTimes(1);
});
