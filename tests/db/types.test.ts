import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { openDatabase } from '../../local/supabase/database.ts';
import { renderDatabaseTypes } from '../../scripts/generate-database-types.ts';

test('the generated types are those of the migrations (npm run types:db writes them anew)', async () => {
  const database = await openDatabase();
  try {
    const stored = await readFile(new URL('../../lib/db/types.gen.ts', import.meta.url), 'utf8');
    expect(await renderDatabaseTypes(database.query)).toBe(stored);
  } finally {
    await database.close();
  }
});
