import { beforeEach, describe, expect, test } from 'vitest';
import { DAILY, MAX_FILE_BYTES, MAX_READING } from '../../lib/domain/bounds.ts';
import { STORED_TYPES } from '../../lib/ingestion/kinds.ts';
import type { Persona } from '../../local/supabase/database.ts';
import { addDocument, suiteFixture } from './fixture.ts';

const HASH = 'b'.repeat(64);

describe('the library', () => {
  const db = suiteFixture();
  beforeEach(async () => {
    await db.query('delete from public.doc_source');
    await db.query('delete from storage.objects');
  });

  type Added = { documentId: string; alreadyInLibrary: boolean; path: string | null };
  const add = (persona: Persona = db.owner, hash: string | null = null, max = 5) =>
    db.valueOf<Added>(
      persona,
      `public.add_document('Notes', 'n.pdf', 'application/pdf', 10, 'pdf', null, $1, $2)`,
      [hash, max],
    );
  const storeFile = (path: string | null) =>
    db.query(`insert into storage.objects (bucket_id, name) values ('documents', $1)`, [path]);
  const request = (documentId: string, again = false) =>
    db.valueOf(db.owner, 'public.request_ingestion($1, $2)', [documentId, again]);
  const stateOf = (documentId: string) =>
    db.rowOf('select status, error_code, ingest_run from public.doc_source where id = $1', [documentId]);
  const age = (documentId: string, minutes: number, ...columns: string[]) => {
    const aged = columns.map((column) => `${column} = now() - interval '${minutes} minutes'`).join(', ');
    return db.withoutTrigger(
      'doc_source',
      'doc_source_touch',
      `update public.doc_source set ${aged} where id = $1`,
      [documentId],
    );
  };
  const reconcile = () =>
    db.rowsOf<{ document_id: string; run: number }>(
      'service',
      `select * from public.reconcile_documents(5, 30, 'Nothing came.')`,
    );

  test('takes no more bytes, files, readings and pages than a day or a folder holds', async () => {
    const addOf = (bytes: number) =>
      db.codeOf(
        db.owner,
        `select public.add_document('Notes', 'n.pdf', 'application/pdf', $1, 'pdf', null, null, 99)`,
        [bytes],
      );
    await db.query('delete from public.quota');
    for (let sent = 0; sent < 25; sent += 1) expect(await addOf(MAX_FILE_BYTES)).toBeNull();
    expect(await addOf(1)).toBe('PT429');
    await db.query('delete from public.quota');

    const put = `insert into storage.objects (bucket_id, name, metadata) values ('documents', $1, '{"size": 1}')`;
    const [own, foreign] = [`${db.owner}/x/original.pdf`, `${db.stranger}/x/original.pdf`];
    const fill = (count: number, bytes: number) =>
      db.query(
        `insert into storage.objects (bucket_id, name, metadata)
         select 'documents', $1 || '/' || n || '/original.pdf', jsonb_build_object('size', $2::bigint) from generate_series(1, $3::int) n`,
        [db.owner, bytes, count],
      );
    await fill(102, MAX_FILE_BYTES);
    expect(await db.codeOf(db.owner, put, [own])).toBe('42501');
    expect(await addOf(1)).toBe('PT422');
    expect(await db.codeOf(db.stranger, put, [foreign])).toBeNull();
    await db.query('delete from storage.objects');
    await fill(2_000, 1);
    expect(await db.codeOf(db.owner, put, [own])).toBe('42501');
    await db.query('delete from storage.objects');
    expect(await db.codeOf(db.owner, put, [own])).toBeNull();
  });

  test('reads no more in a day than it holds', async () => {
    const { documentId, path } = await add();
    await storeFile(path);
    await request(documentId);
    const fail = () => db.query(`update public.doc_source set status = 'error' where id = $1`, [documentId]);
    const ask = () => db.codeOf(db.owner, 'select public.request_ingestion($1, true)', [documentId]);
    const use = (kind: string, used: number) =>
      db.query(
        `insert into public.quota (user_id, kind, used) values ($1, $2, $3)
         on conflict (user_id, kind, day) do update set used = excluded.used`,
        [db.owner, kind, used],
      );
    for (const [kind, most] of [
      ['pages', DAILY.pages],
      ['embedding_tokens', DAILY.embeddingTokens],
      ['rereads', DAILY.rereads],
    ] as const) {
      await fail();
      await use(kind, most);
      expect(await ask()).toBe('PT429');
      await use(kind, most - 1);
      expect(await ask()).toBeNull();
    }
    await db.query('delete from public.quota');
    await db.query(
      `insert into public.doc_source (user_id, title, status) select $1, 'Read', 'processing' from generate_series(1, $2::int)`,
      [db.owner, MAX_READING],
    );
    await fail();
    expect(await ask()).toBe('PT429');
  });

  test('takes no more files at a time than allowed, however they arrive', async () => {
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => add(db.owner, null, 3)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect((await add(db.stranger, null, 3)).alreadyInLibrary).toBe(false);
  });

  test('does not count uploads that were left alone', async () => {
    const { documentId } = await add(db.owner, null, 1);
    await age(documentId, 11, 'created_at');
    await expect(add(db.owner, null, 1)).resolves.toMatchObject({ alreadyInLibrary: false });
  });

  test('names the document that has the same content, of the same student only', async () => {
    const ready = await addDocument(db.query, { userId: db.owner, status: 'ready' });
    await db.query('update public.doc_source set content_hash = $2 where id = $1', [ready, HASH]);
    expect(await add(db.owner, HASH)).toEqual({ documentId: ready, alreadyInLibrary: true, path: null });
    expect((await add(db.stranger, HASH)).alreadyInLibrary).toBe(false);
  });

  test('is asked twice for a reading and starts one', async () => {
    const { documentId, path } = await add();
    expect(await request(documentId)).toMatchObject({ fileMissing: true, run: 0 });
    await storeFile(path);
    expect(await request(documentId)).toEqual({ status: 'pending', fileMissing: false, run: 1 });
    expect(await request(documentId)).toEqual({ status: 'pending', fileMissing: false, run: 1 });
    await db.query(`update public.doc_source set status = 'processing' where id = $1`, [documentId]);
    expect(await request(documentId, true)).toMatchObject({ status: 'processing', run: 1 });
    await db.query(`update public.doc_source set status = 'ready' where id = $1`, [documentId]);
    expect(await request(documentId)).toMatchObject({ status: 'ready', run: 1 });
    expect(await request(documentId, true)).toMatchObject({ status: 'pending', run: 2 });
    await db.query(`update public.doc_source set status = 'error', error_code = 'internal' where id = $1`, [
      documentId,
    ]);
    expect(await request(documentId)).toMatchObject({ status: 'pending', run: 3 });
    expect(await stateOf(documentId)).toMatchObject({ error_code: null });
  });

  test('does not read a stranger’s document', async () => {
    const { documentId, path } = await add();
    await storeFile(path);
    for (const [persona, code] of [
      [db.stranger, 'PT404'],
      [null, '42501'],
    ] as const) {
      expect(await db.codeOf(persona, 'select public.request_ingestion($1)', [documentId])).toBe(code);
    }
    expect(await db.codeOf(db.stranger, 'select private.queue_document($1, true, null)', [documentId])).toBe(
      'PT404',
    );
  });

  test('is read in another encoding in place of the reading under way, and in no unknown one', async () => {
    const { documentId, path } = await add();
    await storeFile(path);
    const readAs = (encoding: string | null, again = false) =>
      db.valueOf(db.owner, 'public.request_ingestion($1, $2, $3)', [documentId, again, encoding]);
    expect(await readAs('koi8-u')).toMatchObject({ status: 'pending', run: 1 });
    expect(await readAs('koi8-u')).toMatchObject({ run: 1 });
    const begun = await db.valueOf('service', 'public.begin_ingestion($1, 1)', [documentId]);
    expect(begun).toMatchObject({ encoding: 'koi8-u' });
    expect(await readAs(null, true)).toMatchObject({ status: 'processing', run: 1 });
    expect(await readAs('big5')).toMatchObject({ status: 'pending', run: 2 });
    expect(await db.valueOf('service', 'public.begin_ingestion($1, 1)', [documentId])).toBeNull();
    expect(await readAs('auto')).toMatchObject({ run: 3 });
    const code = (sql: string) => db.codeOf(db.owner, sql, [documentId]);
    expect(await code(`select public.request_ingestion($1, true, 'elvish')`)).toBe('23514');
    expect(await code(`update public.doc_source set encoding = 'big5' where id = $1`)).toBe('42501');
  });

  test('begins only the newest reading, with empty drafts', async () => {
    const { documentId, path } = await add();
    await storeFile(path);
    await request(documentId);
    await db.query(
      `insert into public.doc_page_draft (doc_id, user_id, page, content, char_count) values ($1, $2, 1, 'old', 3)`,
      [documentId, db.owner],
    );
    const begin = (run: number) => db.valueOf('service', 'public.begin_ingestion($1, $2)', [documentId, run]);
    expect(await begin(0)).toBeNull();
    expect(await begin(1)).toMatchObject({ userId: db.owner, filePath: path });
    expect(await db.query('select 1 from public.doc_page_draft')).toEqual([]);
    expect(await stateOf(documentId)).toMatchObject({ status: 'processing' });
  });

  test('is told why a reading failed, by that reading only', async () => {
    const { documentId, path } = await add();
    await storeFile(path);
    await request(documentId);
    const fail = (run: number) =>
      db.valueOf('service', `public.fail_ingestion($1, $2, 'file_damaged', 'Damaged.')`, [documentId, run]);
    expect(await fail(0)).toBe(false);
    expect(await fail(1)).toBe(true);
    expect(await stateOf(documentId)).toMatchObject({ status: 'error', error_code: 'file_damaged' });
    expect(await fail(1)).toBe(false);
  });

  test('gives up an upload that never came, and reads one that came without being asked', async () => {
    const missing = await add();
    const forgotten = await add();
    const fresh = await add();
    await storeFile(forgotten.path);
    for (const { documentId } of [missing, forgotten]) await age(documentId, 31, 'created_at', 'updated_at');
    expect(await reconcile()).toMatchObject([{ document_id: forgotten.documentId, run: 1 }]);
    expect(await stateOf(missing.documentId)).toMatchObject({ status: 'error', error_code: 'file_missing' });
    expect(await stateOf(fresh.documentId)).toMatchObject({ status: 'pending', error_code: null });
    expect(await reconcile()).toEqual([]);
  });

  test('restarts a silent reading under a new run, and asks again for a queued one under its own', async () => {
    const [silent, queued, lost] = [await add(), await add(), await add()];
    for (const { documentId, path } of [silent, queued, lost]) {
      await storeFile(path);
      await request(documentId);
    }
    await db.query(`update public.doc_source set status = 'processing' where id = $1`, [silent.documentId]);
    expect(await reconcile()).toEqual([]);
    for (const { documentId } of [silent, queued]) await age(documentId, 6, 'updated_at');
    await age(lost.documentId, 31, 'updated_at', 'queued_at');
    const restarted = await reconcile();
    expect(Object.fromEntries(restarted.map((row) => [row.document_id, row.run]))).toEqual({
      [silent.documentId]: 2,
      [queued.documentId]: 1,
      [lost.documentId]: 2,
    });
  });
});

describe('a file that nothing names', () => {
  const db = suiteFixture();

  test('is found once it is old, and never while a document or an attachment names it', async () => {
    const doc = await addDocument(db.query, { userId: db.owner });
    const named = `${db.owner}/${doc}/original.pdf`;
    const attached = `${db.owner}/attachment/a.pdf`;
    const left = `${db.owner}/gone/original.pdf`;
    await db.query('update public.doc_source set file_path = $2 where id = $1', [doc, named]);
    await db.query(
      `with t as (insert into public.thread (user_id) values ($1) returning id)
       insert into public.attachment (user_id, thread_id, file_name, file_path, mime_type, size_bytes)
       select $1, t.id, 'a.pdf', $2, 'application/pdf', 1 from t`,
      [db.owner, attached],
    );
    for (const [path, hours] of [
      [named, 48],
      [attached, 48],
      [left, 48],
      [`${db.owner}/fresh/original.pdf`, 1],
    ] as const) {
      await db.query(
        `insert into storage.objects (bucket_id, name, created_at)
         values ('documents', $1, now() - make_interval(hours => $2))`,
        [path, hours],
      );
    }
    const sql = 'select public.orphaned_files(24) as name';
    expect(await db.rowsOf('service', sql)).toEqual([{ name: left }]);
    expect(await db.codeOf(db.owner, sql)).toBe('42501');
    expect(await db.codeOf(null, sql)).toBe('42501');
  });
});

describe('a file in storage', () => {
  const db = suiteFixture();
  const put = (persona: Persona, path: string, bucket = 'documents') =>
    db.codeOf(persona, 'insert into storage.objects (bucket_id, name) values ($1, $2)', [bucket, path]);

  test('lies under its owner’s id, and nobody else can put, see, move or remove it', async () => {
    const own = `${db.owner}/d/original.pdf`;
    expect(await put(db.owner, own)).toBe(null);
    expect(await put(db.stranger, own.replace('d/', 'e/'))).toBe('42501');
    expect(await put(db.stranger, `${db.owner}`)).toBe('42501');
    expect(await put(null, own.replace('d/', 'e/'))).toBe('42501');
    expect(await put(db.owner, own, 'elsewhere')).not.toBe(null);
    for (const sql of [
      'select id from storage.objects where name = $1',
      `update storage.objects set name = '${db.stranger}/d/original.pdf' where name = $1 returning id`,
      'delete from storage.objects where name = $1 returning id',
    ]) {
      expect(await db.rowsOf(db.stranger, sql, [own])).toEqual([]);
    }
    expect(
      await db.codeOf(
        db.owner,
        `update storage.objects set name = '${db.stranger}/d/original.pdf' where name = $1`,
        [own],
      ),
    ).toBe('42501');
    expect(await db.rowsOf(db.owner, 'select name from storage.objects where name = $1', [own])).toEqual([
      { name: own },
    ]);
  });

  test('lies in a private bucket', async () => {
    expect(await db.query(`select public from storage.buckets where id = 'documents'`)).toEqual([
      { public: false },
    ]);
  });

  test('takes the types of every kind of file that can be read, and no other', async () => {
    const bucket = await db.rowOf<{ types: string[] }>(
      `select allowed_mime_types as types from storage.buckets where id = 'documents'`,
    );
    expect(bucket.types.toSorted()).toEqual(STORED_TYPES.toSorted());
  });
});

describe('documents that an older index made', () => {
  const MODEL = 'model-b';
  const db = suiteFixture();

  /** Ready documents, the first the longest untouched. */
  async function addReady(owner: string, count: number, { version = 0, model = MODEL } = {}) {
    const ids = Array.from({ length: count }, () => crypto.randomUUID());
    await db.withoutTrigger(
      'doc_source',
      'doc_source_touch',
      `insert into public.doc_source (id, user_id, title, file_path, status, chunk_count, content_hash, index_version,
         embedding_model, updated_at)
       select id, $2::uuid, 'Notes', $2::text || '/' || id || '/original.md', 'ready', 1, $3, $4, $5,
         now() - interval '1 day' + make_interval(mins => place::int)
       from unnest($1::uuid[]) with ordinality as d(id, place)`,
      [ids, owner, HASH, version, model],
    );
    return ids;
  }
  const claim = async ({ perStudent = 5, atOnce = 50 } = {}) => {
    const rows = await db.rowsOf<{ document_id: string; user_id: string; run: number }>(
      'service',
      'select * from public.reread_documents(1, $1, $2, $3)',
      [MODEL, perStudent, atOnce],
    );
    return rows.map(({ document_id }) => document_id);
  };
  const finish = (ids: readonly string[]) =>
    db.query(
      `update public.doc_source set stage = null, index_version = 1, embedding_model = $2 where id = any ($1)`,
      [ids, MODEL],
    );
  beforeEach(() => db.query('delete from public.doc_source'));

  test('are read anew a few at a time until all are done, the last used first', async () => {
    const ids = await addReady(db.owner, 200);
    const done: string[] = [];
    for (let slice = await claim(); slice.length > 0; slice = await claim()) {
      expect(slice).toHaveLength(5);
      expect(await claim()).toEqual([]);
      await finish(slice);
      done.push(...slice);
    }
    expect(done).toHaveLength(200);
    expect(new Set(done.slice(0, 5))).toEqual(new Set(ids.slice(-5)));
    expect(await claim()).toEqual([]);
  });

  test('of one student do not keep those of another waiting, and all together stay few', async () => {
    await addReady(db.owner, 20);
    const others = await addReady(db.stranger, 1);
    expect(await claim({ perStudent: 5, atOnce: 4 })).toHaveLength(4);
    expect(await claim({ perStudent: 5, atOnce: 4 })).toEqual([]);
    expect(await claim({ perStudent: 5, atOnce: 50 })).toHaveLength(2);
    const claimed = await db.query<{ id: string }>(
      `select id from public.doc_source where stage is not null and user_id = $1`,
      [db.stranger],
    );
    expect(claimed.map(({ id }) => id)).toEqual(others);
  });

  test('are those of an older version or another model, and of no newer version', async () => {
    await addReady(db.owner, 1, { version: 1 });
    await addReady(db.owner, 1, { version: 2, model: 'model-c' });
    const older = [
      ...(await addReady(db.owner, 1, { version: 0 })),
      ...(await addReady(db.owner, 1, { version: 1, model: 'model-a' })),
      ...(await addReady(db.owner, 1, { version: 1, model: 'model-c' })),
    ];
    expect((await claim()).toSorted()).toEqual(older.toSorted());
  });

  test('count as tried when their reading falls silent, and nothing of them is lost', async () => {
    const [id] = await addReady(db.owner, 1);
    await claim();
    await db.withoutTrigger(
      'doc_source',
      'doc_source_touch',
      `update public.doc_source set updated_at = now() - interval '6 minutes'`,
    );
    const restarted = await db.rowsOf(
      'service',
      `select * from public.reconcile_documents(5, 30, 'Nothing came.', 'It broke off.')`,
    );
    expect(restarted).toEqual([]);
    expect(
      await db.query(
        `select id, status, stage, error_message, reread_after > now() as waits from public.doc_source`,
      ),
    ).toEqual([{ id, status: 'ready', stage: null, error_message: 'It broke off.', waits: true }]);
    expect(await claim()).toEqual([]);
  });
});
