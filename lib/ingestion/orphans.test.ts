import { createClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Gateway, startGateway } from '../../local/supabase/gateway.ts';
import type { Database } from '../db/types.gen.ts';
import { removeOrphanedFiles } from './orphans.ts';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway({ port: 0 });
});
afterAll(() => gateway.close());

test('a file that arrived after its document was deleted is removed, and the files of documents stay', async () => {
  const db = createClient<Database>(gateway.url, gateway.secretKey, { auth: { persistSession: false } });
  const files = db.storage.from('documents');
  const userId = (await gateway.database.createUser()).id;
  const id = crypto.randomUUID();
  const kept = `${userId}/${id}/original.txt`;
  const left = `${userId}/${crypto.randomUUID()}/original.txt`;
  await gateway.database.query(
    `insert into public.doc_source (id, user_id, title, file_path) values ($1, $2, 'Notes', $3)`,
    [id, userId, kept],
  );
  for (const path of [kept, left]) {
    expect((await files.upload(path, new Blob(['notes'], { type: 'text/plain' }))).error).toBeNull();
  }

  // Young enough that its upload might still belong to somebody.
  expect(await removeOrphanedFiles(db, { olderThanHours: 24 })).toBe(0);
  await gateway.database.query(`update storage.objects set created_at = now() - interval '25 hours'`);
  expect(await removeOrphanedFiles(db, { olderThanHours: 24 })).toBe(1);
  expect((await files.download(left)).error).not.toBeNull();
  expect((await files.download(kept)).data?.size).toBe('notes'.length);
  expect(await removeOrphanedFiles(db, { olderThanHours: 24 })).toBe(0);
});
