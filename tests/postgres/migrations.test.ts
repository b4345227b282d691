import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cluster, openCluster } from './cluster.ts';

const PGTAP = new URL('../../supabase/tests/', import.meta.url);

describe('the schema on a real PostgreSQL', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await openCluster();
  });
  afterAll(() => cluster?.close());

  test('is made by a role that is no superuser', async () => {
    const [role] = await cluster.owner`select rolsuper from pg_roles where rolname = current_user`;
    expect(role?.rolsuper).toBe(false);
    expect(cluster.migrated).toBeGreaterThan(0);
  });

  test.each(readdirSync(PGTAP).filter((file) => file.endsWith('.sql')))('passes %s', async (file) => {
    const text = readFileSync(new URL(file, PGTAP), 'utf8');
    const results = await cluster.owner.unsafe(text).simple();
    const lines = results.flat().flatMap((row) => Object.values(row as object).map(String));
    expect(lines.filter((line) => line.startsWith('ok ')).length).toBeGreaterThan(0);
    expect(lines.filter((line) => line.startsWith('not ok') || line.startsWith('# Looks like'))).toEqual([]);
  });
});

test('a project whose vectors were made in another schema is told what to do, and nothing of it is changed', async () => {
  const opening = openCluster({ before: 'alter extension vector set schema public' });
  await expect(opening).rejects.toThrow(/alter extension vector set schema extensions/);
});

describe('a hosted project that was made by earlier texts of the migrations', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await openCluster({ before: 'drop schema if exists supabase_migrations cascade' });
    // As `supabase db push` leaves it, and rows that the rules of then let in.
    await cluster.owner.unsafe(`
      create schema supabase_migrations;
      create table supabase_migrations.schema_migrations (version text primary key, statements text[], name text);
      insert into supabase_migrations.schema_migrations values ('20260101000000', array['select 1'], 'then');
      insert into auth.users (id, aud, role, email)
        values ('00000000-0000-0000-0000-000000000001', 'authenticated', 'authenticated', 'a@example.com');
      insert into public.thread (user_id, title) values ('00000000-0000-0000-0000-000000000001', 'Cells');
      insert into public.quiz (id, user_id, topic, items)
        select gen_random_uuid(), id, 'Cells', '[{"id": "q1", "answer": "a"}]' from auth.users;
      drop index public.quiz_attempt_running;
      insert into public.quiz_attempt (user_id, quiz_id, started_at)
        select q.user_id, q.id, now() - n * interval '1 hour' from public.quiz q, generate_series(1, 2) n;
      drop function public.known_terms;`);
  });
  afterAll(() => cluster?.close());

  const run = (...given: string[]) =>
    promisify(execFile)(process.execPath, ['scripts/rebuild.ts', ...given], {
      env: { ...process.env, DATABASE_URL: cluster.url },
    }).then(
      ({ stdout }) => stdout,
      ({ stderr }: { stderr: string }) => stderr,
    );

  test('is left as it is by whoever did not say yes', async () => {
    expect(await run()).toMatch(/make a backup/);
    expect(
      (await cluster.owner`select to_regprocedure('public.known_terms(int[], uuid)') as it`)[0]?.it,
    ).toBeNull();
  });

  test('has the tables of today with every row, and what broke a rule is mended', async () => {
    expect(await run('--yes')).toMatch(/with their rows; quiz_attempt: 1 mended \(quiz_attempt_running\)/);
    const [row] = await cluster.owner`
      select (select title from public.thread) as title, (select count(*)::int from public.quiz_attempt) as attempts,
        (select count(*)::int from public.quiz_attempt where finished_at is null) as running,
        to_regprocedure('public.known_terms(int[], uuid)') is not null as "isWhole"`;
    expect(row).toEqual({ title: 'Cells', attempts: 2, running: 1, isWhole: true });
  });
});
