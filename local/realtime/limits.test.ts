import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createRateLimit, createWindowLimit } from './limits.ts';
import { eventually, liveProject } from './test-harness.ts';

describe('a rate limit', () => {
  test('lets a burst of two seconds through and then the steady rate', () => {
    const limit = createRateLimit(10);
    const passed = (now: number) => Array.from({ length: 50 }, () => limit(now)).filter(Boolean).length;
    expect([passed(1_000_000), passed(1_000_000), passed(1_000_500), passed(1_100_000)]).toEqual([
      20, 0, 5, 20,
    ]);
  });

  test('counts several at once', () => {
    const limit = createRateLimit(10);
    expect([limit(1_000_000, 21), limit(1_000_000, 20), limit(1_000_000)]).toEqual([false, true, false]);
  });

  test('of a window begins anew when the window ends', () => {
    const limit = createWindowLimit(2, 1_000);
    expect([0, 10, 20, 1_000, 1_001, 1_002, 1_003].map((now) => limit(now))).toEqual([
      true,
      true,
      false,
      false,
      true,
      true,
      false,
    ]);
  });
});

describe('a project at its limits', () => {
  const { live, connect } = liveProject({
    realtimeLimits: { connections: 2, channelsPerConnection: 3, joinsPerSecond: 10, eventsPerSecond: 10 },
  });
  beforeAll(() => vi.useFakeTimers({ toFake: ['Date'] }));
  afterAll(() => vi.useRealTimers());
  /** Every allowance is whole again. */
  afterEach(() => vi.setSystemTime(Date.now() + 2_100));

  test('refuses a channel too many, and takes another once one is left', async () => {
    const socket = await connect();
    for (const ref of ['1', '2', '3', '4'])
      socket.send(ref, ref, `realtime:${ref}`, 'phx_join', { config: {} });
    expect(await socket.reply('3')).toMatchObject({ status: 'ok' });
    expect(await socket.reply('4')).toMatchObject({
      response: { reason: 'ChannelRateLimitReached: Too many channels' },
    });
    socket.send('1', '5', 'realtime:1', 'phx_leave', {});
    await socket.reply('5');
    expect(await socket.join('realtime:4', { config: {} }, '6')).toMatchObject({ status: 'ok' });
  });

  test('refuses a connection too many', async () => {
    const sockets = [1, 2, 3].map(() => connect());
    const [one, two, three] = await Promise.all(sockets);
    for (const socket of [one, two]) expect(await socket?.join('realtime:a')).toMatchObject({ status: 'ok' });
    expect(await three?.join('realtime:a')).toMatchObject({
      response: { reason: 'ConnectionRateLimitReached: Too many connected users' },
    });
  });

  test('closes the channel of a client that floods it, and only that', async () => {
    const [loud, calm] = [await connect(), await connect()];
    for (const socket of [loud, calm]) await socket.join('realtime:a');
    for (let n = 0; n < 30; n += 1) {
      loud.send('1', `${n + 2}`, 'realtime:a', 'broadcast', { type: 'broadcast', event: 'x', payload: {} });
    }
    await eventually(() => expect(loud.of('phx_close')).toHaveLength(1));
    expect(loud.of('system')).toMatchObject([
      { payload: { status: 'error', message: 'Too many messages per second' } },
    ]);
    expect(calm.of('broadcast').length).toBeLessThanOrEqual(21);
    expect(calm.of('phx_close')).toEqual([]);
    const response = await fetch(`${live.gateway.url}/realtime/v1/api/broadcast`, {
      method: 'POST',
      headers: { apikey: live.gateway.publishableKey, 'content-type': 'application/json' },
      body: JSON.stringify({
        messages: Array.from({ length: 30 }, () => ({ topic: 'a', event: 'x', payload: {} })),
      }),
    });
    expect(response.status).toBe(429);
  });

  test('lets go of a client that joins too fast', async () => {
    const socket = await connect();
    for (let n = 1; n <= 30; n += 1) socket.send(`${n}`, `${n}`, 'realtime:same', 'phx_join', { config: {} });
    await eventually(() => expect(socket.closed).toMatchObject({ code: 1013 }));
    expect(socket.of('phx_reply').at(-1)?.payload).toMatchObject({
      response: { reason: 'ClientJoinRateLimitReached: Too many joins per second' },
    });
  });
});
