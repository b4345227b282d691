import { readFile } from 'node:fs/promises';
import { createClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Gateway, startGateway } from '../../local/supabase/gateway.ts';
import { INES, type SeedPerson, seedPerson } from '../../scripts/seed-people.ts';

describe('the seed', () => {
  let gateway: Gateway;
  let seed: () => Promise<unknown>;
  beforeAll(async () => {
    gateway = await startGateway({ port: 0 });
    const sql = await readFile(new URL('../../supabase/seed.sql', import.meta.url), 'utf8');
    seed = () => gateway.database.exclusive((driver) => driver.exec(sql));
    await seed();
  });
  afterAll(() => gateway.close());

  test('makes a demo student who can sign in and has a profile', async () => {
    const client = createClient(gateway.url, gateway.publishableKey, { auth: { persistSession: false } });
    const { error } = await client.auth.signInWithPassword({
      email: 'demo@clerva.local',
      password: 'clerva-demo-student',
    });
    expect(error).toBeNull();
    const { data } = await client.from('profile').select('display_name, subjects').single();
    expect(data).toEqual({ display_name: 'Maya', subjects: ['Psychology', 'Statistics'] });
  });

  test('may run again and keeps what a person has changed', async () => {
    await gateway.database.query(
      `update public.profile set subjects = '{Chemistry}' where display_name = 'Maya'`,
    );
    await seed();
    const [row] = await gateway.database.query(
      `select (select count(*)::int from auth.users) as people,
         (select count(*)::int from public.availability_block) as windows,
         (select subjects from public.profile where display_name = 'Maya') as subjects`,
    );
    expect(row).toEqual({ people: 4, windows: 16, subjects: ['Chemistry'] });
  });

  test('has partners for the demo student, of whom some are here', async () => {
    const { refreshStudent } = await import('../../inngest/matches.ts');
    const service = createClient(gateway.url, gateway.secretKey, { auth: { persistSession: false } });
    await gateway.database.query(
      `update public.profile set subjects = '{Psychology,Statistics}' where display_name = 'Maya'`,
    );
    await refreshStudent(service, 'd0000000-0000-4000-8000-000000000001');
    const [row] = await gateway.database.asUser('d0000000-0000-4000-8000-000000000001', (query) =>
      query<{ found: { matches: { displayName: string }[]; here: { total: number } } }>(
        'select public.people_overview() as found',
      ),
    );
    expect(row?.found.matches.map(({ displayName }) => displayName).sort()).toEqual([
      'Aiko',
      'Inês',
      'Tomás',
    ]);
    expect(row?.found.here.total).toBe(3);
  });

  test('gives a student what they know as the student, and keeps what was worked out since', async () => {
    const { id, email } = await gateway.database.createUser();
    const client = createClient(gateway.url, gateway.publishableKey, { auth: { persistSession: false } });
    await client.auth.signInWithPassword({ email, password: 'correct horse battery' });
    const person: SeedPerson = { ...INES, activity: null, topics: [['Memory', 0.9, 12]] };
    const send = async () => ({ windows: [1], profile: { gradeLevel: 'set', subjects: [] } });
    const strengths = async () =>
      (await client.from('learning_profile').select('strengths').single()).data?.strengths;
    await seedPerson(client, send, id, person);
    expect(await strengths()).toEqual(['Memory']);
    await gateway.database.query(
      `update public.learning_profile set strengths = '{Logic}', evidence_read_at = now() where user_id = $1`,
      [id],
    );
    await seedPerson(client, send, id, person);
    expect(await strengths()).toEqual(['Logic']);
  });
});
