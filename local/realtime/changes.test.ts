import type { SupabaseClient } from '@supabase/supabase-js';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  changesOf,
  collect,
  eventually,
  follow,
  join,
  liveProject,
  namesOf,
  pause,
  type Wish,
} from './test-harness.ts';

const { live, sql, visitor } = liveProject();
let guest: SupabaseClient;
beforeEach(async () => {
  guest = visitor();
  await sql('delete from public.item');
});

describe('changes of a table', () => {
  test('arrive with their columns, types, values and time', async () => {
    const { of } = await follow(guest, { table: 'item' });
    await sql(`insert into public.item values
      (1, 'žluť', 9, 12.50, '2026-11-20T10:00:00+02:00', array['a','b c'], true, '{"x":[1]}', 'hidden')`);
    await sql(`update public.item set name = null, rank = 10 where id = 1`);
    await sql(`delete from public.item where id = 1`);
    await eventually(() => expect(of(0)).toHaveLength(3));
    const record = {
      id: 1,
      name: 'žluť',
      rank: 9,
      price: 12.5,
      due: '2026-11-20T08:00:00+00:00',
      tags: ['a', 'b c'],
      is_open: true,
      detail: { x: [1] },
    };
    const common = { schema: 'public', table: 'item', errors: null };
    expect(of(0)).toEqual([
      {
        ...common,
        eventType: 'INSERT',
        new: record,
        old: {},
        commit_timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]+\.\d{3}Z$/),
      },
      {
        ...common,
        eventType: 'UPDATE',
        new: { ...record, name: null, rank: 10 },
        old: { id: 1 },
        commit_timestamp: expect.any(String),
      },
      { ...common, eventType: 'DELETE', new: {}, old: { id: 1 }, commit_timestamp: expect.any(String) },
    ]);
  });

  test('reach each listener for its own events, in one channel as in many', async () => {
    const { of } = await follow(
      guest,
      { table: 'item', event: 'INSERT' },
      { table: 'item', event: 'UPDATE' },
      { table: 'item', event: 'DELETE' },
      { table: 'item', filter: 'id=eq.2' },
      { schema: '*', table: '*' },
      {},
    );
    await sql('insert into public.item (id) values (1), (2)');
    await sql('update public.item set rank = 1 where id = 2');
    await sql('delete from public.item where id = 2');
    await eventually(() => expect(of(4)).toHaveLength(4));
    const all = [
      ['INSERT', 1],
      ['INSERT', 2],
      ['UPDATE', 2],
      ['DELETE', 2],
    ];
    expect([0, 1, 2, 3, 4, 5].map((index) => namesOf(of(index)))).toEqual([
      all.slice(0, 2),
      all.slice(2, 3),
      all.slice(3),
      all.slice(1),
      all,
      all,
    ]);
  });

  test('pass filters by the type of the column', async () => {
    const expected: Record<string, number[]> = {
      'id=eq.2': [2],
      'rank=neq.10': [1, 3],
      'rank=lt.10': [1],
      'rank=lte.10': [1, 2],
      'rank=gt.9': [2, 3],
      'rank=gte.10': [2, 3],
      'name=in.(one,three)': [1, 3],
      'name=in.("two, or more",three)': [2, 3],
      'name=eq."two, or more"': [2],
      'rank=gt.9,rank=lt.100': [2],
      'name=like.t%': [2, 3],
      'name=ilike.T%': [2, 3],
      'name=match.^o': [1],
      'name=imatch.^O': [1],
      'name=is.null': [4],
      'name=isdistinct.one': [2, 3, 4],
      'name=not.eq.one': [2, 3],
      'rank=not.in.(9,10)': [3],
      'due=gt.2026-06-01': [2],
      'is_open=is.true': [1],
      'is_open=eq.false': [2],
      'tags=eq."{a,b}"': [1],
      '': [1, 2, 3, 4],
    };
    const filters = Object.keys(expected);
    const { of } = await follow(guest, ...filters.map((filter) => ({ table: 'item', filter })));
    await sql(`insert into public.item (id, name, rank, due, is_open, tags) values
      (1, 'one', 9, '2026-01-01', true, '{a,b}'), (2, 'two, or more', 10, '2026-12-01', false, '{b,a}'),
      (3, 'three', 100, null, null, null), (4, null, null, null, null, null)`);
    await eventually(() => expect(of(filters.length - 1)).toHaveLength(4));
    const passed = filters.map((filter, index) => [filter, namesOf(of(index)).map(([, id]) => id)]);
    expect(Object.fromEntries(passed)).toEqual(expected);
  });

  test('carry only the selected columns and the key', async () => {
    const { of } = await follow(guest, { table: 'item', select: ['name'] }, { table: 'item' });
    await sql(`insert into public.item (id, name, rank) values (1, 'one', 1)`);
    await eventually(() => expect([of(0).length, of(1).length]).toEqual([1, 1]));
    expect(of(0)[0]?.new).toEqual({ id: 1, name: 'one' });
    expect(of(1)[0]?.new).toMatchObject({ rank: 1 });
  });

  test('that are larger than the limit come without their long values, and say so', async () => {
    const { of } = await follow(guest, { table: 'item' });
    await sql('insert into public.item (id, name, rank) values (1, $1, 5)', ['x'.repeat(1_100_000)]);
    await eventually(() => expect(of(0)).toHaveLength(1));
    expect(of(0)[0]).toMatchObject({ errors: ['Error 413: Payload Too Large'], new: { id: 1, rank: 5 } });
    expect(of(0)[0]?.new).not.toHaveProperty('name');
  });

  test('of a transaction that was rolled back never arrive; of one that commits, only then', async () => {
    const { of } = await follow(guest, { table: 'item' });
    const failed = live.gateway.database.asUser('service', async (query) => {
      await query('insert into public.item (id) values (1)');
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    await live.gateway.database.asUser('service', async (query) => {
      await query('insert into public.item (id) values (2)');
      await pause(100);
      expect(of(0)).toEqual([]);
    });
    await eventually(() => expect(namesOf(of(0))).toEqual([['INSERT', 2]]));
  });

  test('are complete and in order, however many there are', async () => {
    const { of } = await follow(guest, { table: 'item' });
    const expected: [string, number][] = [];
    for (let batch = 0; batch < 20; batch += 1) {
      const ids = Array.from({ length: 50 }, (_, index) => batch * 50 + index);
      await sql('insert into public.item (id) select unnest($1::int[])', [ids]);
      await sql('update public.item set rank = 1 where id = $1', [batch * 50]);
      expected.push(...ids.map((id): [string, number] => ['INSERT', id]), ['UPDATE', batch * 50]);
    }
    await eventually(() => expect(of(0)).toHaveLength(expected.length), 10_000);
    expect(namesOf(of(0))).toEqual(expected);
  });

  test('made before the subscription stood do not arrive afterwards', async () => {
    await sql('insert into public.item (id) values (1)');
    const { of } = await follow(guest, { table: 'item' });
    await sql('insert into public.item (id) values (2)');
    await eventually(() => expect(namesOf(of(0))).toEqual([['INSERT', 2]]));
  });
});

describe('what cannot be listened to', () => {
  const messages = async (wish: Wish) => {
    const { channel } = changesOf(guest, wish);
    const told = collect<{ status: string; message: string; extension: string }>(channel, 'system');
    await join(channel);
    await eventually(() => expect(told).toHaveLength(1));
    expect(told[0]).toMatchObject({ status: 'error', extension: 'postgres_changes' });
    return told[0]?.message;
  };

  const unknown = 'Please check Realtime is enabled for the given connect parameters';
  const many = Array.from({ length: 101 }, (_, index) => index).join();
  const filtered = (filter: string): Wish => ({ table: 'item', filter });

  test('is named: a table outside the publication, an unknown one, a bad filter', async () => {
    const cases: [Wish, string][] = [
      [{ table: 'quiet' }, unknown],
      [{ table: 'nothing' }, unknown],
      [{ schema: 'auth', table: 'users' }, unknown],
      [filtered('id=is.5'), 'Error parsing `filter` params'],
      [filtered('undefined'), 'Error parsing `filter` params'],
      [filtered('id=foo.5'), '["foo", "5"]'],
      [filtered('id=in.5'), 'must be wrapped by parentheses'],
      [filtered('id=eq.five'), 'invalid input syntax for type integer'],
      [filtered('nope=eq.5'), 'invalid column for filter nope'],
      [filtered('id"; drop table item; --=eq.5'), 'invalid column'],
      [filtered('secret=eq.x'), 'invalid column for filter secret'],
      [{ table: 'item', select: ['secret'] }, 'invalid column for select secret'],
      [filtered(`id=in.(${many})`), 'too many values for `in` filter'],
    ];
    for (const [wish, reason] of cases) expect(await messages(wish)).toContain(reason);
  });

  test('becomes a refused join for a client that waits', async () => {
    const channel = guest.channel('waits', { config: { postgres_changes_options: { wait: true } } });
    channel.on('postgres_changes', { event: '*', schema: 'public', table: 'quiet' }, () => undefined);
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    channel.subscribe((_status, error) => resolve(error?.message));
    expect(await promise).toMatch(/^RealtimeDisabledForConfiguration: Unable to subscribe/);
  });

  test('a table that joins the publication later is heard from then on', async () => {
    const { of } = await follow(guest, { schema: 'public', table: '*' });
    await sql('insert into public.quiet values (1)');
    const publish = async (how: 'add' | 'drop') => {
      await sql(`alter publication supabase_realtime ${how} table public.quiet`);
      // On a server, whose owner may have no event trigger, the next start does this.
      if (process.env.TEST_POSTGRES_URL) await sql('select realtime.attach_capture()');
    };
    await publish('add');
    await sql('insert into public.quiet values (2)');
    await eventually(() => expect(namesOf(of(0))).toEqual([['INSERT', 2]]));
    await publish('drop');
    await sql('insert into public.quiet values (3)');
    await sql('insert into public.item (id) values (9)');
    await eventually(() =>
      expect(namesOf(of(0))).toEqual([
        ['INSERT', 2],
        ['INSERT', 9],
      ]),
    );
  });
});

test('nothing is noted for tables that nobody listens to', async () => {
  await eventually(async () => expect(await sql('select * from realtime.watched')).toEqual([]));
  await sql('insert into public.item (id) values (1)');
  expect(await sql('select * from realtime.outbox')).toEqual([]);
});
