import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createRedis } from '../redis/client.ts';
import { redisBroadcast } from './broadcast.ts';
import { TurnStreams } from './streams.ts';

// Nothing of the default suite needs Redis; where it is installed, the two-process case is tried on the real one.
const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

describe.skipIf(!hasRedis)('turns of two processes over Redis', () => {
  let redis: ChildProcess;
  let port: number;
  const failures: unknown[] = [];
  const connections: { disconnect(): void }[] = [];

  function process() {
    const url = `redis://127.0.0.1:${port}`;
    const publisher = createRedis(url);
    const subscriber = createRedis(url);
    connections.push(publisher, subscriber);
    const onFailure = (error: unknown) => failures.push(error);
    return new TurnStreams(redisBroadcast(publisher, subscriber, onFailure), onFailure);
  }

  beforeAll(async () => {
    port = await freePort();
    redis = spawn('redis-server', ['--port', String(port), '--save', '', '--dir', tmpdir()], {
      stdio: 'ignore',
    });
    const probe = createRedis(`redis://127.0.0.1:${port}`);
    connections.push(probe);
    await vi.waitFor(() => probe.ping(), { timeout: 5_000, interval: 50 });
  });

  afterAll(() => {
    for (const connection of connections) connection.disconnect();
    redis?.kill('SIGKILL');
  });

  test('one follows and stops what the other runs, and goes on when Redis is gone', async () => {
    const here = process();
    const elsewhere = process();
    const stop = vi.fn();
    // Registered before the connection stands: it is made good once it does.
    here.register({
      userId: 'u',
      threadId: 't',
      messageId: 'm1',
      stop,
      finished: new Promise(() => undefined),
    });
    await setTimeout(200);

    let controller: ReadableStreamDefaultController<string> | undefined;
    const events = new ReadableStream<string>({
      start(started) {
        controller = started;
      },
    });
    here.publish('m1', events);
    controller?.enqueue('one ');
    await setTimeout(100);
    const followed = await elsewhere.resume('m1');
    controller?.enqueue('two');
    controller?.close();
    let text = '';
    if (followed) for await (const piece of followed) text += piece;
    expect(text).toBe('one two');
    expect(await elsewhere.stop('m1')).toBe('told');
    await vi.waitFor(() => expect(stop).toHaveBeenCalledOnce());
    expect(failures.filter((failure) => !String(failure).includes("isn't writeable"))).toEqual([]);

    redis.kill('SIGKILL');
    await setTimeout(100);
    expect(await elsewhere.resume('m2')).toBeNull();
    expect(await elsewhere.stop('m2')).toBe('unknown');
    here.publish('m3', new ReadableStream({ start: (started) => started.close() }));
    await setTimeout(50);
  });
});
