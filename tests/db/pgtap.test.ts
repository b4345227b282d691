import { readdir, readFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { pgcrypto } from '@electric-sql/pglite/contrib/pgcrypto';
import { pgtap } from '@electric-sql/pglite/pgtap';
import { vector } from '@electric-sql/pglite/vector';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../local/supabase/database.ts';
import { SESSION_SETTINGS } from '../../local/supabase/migrations.ts';

/** The files that `supabase test db` runs where Docker is, here on a copy of the database with every migration. */
const FOLDER = new URL('../../supabase/tests/', import.meta.url);
const FILES = (await readdir(FOLDER)).filter((name) => name.endsWith('.test.sql')).toSorted();

let driver: PGlite;

beforeAll(async () => {
  const database = await openDatabase();
  const embedded = database.connection.driver;
  if (!(embedded instanceof PGlite)) throw new Error('On a server, tests/postgres runs these files.');
  const copy = await embedded.dumpDataDir('none');
  await database.close();
  driver = await PGlite.create({ loadDataDir: copy, extensions: { vector, pg_trgm, pgcrypto, pgtap } });
  await driver.exec(SESSION_SETTINGS);
});
afterAll(() => driver.close());

test.for(FILES)('%s holds', async (file) => {
  const results = await driver.exec(await readFile(new URL(file, FOLDER), 'utf8'));
  const lines = results.flatMap(({ rows }) => rows.flatMap((row) => Object.values(row))).map(String);
  const [plan] = lines.flatMap((line) => /^1\.\.(\d+)$/.exec(line)?.[1] ?? []);
  // `finish` says what went wrong in lines of its own; a file that ends well says nothing beside its plan.
  expect(lines.filter((line) => !/^(ok \d+|1\.\.\d+$|$)/.test(line))).toEqual([]);
  expect(lines.filter((line) => line.startsWith('ok '))).toHaveLength(Number(plan));
});
