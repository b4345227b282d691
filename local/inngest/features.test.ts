import { setTimeout as delay } from 'node:timers/promises';
import { type FailureEventArgs, NonRetriableError, RetryAfterError } from 'inngest';
import { expect, test } from 'vitest';
import { eachHarness, type HarnessOptions, SIGNING_KEY, waitUntil } from './testing/harness.ts';

const { start, send, outcome } = eachHarness();

const modes: [string, HarnessOptions][] = [
  ['development', {}],
  ['signed', { signingKey: SIGNING_KEY, eventKey: 'event-key' }],
  ['development with the state fetched by the app', { maxInlineBytes: 10 }],
  ['signed with the state fetched by the app', { signingKey: SIGNING_KEY, maxInlineBytes: 10 }],
];

test.each(modes)('runs each step once and hands its result on (%s mode)', async (_mode, options) => {
  const ran: string[] = [];
  await start(
    (on) => [
      on('go', async ({ event, step }) => {
        let text = String(event.data.text);
        for (const name of ['a', 'b', 'c', 'd', 'e']) {
          text = await step.run(name, () => {
            ran.push(name);
            return `${text}${name}é😀`;
          });
        }
        return { text };
      }),
    ],
    options,
  );
  const run = await outcome('go', { text: 'ü', zeta: 1, alpha: { b: [1.5, null], a: 'x' } });
  expect(run).toMatchObject({ status: 'completed', output: { text: 'üaé😀bé😀cé😀dé😀eé😀' } });
  expect(ran).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(run.steps.map(({ name, attempts }) => [name, attempts])).toEqual(ran.map((name) => [name, 1]));
});

test('retries a failing step with backoff and counts its attempts', async () => {
  const attempts: number[] = [];
  await start((on) => [
    on('go', { retries: 3 }, async ({ step, attempt }) => {
      const value = await step.run('flaky', () => {
        attempts.push(attempt);
        if (attempts.length < 3) throw new Error(`no ${attempts.length}`);
        return 'yes';
      });
      return step.run('after', () => `${value}!`);
    }),
  ]);
  const run = await outcome('go');
  expect(run).toMatchObject({ status: 'completed', output: 'yes!' });
  expect(attempts).toEqual([0, 1, 2]);
  expect(run.steps[0]).toMatchObject({ name: 'flaky', attempts: 3, status: 'completed' });
});

test('gives up after the last attempt, runs onFailure with the original event, and lets a step error be caught', async () => {
  const failures: unknown[] = [];
  let calls = 0;
  await start((on) => [
    on(
      'doom',
      {
        id: 'doomed',
        retries: 1,
        onFailure: ({ event, error }: FailureEventArgs) => {
          failures.push([event.data.event.data, error.message, event.data.function_id]);
        },
      },
      async ({ step }) => {
        await step.run('never', () => {
          calls += 1;
          throw new TypeError('broken file');
        });
      },
    ),
    on('care', { retries: 0 }, async ({ step }) => {
      try {
        await step.run('never', () => {
          throw new TypeError('broken file');
        });
      } catch (error) {
        return error instanceof Error ? `${error.name}: ${error.message}` : null;
      }
    }),
  ]);
  const doomed = await outcome('doom', { documentId: 'd1' });
  expect(doomed).toMatchObject({ status: 'failed', error: { name: 'TypeError', message: 'broken file' } });
  expect(calls).toBe(2);
  await waitUntil('onFailure ran', () => failures.length > 0);
  expect(failures).toEqual([[{ documentId: 'd1' }, 'broken file', 'app-doomed']]);
  expect(await outcome('care')).toMatchObject({
    status: 'completed',
    output: 'TypeError: broken file',
  });
});

test('does not retry what is not retriable and waits as long as retry-after asks', async () => {
  let tries = 0;
  let finals = 0;
  const { ended, advance, health } = await start((on) => [
    on('final', { retries: 5 }, async ({ step }) => {
      await step.run('once', () => {
        finals += 1;
        throw new NonRetriableError('password needed');
      });
    }),
    on('later', { retries: 2 }, async () => {
      tries += 1;
      if (tries === 1) throw new RetryAfterError('busy', '1h');
      return 'done';
    }),
  ]);
  expect(await outcome('final')).toMatchObject({
    status: 'failed',
    error: { message: 'password needed' },
  });
  expect(finals).toBe(1);
  const later = await send('later');
  const isWaiting = async () => tries === 1 && (await health()).queue.inFlight === 0;
  await waitUntil('it was asked to come back', isWaiting);
  await advance('59m');
  expect([tries, (await health()).queue.inFlight]).toEqual([1, 0]);
  await advance('2m');
  expect(await ended(later)).toMatchObject({ status: 'completed', output: 'done' });
  expect(tries).toBe(2);
});

test('after parallel steps asks the function on exactly once, and runs the next step exactly once', async () => {
  const ran: string[] = [];
  let bodies = 0;
  await start((on) => [
    on('go', async ({ step }) => {
      bodies += 1;
      const work = (name: string) => step.run(name, () => ran.push(name) && name);
      const parts = await Promise.all(['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7'].map(work));
      const joined = await step.run('join', () => ran.push('join') && parts.join());
      return step.run('publish', () => ran.push('publish') && joined);
    }),
  ]);
  const run = await outcome('go');
  expect(run).toMatchObject({ status: 'completed', output: 'p0,p1,p2,p3,p4,p5,p6,p7' });
  expect(ran.toSorted()).toEqual(['join', 'p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7', 'publish']);
  // One discovery, eight steps, one call that runs "join", one that runs "publish", one that returns.
  expect(bodies).toBe(12);
});

test.each([true, false])(
  'mixes parallel steps, failures and sleeps (optimised parallelism: %s)',
  async (optimizeParallelism) => {
    const ran: string[] = [];
    let failed = false;
    const { ended, advance, runsOf } = await start(
      (on) => [
        on('go', { retries: 2 }, async ({ step }) => {
          const chain = async () => {
            await step.run('a1', () => ran.push('a1'));
            return step.run('a2', () => ran.push('a2') && 'a');
          };
          const flaky = step.run('b', () => {
            if (!failed) {
              failed = true;
              throw new Error('once');
            }
            ran.push('b');
            return 'b';
          });
          const [a, b] = await Promise.all([chain(), flaky, step.sleep('nap', '1h')]);
          return step.run('end', () => ran.push('end') && `${a}${b}`);
        }),
      ],
      { optimizeParallelism },
    );
    const id = await send('go');
    await waitUntil('the sleep began', async () =>
      (await runsOf(id))[0]?.steps.some(({ op }) => op === 'Sleep'),
    );
    await advance('2h');
    expect(await ended(id)).toMatchObject({ status: 'completed', output: 'ab' });
    expect(ran.toSorted()).toEqual(['a1', 'a2', 'b', 'end']);
  },
);

test('a race moves on with the first branch that ends, and each step still runs once', async () => {
  const ran: string[] = [];
  const { advance, ended } = await start((on) => [
    on('go', async ({ step, group }) => {
      const winner = await group.parallel({ mode: 'race' }, () =>
        Promise.race([
          step.run('fast', () => ran.push('fast') && 'fast'),
          step.run('second', () => delay(30).then(() => ran.push('second') && 'second')),
          step.sleep('slow', '1h').then(() => 'slow'),
        ]),
      );
      await step.run('after', () => ran.push('after'));
      return step.run('end', () => ran.push('end') && winner);
    }),
  ]);
  const id = await send('go');
  await waitUntil('it moved on while the sleep lasts', () => ran.includes('end'));
  // The SDK reports a function as finished only when the branches that lost have ended as well.
  await advance('2h');
  expect(await ended(id)).toMatchObject({ status: 'completed', output: 'fast' });
  expect(ran.toSorted()).toEqual(['after', 'end', 'fast', 'second']);
});
