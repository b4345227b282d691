import { createClient, type RealtimeChannel, type SupabaseClient } from '@supabase/supabase-js';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { OwnPresence } from '@/lib/domain/presence';
import { shellSchema } from '@/lib/shell';
import { testApi } from '@/tests/setup/api';
import { startServicesWithJobs, type TestStudent } from '@/tests/setup/services';

// What is left for after the response is run at once: there is no platform here that would wait for it.
const afterwards = vi.hoisted((): unknown[] => []);
vi.mock('next/server', () => ({ after: (work: () => unknown) => afterwards.push(work()) }));

describe('presence, over real channels', () => {
  const { api, services, students } = testApi({
    start: startServicesWithJobs,
    students: ['ines', 'maya'],
    routes: async () => ({
      own: await import('./me/presence/route'),
      channels: await import('./presence/route'),
      report: await import('./[personId]/presence/route'),
      block: await import('./[personId]/block/route'),
      people: await import('./route'),
      badges: await import('../badges/route'),
      shell: await import('../shell/route'),
    }),
  });
  const { maya, ines } = students;
  const clients: SupabaseClient[] = [];
  beforeEach(async () => {
    for (const table of ['block', 'presence', 'presence_choice', 'presence_notice']) {
      await services.query(`delete from public.${table}`);
    }
    await services.query(`update public.profile set visibility = 'everyone'`);
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) {
      await client.removeAllChannels();
      await client.realtime.disconnect();
    }
  });

  const say = async (body: object, as = ines): Promise<OwnPresence> =>
    (await api.own.PUT({}, { as, body })).body;
  const choose = async (body: object): Promise<OwnPresence> => (await api.own.PATCH({}, { body })).body;
  const topicOf = async (): Promise<string> => (await api.own.GET()).body.topic;
  const report = (as = maya) => api.report.POST({ personId: ines.id }, { as });
  const isHere = async (as = maya): Promise<boolean> => {
    const { body } = await api.people.GET({}, { as });
    return body.here.users.some(({ userId }: { userId: string }) => userId === ines.id);
  };

  /** A tab of a student, joined to a channel as the app's own tabs are. */
  async function join(as: TestStudent, topic: string) {
    const client = createClient(services.gateway.url, services.gateway.publishableKey, {
      accessToken: async () => as.token,
    });
    clients.push(client);
    await client.realtime.setAuth();
    const channel = client.channel(topic, {
      config: { private: true, presence: { key: as.id, enabled: true } },
    });
    const told: string[] = [];
    channel.on('broadcast', { event: '*' }, ({ event }) => told.push(event));
    channel.on('presence', { event: 'join' }, () => told.push('join'));
    channel.on('presence', { event: 'leave' }, () => told.push('leave'));
    const status = await new Promise<string>((resolve) => channel.subscribe(resolve));
    return { client, channel, told, status };
  }
  const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 5_000, interval: 20 });
  const count = (channel: RealtimeChannel) => Object.values(channel.presenceState()).flat().length;

  /** Inês in one tab: shown in her channel, and here. */
  async function tabOfInes(tab = 'a') {
    const joined = await join(ines, await topicOf());
    await joined.channel.track({ tab });
    await say({ activity: 'studying', isLive: true });
    return joined;
  }

  test('a student whose connection is lost is gone at once, when somebody saw it and the server did too', async () => {
    const tab = await tabOfInes();
    expect((await report()).status).toBe(204);
    expect(await isHere()).toBe(true);
    const watching = await join(maya, await topicOf());
    await eventually(() => expect(count(watching.channel)).toBe(1));
    await tab.client.realtime.disconnect();
    await eventually(() => expect(watching.told).toContain('leave'));
    expect(await isHere()).toBe(true);
    await report();
    await eventually(async () => expect(await isHere()).toBe(false));
  });

  test('nobody is set offline by what somebody says', async () => {
    const tab = await tabOfInes();
    for (let times = 0; times < 3; times += 1) await report();
    // Nor one who is here without a channel, behind a network that allows none.
    await tab.client.realtime.disconnect();
    await say({ isLive: false });
    await report();
    await Promise.all(afterwards);
    expect(await isHere()).toBe(true);
  });

  test('a report about whom one may not see is the same refusal as about nobody', async () => {
    await tabOfInes();
    await services.query(`update public.profile set visibility = 'private' where user_id = $1`, [ines.id]);
    const nobody = await api.report.POST({ personId: crypto.randomUUID() }, { as: maya });
    const hidden = await report();
    expect(hidden.status).toBe(404);
    expect(hidden.body.code).toBe(nobody.body.code);
    expect((await api.report.POST({ personId: ines.id }, { as: null })).status).toBe(401);
  });

  test('of three tabs the last one counts, however many close at once', async () => {
    const tabs = await Promise.all(['a', 'b', 'c'].map((tab) => tabOfInes(tab)));
    expect(await say({ isOnline: false, closingTab: 'a' })).toMatchObject({ isOnline: true });
    await tabs[0]?.client.realtime.disconnect();
    expect(await isHere()).toBe(true);
    // Two close together: each still sees the other, until both are gone.
    await Promise.all(tabs.slice(1).map(({ client }) => client.realtime.disconnect()));
    await Promise.all(['b', 'c'].map((closingTab) => say({ isOnline: false, closingTab })));
    expect(await isHere()).toBe(false);
  });

  test('who is blocked while listening hears a leave, and then nothing, whatever happens', async () => {
    const first = await topicOf();
    const tab = await tabOfInes();
    const watching = await join(maya, first);
    await eventually(() => expect(count(watching.channel)).toBe(1));
    const own = await join(ines, `user:${ines.id}`);
    expect((await api.block.POST({ personId: maya.id })).status).toBe(204);

    // What the tab of Inês does when it is told.
    await eventually(() => expect(own.told).toContain('presence'));
    const second = await topicOf();
    expect(second).not.toBe(first);
    await tab.client.removeChannel(tab.channel);
    const moved = await join(ines, second);
    await moved.channel.track({ tab: 'a' });
    await eventually(() => expect(watching.told).toEqual(expect.arrayContaining(['changed', 'leave'])));
    watching.told.length = 0;

    await say({ activity: 'in_session', isLive: true });
    await choose({ isHidden: false, freeMinutes: 40 });
    await choose({ isHidden: true });
    await choose({ isHidden: false });
    await moved.client.realtime.disconnect();
    await say({ isOnline: false });
    for (const topic of [first, second, await topicOf(), `presence:${ines.id}`]) {
      expect((await join(maya, topic)).status).toBe('CHANNEL_ERROR');
    }
    const named = await api.channels.GET({}, { as: maya, query: `?ids=${ines.id}` });
    expect(named.body).toEqual({ channels: [] });
    expect([watching.told, count(watching.channel), await isHere()]).toEqual([[], 0, false]);
  });

  test('who listened before a student hid, or became private, hears a leave and then nothing', async () => {
    for (const hide of [
      () => choose({ isHidden: true }),
      () => services.query(`update public.profile set visibility = 'private' where user_id = $1`, [ines.id]),
    ]) {
      const topic = await topicOf();
      const tab = await tabOfInes();
      const watching = await join(maya, topic);
      const rows: { user_id?: string }[] = [];
      const ofMaya = () => rows.filter(({ user_id }) => user_id === maya.id).length;
      const client = createClient(services.gateway.url, services.gateway.publishableKey, {
        accessToken: async () => maya.token,
      });
      clients.push(client);
      await client.realtime.setAuth();
      const ready = Promise.withResolvers<void>();
      client
        .channel('rows')
        .on('postgres_changes', { event: '*', schema: 'public', table: 'presence_notice' }, (change) =>
          rows.push(change.new),
        )
        .on('postgres_changes', { event: '*', schema: 'public', table: 'presence' }, (change) =>
          rows.push(change.new),
        )
        .on('system', {}, () => ready.resolve())
        .subscribe();
      await ready.promise;
      await eventually(() => expect(count(watching.channel)).toBe(1));
      await hide();
      await eventually(() => expect(watching.told).toContain('changed'));
      expect(await isHere()).toBe(false);
      await tab.client.removeChannel(tab.channel);
      await eventually(() => expect(watching.told).toContain('leave'));
      const heard = [watching.told.length, rows.length - ofMaya()];
      expect(await say({ activity: 'in_session', isLive: true })).toMatchObject({
        isHidden: true,
        isOnline: false,
      });
      // Changes arrive in their order: what comes after tells that nothing came before.
      await say({ activity: 'idle' }, maya);
      await eventually(() => expect(ofMaya()).toBeGreaterThan(0));
      expect([watching.told.length, rows.length - ofMaya()]).toEqual(heard);
      expect(await topicOf()).not.toBe(topic);
      expect((await join(maya, topic)).status).toBe('CHANNEL_ERROR');
    }
  });

  test('asks are checked, and the numbers of the rail are given', async () => {
    for (const query of ['', '?ids=', '?ids=x', `?ids=${Array.from({ length: 101 }, () => ines.id)}`]) {
      expect((await api.channels.GET({}, { query })).status).toBe(400);
    }
    for (const body of [
      {},
      { isHidden: 'no' },
      { isHidden: false, freeMinutes: 30 },
      { isHidden: true, freeMinutes: 20 },
    ]) {
      expect((await api.own.PATCH({}, { body })).status).toBe(400);
    }
    expect((await api.own.GET({}, { as: null })).status).toBe(401);
    await say({});
    expect((await api.badges.GET({}, { as: maya })).body).toEqual({ due: 0, here: 1 });
    const shell = await api.shell.GET({}, { as: maya });
    expect(shell.body).toEqual(shellSchema.parse(shell.body));
    expect(shell.body).toMatchObject({ due: 0, here: 1, inbox: { unread: 0 }, threads: [] });
    expect((await api.shell.GET({}, { as: null })).status).toBe(401);
  });
});
