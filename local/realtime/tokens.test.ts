import { decodeJwt } from 'jose';
import { describe, expect, test, vi } from 'vitest';
import { eventually, liveProject } from './test-harness.ts';

const { live, student, connect } = liveProject();

const joining = (access_token: string) => ({ config: {}, access_token });
const refused = (reason: unknown) => ({ status: 'error', response: { reason } });

describe('an access token', () => {
  test('that cannot be believed is refused with the reason', async () => {
    const { token } = await student();
    const socket = await connect();
    const [head = '', body = '', signature = ''] = token.split('.');
    const forged = Buffer.from(JSON.stringify({ role: 'service_role', exp: 9_999_999_999 })).toString(
      'base64url',
    );
    const unsigned = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    const cases: [string, string][] = [
      ['nonsense', 'MalformedJWT: The token provided is not a valid JWT'],
      ['a.b.c', 'MalformedJWT: The token provided is not a valid JWT'],
      [`${head}.${forged}.${signature}`, 'JwtSignatureError: Failed to validate JWT signature'],
      [`${unsigned}.${body}.`, 'JwtSignatureError: Failed to validate JWT signature'],
    ];
    for (const [index, [wrong, reason]] of cases.entries()) {
      expect(await socket.join('realtime:a', joining(wrong), `${index + 1}`)).toEqual(refused(reason));
    }
  });

  test('that expires closes the channel and says so; a newer one keeps it', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3_600_000 });
    const first = await student();
    const expiresAtMs = Number(decodeJwt(first.token).exp) * 1_000;
    vi.setSystemTime(expiresAtMs - 300);
    const [kept, lost] = [await connect(), await connect()];
    for (const socket of [kept, lost]) {
      expect(await socket.join('realtime:a', joining(first.token))).toMatchObject({ status: 'ok' });
    }
    const { data } = await first.client.auth.refreshSession();
    kept.send('1', '2', 'realtime:a', 'access_token', { access_token: data.session?.access_token });
    vi.setSystemTime(expiresAtMs + 1);
    await eventually(() => expect(lost.of('phx_close')).toHaveLength(1));
    expect(lost.of('system')).toMatchObject([
      {
        payload: {
          extension: 'system',
          status: 'error',
          channel: 'a',
          message: expect.stringMatching(/^Token has expired \d+ seconds ago$/),
        },
      },
    ]);
    expect(kept.of('phx_close')).toEqual([]);
    expect(await lost.join('realtime:a', joining(first.token), '2')).toEqual(
      refused(expect.stringMatching(/^InvalidJWTToken: Token has expired \d+ seconds ago$/)),
    );
    // The socket itself, opened with the project's key, is as good as before.
    expect(await lost.join('realtime:a', { config: {} }, '3')).toMatchObject({ status: 'ok' });
    vi.useRealTimers();
  });

  test('is left as it is by a key in its place, and by nothing', async () => {
    const { token } = await student();
    const socket = await connect();
    await socket.join('realtime:a', joining(token));
    for (const [index, value] of [live.gateway.publishableKey, null, 7, token].entries()) {
      socket.send('1', `${index + 2}`, 'realtime:a', 'access_token', { access_token: value });
    }
    socket.send('1', '9', 'realtime:a', 'phx_leave', {});
    await socket.reply('9');
    expect(socket.of('system')).toEqual([]);
  });

  test('that is broken closes the channel it was sent for', async () => {
    const socket = await connect();
    await socket.join('realtime:a');
    socket.send('1', '2', 'realtime:a', 'access_token', { access_token: 'broken' });
    await eventually(() => expect(socket.of('phx_close')).toHaveLength(1));
    expect(socket.of('system')).toMatchObject([
      { payload: { message: 'The token provided is not a valid JWT' } },
    ]);
  });

  test('opens a socket in place of a key, as the older keys did', async () => {
    const { token } = await student();
    const socket = await connect({ key: token });
    expect(await socket.join('realtime:a')).toMatchObject({ status: 'ok' });
  });
});
