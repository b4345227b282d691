import type { SupabaseClient } from '@supabase/supabase-js';
import { beforeEach, describe, expect, test } from 'vitest';
import { collect, eventually, follow, hear, liveProject, namesOf, pause } from './test-harness.ts';

const { live, sql, visitor, student, connect } = liveProject();
let guest: SupabaseClient;
beforeEach(async () => {
  guest = visitor();
  await sql('delete from public.item');
});

describe('row-level security', () => {
  test('shows each listener their own rows alone', async () => {
    const [ana, ben] = [await student(), await student()];
    const [own, foreign, nobody, service] = [
      await follow(ana.client, { table: 'note' }),
      await follow(ben.client, { table: 'note' }),
      await follow(guest, { table: 'note' }),
      await follow(visitor(live.gateway.secretKey), { table: 'note' }),
    ];
    await ana.client.from('note').insert({ body: 'mine' });
    await ben.client.from('note').insert({ body: 'his' });
    await eventually(() => expect(service.of(0)).toHaveLength(2));
    await eventually(() => expect([own.of(0).length, foreign.of(0).length]).toEqual([1, 1]));
    expect(own.of(0)[0]?.new).toMatchObject({ body: 'mine' });
    expect(foreign.of(0)[0]?.new).toMatchObject({ body: 'his' });
    // The role without any right to the table is told that, and not a value.
    expect(nobody.of(0)).toMatchObject([
      { errors: ['Error 401: Unauthorized'], new: {} },
      { errors: ['Error 401: Unauthorized'] },
    ]);
  });

  test('is asked anew for each change: a row that moves out of sight is not told', async () => {
    const [ana, ben] = [await student(), await student()];
    const [giver, taker] = [
      await follow(ana.client, { table: 'note' }),
      await follow(ben.client, { table: 'note' }),
    ];
    const { data } = await ana.client.from('note').insert({ body: 'given' }).select('id').single();
    await eventually(() => expect(giver.of(0)).toHaveLength(1));
    await sql('update public.note set user_id = $1 where id = $2', [ben.id, data?.id]);
    await eventually(() => expect(namesOf(taker.of(0))).toEqual([['UPDATE', data?.id]]));
    await pause(50);
    expect(giver.of(0)).toHaveLength(1);
  });

  test('tells of a deleted row its key and nothing else, even with the whole row in the log', async () => {
    const [ana, ben] = [await student(), await student()];
    await sql('alter table public.note replica identity full');
    const [own, filtered] = [
      await follow(ben.client, { table: 'note', event: 'DELETE' }),
      await follow(ben.client, { table: 'note', event: 'DELETE', filter: 'body=eq.other' }),
    ];
    const { data } = await ana.client.from('note').insert({ body: 'private' }).select('id').single();
    await ana.client.from('note').delete().eq('id', data?.id);
    await eventually(() => expect(own.of(0)).toMatchObject([{ eventType: 'DELETE', old: { id: data?.id } }]));
    expect(Object.keys(own.of(0)[0]?.old ?? {})).toEqual(['id']);
    expect(filtered.of(0)).toEqual([]);
    await sql('alter table public.note replica identity default');
  });

  test('without it, a deleted or changed row is told as far as the log holds it', async () => {
    const { of } = await follow(guest, { table: 'item' });
    await sql('alter table public.item replica identity full');
    await sql(`insert into public.item (id, name, secret) values (1, 'one', 'hidden')`);
    await sql(`update public.item set name = 'two'`);
    await sql('delete from public.item');
    await eventually(() => expect(of(0)).toHaveLength(3));
    await sql('alter table public.item replica identity default');
    expect(of(0)[1]).toMatchObject({ old: { id: 1, name: 'one' }, new: { name: 'two' } });
    expect(of(0)[2]).toMatchObject({ old: { id: 1, name: 'two' } });
    expect(JSON.stringify(of(0))).not.toContain('hidden');
  });

  test('a filter on a column that a deleted row does not leave behind hides it', async () => {
    const { of } = await follow(
      guest,
      { table: 'item', filter: 'name=eq.one' },
      { table: 'item', filter: 'id=eq.1' },
    );
    await sql(`insert into public.item (id, name) values (1, 'one')`);
    await sql('delete from public.item');
    await eventually(() =>
      expect(namesOf(of(1))).toEqual([
        ['INSERT', 1],
        ['DELETE', 1],
      ]),
    );
    expect(namesOf(of(0))).toEqual([['INSERT', 1]]);
  });

  test('follows the person who signs in on an open channel', async () => {
    const ana = await student();
    const late = visitor();
    const { channel, of } = await follow(late, { table: 'item' }, { table: 'note' });
    const told = collect<{ message: string }>(channel, 'system');
    await late.auth.setSession({ access_token: ana.token, refresh_token: 'none' });
    await eventually(() => expect(told.map(({ message }) => message)).toContain('Subscribed to PostgreSQL'));
    await ana.client.from('note').insert({ body: 'now visible' });
    await eventually(() =>
      expect(of(1).at(-1)).toMatchObject({ errors: null, new: { body: 'now visible' } }),
    );
  });

  test('finds rows by keys of several columns and numbers beyond what JavaScript holds', async () => {
    const [ana, ben] = [await student(), await student()];
    const [own, foreign] = [
      await follow(ana.client, { table: 'seat' }),
      await follow(ben.client, { table: 'seat' }),
    ];
    await sql("insert into public.seat (hall, place, owner) values (9007199254740993, 'a''\"b', $1)", [
      ana.id,
    ]);
    await sql("insert into public.seat (hall, place, owner) values (9007199254740992, 'other', $1)", [
      ben.id,
    ]);
    await eventually(() => expect([own.of(0).length, foreign.of(0).length]).toEqual([1, 1]));
    expect(own.of(0)[0]?.new).toMatchObject({ place: 'a\'"b' });
  });

  test('is asked once for all listeners with the same claims', async () => {
    const ana = await student();
    await sql('create sequence public.looks');
    await sql('grant usage on sequence public.looks to authenticated');
    await sql(`create policy counted on public.note as restrictive for select to authenticated
      using (nextval('public.looks') > 0)`);
    const sockets = await Promise.all(Array.from({ length: 30 }, () => connect()));
    const changes = [{ event: '*', schema: 'public', table: 'note' }];
    for (const socket of sockets) {
      await socket.join('realtime:a', { config: { postgres_changes: changes }, access_token: ana.token });
    }
    await eventually(() => expect(sockets.every((socket) => socket.of('system').length === 1)).toBe(true));
    await sql("insert into public.note (user_id, body) values ($1, 'one')", [ana.id]);
    await eventually(() =>
      expect(sockets.every((socket) => socket.of('postgres_changes').length === 1)).toBe(true),
    );
    expect(await sql('select last_value::int from public.looks')).toEqual([{ last_value: 1 }]);
    await sql('drop policy counted on public.note');
  });

  test('a change that waits while the token is renewed is not lost', async () => {
    const ana = await student();
    const { channel, of } = await follow(ana.client, { table: 'note' });
    const { data } = await ana.client.auth.refreshSession();
    const renewed = data.session?.access_token ?? '';
    const writes = Array.from({ length: 20 }, (_, n) => ana.client.from('note').insert({ body: `n${n}` }));
    await Promise.all([...writes, ana.client.realtime.setAuth(renewed)]);
    await eventually(() => expect(of(0)).toHaveLength(20));
    expect(channel.state).toBe('joined');
  });
});

describe('broadcast_changes', () => {
  test('sends a changed row to the private channel of its owner', async () => {
    const [ana] = [await student()];
    const heard = await hear(ana.client.channel(`user:${ana.id}`, { config: { private: true } }));
    await ana.client.from('seat').insert({ hall: 1, place: 'a' });
    await ana.client.from('seat').update({ taken: true }).eq('hall', 1);
    await ana.client.from('seat').delete().eq('hall', 1);
    await eventually(() => expect(heard).toHaveLength(3));
    const common = { table: 'seat', schema: 'public', id: expect.any(String) };
    const row = { hall: 1, place: 'a', owner: ana.id };
    expect(heard.map(({ payload }) => payload)).toEqual([
      { ...common, operation: 'INSERT', record: { ...row, taken: false }, old_record: null },
      {
        ...common,
        operation: 'UPDATE',
        record: { ...row, taken: true },
        old_record: { ...row, taken: false },
      },
      { ...common, operation: 'DELETE', record: null, old_record: { ...row, taken: true } },
    ]);
    expect(heard.map(({ event }) => event)).toEqual(['INSERT', 'UPDATE', 'DELETE']);
  });
});

describe('what the server keeps for itself in the database', () => {
  test.each([
    'select * from realtime.outbox',
    'select * from realtime.watched',
    "insert into realtime.watched values ('public', 'note')",
    "select * from realtime.permissions('t', 'service_role', '{}', '{}')",
    "select realtime.act_as('service_role', '{}')",
    "select * from realtime.visible_changes('a', 'select 1', '[]')",
    'select realtime.attach_capture()',
  ])('is out of reach of a student: %s', async (statement) => {
    const { id } = await live.gateway.database.createUser();
    await expect(live.gateway.database.asUser(id, (query) => query(statement))).rejects.toThrow(
      'permission denied',
    );
  });
});
