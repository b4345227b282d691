import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { eventually, LIVE_PROJECT, listening, pause } from '../../local/realtime/test-harness.ts';
import { openDatabase } from '../../local/supabase/database.ts';
import { startGateway } from '../../local/supabase/gateway.ts';
import { PostgresSession } from '../../local/supabase/postgres-session.ts';
import { createTemporaryDatabase } from '../../local/supabase/temporary.ts';
import { clientOf, signedUpClient } from '../../local/supabase/test-project.ts';
import { migrationFolder, type TemporaryFolder } from '../setup/database.ts';

type Gateway = Awaited<ReturnType<typeof startGateway>>;
type Temporary = Awaited<ReturnType<typeof createTemporaryDatabase>>;

const superuser = () => process.env.TEST_POSTGRES_URL ?? '';
/** An empty database of a role that is no superuser. */
const emptyDatabase = () => createTemporaryDatabase(superuser(), 'empty', async () => undefined);
const sessionOf = ({ url }: Temporary) => new PostgresSession({ url, statementMs: 0 });

let folder: TemporaryFolder;
let empty: Temporary;
let gateways: Gateway[];
const start = () =>
  startGateway({ port: 0, migrationsDir: folder.path, server: { url: empty.url }, storageDir: folder.path });

beforeAll(async () => {
  folder = await migrationFolder(LIVE_PROJECT);
  empty = await emptyDatabase();
  // At once, on a database without a table: one makes everything, the other finds it.
  gateways = await Promise.all([start(), start()]);
});
afterAll(async () => {
  for (const gateway of gateways) await gateway.close();
  await empty.drop();
  await folder.remove();
});
const pair = () => {
  const [one, other] = gateways;
  if (!one || !other) throw new Error('There are two gateways.');
  return { one, other };
};

describe('two gateways on one PostgreSQL', () => {
  test('prepare it once, and sign with the same keys', async () => {
    expect(gateways.flatMap(({ database }) => database.applied)).toHaveLength(
      Object.keys(LIVE_PROJECT).length,
    );
    const { one, other } = pair();
    const { client, token } = await signedUpClient(one);
    const asked = await clientOf(other).auth.getUser(token);
    expect(asked.data.user?.id).toBe((await client.auth.getUser()).data.user?.id);
  });

  test('tell nobody their keys', async () => {
    const { one } = pair();
    const { id } = await signedUpClient(one);
    for (const persona of [id, null, 'service'] as const) {
      const read = one.database.asUser(persona, (query) =>
        query('select keys from supabase_migrations.local_signing'),
      );
      await expect(read).rejects.toMatchObject({ code: '42501' });
    }
  });

  test('give the same files', async () => {
    const { one, other } = pair();
    const admin = clientOf(one, one.secretKey);
    await admin.storage.createBucket('notes');
    await admin.storage.from('notes').upload('a.txt', 'from the one');
    const { data } = await clientOf(other, other.secretKey).storage.from('notes').download('a.txt');
    expect(await data?.text()).toBe('from the one');
  });

  test('bring those in a room together, whichever they came to, and tell both of changes', async () => {
    const clients = gateways.map((gateway) => clientOf(gateway));
    const heard: unknown[][] = [[], []];
    const channels = await Promise.all(
      clients.map(async (client, index) => {
        const channel = client.channel('room', {
          config: { presence: { key: `at-${index}`, enabled: true } },
        });
        channel.on('postgres_changes', { event: 'INSERT', schema: 'public', table: 'item' }, ({ new: row }) =>
          heard[index]?.push(row.id),
        );
        channel.on('broadcast', { event: 'hello' }, ({ payload }) => heard[index]?.push(payload.from));
        await listening(channel);
        await channel.track({});
        return channel;
      }),
    );
    await eventually(() => {
      for (const channel of channels) {
        expect(Object.keys(channel.presenceState()).toSorted()).toEqual(['at-0', 'at-1']);
      }
    });
    await channels[1]?.send({ type: 'broadcast', event: 'hello', payload: { from: 'other' } });
    await pair().one.database.query('insert into public.item (id) values (501)');
    await eventually(() => expect(heard).toEqual([['other', 501], [501]]));
    for (const client of clients) await client.removeAllChannels();
  });
});

describe('changes of many writers at once', () => {
  test('arrive in the order of their commits, none lost and none twice', async () => {
    const client = clientOf(pair().other);
    const heard: unknown[] = [];
    const channel = client.channel('order');
    channel.on('postgres_changes', { event: 'INSERT', schema: 'public', table: 'item' }, ({ new: row }) =>
      heard.push(row.id),
    );
    const sessions = Array.from({ length: 8 }, () => sessionOf(empty));
    const [early, late] = sessions;
    if (!early || !late) throw new Error('There are eight sessions.');
    // Writes first, before this one listens, and commits last. That another listens has it noted.
    const earlier = clientOf(pair().one);
    await listening(
      earlier
        .channel('earlier')
        .on('postgres_changes', { event: '*', schema: 'public', table: 'item' }, () => undefined),
    );
    await early.exec('begin');
    await early.exec('insert into public.item (id) values (1000)');
    await listening(channel);
    await late.exec('insert into public.item (id) values (1001)');
    await eventually(() => expect(heard).toEqual([1001]));
    await early.exec('commit');
    await eventually(() => expect(heard).toEqual([1001, 1000]));

    await earlier.removeAllChannels();

    heard.length = 0;
    const committed: number[] = [];
    await Promise.all(
      sessions.map(async (session, writer) => {
        for (let turn = 0; turn < 40; turn += 1) {
          const id = 2_000 + turn * sessions.length + writer;
          await session.transaction(async (transaction) => {
            await transaction.query('insert into public.item (id) values ($1)', [id]);
            await transaction.query('select pg_sleep(random() / 200)');
          });
          committed.push(id);
        }
      }),
    );
    await eventually(() => expect(heard).toHaveLength(committed.length), 20_000);
    expect(new Set(heard).size).toBe(committed.length);
    // Of one writer each follows the one before.
    const places = new Map(heard.map((id, place) => [id, place]));
    for (const writer of sessions.keys()) {
      const own = committed.filter((id) => id % sessions.length === writer);
      const order = own.map((id) => places.get(id));
      expect(order).toEqual(order.toSorted((a = 0, b = 0) => a - b));
    }
    await client.removeAllChannels();
    await Promise.all(sessions.map((session) => session.end()));
    const left = await pair().one.database.query('select 1 from realtime.outbox');
    expect(left).toEqual([]);
  });
});

describe('when the gateway that runs Realtime goes', () => {
  test('the other takes over, and everybody is told of what comes then', async () => {
    const [place] = await pair().one.database.query('select address from realtime.leader');
    const leader = gateways.find(({ url }) => url === place?.address);
    const other = gateways.find((gateway) => gateway !== leader);
    if (!leader || !other) throw new Error('One of the two leads.');
    const client = clientOf(other);
    const heard: unknown[] = [];
    const channel = client.channel('after');
    channel.on('postgres_changes', { event: 'INSERT', schema: 'public', table: 'item' }, ({ new: row }) =>
      heard.push(row.id),
    );
    await listening(channel);
    await leader.close();
    await eventually(() => expect(other.realtime.counts().subscriptions).toBe(1), 15_000);
    await other.database.query('insert into public.item (id) values (9001)');
    await eventually(() => expect(heard).toEqual([9001]));
    await client.removeAllChannels();
    gateways = [other];
  });

  test('a session that the server cut off never does the rest of its transaction on a new one', async () => {
    const [session, executioner] = [sessionOf(empty), sessionOf(empty)];
    const { rows } = await session.query<{ pid: number }>('select pg_backend_pid() as pid');
    const work = session.transaction(async (transaction) => {
      await transaction.exec('set local role anon');
      await executioner.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
      await pause(100);
      return transaction.query('select current_user');
    });
    await expect(work).rejects.toThrow('lost');
    await Promise.all([session.end(), executioner.end()]);
  });

  test('a gateway goes on when the server comes back', async () => {
    const [gateway] = gateways;
    const killer = sessionOf(empty);
    await killer.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    await killer.end();
    await vi.waitFor(
      async () => expect(await gateway?.database.query('select 1 as one')).toEqual([{ one: 1 }]),
      30_000,
    );
    await gateway?.realtime.handle(new Request('http://localhost/realtime/v1/'));
  });
});

describe('a server that cannot be used is told why', () => {
  const opening = (change: (url: URL) => void, from = empty.url) => {
    const url = new URL(from);
    change(url);
    return openDatabase({ server: { url: url.href }, migrationsDir: folder.path });
  };

  test('where nobody answers, where there is no such database, and no such role', async () => {
    await expect(opening((url) => (url.port = '1'))).rejects.toThrow('No PostgreSQL answers at 127.0.0.1:1');
    await expect(opening((url) => (url.pathname = '/nowhere'))).rejects.toThrow('no database nowhere');
    await expect(opening((url) => (url.username = 'nobody'))).rejects.toThrow('does not let nobody in');
  });

  test('a role without the rights, and one that owns nothing', async () => {
    const [name, session] = [
      `weak_${randomUUID().slice(0, 8)}`,
      new PostgresSession({ url: superuser(), statementMs: 0 }),
    ];
    await session.exec(`create role ${name} login`);
    const weak = (url: URL) => {
      url.username = name;
    };
    await expect(opening(weak)).rejects.toThrow(`${name} does not own the database`);
    await session.exec(`create database ${name} owner ${name}`);
    const own = new URL(superuser());
    own.pathname = `/${name}`;
    await expect(opening(weak, own.href)).rejects.toThrow(`to ${name}`);
    await session.exec(`grant anon, authenticated, service_role to ${name}`);
    await expect(opening(weak, own.href)).rejects.toThrow('create extension vector');
    await session.exec(`drop database ${name} with (force)`);
    await session.exec(`drop role ${name}`);
    await session.end();
  });
});
