import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { freePort, hasRedis, redisOn } from '../../tests/setup/redis.ts';
import { collected, openStream } from '../../tests/setup/streams.ts';
import { createRedis } from '../redis/client.ts';
import { type Broadcast, memoryBroadcast, redisBroadcast } from './broadcast.ts';
import { TurnStreams } from './streams.ts';

const failures: unknown[] = [];
const streamsOn = (broadcast: Broadcast) => new TurnStreams(broadcast, (error) => failures.push(error));

const textOf = async (stream: ReadableStream<string> | null) => (await collected(stream ?? [])).join('');

const turn = (messageId: string, change: Partial<Parameters<TurnStreams['register']>[0]> = {}) => ({
  userId: 'user',
  threadId: 'thread',
  messageId,
  stop: () => undefined,
  cancel: () => false,
  finished: new Promise<never>(() => undefined),
  ...change,
});

test('gives memory back once, when many answers are over', async () => {
  vi.useFakeTimers();
  const whenQuiet = vi.fn();
  const streams = new TurnStreams(memoryBroadcast(), (error) => failures.push(error), whenQuiet);
  const answer = async (count: number) => {
    const over = Promise.withResolvers<void>();
    for (let number = 0; number < count; number += 1)
      streams.register(turn(`busy-${number}`, { finished: over.promise }));
    over.resolve();
    await vi.advanceTimersByTimeAsync(60_000);
  };
  await answer(99);
  expect(whenQuiet).not.toHaveBeenCalled();
  await answer(100);
  await answer(1);
  expect(whenQuiet).toHaveBeenCalledOnce();
  vi.useRealTimers();
});

describe('following a turn', () => {
  test('late readers, in this process or another, get everything from the beginning', async () => {
    const broadcast = memoryBroadcast();
    const here = streamsOn(broadcast);
    const elsewhere = streamsOn(broadcast);
    const { stream, send, close } = openStream<string>();
    send('one ');
    here.publish('m1', stream);
    await setTimeout(10);
    const [first, second] = await Promise.all([here.resume('m1'), elsewhere.resume('m1')]);
    const texts = Promise.all([textOf(first), textOf(second)]);
    send('two ', 'three');
    close();
    expect(await texts).toEqual(['one two three', 'one two three']);
  });

  test('a finished turn, and one nobody knows, give nothing', async () => {
    const streams = streamsOn(memoryBroadcast());
    const { stream, send, close } = openStream<string>();
    send('one');
    streams.publish('m1', stream);
    await setTimeout(5);
    expect(await streams.canResume('m1')).toBe(true);
    close();
    await vi.waitFor(async () => expect(await streams.canResume('m1')).toBe(false));
    expect(await streams.resume('m1')).toBeNull();
    expect(await streams.canResume('m1')).toBe(false);
    expect(await streams.resume('unknown')).toBeNull();
  });

  test('a broadcast that is down is nothing to follow, never a failure', async () => {
    const broken = memoryBroadcast();
    broken.publisher.get = () => Promise.reject(new Error('down'));
    const streams = streamsOn(broken);
    expect(await streams.resume('m1')).toBeNull();
    expect(await streams.canResume('m1')).toBe(false);
    expect(failures.length).toBeGreaterThan(0);
  });
});

describe('stopping a turn', () => {
  test('waits for its last save', async () => {
    const streams = streamsOn(memoryBroadcast());
    let isSaved = false;
    const stopped = Promise.withResolvers<void>();
    const finished = stopped.promise
      .then(() => setTimeout(20))
      .then(() => {
        isSaved = true;
      });
    streams.register(turn('m1', { finished, stop: stopped.resolve }));
    expect(await streams.stop('m1')).toBe('done');
    expect(isSaved).toBe(true);
  });

  test('reaches another process, and knows when nobody runs it', async () => {
    const broadcast = memoryBroadcast();
    const stop = vi.fn();
    streamsOn(broadcast).register(turn('m1', { stop }));
    const elsewhere = streamsOn(broadcast);
    expect(await elsewhere.stop('m1')).toBe('told');
    expect(stop).toHaveBeenCalledOnce();
    expect(await elsewhere.stop('m2')).toBe('unknown');
  });

  test('one call of a tool is ended by itself, here and in another process', async () => {
    const broadcast = memoryBroadcast();
    const here = streamsOn(broadcast);
    const [stop, cancel] = [vi.fn(), vi.fn((id: string) => id === 'call-1')];
    here.register(turn('m1', { stop, cancel }));
    expect(await here.cancel('m1', 'call-1')).toBe(true);
    expect(await here.cancel('m1', 'call-2')).toBe(false);
    expect(await streamsOn(broadcast).cancel('m1', 'call-1')).toBe(true);
    expect(await here.cancel('m2', 'call-1')).toBe(false);
    expect(cancel.mock.calls).toEqual([['call-1'], ['call-2'], ['call-1']]);
    expect(stop).not.toHaveBeenCalled();
  });

  test('a turn is held for dead only where nobody runs it', async () => {
    const broadcast = memoryBroadcast();
    const here = streamsOn(broadcast);
    here.register(turn('m1'));
    const elsewhere = streamsOn(broadcast);
    expect(await here.deadAfterSeconds('m1')).toBeNull();
    expect(await elsewhere.deadAfterSeconds('m1')).toBeNull();
    // Longer than the five seconds in which whoever writes shows that they do.
    expect(await elsewhere.deadAfterSeconds('m2')).toBeGreaterThan(5);
    const away = { ...broadcast, deadAfterSeconds: () => null };
    expect(await streamsOn(away).deadAfterSeconds('m2')).toBeNull();
  });

  test('a turn that ended is forgotten', async () => {
    const broadcast = memoryBroadcast();
    const streams = streamsOn(broadcast);
    const { promise, resolve } = Promise.withResolvers<void>();
    streams.register(turn('m1', { finished: promise }));
    expect(streams.size).toBe(1);
    resolve();
    await vi.waitFor(() => expect(streams.size).toBe(0));
    expect(await streams.stop('m1')).toBe('unknown');
  });
});

test('a counter on a finished stream fails, as in Redis', async () => {
  const { publisher } = memoryBroadcast();
  expect(await publisher.incr('a')).toBe(1);
  expect(await publisher.incr('a')).toBe(2);
  await publisher.set('a', 'DONE', { EX: 10 });
  await expect(publisher.incr('a')).rejects.toThrow('not an integer');
});

describe.skipIf(!hasRedis)('turns of two processes over Redis', () => {
  let redis: ReturnType<typeof redisOn>;
  const failures: unknown[] = [];
  const connections: { disconnect(): void }[] = [];

  function process() {
    const publisher = createRedis(redis.url);
    const subscriber = createRedis(redis.url);
    connections.push(publisher, subscriber);
    const onFailure = (error: unknown) => failures.push(error);
    return new TurnStreams(redisBroadcast(publisher, subscriber, onFailure), onFailure);
  }

  async function startRedis() {
    redis.start();
    const probe = createRedis(redis.url);
    connections.push(probe);
    await vi.waitFor(() => probe.ping(), { timeout: 5_000, interval: 50 });
  }

  beforeAll(async () => {
    redis = redisOn(await freePort());
    await startRedis();
  });

  afterAll(() => {
    for (const connection of connections) connection.disconnect();
    redis?.stop();
  });

  test('one follows and stops what the other runs, and goes on when Redis is gone', async () => {
    const here = process();
    const elsewhere = process();
    const stop = vi.fn();
    // Registered before the connection stands: it is made good once it does.
    here.register(turn('m1', { stop }));
    await setTimeout(200);

    const { stream, send, close } = openStream<string>();
    here.publish('m1', stream);
    send('one ');
    await setTimeout(100);
    const followed = await elsewhere.resume('m1');
    send('two');
    close();
    expect(await textOf(followed)).toBe('one two');
    expect(await elsewhere.stop('m1')).toBe('told');
    await vi.waitFor(() => expect(stop).toHaveBeenCalledOnce());
    expect(failures.filter((failure) => !String(failure).includes("isn't writeable"))).toEqual([]);

    // What was under way when Redis was restarted is followed to its end, without a gap.
    const [longer, other] = [openStream<string>(), openStream<string>()];
    here.register(turn('m4'));
    for (const [id, { stream: events }] of [
      ['m1', longer],
      ['m4', other],
    ] as const)
      here.publish(id, events);
    longer.send('one ');
    other.send('one ');
    await setTimeout(100);
    const [there, there4, own] = await Promise.all([
      elsewhere.resume('m1'),
      elsewhere.resume('m4'),
      here.resume('m1'),
    ]);
    const texts = Promise.all([textOf(there), textOf(own)]);
    redis.stop();
    await setTimeout(50);
    longer.send('two ');
    await startRedis();
    // The connections come back by themselves.
    await setTimeout(1_500);
    longer.send('three');
    longer.close();
    expect(await texts).toEqual(['one two three', 'one two three']);
    await there4?.cancel();

    redis.stop();
    await setTimeout(100);
    expect(await elsewhere.resume('m2')).toBeNull();
    expect(await elsewhere.stop('m2')).toBe('unknown');
    here.publish('m3', new ReadableStream({ start: (started) => started.close() }));
    await setTimeout(50);
  });
});
