import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { HOUR_MS } from '@/lib/calendar/dates';
import { createServiceClient } from '@/lib/db/clients';
import { claimPushes } from '@/lib/db/queries/push';
import { vapidKeys } from '@/lib/push/keys';
import { messagesOf } from '@/lib/push/message';
import { sendPush } from '@/lib/push/send';
import { handing, tellDevices } from '@/lib/push/tell';
import { testApi } from '@/tests/setup/api';

// Made for this test; a browser makes its own.
const VAPID = {
  VAPID_PUBLIC_KEY: 'BCYUU-Az02tN176UEAYx2v_xsCiGezaloSdLCgzNrM5p6mb_gyJRE5tmtmd_svuuHdN0nMuJnPuLGyPjthQMV8Y',
  VAPID_PRIVATE_KEY: '8l8aj_SamLoMT8sLA2bWdcMr3cYWjKzFHVaaP2cIhHo',
  VAPID_SUBJECT: 'mailto:operator@example.org',
};
for (const [name, value] of Object.entries(VAPID)) vi.stubEnv(name, value);

const keys = {
  p256dh: 'BA3jZkxzNnCXAZ3SD99QuV_b_kdkMiXUGHkrT6AuU1j1iBGY_dKGLJ6NxddVGD7z1UY-8b2zmrnpopOIVfci_XM',
  auth: '9AlT6FWPPxJ3QslKai5rrw',
};
const endpointOf = (name: string) => `https://push.example.com/${name}`;
const wish = (name: string, over: object = {}) => ({
  subscription: { endpoint: endpointOf(name), keys },
  device: 'Chrome on Linux',
  cardsHour: 18,
  nudges: true,
  ...over,
});
const NOW = new Date('2026-11-20T18:10:00Z');
const later = (hours: number) => new Date(NOW.getTime() + hours * HOUR_MS);

/** A device as its browser makes it: it alone can read what is sealed for it. */
function device() {
  const own = createECDH('prime256v1');
  own.generateKeys();
  const auth = randomBytes(16);
  const key = (ikm: Uint8Array, salt: Uint8Array, info: string | Uint8Array, bytes: number) =>
    Buffer.from(hkdfSync('sha256', ikm, salt, info, bytes));
  return {
    keys: { p256dh: own.getPublicKey('base64url'), auth: auth.toString('base64url') },
    /** RFC 8188 with the keys of RFC 8291: salt, record size, key of the sender, one record. */
    open(body: Buffer): unknown {
      const [salt, length] = [body.subarray(0, 16), body[20] ?? 0];
      const sender = body.subarray(21, 21 + length);
      const record = body.subarray(21 + length);
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), own.getPublicKey(), sender]);
      const shared = key(own.computeSecret(sender), auth, info, 32);
      const content = createDecipheriv(
        'aes-128-gcm',
        key(shared, salt, 'Content-Encoding: aes128gcm\0', 16),
        key(shared, salt, 'Content-Encoding: nonce\0', 12),
      );
      content.setAuthTag(record.subarray(-16));
      const plain = Buffer.concat([content.update(record.subarray(0, -16)), content.final()]);
      return JSON.parse(plain.subarray(0, plain.lastIndexOf(2)).toString());
    },
  };
}

/** Who signed a request, for whom and until when, by RFC 8292; undefined when the signature is not of that key. */
function signedBy(authorization: string | undefined) {
  const { t = '', k = '' } = /^vapid t=(?<t>[^,]+), k=(?<k>.+)$/.exec(authorization ?? '')?.groups ?? {};
  const point = Buffer.from(k, 'base64url');
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')];
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
  const [head = '', claims = '', signature = ''] = t.split('.');
  const isOwn = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  return isOwn ? { key: k, ...JSON.parse(Buffer.from(claims, 'base64url').toString()) } : undefined;
}

describe('telling devices', () => {
  const { api, services, students } = testApi({
    students: ['owner', 'stranger', 'third'],
    routes: async () => ({ push: await import('./route'), device: await import('./[deviceId]/route') }),
  });
  const { owner, stranger, third } = students;
  const put = (body: object, as = owner) => api.push.PUT({}, { as, body });
  const devices = async (as = owner) => (await api.push.GET({}, { as })).body.devices;
  const claim = (now: Date) => claimPushes(createServiceClient(), { now });
  const card = (due: string) =>
    services.query(
      `insert into public.flashcard (user_id, front, back, state, reps, stability, due) values ($1, 'f', 'b', 2, 1, 5, $2)`,
      [owner.id, due],
    );

  test('is asked for per device, changed in place, and seen by its student alone', async () => {
    const { status, body } = await put(wish('one'));
    expect(status).toBe(200);
    expect((await put(wish('one', { cardsHour: null, nudges: false }))).body.id).toBe(body.id);
    expect(await devices()).toMatchObject([
      { id: body.id, device: 'Chrome on Linux', cardsHour: null, nudges: false },
    ]);
    expect(await devices(stranger)).toEqual([]);
    expect((await api.device.DELETE({ deviceId: body.id }, { as: stranger })).status).toBe(404);
    expect((await api.device.DELETE({ deviceId: body.id })).status).toBe(204);
    expect(await devices()).toEqual([]);
  });

  test.each([
    [
      'an address that is not secret on its way',
      { subscription: { endpoint: 'http://push.example.com/a', keys } },
    ],
    ['a port of its own', { subscription: { endpoint: 'https://push.example.com:8443/aaaaaaaa', keys } }],
    ['keys that are none', { subscription: { endpoint: endpointOf('a'), keys: { p256dh: 'x', auth: 'y' } } }],
    ['an hour there is not', { cardsHour: 24 }],
  ])('refuses %s', async (_, over) => {
    expect((await put(wish('bad', over))).status).toBeGreaterThanOrEqual(400);
    expect(await devices()).toEqual([]);
  });

  test('keeps ten devices of a student, the oldest make room, and one of a browser, whoever signs in there', async () => {
    for (let n = 0; n < 12; n++) expect((await put(wish(`many-${n}`))).status).toBe(200);
    expect(await devices()).toHaveLength(10);
    await put(wish('many-11'), stranger);
    expect([(await devices()).length, (await devices(stranger)).length]).toEqual([9, 1]);
    await services.query('delete from public.push_subscription');
  });

  test('of due cards comes once a day, at the chosen hour of the student’s clock, and only when some are due', async () => {
    await services.query(`update public.profile set timezone = 'Pacific/Auckland' where user_id = $1`, [
      owner.id,
    ]);
    // Half past six in the evening in Auckland, in summer, is half past five in the morning in Greenwich.
    await put(wish('cards'));
    expect(await claim(NOW)).toEqual([]);
    expect(await claim(new Date('2026-11-20T05:30:00Z'))).toMatchObject([
      { endpoint: endpointOf('cards'), due: 0, messages: null },
    ]);
    await card('2026-11-20T01:00:00Z');
    expect(await claim(new Date('2026-11-20T05:40:00Z'))).toEqual([]);
    const [next] = await claim(new Date('2026-11-21T05:05:00Z'));
    expect(next).toMatchObject({ due: 1 });
    expect(next && messagesOf(next)).toEqual([
      {
        title: 'About 1 minute of cards',
        body: 'They are due today.',
        url: '/practice/review',
        tag: 'cards',
      },
    ]);
    await services.query('delete from public.push_subscription');
    await services.query(`update public.profile set timezone = 'UTC' where user_id = $1`, [owner.id]);
  });

  test('of messages comes once each, not before they arrive, and never of who is blocked', async () => {
    await put(wish('nudges', { cardsHour: null }));
    const nudge = (message: string, deliverAt: Date | null) =>
      services.query(
        `insert into public.nudge (user_id, to_user_id, nudge_type, message, from_name, sent_at, deliver_at)
         values ($1, $2, 'study_invite', $3, 'Inês', now(), $4)`,
        [stranger.id, owner.id, message, deliverAt],
      );
    await nudge('Now?', null);
    const soon = new Date(Date.now() + HOUR_MS);
    await nudge('In the morning?', soon);
    const [first, ...others] = await claim(new Date(Date.now() + 60_000));
    expect(first && messagesOf(first)).toEqual([
      { title: 'Inês', body: 'Now?', url: '/people', tag: 'messages' },
    ]);
    expect([others, await claim(new Date(Date.now() + 60_000))]).toEqual([[], []]);
    await services.query('insert into public.block (user_id, blocked_user_id) values ($1, $2)', [
      owner.id,
      stranger.id,
    ]);
    expect(await claim(new Date(Date.now() + 3 * HOUR_MS))).toEqual([]);
    await services.query('delete from public.block');
    expect(await claim(new Date(Date.now() + 3 * HOUR_MS))).toMatchObject([
      { messages: { many: 1, name: 'Inês' } },
    ]);
    await services.query('delete from public.push_subscription');
  });

  test('forgets a device that is no more, and one that fails holds up no other', async () => {
    for (const name of ['gone', 'broken', 'well']) await put(wish(name));
    const told = await tellDevices(createServiceClient(), {
      now: NOW,
      send: async ({ endpoint }) => {
        if (endpoint.endsWith('broken')) throw new Error('refused');
        return [endpoint.endsWith('gone') ? 'gone' : 'sent'];
      },
    });
    expect(told).toEqual({ sent: 1, gone: 1, failed: 1 });
    expect(await devices()).toHaveLength(2);
    expect(await tellDevices(createServiceClient(), { now: later(0.2), send: async () => ['sent'] })).toEqual(
      {
        sent: 0,
        gone: 0,
        failed: 0,
      },
    );
  });

  const held = new Map<string, Buffer>();
  const signed: ReturnType<typeof signedBy>[] = [];
  const service = createServer(async (request, response) => {
    const name = request.url?.slice(1) ?? '';
    held.set(name, Buffer.concat(await request.toArray()));
    signed.push(signedBy(request.headers.authorization));
    response.writeHead(name.startsWith('left') ? 410 : 201).end();
  });
  let origin: string;
  beforeAll(async () => {
    await new Promise<void>((ready) => service.listen(0, '127.0.0.1', ready));
    origin = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  });
  afterAll(() => service.close());

  /** The way that is used outside, to the service of this test: an address of a device is https wherever it is kept. */
  const tell = (now: Date) => {
    const vapid = vapidKeys() ?? expect.fail('no keys');
    const hand = handing(vapid, { allowedHosts: [new URL(origin).host] });
    return tellDevices(createServiceClient(), {
      now,
      send: (claim) => hand({ ...claim, endpoint: `${origin}${new URL(claim.endpoint).pathname}` }),
    });
  };

  test('is given what is due, once, sealed for each device in the language of its student; who left is forgotten', async () => {
    for (const table of ['push_subscription', 'nudge']) await services.query(`delete from public.${table}`);
    const [phone, laptop, left] = [device(), device(), device()];
    const subscribe = async (as: typeof owner, name: string, { keys: own }: typeof phone) =>
      expect(
        (
          await api.push.PUT(
            {},
            { as, body: wish(name, { subscription: { endpoint: endpointOf(name), keys: own } }) },
          )
        ).status,
      ).toBe(200);
    await subscribe(owner, 'phone', phone);
    await subscribe(stranger, 'laptop', laptop);
    await subscribe(third, 'left', left);
    await services.query(`update public.profile set timezone = 'UTC', language = 'de' where user_id = $1`, [
      owner.id,
    ]);
    const due = `insert into public.flashcard (user_id, front, back, state, reps, stability, due) values ($1, 'f', 'b', 2, 1, 5, $2)`;
    for (const student of [owner, third]) await services.query(due, [student.id, '2026-11-20T09:00:00Z']);
    await services.query(
      `insert into public.nudge (user_id, to_user_id, nudge_type, message, from_name, sent_at)
       values ($1, $2, 'study_invite', 'Tonight?', 'Ada', $3)`,
      [owner.id, stranger.id, new Date(Date.now() + 1000)],
    );
    const now = new Date(Date.now() + HOUR_MS);
    const hour = now.getUTCHours();
    await services.query('update public.push_subscription set cards_hour = $1', [hour]);

    expect(await tell(now)).toEqual({ sent: 2, gone: 1, failed: 0 });
    expect(phone.open(held.get('phone') ?? Buffer.alloc(0))).toEqual({
      title: 'Etwa 1 Minute Karten',
      body: 'Sie sind heute fällig.',
      url: '/practice/review',
      tag: 'cards',
    });
    expect(laptop.open(held.get('laptop') ?? Buffer.alloc(0))).toEqual({
      title: 'Ada',
      body: 'Tonight?',
      url: '/people',
      tag: 'messages',
    });
    expect(() => phone.open(held.get('laptop') ?? Buffer.alloc(0))).toThrow();
    for (const proof of signed)
      expect(proof).toMatchObject({ key: VAPID.VAPID_PUBLIC_KEY, aud: origin, sub: VAPID.VAPID_SUBJECT });
    expect(signed).toHaveLength(3);
    expect(Number(signed[0]?.exp) * 1000).toBeLessThanOrEqual(Date.now() + 24 * HOUR_MS);

    const rows = await services.query<{ endpoint: string }>('select endpoint from public.push_subscription');
    expect(rows.map(({ endpoint }) => endpoint).sort()).toEqual([endpointOf('laptop'), endpointOf('phone')]);
    held.clear();
    expect(await tell(now)).toEqual({ sent: 0, gone: 0, failed: 0 });
    expect(held.size).toBe(0);
  });
});

describe('what is handed to the service of a browser', () => {
  let status = 201;
  const seen: { headers: Record<string, unknown>; body: string }[] = [];
  const server = createServer((request, response) => {
    const parts: Uint8Array[] = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      seen.push({ headers: request.headers, body: Buffer.concat(parts).toString('latin1') });
      response.writeHead(status, { location: 'http://127.0.0.1/elsewhere' }).end('x');
    });
  });
  let host: string;
  beforeAll(async () => {
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  const vapid = {
    subject: VAPID.VAPID_SUBJECT,
    publicKey: VAPID.VAPID_PUBLIC_KEY,
    privateKey: VAPID.VAPID_PRIVATE_KEY,
  };
  const message = { title: 'Inês', body: 'Tonight?', url: '/people', tag: 'messages' } as const;
  const send = (endpoint: string, allowedHosts: string[] = [], addresses?: string[]) =>
    sendPush({ endpoint, keys }, message, vapid, {
      allowedHosts,
      ...(addresses && { resolve: async () => addresses }),
    });

  test.each([
    [201, 'sent'],
    [404, 'gone'],
    [410, 'gone'],
    [429, 'failed'],
    [302, 'failed'],
  ])('answers %d: %s', async (answer, outcome) => {
    status = answer;
    expect(await send(`http://${host}/device`, [host])).toBe(outcome);
  });

  test('is sealed for the device and signed by this server', () => {
    const { headers, body } = seen[0] ?? expect.fail('nothing was sent');
    expect(body).not.toContain('Tonight');
    expect(headers).toMatchObject({
      'content-encoding': 'aes128gcm',
      ttl: '86400',
      topic: 'messages',
      urgency: 'high',
    });
    expect(String(headers.authorization)).toContain(`k=${VAPID.VAPID_PUBLIC_KEY}`);
  });

  test.each([
    ['this machine', 'https://127.0.0.1/a', undefined],
    ['the services of a cloud', 'https://169.254.169.254/latest', undefined],
    ['a name that means a private machine', 'https://push.example.com/a', ['10.0.0.7']],
    ['a name that means one besides', 'https://push.example.com/a', ['93.184.216.34', '192.168.0.1']],
  ])('never goes to %s', async (_, endpoint, addresses) => {
    await expect(send(endpoint, [], addresses)).rejects.toMatchObject({ code: 'url_private' });
  });

  test('needs all three keys', () => {
    const env = { ...VAPID, VAPID_SUBJECT: undefined } as unknown as Parameters<typeof vapidKeys>[0];
    expect(vapidKeys(env)).toBeNull();
  });
});
