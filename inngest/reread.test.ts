import { createClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { INDEX_VERSION } from '../lib/ingestion/chunk.ts';
import { startServicesWithJobs } from '../tests/setup/services.ts';

const NOTES = '# Osmosis\n\nOsmosis moves water through a membrane.\n\n# Tides\n\nTides follow the moon.\n';
const MODEL = 'clerva-lexical-1536';

describe('a document whose index is not of today', () => {
  let services: Awaited<ReturnType<typeof startServicesWithJobs>>;
  let userId: string;
  const files = () =>
    createClient(services.gateway.url, services.gateway.secretKey, {
      auth: { persistSession: false },
    }).storage.from('documents');

  beforeAll(async () => {
    services = await startServicesWithJobs();
    vi.stubEnv('RETRIEVAL_DENSE_WEIGHT', '1');
    userId = (await services.signUp('student')).id;
    // Every state a document passes through, so that none of them takes it away from its reader.
    await services.query('create table private.seen (doc_id uuid, status text, stage text)');
    await services.query(
      `create function private.note_state() returns trigger language plpgsql security definer as
       $$ begin insert into private.seen values (new.id, new.status, new.stage); return new; end $$`,
    );
    await services.query(
      `create trigger seen after update on public.doc_source for each row execute function private.note_state()`,
    );
  });
  afterAll(() => services.close());

  const pathOf = (id: string) => `${userId}/${id}/original.md`;
  const stateOf = async (id: string) => {
    const [state] = await services.query(
      `select status, stage, progress, error_code, ingest_run as run, index_version as version, embedding_model as model,
         reread_tries as tries, round(extract(epoch from reread_after - now()) / 3600) as hours
       from public.doc_source where id = $1`,
      [id],
    );
    return state;
  };
  const chunksOf = (id: string) =>
    services.query<{ ord: number; content: string; model: string | null; dense: boolean }>(
      `select ord, content, embedding_model as model, embedding is not null as dense
       from public.doc_chunk where doc_id = $1 order by ord`,
      [id],
    );
  const putFile = (id: string, text: string) =>
    files().upload(pathOf(id), new Blob([text], { type: 'text/markdown' }));
  const becomes = (id: string, state: Record<string, unknown>) =>
    vi.waitFor(async () => expect(await stateOf(id)).toMatchObject(state), { timeout: 15_000, interval: 50 });
  const reconcile = async () => {
    const { inngest } = await import('./client.ts');
    const { documentsWaiting } = await import('./events.ts');
    await inngest.send(documentsWaiting.create({}));
  };
  /** Longer than a run of the job takes, for what must not happen. */
  const settle = () => new Promise((resolve) => setTimeout(resolve, 500));

  async function added(text = `${NOTES}${crypto.randomUUID()}`): Promise<string> {
    const id = crypto.randomUUID();
    await services.query(
      `insert into public.doc_source (id, user_id, title, file_name, file_path, mime_type, ingest_run, queued_at)
       values ($1, $2, 'Notes', 'notes.md', $3, 'text/markdown', 1, now())`,
      [id, userId, pathOf(id)],
    );
    expect((await putFile(id, text)).error).toBeNull();
    const { inngest } = await import('./client.ts');
    const { uploadedEvent } = await import('./events.ts');
    await inngest.send(uploadedEvent({ documentId: id, userId, run: 1 }));
    await becomes(id, { status: 'ready', version: INDEX_VERSION, model: MODEL });
    await services.query('delete from private.seen');
    return id;
  }

  test('is read anew once and never again, and is ready and searchable all the while', async () => {
    const id = await added();
    const chunks = await chunksOf(id);
    await services.query(`update public.doc_source set index_version = 0, locator = 'row' where id = $1`, [
      id,
    ]);
    await services.query(`update public.doc_chunk set content = 'Old words.' where doc_id = $1`, [id]);
    await reconcile();
    await becomes(id, { status: 'ready', stage: null, run: 2, version: INDEX_VERSION, progress: 100 });
    expect(await chunksOf(id)).toEqual(chunks);
    const seen = await services.query<{ status: string; stage: string }>('select * from private.seen');
    expect(new Set(seen.map(({ status }) => status))).toEqual(new Set(['ready']));
    expect(seen.map(({ stage }) => stage)).toEqual(expect.arrayContaining(['extracting', 'embedding']));
    expect(
      await services.query('select locator, chunk_count from public.doc_source where id = $1', [id]),
    ).toEqual([{ locator: 'section', chunk_count: chunks.length }]);

    await reconcile();
    await settle();
    expect(await stateOf(id)).toMatchObject({ run: 2, tries: 0 });
  });

  test('gets vectors of the model now in force from the chunks it has, without its file', async () => {
    const id = await added();
    const chunks = await chunksOf(id);
    await services.query(
      `update public.doc_chunk set embedding = null, embedding_model = null where doc_id = $1`,
      [id],
    );
    await services.query(`update public.doc_source set embedding_model = 'none yet' where id = $1`, [id]);
    await files().remove([pathOf(id)]);
    await reconcile();
    await becomes(id, { status: 'ready', stage: null, run: 2, model: MODEL, error_code: null });
    expect(await chunksOf(id)).toEqual(chunks);
    expect(chunks.every(({ dense, model }) => dense && model === MODEL)).toBe(true);
    const seen = await services.query<{ stage: string }>(
      'select stage from private.seen where stage is not null',
    );
    expect(new Set(seen.map(({ stage }) => stage)).has('chunking')).toBe(false);
    expect(seen.at(-1)?.stage).toBe('storing');
    expect(
      await services.query(
        `select count(*)::int as pages, (select count(*)::int from public.chunk_lex where doc_id = $1) as weights
         from public.doc_page where doc_id = $1`,
        [id],
      ),
    ).toEqual([{ pages: 1, weights: chunks.length }]);
  });

  test('keeps what it has when it cannot be read anew, says so, and waits longer before each try', async () => {
    const text = `${NOTES}${crypto.randomUUID()}`;
    const id = await added(text);
    const chunks = await chunksOf(id);
    await services.query('update public.doc_source set index_version = 0 where id = $1', [id]);
    await files().remove([pathOf(id)]);
    const failed = { status: 'ready', stage: null, error_code: 'file_missing', progress: 100, version: 0 };
    await reconcile();
    await becomes(id, { ...failed, run: 2, tries: 1, hours: 1 });
    await reconcile();
    await settle();
    expect(await stateOf(id)).toMatchObject({ ...failed, run: 2 });

    const due = `update public.doc_source set reread_after = now() - interval '1 minute' where id = $1`;
    await services.query(due, [id]);
    await reconcile();
    await becomes(id, { ...failed, run: 3, tries: 2, hours: 4 });
    expect(await chunksOf(id)).toEqual(chunks);
    expect(
      (await services.query('select * from public.doc_chunk_draft where doc_id = $1', [id])).length,
    ).toBe(0);

    expect((await putFile(id, text)).error).toBeNull();
    await services.query(due, [id]);
    await reconcile();
    await becomes(id, { status: 'ready', error_code: null, run: 4, tries: 0, version: INDEX_VERSION });
  });
});
