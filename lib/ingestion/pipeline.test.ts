import { existsSync, readFileSync } from 'node:fs';
import { createCanvas } from '@napi-rs/canvas';
import { createClient } from '@supabase/supabase-js';
import { PDFDocument } from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Gateway, startGateway } from '../../local/supabase/gateway.ts';
import { startHearing } from '../../tests/setup/hearing.ts';
import type { Database } from '../db/types.gen.ts';
import { joinedAccount } from '../domain/account.ts';
import { DAILY } from '../domain/bounds.ts';
import { READ_FROM_PICTURE } from '../domain/document.ts';
import { AppError } from '../errors.ts';
import { accountSentences } from '../study/account.ts';
import { INDEX_VERSION } from './chunk.ts';
import { readPageDrafts, savePageDrafts } from './drafts.ts';
import { scanOf } from './extract/test-files.ts';
import {
  CHUNKS_PER_STEP,
  chunkPages,
  type ExtractedBatch,
  embedChunks,
  embedOrWait,
  extractPages,
  fingerprint,
  type Hearing,
  type IngestionDependencies,
  indexInForce,
  lookAtPage,
  picturesOf,
  publish,
  refuseWithoutText,
  type SeenPage,
  withSeen,
} from './pipeline.ts';
import { hearPiece, planHearing, writeTranscript } from './recording/steps.ts';
import { silenceOf } from './recording/test-recordings.ts';
import { createHear } from './recording/transcribe.ts';
import { beginIngestion, type IngestionJob, removeOrphanedFiles, SupersededError } from './store.ts';

const FORM = new URL('../../../shared/corpus/pdf/scanned-handwritten-form.pdf', import.meta.url);
const DIMENSIONS = 1536;
const limits = { maxBytes: 10_000_000, maxPages: 5_000 };

/** A vector that says how long its text was, so that each chunk's own vector can be recognised. */
const vectorOf = (text: string) => [text.length, ...new Array<number>(DIMENSIONS - 1).fill(0.25)];

describe('a reading, step by step', () => {
  let gateway: Gateway;
  let deps: IngestionDependencies;
  let userId: string;
  let embeddedTexts: string[];

  beforeAll(async () => {
    gateway = await startGateway({ port: 0 });
    userId = (await gateway.database.createUser()).id;
    deps = {
      db: createClient<Database>(gateway.url, gateway.secretKey, { auth: { persistSession: false } }),
      embed: async (texts) => {
        embeddedTexts.push(...texts);
        return { vectors: texts.map(vectorOf), tokens: texts.length, costUsd: 0.5 };
      },
      embeddingModel: 'test-model',
      limits,
    };
    embeddedTexts = [];
  });
  afterAll(() => gateway.close());

  async function upload(
    bytes: string | Uint8Array<ArrayBuffer>,
    extension = 'md',
    mimeType = 'text/markdown',
  ) {
    const id = crypto.randomUUID();
    const path = `${userId}/${id}/original.${extension}`;
    await gateway.database.query(
      `insert into public.doc_source (id, user_id, title, file_name, file_path, mime_type, status, ingest_run)
       values ($1, $2, 'Notes', $3, $4, $5, 'pending', 1)`,
      [id, userId, `notes.${extension}`, path, mimeType],
    );
    const { error } = await deps.db.storage
      .from('documents')
      .upload(path, new Blob([bytes], { type: mimeType }));
    if (error) throw error;
    return id;
  }
  async function begun(documentId: string): Promise<IngestionJob> {
    const job = await beginIngestion(deps.db, { documentId, run: 1 }, indexInForce(deps));
    if (!job) throw new Error('The reading did not begin.');
    return job;
  }
  const rows = (sql: string, id: string) => gateway.database.query(sql, [id]);
  const text = (parts: number) =>
    Array.from(
      { length: parts },
      (_, n) => `# Part ${n}\n\n${`Sentence ${n} says something about cells and memory. `.repeat(45)}`,
    ).join('\n\n');

  const afterLooking = async (job: IngestionJob) => {
    const batches = [await extractPages(deps, job, 1)];
    const seen: SeenPage[] = [];
    for (const page of picturesOf(batches)) seen.push(await lookAtPage(deps, job, page));
    return withSeen(batches, seen);
  };
  const picture = (bytes: Uint8Array) => upload(new Uint8Array(bytes), 'png', 'image/png');

  test('reads the print on a picture, and says that it was read from one', async () => {
    const id = await picture(
      await scanOf(['Osmosis moves water through a membrane', 'from where there is more of it.']),
    );
    const found = await afterLooking(await begun(id));
    refuseWithoutText(found);
    expect(found[0]?.account).toMatchObject({ pagesRead: 1, pictures: [], fromPictures: [1], notes: [] });
    const [page] = await readPageDrafts(deps.db, id);
    expect(page).toMatchObject({ label: READ_FROM_PICTURE });
    expect(page?.content).toContain('Osmosis moves water through a membrane');
  });

  test('tells which pictures a model read', async () => {
    const id = await picture(await scanOf(['Anything']));
    const job = await begun(id);
    const batches = [await extractPages(deps, job, 1)];
    const seeing = { ...deps, transcribe: async () => '## Energy\n\n$$E = mc^2$$, as the board says it.' };
    const [found] = withSeen(batches, [await lookAtPage(seeing, job, 1)]);
    expect(found?.account).toMatchObject({ pagesRead: 1, pictures: [], fromPictures: [1], byModel: [1] });
    expect((await readPageDrafts(deps.db, id))[0]?.content).toContain('$$E = mc^2$$');
    expect(accountSentences(joinedAccount(found ? [found.account] : []), 'page')).toEqual([
      'Read from pictures by a model, so it may hold errors: page 1.',
    ]);
  });

  test('keeps what cannot be read on a picture out of the index, and says what would read it', async () => {
    const scribble = createCanvas(200, 120);
    const pen = scribble.getContext('2d');
    pen.lineWidth = 2;
    for (let x = 0; x < 200; x += 4) pen.lineTo(x, 60 + 50 * Math.sin(x * x));
    pen.stroke();
    const id = await picture(await scribble.encode('png'));
    const found = await afterLooking(await begun(id));
    expect(() => refuseWithoutText(found)).toThrow(/is a picture: no text .* With a model key, handwriting/);
    expect(await readPageDrafts(deps.db, id)).toMatchObject([{ content: '' }]);
  });

  test.skipIf(!existsSync(FORM))(
    'leaves a form filled in by hand a picture (skipped without ../shared/corpus)',
    async () => {
      const id = await upload(new Uint8Array(readFileSync(FORM)), 'pdf', 'application/pdf');
      const job = await begun(id);
      // One of its two pages says it: each takes seconds of work.
      const found = withSeen([await extractPages(deps, job, 1)], [await lookAtPage(deps, job, 2)]);
      expect(found[0]?.account).toMatchObject({ pictures: [1, 2], fromPictures: [] });
      expect(() => refuseWithoutText(found)).toThrow(/Pages 1, 2 are pictures/);
    },
  );

  describe('of a recording', () => {
    const answer = (count: number) => ({
      body: {
        segments: [
          { start: 5, text: `Piece ${count} speaks of osmosis, which moves water through a membrane.` },
          { start: 20, text: `It ends with the words of piece ${count}.` },
        ],
      },
    });
    async function heard(seconds: number, given: Partial<Hearing> = {}) {
      const server = await startHearing((_, count) => answer(count));
      const hear = createHear({ client: server.client, model: 'whisper-1' });
      const hearing = {
        hear,
        model: 'whisper-1',
        maxBytes: 1_000_000,
        usdPerMinute: 0.6,
        pieceSeconds: 40,
        ...given,
      };
      const hearingDeps = { ...deps, hearing };
      const id = await upload(new Uint8Array(silenceOf('wav', seconds)), 'wav', 'audio/wav');
      const job = await begun(id);
      const read = async () => {
        const plan = await planHearing(hearingDeps, job);
        for (const [index] of plan.pieces.entries()) await hearPiece(hearingDeps, job, { ...plan, index });
        return { plan, batch: await writeTranscript(hearingDeps, job, plan) };
      };
      return { id, job, hearingDeps, server, read };
    }

    test('hears it piece by piece, writes what was said by the second, and books what it cost', async () => {
      const { id, hearingDeps, job, server, read } = await heard(100);
      const { plan, batch } = await read();
      await server.close();
      expect(server.asked.map(({ bytes }) => bytes.length)).toEqual([48_044, 48_044, 20_044]);
      // Once more, as after a process that died: nothing is heard or written twice.
      expect(await writeTranscript(hearingDeps, job, plan)).toEqual(batch);
      expect(batch).toMatchObject({
        locator: 'time',
        pageCount: 1,
        account: { notes: ['2 minutes heard by a model: words may be misheard.'] },
      });
      const [page] = await readPageDrafts(deps.db, id);
      expect(page?.label).toBe('00:00:05');
      expect(page?.content).toContain('[00:00:45] Piece 2 speaks of osmosis');
      expect(
        await rows(
          "select sum(cost_usd)::text as cost, count(*)::int as calls from public.agent_telemetry where metadata ->> 'documentId' = $1",
          id,
        ),
      ).toMatchObject([{ calls: 3, cost: expect.stringMatching(/^1\.16/) }]);
      refuseWithoutText([batch]);
      const { chunks, isEnglish } = await chunkPages(hearingDeps, job);
      const batches = [await embedChunks(hearingDeps, job, { from: 0, total: chunks })];
      await publish(hearingDeps, job, {
        contentHash: 'x',
        isEnglish,
        locator: 'time',
        account: batch.account,
        batches,
      });

      // Read anew after the index has changed it is not heard again.
      const again = await planHearing({ ...hearingDeps, hearing: undefined }, { ...job, isReread: true });
      expect(again.pieces).toEqual([]);
    });

    test('is refused beyond what a day holds, before anything is sent', async () => {
      const { hearingDeps, job, server } = await heard(30);
      await rows(
        `insert into public.quota (user_id, kind, used) values ($1, 'recording_minutes', ${DAILY.recordingMinutes})
         on conflict (user_id, kind, day) do update set used = excluded.used`,
        userId,
      );
      await expect(planHearing(hearingDeps, job)).rejects.toMatchObject({
        code: 'quota_exceeded',
        retryable: false,
      });
      await rows("delete from public.quota where user_id = $1 and kind = 'recording_minutes'", userId);
      await server.close();
      expect(server.asked).toEqual([]);
    });

    test('is refused where it is too large, and where nothing hears', async () => {
      const { hearingDeps, job, server } = await heard(30, { maxBytes: 1_000 });
      await server.close();
      await expect(planHearing(hearingDeps, job)).rejects.toMatchObject({ code: 'file_too_large' });
      await expect(planHearing(deps, job)).rejects.toMatchObject({ code: 'hearing_unavailable' });
    });

    test('with no speech in it says so', async () => {
      const { read, server } = await heard(30, { hear: async () => [] });
      await expect(read()).rejects.toThrow('No speech was found in this recording.');
      await server.close();
    });
  });

  test('leaves the same rows when every step runs twice', async () => {
    const id = await upload(text(130));
    const twice = async <T>(step: () => Promise<T>): Promise<T> => {
      await step();
      return step();
    };
    const job = await twice(() => begun(id));
    const { contentHash, copied } = await twice(() => fingerprint(deps, job));
    expect(copied).toBeNull();
    const batch = await twice(() => extractPages(deps, job, 1));
    expect(batch.next).toBeNull();
    const { chunks, isEnglish } = await twice(() => chunkPages(deps, job));
    expect(chunks).toBeGreaterThan(CHUNKS_PER_STEP);
    const batches = [];
    for (let from = 0; from < chunks; from += CHUNKS_PER_STEP) {
      batches.push(await twice(() => embedChunks(deps, job, { from, total: chunks })));
    }
    expect(batches.reduce((sum, { embedded }) => sum + embedded, 0)).toBe(chunks);
    const counts = await publish(deps, job, { contentHash, isEnglish, locator: batch.locator, batches });
    expect(counts.chunkCount).toBe(chunks);

    const stored = await gateway.database.query<{
      ord: number;
      content: string;
      heading_path: string[];
      first: number;
    }>(
      `select ord, content, heading_path, (embedding::text::jsonb ->> 0)::float as first
       from public.doc_chunk where doc_id = $1 order by ord`,
      [id],
    );
    expect(stored.map(({ ord }) => ord)).toEqual(Array.from({ length: chunks }, (_, ord) => ord));
    // Each chunk got the vector of its own text, in whatever order the batches were stored.
    for (const { content, heading_path, first } of stored) {
      expect(first).toBe([heading_path.join(' > '), content].filter(Boolean).join('\n').length);
    }
    expect(
      await rows(
        'select status, is_english, embedding_model, index_version from public.doc_source where id = $1',
        id,
      ),
    ).toEqual([
      { status: 'ready', is_english: true, embedding_model: 'test-model', index_version: INDEX_VERSION },
    ]);
    const cost = await rows(
      `select event_type, token_count, cost_usd::float from public.agent_telemetry
       where metadata ->> 'documentId' = $1::text`,
      id,
    );
    expect(cost).toEqual([{ event_type: 'embedding', token_count: chunks, cost_usd: batches.length * 0.5 }]);
  });

  test('copies what the student has read already, unless another index or model made it', async () => {
    const content = `${text(1)} The same file.`;
    const first = await begun(await upload(content));
    const { contentHash } = await fingerprint(deps, first);
    await extractPages(deps, first, 1);
    const { chunks } = await chunkPages(deps, first);
    await embedChunks(deps, first, { from: 0, total: chunks });
    await publish(deps, first, { contentHash, batches: [] });

    const other = await begun(await upload(content));
    for (const index of [
      { ...other.index, embeddingModel: 'newer' },
      { ...other.index, version: INDEX_VERSION + 1 },
    ]) {
      expect(await fingerprint(deps, { ...other, index })).toMatchObject({ copied: null });
    }
    embeddedTexts = [];
    expect(await fingerprint(deps, other)).toMatchObject({ copied: { chunkCount: chunks } });
    expect(embeddedTexts).toEqual([]);
  });

  test('ends quietly at whatever step the document is deleted or asked for anew', async () => {
    for (const end of [
      'delete from public.doc_source where id = $1',
      'update public.doc_source set ingest_run = 2 where id = $1',
    ]) {
      const id = await upload(text(2));
      const job = await begun(id);
      await extractPages(deps, job, 1);
      await chunkPages(deps, job);
      await rows(end, id);
      const counts = { from: 0, total: 1 };
      await expect(chunkPages(deps, job)).rejects.toBeInstanceOf(SupersededError);
      await expect(publish(deps, job, { contentHash: 'x', batches: [] })).rejects.toBeInstanceOf(
        SupersededError,
      );
      await embedChunks(deps, job, counts);
      expect(await beginIngestion(deps.db, { documentId: id, run: 1 }, indexInForce(deps))).toBeNull();
    }
  });

  test('reads a PDF batch by batch and knows when all of it is pictures', async () => {
    const pdf = await PDFDocument.create();
    for (let page = 0; page < 53; page++) pdf.addPage([200, 200]);
    const job = await begun(await upload(new Uint8Array(await pdf.save()), 'pdf', 'application/pdf'));
    const first = await extractPages(deps, job, 1);
    expect(first).toMatchObject({ next: 51, pageCount: 53, locator: 'page' });
    expect(
      await rows(
        'select page_count, pages_read, status from public.doc_source where id = $1',
        job.documentId,
      ),
    ).toEqual([{ page_count: 53, pages_read: 50, status: 'processing' }]);
    const second = await extractPages(deps, job, 51);
    expect(second.next).toBeNull();
    expect(() => refuseWithoutText([first, second])).toThrowError(
      expect.objectContaining({ code: 'file_no_text', retryable: false }),
    );
    const withText: ExtractedBatch = { ...second, emptyPages: [], characters: 900 };
    expect(() => refuseWithoutText([first, withText])).not.toThrow();
  });

  test('names a file that is gone, too large or empty', async () => {
    const gone = await begun(await upload(text(1)));
    await deps.db.storage.from('documents').remove([gone.filePath]);
    await expect(fingerprint(deps, gone)).rejects.toMatchObject({ code: 'file_missing' });
    const large = await begun(await upload(text(1)));
    const small = { ...deps, limits: { ...limits, maxBytes: 10 } };
    await expect(fingerprint(small, large)).rejects.toMatchObject({ code: 'file_too_large' });
    const empty = await begun(await upload(''));
    await expect(fingerprint(deps, empty)).rejects.toMatchObject({ code: 'file_empty' });
  });

  test('reads all pages back, however many one answer of the database may hold', async () => {
    const job = await begun(await upload(text(1)));
    const pages = Array.from({ length: 1_250 }, (_, index) => ({
      doc_id: job.documentId,
      user_id: userId,
      page: index + 1,
      content: `Page ${index + 1}`,
      char_count: 8,
    }));
    await savePageDrafts(deps.db, pages);
    const read = await readPageDrafts(deps.db, job.documentId);
    expect(read.map(({ page }) => page)).toEqual(pages.map(({ page }) => page));
  });

  test('a file that arrived after its document was deleted is removed, and the files of documents stay', async () => {
    const { db } = deps;
    const files = db.storage.from('documents');
    await gateway.database.query('delete from storage.objects');
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

  test('reads a document by its words where the server gives no fitting vectors, and says so on it', async () => {
    const id = await upload('# Tides\n\nTides follow the moon.');
    const job = await begun(id);
    const { contentHash } = await fingerprint(deps, job);
    await extractPages(deps, job, 1);
    const { chunks } = await chunkPages(deps, job);
    const given = { from: 0, total: chunks, attempt: 0 };
    const refusing = { ...deps, embed: () => Promise.reject(new AppError('embedding_unusable')) };
    const batch = await embedOrWait(refusing, job, given);
    if ('waitSeconds' in batch) throw new Error('It waits for what does not come.');
    await publish(deps, job, { contentHash, batches: [batch] });
    expect(
      await rows('select status, error_code, chunk_count from public.doc_source where id = $1', id),
    ).toEqual([{ status: 'ready', error_code: 'embedding_unusable', chunk_count: chunks }]);
    expect(
      await rows('select distinct embedding is null as bare from public.doc_chunk where doc_id = $1', id),
    ).toEqual([{ bare: true }]);
  });

  test('waits for a server that limits how often it is asked, longer each time and never without end', async () => {
    const id = await upload('# Tides\n\nTides follow the sun.');
    const job = await begun(id);
    await extractPages(deps, job, 1);
    const { chunks: total } = await chunkPages(deps, job);
    const busy = async (attempt: number, retryAfterSeconds?: number) => {
      const error = new AppError('model_rate_limited', { retryAfterSeconds });
      return embedOrWait({ ...deps, embed: () => Promise.reject(error) }, job, { from: 0, total, attempt });
    };
    expect(await busy(0)).toEqual({ waitSeconds: 15 });
    expect(await busy(0, 40)).toEqual({ waitSeconds: 40 });
    expect(await busy(9, 3_600)).toEqual({ waitSeconds: 240 });
    await expect(busy(32)).rejects.toMatchObject({ code: 'model_rate_limited' });
  });
});
