import { readdirSync, readFileSync } from 'node:fs';
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
