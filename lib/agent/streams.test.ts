import { setTimeout } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { type Broadcast, memoryBroadcast } from './broadcast.ts';
import { TurnStreams } from './streams.ts';

const failures: unknown[] = [];
const streamsOn = (broadcast: Broadcast) => new TurnStreams(broadcast, (error) => failures.push(error));

async function textOf(stream: ReadableStream<string> | null): Promise<string> {
  let text = '';
  if (stream) for await (const piece of stream) text += piece;
  return text;
}

/** A turn that writes its pieces when told to. */
function slowEvents(pieces: string[]) {
  let release: (() => void) | undefined;
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const stream = new ReadableStream<string>({
    async start(controller) {
      controller.enqueue(pieces[0] ?? '');
      await gate;
      for (const piece of pieces.slice(1)) controller.enqueue(piece);
      controller.close();
    },
  });
  return { stream, release: () => release?.() };
}

const turn = (messageId: string, change: { finished?: Promise<unknown>; stop?: () => void } = {}) => ({
  userId: 'user',
  threadId: 'thread',
  messageId,
  stop: change.stop ?? (() => undefined),
  finished: change.finished ?? new Promise<never>(() => undefined),
});

describe('following a turn', () => {
  test('late readers, in this process or another, get everything from the beginning', async () => {
    const broadcast = memoryBroadcast();
    const here = streamsOn(broadcast);
    const elsewhere = streamsOn(broadcast);
    const { stream, release } = slowEvents(['one ', 'two ', 'three']);
    here.publish('m1', stream);
    await setTimeout(10);
    const [first, second] = await Promise.all([here.resume('m1'), elsewhere.resume('m1')]);
    const texts = Promise.all([textOf(first), textOf(second)]);
    release();
    expect(await texts).toEqual(['one two three', 'one two three']);
  });

  test('a finished turn, and one nobody knows, give nothing', async () => {
    const streams = streamsOn(memoryBroadcast());
    const { stream, release } = slowEvents(['one']);
    streams.publish('m1', stream);
    await setTimeout(5);
    expect(await streams.canResume('m1')).toBe(true);
    release();
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
