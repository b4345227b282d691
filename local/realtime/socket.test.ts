import { describe, expect, test } from 'vitest';
import { eventually, liveProject, pause } from './test-harness.ts';

const { live, connect } = liveProject({ realtimeLimits: { frameBytes: 100_000 } });

const OK = { status: 'ok', response: {} };
const refused = (reason: string) => ({ status: 'error', response: { reason } });

describe.each(['1.0.0', '2.0.0'])('a socket of protocol %s', (version) => {
  test('is refused without a key and with a wrong one', async () => {
    await expect(connect({ version, key: '' })).rejects.toThrow('HTTP 401');
    await expect(connect({ version, key: 'sb_publishable_wrong' })).rejects.toThrow('401');
    await expect(connect({ version, key: 'a.b.c' })).rejects.toThrow('HTTP 401');
  });

  test('is opened by both keys', async () => {
    for (const key of [live.gateway.publishableKey, live.gateway.secretKey]) {
      const socket = await connect({ version, key });
      socket.send(null, '1', 'phoenix', 'heartbeat', {});
      expect(await socket.reply('1')).toEqual(OK);
    }
  });

  test('joins and leaves a topic with the answers of Phoenix', async () => {
    const socket = await connect({ version });
    expect(await socket.join('realtime:a', { config: { presence: { enabled: false } } })).toEqual({
      status: 'ok',
      response: { postgres_changes: [] },
    });
    socket.send('1', '2', 'realtime:a', 'phx_leave', {});
    expect(await socket.reply('2')).toEqual(OK);
    await eventually(() => expect(socket.of('phx_close')).toMatchObject([{ topic: 'realtime:a', ref: '1' }]));
    // Whoever left twice is told the same.
    socket.send('1', '3', 'realtime:a', 'phx_leave', {});
    expect(await socket.reply('3')).toEqual(OK);
  });

  test('closes the earlier join of a topic when it joins again', async () => {
    const socket = await connect({ version });
    const other = await connect({ version });
    await socket.join('realtime:twice', { config: {} }, '1');
    await socket.join('realtime:twice', { config: { broadcast: { self: true } } }, '2');
    expect(socket.of('phx_close')).toMatchObject([{ ref: '1', payload: {} }]);
    await other.join('realtime:twice');
    other.send('1', '5', 'realtime:twice', 'broadcast', { type: 'broadcast', event: 'x', payload: {} });
    await eventually(() => expect(socket.of('broadcast')).toHaveLength(1));
    await pause(50);
    expect(socket.of('broadcast')).toHaveLength(1);
  });

  test('a leave that belongs to the earlier join leaves the later one alone', async () => {
    const socket = await connect({ version });
    await socket.join('realtime:stale', { config: { broadcast: { self: true, ack: true } } }, '1');
    await socket.join('realtime:stale', { config: { broadcast: { self: true, ack: true } } }, '2');
    socket.send('1', '3', 'realtime:stale', 'phx_leave', {});
    expect(await socket.reply('3')).toEqual(OK);
    socket.send('2', '4', 'realtime:stale', 'broadcast', { type: 'broadcast', event: 'x', payload: {} });
    expect(await socket.reply('4')).toEqual(OK);
  });

  test('hears why a message makes no sense, and lives on', async () => {
    const socket = await connect({ version });
    const cases: [string, string, unknown, string][] = [
      ['other:topic', 'phx_join', {}, 'unmatched topic'],
      ['realtime:nowhere', 'broadcast', {}, 'unmatched topic'],
      ['phoenix', 'dance', {}, 'unmatched topic'],
      ['realtime:', 'phx_join', {}, 'TopicNameRequired: You must provide a topic name'],
      ['realtime:a', 'phx_join', 'text', 'InvalidJoinPayload: the payload: unable to parse, expected a map'],
      [
        'realtime:a',
        'phx_join',
        { config: [] },
        'InvalidJoinPayload: config: unable to parse, expected a map',
      ],
      [
        'realtime:a',
        'phx_join',
        { config: { private: 'maybe' } },
        'InvalidJoinPayload: config.private: unable to parse, expected boolean',
      ],
      [
        'realtime:a',
        'phx_join',
        { config: { postgres_changes: 'all' } },
        'InvalidJoinPayload: config.postgres_changes: unable to parse, expected an array of maps',
      ],
    ];
    for (const [index, [topic, event, payload, reason]] of cases.entries()) {
      const ref = String(index + 1);
      socket.send(ref, ref, topic, event, payload);
      expect(await socket.reply(ref)).toEqual(refused(reason));
    }
    await socket.join('realtime:known', { config: {} }, '50');
    socket.send('50', '51', 'realtime:known', 'sing', {});
    expect(await socket.reply('51')).toEqual(refused('Unexpected message of type sing'));
  });

  test('frames that are no messages are answered, whatever they hold', async () => {
    const socket = await connect({ version });
    const broken = [
      '',
      '{',
      'null',
      '7',
      '[]',
      '[1,2]',
      '{"topic":1}',
      '[null,null,"t",{},{}]',
      '[{},1,"t","e",{}]',
    ];
    for (const frame of broken) socket.write(frame);
    for (const frame of [[], [9, 1, 2], [3], [3, 200, 0, 0, 0, 0, 1], [3, 0, 0, 1, 0, 0, 1, 0xff]]) {
      socket.write(Buffer.from(frame));
    }
    await eventually(() => expect(socket.frames.length).toBe(broken.length + 5));
    for (const { topic, payload } of socket.frames) {
      expect(topic).toBe('phoenix');
      expect(payload).toMatchObject({
        status: 'error',
        response: { reason: expect.stringMatching(/^Malformed message: /) },
      });
    }
    socket.send(null, '99', 'phoenix', 'heartbeat', {});
    expect(await socket.reply('99')).toEqual(OK);
  });

  test('a frame above the limit closes its own socket and no other', async () => {
    const [large, other] = [await connect({ version }), await connect({ version })];
    large.write('x'.repeat(200_000));
    await eventually(() => expect(large.closed).toMatchObject({ code: 1009 }));
    other.send(null, '1', 'phoenix', 'heartbeat', {});
    expect(await other.reply('1')).toEqual(OK);
  });

  test('answers what arrives while a join is under way afterwards, in order', async () => {
    const socket = await connect({ version });
    const config = { broadcast: { ack: true, self: true } };
    socket.send('1', '1', 'realtime:busy', 'phx_join', { config });
    for (const ref of ['2', '3', '4']) {
      socket.send('1', ref, 'realtime:busy', 'broadcast', { type: 'broadcast', event: ref, payload: {} });
    }
    socket.send('1', '5', 'realtime:busy', 'phx_leave', {});
    expect(await socket.reply('5')).toEqual(OK);
    expect(socket.of('phx_reply').map(({ ref }) => ref)).toEqual(['1', '2', '3', '4', '5']);
    expect(socket.of('broadcast').map(({ payload }) => payload)).toMatchObject([
      { event: '2' },
      { event: '3' },
      { event: '4' },
    ]);
  });
});

test('an unknown protocol version is refused', async () => {
  await expect(connect({ version: '3.0.0' })).rejects.toThrow('HTTP 400');
});

test('nothing is kept for sockets that are gone', async () => {
  await eventually(() =>
    expect(live.gateway.realtime.counts()).toEqual({
      connections: 0,
      channels: 0,
      rooms: 0,
      subscriptions: 0,
    }),
  );
});
