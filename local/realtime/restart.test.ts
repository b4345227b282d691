import { expect, test } from 'vitest';
import { migrationFolder, temporaryFolder } from '../../tests/setup/database.ts';
import { startGateway } from '../supabase/gateway.ts';
import { clientOf } from '../supabase/test-project.ts';
import { eventually, LIVE_PROJECT, listening } from './test-harness.ts';

test('after a restart everybody is back, sees the same people and hears of changes', async () => {
  const [data, migrations] = [await temporaryFolder(), await migrationFolder(LIVE_PROJECT)];
  const options = { dataDir: data.path, migrationsDir: migrations.path };
  const first = await startGateway({ port: 0, ...options });
  const clients = Array.from({ length: 10 }, () => clientOf(first));
  const heard: unknown[] = [];
  const channels = await Promise.all(
    clients.map(async (client, index) => {
      const channel = client.channel('room', {
        config: { presence: { key: `student-${index}`, enabled: true } },
      });
      channel.on('postgres_changes', { event: 'INSERT', schema: 'public', table: 'item' }, ({ new: row }) =>
        heard.push(row.id),
      );
      await listening(channel);
      return channel;
    }),
  );
  const everybody = clients.map((_, index) => `student-${index}`).toSorted();
  const seen = () => channels.map((channel) => Object.keys(channel.presenceState()).toSorted());
  const trackAll = () => Promise.all(channels.map((channel) => channel.track({})));
  await trackAll();
  await eventually(() => expect(seen()).toEqual(channels.map(() => everybody)));

  await first.close();
  const again = await startGateway({ port: Number(new URL(first.url).port), ...options });
  await eventually(() => expect(channels.every(({ state }) => state === 'joined')).toBe(true), 10_000);
  // Nobody is here until they say so again: the server kept nothing.
  await trackAll();
  await eventually(() => expect(seen()).toEqual(channels.map(() => everybody)));
  await eventually(() => expect(again.realtime.counts().subscriptions).toBe(10));
  await again.database.query('insert into public.item (id) values (7)');
  await eventually(() => expect(heard).toEqual(channels.map(() => 7)));

  for (const client of clients) await client.removeAllChannels();
  await again.close();
  await Promise.all([data.remove(), migrations.remove()]);
}, 40_000);
