import { strFromU8, unzipSync } from 'fflate';
import { expect, test, vi } from 'vitest';
import { EXPORTED_TABLES } from '../lib/domain/account-export.ts';
import { testApi } from './setup/api.ts';
import { startServicesWithJobs } from './setup/services.ts';

const { api, services, students } = testApi({
  students: ['ada', 'bob'],
  start: startServicesWithJobs,
  routes: async () => ({
    exported: await import('../app/api/account/export/route.ts'),
    deckExport: await import('../app/api/decks/export/route.ts'),
    deckImport: await import('../app/api/decks/import/route.ts'),
  }),
});

/** Many more rows than are read at once, a file, and what somebody else has. */
async function fill() {
  const { ada, bob } = students;
  const { query } = services;
  await query(`insert into public.deck (user_id, name) values ($1, 'Cells')`, [ada.id]);
  await query(
    `insert into public.flashcard (user_id, deck_id, front, back) select $1, d.id, 'front ' || n, '=back ' || n
     from public.deck d, generate_series(1, 450) n where d.user_id = $1 and d.name = 'Cells'`,
    [ada.id],
  );
  const docId = crypto.randomUUID();
  const path = `${ada.id}/${docId}/original.txt`;
  await query(
    `insert into public.doc_source (id, user_id, title, file_name, file_path, mime_type, status) values ($3, $1, 'Notes: "a/b"', 'notes.txt', $2, 'text/plain', 'ready')`,
    [ada.id, path, docId],
  );
  const { createServiceClient } = await import('../lib/db/clients.ts');
  const put = await createServiceClient()
    .storage.from('documents')
    .upload(path, new Blob(['The very bytes.']), { contentType: 'text/plain' });
  expect(put.error).toBeNull();
  const [thread] = await query<{ id: string }>(
    `insert into public.thread (user_id, title) values ($1, 'On cells') returning id`,
    [ada.id],
  );
  await query(
    `insert into public.message (user_id, thread_id, role, parts) values ($1, $2, 'user', '[{"type": "text", "text": "What is a cell?"}]')`,
    [ada.id, thread?.id],
  );
  await query(
    `insert into public.nudge (user_id, to_user_id, nudge_type, message, deliver_at) values
    ($1, $2, 'reminder', 'from bob', null), ($1, $2, 'reminder', 'not yet', now() + interval '1 hour'), ($2, $1, 'reminder', 'from ada', null)`,
    [bob.id, ada.id],
  );
  await query(
    `insert into public.agent_memory (user_id, scope, key, value) values ($1, 'long', 'k', '"of bob alone"')`,
    [bob.id],
  );
}

test('one file holds every row of the student, the files and the cards, and nobody else’s', {
  timeout: 60_000,
}, async () => {
  const { ada, bob } = students;
  await fill();
  expect((await api.exported.GET()).body).toMatchObject({ status: 'none', url: null });
  expect(await api.exported.POST()).toMatchObject({ status: 202 });
  const found = await vi.waitFor(
    async () => {
      const { body } = await api.exported.GET();
      expect(body.status).toBe('done');
      return body;
    },
    { timeout: 30_000, interval: 100 },
  );
  expect(Date.parse(found.expiresAt) - Date.now()).toBeLessThanOrEqual(86_400_000);
  const bytes = new Uint8Array(await (await fetch(found.url)).arrayBuffer());
  expect(bytes.length).toBe(found.sizeBytes);
  const files = unzipSync(bytes);
  const text = (name: string) => strFromU8(files[name] ?? new Uint8Array());

  for (const table of Object.keys(EXPORTED_TABLES)) {
    const where =
      table === 'nudge' ? 'user_id = $1 or (to_user_id = $1 and deliver_at is null)' : 'user_id = $1';
    const [row] = await services.query<{ many: number }>(
      `select count(*)::int as many from public.${table} where ${where}`,
      [ada.id],
    );
    const told = JSON.parse(text(`data/${table}.json`));
    // What the making of it added comes after.
    if (!['agent_task', 'audit_log', 'quota'].includes(table))
      expect([table, told.length]).toEqual([table, row?.many]);
    expect(text('README.txt')).toContain(`${table}: `);
  }
  expect(text('data/flashcard.csv').split('\r\n')).toHaveLength(452);
  // No cell is a formula for a spreadsheet.
  expect(text('data/flashcard.csv')).toContain(`'=back 1`);
  const names = Object.keys(files);
  const document = names.find((name) => name.startsWith('documents/'));
  expect(document).toMatch(/^documents\/notes [0-9a-f]{8}\.txt$/);
  expect(text(document ?? '')).toBe('The very bytes.');
  expect(text(names.find((name) => name.startsWith('conversations/On cells')) ?? '')).toContain(
    'What is a cell?',
  );
  const whole = names.map(text).join('\n');
  expect(whole).toContain('from bob');
  expect(whole).not.toContain('not yet');
  expect(whole).not.toContain('of bob alone');

  // The cards come back as the same cards, for somebody else.
  const cards = (files['cards.apkg'] ?? new Uint8Array()) as Uint8Array<ArrayBuffer>;
  const imported = await api.deckImport.POST(
    {},
    { as: bob, query: '?kind=apkg', body: cards, headers: { 'content-type': 'application/octet-stream' } },
  );
  expect([imported.status, imported.body.added]).toEqual([200, 450]);
  const fronts = (userId: string) =>
    services.query(`select front, back from public.flashcard where user_id = $1 order by front`, [userId]);
  expect(await fronts(bob.id)).toEqual(await fronts(ada.id));
});

test('is nobody else’s to see, ends after a day, and may be asked for a few times', {
  timeout: 60_000,
}, async () => {
  const { ada, bob } = students;
  expect((await api.exported.GET({}, { as: bob })).body).toMatchObject({ status: 'none', url: null });
  const { createUserClient } = await import('../lib/db/clients.ts');
  const [object] = await services.query<{ name: string }>(
    `select name from storage.objects where bucket_id = 'exports'`,
  );
  const store = createUserClient(bob.token).storage.from('exports');
  expect((await store.download(String(object?.name))).error).not.toBeNull();
  expect((await store.createSignedUrl(String(object?.name), 60)).error).not.toBeNull();
  expect((await store.upload(`${bob.id}/mine.zip`, new Blob(['x']))).error).not.toBeNull();
  await services.query(
    `update public.agent_task set finished_at = now() - interval '25 hours' where kind = 'account_export'`,
  );
  await services.query(
    `update storage.objects set created_at = now() - interval '25 hours' where bucket_id = 'exports'`,
  );
  expect((await api.exported.GET()).body).toMatchObject({ status: 'expired', url: null });
  const { removeOrphanedFiles } = await import('../lib/ingestion/store.ts');
  const { createServiceClient } = await import('../lib/db/clients.ts');
  expect(await removeOrphanedFiles(createServiceClient(), { olderThanHours: 24 })).toBe(1);
  const statuses = [];
  for (let n = 0; n < 4; n += 1) {
    statuses.push((await api.exported.POST({}, { as: ada })).status);
    // While one is being made, to ask again is the same request.
    await vi.waitFor(async () => expect((await api.exported.GET()).body.status).toBe('done'), {
      timeout: 15_000,
    });
  }
  expect(statuses).toEqual([202, 202, 429, 429]);
});

test('students who ask at once get a file each, whole, and of nobody else', { timeout: 60_000 }, async () => {
  const crowd = await Promise.all(
    Array.from({ length: 9 }, async (_, n) => {
      const student = await services.signUp(`crowd${n}`);
      const mark = `mark-${crypto.randomUUID()}`;
      await services.query(
        `insert into public.agent_memory (user_id, scope, key, value) values ($1, 'long', 'k', to_jsonb($2::text))`,
        [student.id, mark],
      );
      return { student, mark };
    }),
  );
  const asked = await Promise.all(crowd.map(({ student }) => api.exported.POST({}, { as: student })));
  expect(asked.map(({ status }) => status)).toEqual(crowd.map(() => 202));
  // Of one who asks ten times at once one file is made.
  const eager = await services.signUp('eager');
  const again = await Promise.all(Array.from({ length: 10 }, () => api.exported.POST({}, { as: eager })));
  expect(again.map(({ status }) => status)).toEqual(again.map(() => 202));
  expect(
    await services.query('select kind from public.agent_task where user_id = $1', [eager.id]),
  ).toHaveLength(1);
  // One after the other: whoever asks how far it is takes time from those who make it.
  for (const { student, mark } of crowd) {
    const url = await vi.waitFor(
      async () => {
        const { body } = await api.exported.GET({}, { as: student });
        expect(body.status).toBe('done');
        return body.url;
      },
      { timeout: 50_000, interval: 300 },
    );
    const files = unzipSync(new Uint8Array(await (await fetch(url)).arrayBuffer()));
    const found = Object.values(files).flatMap(
      (bytes) => strFromU8(bytes).match(/mark-[0-9a-f-]{36}/g) ?? [],
    );
    expect([...new Set(found)]).toEqual([mark]);
  }
});

test('of a file of any size no more is held than a piece of it', async () => {
  const { zipped } = await import('../inngest/functions/export-account.ts');
  const piece = new Uint8Array(1024 * 1024);
  let [read, written, most] = [0, 0, 0];
  async function* pieces() {
    for (let n = 0; n < 40; n += 1) {
      read += piece.length;
      most = Math.max(most, read - written);
      yield piece;
    }
  }
  async function* files() {
    yield { name: 'recording.mp3', isPacked: true, content: pieces() };
  }
  for await (const chunk of zipped(files())) written += chunk.length;
  expect(read).toBe(40 * piece.length);
  expect(most).toBeLessThanOrEqual(2 * piece.length);
});
