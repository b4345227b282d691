/**
 * Brings a hosted project that was made by earlier texts of `supabase/migrations` to those of today: `npm run rebuild -- --yes`.
 * In one transaction its tables are made anew, every row is moved over, and what breaks a rule of today is mended. `supabase db
 * push` only adds files: of one that was edited it takes no notice.
 */
import { parseArgs } from 'node:util';
import { StartError } from '../local/supabase/data-folder.ts';
import { buildAnew, readMigrations } from '../local/supabase/migrations.ts';
import { explainRefusal } from '../local/supabase/postgres-check.ts';
import { PostgresSession } from '../local/supabase/postgres-session.ts';
import { toldRepairs } from '../local/supabase/repairs.ts';
import { fail, loadVariables, variable } from './deployment.ts';

loadVariables();
const { values } = parseArgs({ options: { yes: { type: 'boolean' } } });
const url = variable('DATABASE_URL') ?? variable('SUPABASE_POOLER_URL');
if (!url) fail('Set DATABASE_URL to the address of the database, with its password, in session mode.');
const { host } = new URL(url);
if (!values.yes) {
  fail(
    `This makes every table of ${host} anew. Stop the app, make a backup (npm run backup), and say --yes.`,
  );
}
const session = new PostgresSession({ url, statementMs: 0 });
try {
  const migrations = await readMigrations('supabase/migrations');
  const { rows } = await session.query(
    `select where to_regclass('supabase_migrations.schema_migrations') is not null`,
  );
  if (rows.length === 0)
    throw new StartError(`Nothing was ever applied to ${host}: supabase db push does that.`);
  console.log(
    `The tables of ${host} are those of today, with their rows${toldRepairs(await buildAnew(session, migrations))}.`,
  );
} catch (error) {
  const explained = explainRefusal(error, url);
  console.error(explained instanceof Error ? explained.message : explained);
  process.exitCode = 1;
} finally {
  await session.end();
}
