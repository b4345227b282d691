import { describe, expect, test, vi } from 'vitest';
import { collect, eventually, hear, join, liveProject, pause } from './test-harness.ts';

const { live, visitor, connect } = liveProject({ realtimeLimits: { payloadBytes: 10_000 } });

const post = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
  fetch(`${live.gateway.url}/realtime/v1/api/broadcast${path}`, {
    method: 'POST',
    body,
    headers: { apikey: live.gateway.publishableKey, 'content-type': 'application/json', ...headers },
  });

describe('a broadcast', () => {
  test('reaches everybody in the channel and nobody in another', async () => {
    const sender = visitor().channel('news');
    const [receiver, stranger] = [visitor().channel('news'), visitor().channel('weather')];
    const [own, received, foreign] = [sender, receiver, stranger].map((channel) =>
      collect(channel, 'broadcast'),
    );
    for (const channel of [sender, receiver, stranger]) await join(channel);
    const payload = { text: 'Žluťoučký kůň 🐎', list: [1, null, { deep: true }] };
    expect(await sender.send({ type: 'broadcast', event: 'háček', payload })).toBe('ok');
    await eventually(() => expect(received).toEqual([{ type: 'broadcast', event: 'háček', payload }]));
    await pause(50);
    expect([own, foreign]).toEqual([[], []]);
  });

  test('comes back to its sender who asked for it, and is acknowledged when asked for', async () => {
    const channel = visitor().channel('echo', { config: { broadcast: { self: true, ack: true } } });
    const own = collect(channel, 'broadcast');
    await join(channel);
    expect(await channel.send({ type: 'broadcast', event: 'x', payload: { n: 1 } })).toBe('ok');
    await eventually(() => expect(own).toMatchObject([{ event: 'x', payload: { n: 1 } }]));
  });

  test('carries bytes as they are', async () => {
    const [sender, receiver] = [visitor().channel('bytes'), visitor().channel('bytes')];
    const received = collect<{ event: string; payload: ArrayBuffer }>(receiver, 'broadcast');
    for (const channel of [sender, receiver]) await join(channel);
    const bytes = crypto.getRandomValues(new Uint8Array(5_000));
    await sender.send({ type: 'broadcast', event: 'raw', payload: bytes.buffer });
    await eventually(() => expect(received).toHaveLength(1));
    expect(new Uint8Array(received[0]?.payload ?? new ArrayBuffer())).toEqual(bytes);
  });

  test('passes between the two protocol versions; bytes stay out of the older one', async () => {
    const [older, newer] = [await connect({ version: '1.0.0' }), await connect()];
    for (const socket of [older, newer]) await socket.join('realtime:mixed');
    const channel = await join(visitor().channel('mixed'));
    await channel.send({ type: 'broadcast', event: 'a', payload: { n: 1 } });
    await channel.send({ type: 'broadcast', event: 'b', payload: new Uint8Array([1]).buffer });
    older.send('1', '2', 'realtime:mixed', 'broadcast', { type: 'broadcast', event: 'c', payload: { n: 2 } });
    await eventually(() => expect(newer.binary).toHaveLength(2));
    await eventually(() =>
      expect(newer.of('broadcast')).toMatchObject([
        { payload: { type: 'broadcast', event: 'c', payload: { n: 2 } } },
      ]),
    );
    expect(older.of('broadcast')).toMatchObject([
      { payload: { type: 'broadcast', event: 'a', payload: { n: 1 } } },
    ]);
  });

  test('above the size limit is refused to its sender and reaches nobody', async () => {
    const sender = visitor().channel('large', { config: { broadcast: { ack: true } } });
    const receiver = visitor().channel('large');
    const received = collect(receiver, 'broadcast');
    for (const channel of [sender, receiver]) await join(channel);
    const payload = { text: 'x'.repeat(20_000) };
    expect(await sender.send({ type: 'broadcast', event: 'x', payload })).toBe('error');
    expect(await sender.send({ type: 'broadcast', event: 'y', payload: {} })).toBe('ok');
    await eventually(() => expect(received).toMatchObject([{ event: 'y' }]));
  });
});

describe('over HTTP', () => {
  test('a message reaches the channel before its sender has subscribed', async () => {
    const received = await hear(visitor().channel('http'));
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const sender = visitor().channel('http');
    expect(await sender.send({ type: 'broadcast', event: 'early', payload: { n: 1 } })).toBe('ok');
    warn.mockRestore();
    expect(await sender.httpSend('explicit', { n: 2 })).toEqual({ success: true });
    expect(await sender.httpSend('raw', new Uint8Array([1, 2]).buffer)).toEqual({ success: true });
    await eventually(() => expect(received).toHaveLength(3));
    expect(received).toMatchObject([
      { event: 'early', payload: { n: 1 } },
      { event: 'explicit', payload: { n: 2 } },
      { event: 'raw' },
    ]);
  });

  test('many messages go out with one request, answered with 202', async () => {
    const received = await hear(visitor().channel('batch'));
    const messages = [1, 2, 3].map((n) => ({
      topic: 'batch',
      event: `e${n}`,
      payload: { n },
      private: false,
    }));
    const response = await post('', JSON.stringify({ messages }));
    expect(response.status).toBe(202);
    expect(await response.text()).toBe('');
    await eventually(() => expect(received.map(({ event }) => event)).toEqual(['e1', 'e2', 'e3']));
  });

  test('what is wrong with a request is said', async () => {
    const cases: [string, string, Record<string, string>, number][] = [
      ['', '{', {}, 400],
      ['', '{}', {}, 422],
      ['', '{"messages":{}}', {}, 422],
      ['', '{"messages":[{"topic":"t"}]}', {}, 422],
      ['', '{"messages":[{"topic":"t","event":"e","payload":"text"}]}', {}, 422],
      [
        '',
        JSON.stringify({ messages: [{ topic: 't', event: 'e', payload: { x: 'x'.repeat(20_000) } }] }),
        {},
        422,
      ],
      ['', 'x'.repeat(50_000), {}, 413],
      ['', '{"messages":[]}', { apikey: '' }, 401],
      ['', '{"messages":[]}', { apikey: 'wrong' }, 401],
      ['', '{"messages":[]}', { authorization: 'Bearer a.b.c' }, 401],
      ['/t/events/e', '{', {}, 400],
      ['/t/events/e', '{}', { 'content-type': 'text/plain' }, 415],
      ['/t/events/e?persist=true', '{}', {}, 422],
      ['/t/events/e?private=true', '{}', {}, 403],
      ['/t/elsewhere', '{}', {}, 404],
    ];
    for (const [path, body, headers, status] of cases) {
      const response = await post(path, body, headers);
      expect({ path, body: body.slice(0, 60), status: response.status }).toEqual({
        path,
        body: body.slice(0, 60),
        status,
      });
      expect(await response.json()).toBeTypeOf('object');
    }
  });
});

describe('from the database', () => {
  test('a message goes out with the commit of its transaction, not before, and never without one', async () => {
    const received = await hear(visitor().channel('audit'));
    const failed = live.gateway.database.asUser('service', async (query) => {
      await query(`select realtime.send('{"n":0}', 'lost', 'audit', false)`);
      throw new Error('changed my mind');
    });
    await expect(failed).rejects.toThrow('changed my mind');
    await live.gateway.database.asUser('service', async (query) => {
      await query(`select realtime.send('{"n":1}', 'saved', 'audit', false)`);
      await pause(100);
      expect(received).toEqual([]);
    });
    const id = expect.any(String);
    const saved = { type: 'broadcast', event: 'saved', payload: { n: 1, id }, meta: { id } };
    await eventually(() => expect(received).toEqual([saved]));
  });

  test('a private message stays out of the public channel of the same name', async () => {
    const received = await hear(visitor().channel('secret'));
    await live.gateway.database.query(`select realtime.send('{}', 'private', 'secret')`);
    await live.gateway.database.query(`select realtime.send('{}', 'public', 'secret', false)`);
    await eventually(() => expect(received).toMatchObject([{ event: 'public' }]));
  });

  test('bytes go out as bytes', async () => {
    const received = await hear<{ payload: ArrayBuffer }>(visitor().channel('binary'));
    await live.gateway.database.query(`select realtime.send_binary('\\x00ff10', 'b', 'binary', false)`);
    await eventually(() => expect(received).toHaveLength(1));
    expect([...new Uint8Array(received[0]?.payload ?? new ArrayBuffer())]).toEqual([0, 255, 16]);
  });

  test('a student cannot speak through the table where the policies do not allow it', async () => {
    const user = await live.gateway.database.createUser();
    const received = await hear(visitor().channel('open'));
    await live.gateway.database.asUser(user.id, (query) =>
      query(`select realtime.send('{}', 'x', 'open', false)`),
    );
    await live.gateway.database.query(`select realtime.send('{}', 'mark', 'open', false)`);
    await eventually(() => expect(received).toMatchObject([{ event: 'mark' }]));
  });
});
