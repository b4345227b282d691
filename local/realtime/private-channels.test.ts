import { describe, expect, test, vi } from 'vitest';
import { collect, eventually, join, liveProject, pause, type Student, subscribed } from './test-harness.ts';

const { live, sql, student, visitor, connect } = liveProject();
let ana: Student;
let ben: Student;
const privately = (broadcast = {}) => ({ config: { private: true, broadcast, presence: { enabled: true } } });
const joinPayload = (token: string, config: object = {}) => ({
  config: { private: true, ...config },
  access_token: token,
});
const refusal = (topic: string) => ({
  status: 'CHANNEL_ERROR',
  message: `Unauthorized: You do not have permissions to read from this Channel topic: ${topic}`,
});

describe('a private channel', () => {
  test('opens to whom a policy lets read, and to nobody else', async () => {
    [ana, ben] = [await student(), await student()];
    const topic = `user:${ana.id}`;
    const service = visitor(live.gateway.secretKey);
    expect(await subscribed(ana.client.channel(topic, privately()))).toMatchObject({ status: 'SUBSCRIBED' });
    expect(await subscribed(service.channel(topic, privately()))).toMatchObject({ status: 'SUBSCRIBED' });
    expect(await subscribed(ben.client.channel(topic, privately()))).toEqual(refusal(topic));
    expect(await subscribed(visitor().channel(topic, privately()))).toEqual(refusal(topic));
    for (const odd of ['user:', `user:${ana.id} `, `${topic}'`, 'user:%', 'x'.repeat(5_000)]) {
      expect(await subscribed(ben.client.channel(odd, privately()))).toEqual(refusal(odd));
    }
  });

  test('leaves no trace of the question in the table', async () => {
    expect(await sql('select * from realtime.messages where topic like $1', ['user:%'])).toEqual([]);
    expect(await sql('select * from realtime.outbox')).toEqual([]);
  });

  test('keeps its messages from the public channel of the same name', async () => {
    [ana, ben] = [await student(), await student()];
    const topic = `user:${ana.id}`;
    const own = ana.client.channel(topic, privately({ ack: true }));
    const open = ben.client.channel(topic, { config: { presence: { enabled: true } } });
    const overheard = collect(open, 'broadcast');
    const heard = collect(own, 'broadcast');
    for (const channel of [own, open]) await join(channel);
    expect(await own.track({ here: true })).toBe('ok');
    expect(await own.send({ type: 'broadcast', event: 'secret', payload: {} })).toBe('ok');
    await open.send({ type: 'broadcast', event: 'noise', payload: {} });
    await pause(100);
    expect([overheard, open.presenceState(), heard]).toEqual([[], {}, []]);
  });

  test('lets only those write who may, over the socket and over HTTP', async () => {
    [ana, ben] = [await student(), await student()];
    const [first, second] = [
      ana.client.channel('club', privately({ ack: true })),
      ben.client.channel('club', privately()),
    ];
    const heard = collect(second, 'broadcast');
    for (const channel of [first, second]) await join(channel);
    // The policy of this club allows presence and no broadcast.
    expect(await first.track({ here: true })).toBe('ok');
    expect(await first.send({ type: 'broadcast', event: 'x', payload: {} })).toBe('error');
    await expect(first.httpSend('x', {})).rejects.toThrow('Unauthorized');
    const response = await fetch(`${live.gateway.url}/realtime/v1/api/broadcast`, {
      method: 'POST',
      headers: {
        apikey: live.gateway.publishableKey,
        authorization: `Bearer ${ana.token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ messages: [{ topic: 'club', event: 'x', payload: {}, private: true }] }),
    });
    expect(response.status).toBe(202);
    const service = visitor(live.gateway.secretKey).channel('club', {
      config: { private: true },
    });
    await service.httpSend('official', {});
    await eventually(() => expect(heard).toMatchObject([{ event: 'official' }]));
    await eventually(() => expect(Object.keys(second.presenceState())).toHaveLength(1));
  });

  test('a stranger gets nothing in by any event before or after being refused', async () => {
    [ana, ben] = [await student(), await student()];
    const topic = `realtime:user:${ana.id}`;
    const own = ana.client.channel(`user:${ana.id}`, privately());
    const heard = collect(own, 'broadcast');
    await join(own);
    const socket = await connect();
    const say = (ref: string) => {
      socket.send('1', ref, topic, 'broadcast', { type: 'broadcast', event: 'x', payload: {} });
      socket.send('1', `${ref}0`, topic, 'presence', { event: 'track', payload: {} });
      socket.send('1', `${ref}1`, topic, 'access_token', { access_token: ana.token });
    };
    say('1');
    await socket.join(topic, joinPayload(ben.token), '2');
    say('3');
    await socket.reply('31');
    expect(socket.of('phx_reply').map(({ payload }) => Reflect.get(Object(payload), 'status'))).not.toContain(
      'ok',
    );
    expect([heard, own.presenceState()]).toEqual([[], {}]);
  });

  test('is asked again with each newer token: who may no longer read is told and let go', async () => {
    [ana, ben] = [await student(), await student()];
    const socket = await connect();
    const topic = `realtime:user:${ana.id}`;
    expect(await socket.join(topic, joinPayload(ana.token))).toMatchObject({ status: 'ok' });
    socket.send('1', '2', topic, 'access_token', { access_token: ben.token });
    await eventually(() => expect(socket.of('phx_close')).toHaveLength(1));
    expect(socket.of('system')).toMatchObject([
      {
        payload: {
          status: 'error',
          message: `You do not have permissions to read from this Channel topic: user:${ana.id}`,
        },
      },
    ]);
  });

  test('a policy that fails lets nobody in', async () => {
    [ana] = [await student()];
    await sql(`create policy broken on realtime.messages for select to authenticated
      using (realtime.topic() = 'broken' and (1 / (length(realtime.topic()) - 6)) = 1)`);
    expect(await subscribed(ana.client.channel('broken', privately()))).toEqual(refusal('broken'));
    await sql('drop policy broken on realtime.messages');
  });

  test('replays what it missed, once, to those who may read', async () => {
    [ana, ben] = [await student(), await student()];
    const topic = `user:${ana.id}`;
    for (const n of [1, 2, 3])
      await sql('select realtime.send($1, $2, $3)', [JSON.stringify({ n }), `e${n}`, topic]);
    // Told to those who were there, which was nobody.
    await vi.waitFor(async () => expect(await sql('select 1 from realtime.outbox')).toEqual([]));
    const config = {
      config: { private: true, broadcast: { replay: { since: Date.now() - 60_000, limit: 2 } } },
    };
    const channel = ana.client.channel(topic, config);
    const heard = collect(channel, 'broadcast');
    await join(channel);
    await sql('select realtime.send($1, $2, $3)', ['{}', 'live', topic]);
    await eventually(() => expect(heard).toHaveLength(3));
    expect(heard).toMatchObject([
      { event: 'e2', payload: { n: 2 }, meta: { replayed: true } },
      { event: 'e3', payload: { n: 3 }, meta: { replayed: true } },
      { event: 'live', meta: { id: expect.any(String) } },
    ]);
    expect(await subscribed(ben.client.channel(topic, config))).toEqual(refusal(topic));
    const socket = await connect();
    const wrong = { broadcast: { replay: { since: 'yesterday' } } };
    expect(await socket.join(`realtime:${topic}`, joinPayload(ana.token, wrong))).toMatchObject({
      response: { reason: 'UnableToReplayMessages: Replay params are not valid' },
    });
    expect(await socket.join('realtime:open', { config: wrong }, '2')).toMatchObject({
      response: { reason: 'UnableToReplayMessages: Replay is not allowed for public channels' },
    });
  });
});
