import { CompiledQuery } from 'kysely';
import { expect, test, vi } from 'vitest';
import type { Statements } from './driver.ts';
import { createKysely, createQueue } from './driver-lock.ts';
import { clientOf, noteProject, signedUpClient } from './test-project.ts';

const gateway = noteProject();

test('a row that a check refuses is the caller’s mistake, with the code of the platform', async () => {
  const { client } = await signedUpClient(gateway);
  const { status, error } = await client.from('note').insert({ body: 'refused' });
  expect([status, error?.code]).toEqual([400, '23514']);
});

test('eight users with 224 interleaved requests never see or own a row of another', async () => {
  const users = await Promise.all(Array.from({ length: 8 }, () => signedUpClient(gateway)));
  const anonymous = clientOf(gateway);
  const wrong = await Promise.all(
    Array.from({ length: 56 }, async (_, index) => {
      const user = users[index % users.length];
      if (!user) throw new Error('no user');
      const inserted = await user.client.from('note').insert({ body: user.id }).select().single();
      const [listed, called, nobody] = await Promise.all([
        user.client.from('note').select('*'),
        user.client.rpc('my_notes'),
        anonymous.from('note').select('*'),
      ]);
      expect(inserted.error ?? listed.error ?? called.error).toBeNull();
      const rows = [inserted.data, ...(listed.data ?? []), ...(called.data ?? []), ...(nobody.data ?? [])];
      return rows.filter((row) => row.user_id !== user.id || row.body !== user.id).length;
    }),
  );
  expect(wrong.filter((count) => count > 0)).toEqual([]);

  const counts = await Promise.all(
    users.map(
      async ({ client }) => (await client.from('note').select('*', { count: 'exact', head: true })).count,
    ),
  );
  expect(counts).toEqual(users.map(() => 7));
}, 60_000);

test('more values than one message holds never reach the session, which goes on', async () => {
  const query = vi.fn(async () => ({ rows: [{ one: 1 }] }));
  const { lend } = createQueue({ query, exec: async () => undefined } as unknown as Statements);
  const kysely = createKysely(lend);
  const many = CompiledQuery.raw('insert', Array(32_768).fill(1));
  await expect(kysely.executeQuery(many)).rejects.toMatchObject({ code: 'PT413' });
  expect(query).not.toHaveBeenCalled();
  expect((await kysely.executeQuery(CompiledQuery.raw('select 1', [1]))).rows).toEqual([{ one: 1 }]);
});

test.each([
  ['rows', () => JSON.stringify(Array(70_000).fill({ body: 'x' })), 'at most 1000 rows'],
  ['bytes', () => `[{"body":"${'x'.repeat(9 * 1024 * 1024)}"}]`, 'at most 8 MB'],
])(
  'a call of more %s than the app ever sends is refused before the database hears of it',
  async (_, body, message) => {
    const { client, token } = await signedUpClient(gateway);
    const headers = {
      apikey: gateway.publishableKey,
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    };
    const send = (given: BodyInit, more = {}) =>
      fetch(`${gateway.url}/rest/v1/note`, { method: 'POST', headers, body: given, ...more });
    // Without a declared length as well.
    const answers = [await send(body()), await send(new Blob([body()]).stream(), { duplex: 'half' })];
    for (const answer of answers) {
      expect(answer.status).toBe(413);
      expect(await answer.json()).toMatchObject({ code: 'PT413', message: expect.stringContaining(message) });
    }
    const most = Array(1_000).fill({ body: 'x' });
    expect((await client.from('note').insert(most)).error).toBeNull();
    expect((await client.from('note').select('*', { count: 'exact', head: true })).count).toBe(1_000);
  },
);

test('a column that a migration took away stays away over HTTP, and the failed statement is not logged', async () => {
  const { client } = await signedUpClient(gateway);
  await client.from('note').insert({ body: 'mine' });
  const promoted = await client.from('note').update({ plan: 'pro' }).eq('body', 'mine');
  expect(promoted).toMatchObject({ status: 403, error: { code: '42501' } });
  const renamed = await client.from('note').update({ body: 'ours' }).eq('body', 'mine');
  expect(renamed.error).toBeNull();
});

test('a row cannot be given to or taken from another user', async () => {
  const [owner, stranger] = await Promise.all([signedUpClient(gateway), signedUpClient(gateway)]);
  const { data } = await owner.client.from('note').insert({ body: 'secret' }).select('id').single();
  const planted = await stranger.client.from('note').insert({ body: 'planted', user_id: owner.id });
  expect(planted).toMatchObject({ status: 403, error: { code: '42501' } });
  const changed = await stranger.client.from('note').update({ body: 'x' }).eq('id', data?.id).select();
  const removed = await stranger.client.from('note').delete().eq('id', data?.id).select();
  expect([changed.data, removed.data]).toEqual([[], []]);
});

test('the secret key passes the policies, and nobody passes without a key', async () => {
  const { client } = await signedUpClient(gateway);
  await client.from('note').insert({ body: 'seen by the service' });
  const service = clientOf(gateway, gateway.secretKey);
  const { data } = await service.from('note').select('body').eq('body', 'seen by the service');
  expect(data).toEqual([{ body: 'seen by the service' }]);
  expect((await fetch(`${gateway.url}/rest/v1/note`)).status).toBe(401);
  expect((await clientOf(gateway, 'sb_secret_guess').from('note').select()).status).toBe(401);
});

test('times are written as the hosted Data API writes them', async () => {
  const { client } = await signedUpClient(gateway);
  const { data } = await client.from('note').insert({ body: 'when' }).select('created_at').single();
  expect(data?.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$/);
});
