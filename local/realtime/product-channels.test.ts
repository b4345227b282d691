import { describe, expect, test } from 'vitest';
import {
  collect,
  eventually,
  join,
  listening,
  liveProject,
  pause,
  type Student,
  subscribed,
} from './test-harness.ts';

const { live, sql, student: newStudent, visitor } = liveProject({ project: 'product' });

async function student(visibility = 'everyone'): Promise<Student> {
  const user = await newStudent();
  await sql('update public.profile set visibility = $1 where user_id = $2', [visibility, user.id]);
  return user;
}
const privately = { config: { private: true, presence: { enabled: true } } };
const channelOf = ({ client }: Student, topic: string) => client.channel(topic, privately);
const statusOf = async (who: Student, topic: string) => (await subscribed(channelOf(who, topic))).status;

describe('presence:<id>', () => {
  test('is shown by its student and seen by those who may see them', async () => {
    const [ana, ben] = [await student(), await student()];
    const [own, looking] = [channelOf(ana, `presence:${ana.id}`), channelOf(ben, `presence:${ana.id}`)];
    const heard = collect(looking, 'broadcast');
    for (const channel of [own, looking]) await join(channel);
    expect(await own.track({ activity: 'studying' })).toBe('ok');
    await own.send({ type: 'broadcast', event: 'beacon', payload: { minutes: 40 } });
    await eventually(() =>
      expect(Object.values(looking.presenceState())).toMatchObject([[{ activity: 'studying' }]]),
    );
    await eventually(() => expect(heard).toMatchObject([{ event: 'beacon' }]));
  });

  test('is shown by nobody else', async () => {
    const [ana, ben] = [await student(), await student()];
    const [own, forger] = [channelOf(ana, `presence:${ana.id}`), channelOf(ben, `presence:${ana.id}`)];
    const heard = collect(own, 'broadcast');
    for (const channel of [own, forger]) await join(channel);
    expect(await forger.track({ activity: 'forged' })).toBe('error');
    await forger.send({ type: 'broadcast', event: 'forged', payload: {} });
    await expect(forger.httpSend('forged', {})).rejects.toThrow('Unauthorized');
    await pause(50);
    expect([heard, own.presenceState()]).toEqual([[], {}]);
  });

  test('stays closed to strangers, to the blocked, and to everybody when its student is invisible', async () => {
    const [ana, ben, hidden] = [await student(), await student(), await student('private')];
    await sql('insert into public.block (user_id, blocked_user_id) values ($1, $2)', [ana.id, ben.id]);
    const nobody = { ...ana, client: visitor() };
    const refused = 'CHANNEL_ERROR';
    expect(await statusOf(ben, `presence:${ana.id}`)).toBe(refused);
    expect(await statusOf(ana, `presence:${ben.id}`)).toBe(refused);
    expect(await statusOf(ana, `presence:${hidden.id}`)).toBe(refused);
    expect(await statusOf(nobody, `presence:${ana.id}`)).toBe(refused);
    expect(await statusOf(hidden, `presence:${hidden.id}`)).toBe('SUBSCRIBED');
    // Topics that only look like one of a student.
    for (const odd of [
      'presence:',
      'presence:x',
      `presence:${ana.id}:x`,
      `Presence:${ana.id}`,
      `presence:${ana.id}\n`,
    ]) {
      expect(await statusOf(ana, odd)).toBe(refused);
    }
  });
});

describe('user:<id>', () => {
  test('is heard by its student alone, spoken in by the database alone', async () => {
    const [ana, ben] = [await student(), await student()];
    const topic = `user:${ana.id}`;
    const own = ana.client.channel(topic, {
      config: { private: true, broadcast: { self: true, ack: true } },
    });
    const heard = collect(own, 'broadcast');
    await join(own);
    expect(await statusOf(ben, topic)).toBe('CHANNEL_ERROR');
    expect(await own.send({ type: 'broadcast', event: 'forged', payload: {} })).toBe('error');
    await sql('select realtime.send($1, $2, $3)', [{ kind: 'nudge' }, 'inbox', topic]);
    await eventually(() => expect(heard).toMatchObject([{ event: 'inbox', payload: { kind: 'nudge' } }]));
  });
});

describe('changes of the live tables', () => {
  test('are published for what pages follow, and for nothing else', async () => {
    const tables = await live.gateway.database.query<{ tablename: string }>(
      "select tablename from pg_publication_tables where pubname = 'supabase_realtime' order by tablename",
    );
    expect(tables.map(({ tablename }) => tablename)).toEqual(
      expect.arrayContaining(['agent_task', 'doc_source', 'nudge', 'presence']),
    );
    for (const closed of ['message', 'profile', 'doc_chunk', 'block', 'agent_memory']) {
      expect(tables.map(({ tablename }) => tablename)).not.toContain(closed);
    }
  });

  test('a nudge reaches its sender and its receiver and no third student', async () => {
    const [ana, ben, cleo] = [await student(), await student(), await student()];
    const heard = await Promise.all(
      [ana, ben, cleo].map(async ({ client }) => {
        const channel = client.channel('inbox');
        const rows: unknown[] = [];
        channel.on('postgres_changes', { event: '*', schema: 'public', table: 'nudge' }, ({ new: row }) =>
          rows.push(Reflect.get(row, 'message')),
        );
        await listening(channel);
        return rows;
      }),
    );
    await sql(
      `insert into public.nudge (user_id, to_user_id, nudge_type, message) values ($1, $2, 'reminder', 'hello'), ($3, $3, 'reminder', 'mark')`,
      [ana.id, ben.id, cleo.id],
    );
    await eventually(() => expect(heard).toEqual([['hello'], ['hello'], ['mark']]));
  });

  test('each nudge is told, in order, however another student comes and goes meanwhile', async () => {
    const [ana, ben] = [await student(), await student()];
    const told: unknown[] = [];
    const inbox = ana.client.channel('inbox');
    inbox.on('postgres_changes', { event: '*', schema: 'public', table: 'nudge' }, ({ new: row }) =>
      told.push(Reflect.get(row, 'message')),
    );
    await listening(inbox);
    await join(channelOf(ana, `presence:${ben.id}`));

    const sent = Array.from({ length: 120 }, (_, index) => `Marker ${index}`);
    let isOver = false;
    /** As pages that load again: each joins what a page joins, and is gone at any moment of that. */
    const reload = async () => {
      for (let round = 0; !isOver; round += 1) {
        const { client } = ben;
        channelOf(ben, `presence:${ben.id}`).subscribe();
        for (const table of ['nudge', 'presence_notice'])
          client
            .channel(`rows:${table}:${round}`)
            .on('postgres_changes', { event: '*', schema: 'public', table }, () => undefined)
            .subscribe();
        await pause(round % 7);
        await sql(
          'insert into public.presence (user_id, is_online) values ($1, true) on conflict (user_id) do update set is_online = not presence.is_online',
          [ben.id],
        );
        if (round % 2 === 0) client.realtime.disconnect();
        await client.removeAllChannels();
      }
    };
    const reloading = reload();
    for (const message of sent)
      await sql(
        "insert into public.nudge (user_id, to_user_id, nudge_type, message) values ($1, $1, 'reminder', $2)",
        [ana.id, message],
      );
    isOver = true;
    await reloading;
    await eventually(() => expect(told).toEqual(sent), 20_000);
  });

  test('an invisible student goes on unseen', async () => {
    const [ana, hidden, ben] = [await student(), await student('private'), await student()];
    const channel = ana.client.channel('people');
    const seen: unknown[] = [];
    channel.on('postgres_changes', { event: '*', schema: 'public', table: 'presence' }, (change) =>
      seen.push(Reflect.get(change.new, 'user_id')),
    );
    await listening(channel);
    for (const { id } of [hidden, ben]) {
      await sql('insert into public.presence (user_id, is_online) values ($1, true)', [id]);
      await sql("update public.presence set current_activity = 'studying' where user_id = $1", [id]);
    }
    await eventually(() => expect(seen).toEqual([ben.id, ben.id]));
  });
});
