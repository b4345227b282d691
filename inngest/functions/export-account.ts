import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import Papa from 'papaparse';
import { markdownOf, transcriptOf } from '../../lib/agent/transcript.ts';
import { createServiceClient, type DatabaseClient } from '../../lib/db/clients.ts';
import { storeError } from '../../lib/db/errors.ts';
import { changeExportTask, rowsToExport } from '../../lib/db/queries/account-export.ts';
import { exportCards } from '../../lib/db/queries/deck-transfer.ts';
import { wholeThread } from '../../lib/db/queries/message.ts';
import { EXPORT_BUCKET, EXPORTED_TABLES, type ExportedTable } from '../../lib/domain/account-export.ts';
import { titleOfNote } from '../../lib/domain/note.ts';
import { AppError } from '../../lib/errors.ts';
import { writeAnkiPackage } from '../../lib/study/anki/write.ts';
import { inngest } from '../client.ts';
import { exportRequested } from '../events.ts';
import { failureOf, withVerdict } from '../failure.ts';

type Entry = { name: string; isPacked?: boolean; content: AsyncIterable<Uint8Array> };
type Pages = AsyncIterable<Record<string, unknown>[]> | Record<string, unknown>[][];
const TABLES = Object.keys(EXPORTED_TABLES) as ExportedTable[];
const encoder = new TextEncoder();

/** A zip as it is read: of each file no more is held than what is on its way. */
export async function* zipped(entries: AsyncIterable<Entry>): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  const archive = new Zip((error, chunk) => {
    if (error) throw error;
    ready.push(chunk);
  });
  const taken = () => {
    const chunks = ready;
    ready = [];
    return chunks;
  };
  for await (const { name, isPacked, content } of entries) {
    const file = isPacked ? new ZipPassThrough(name) : new ZipDeflate(name);
    archive.add(file);
    for await (const part of content) {
      file.push(part);
      yield* taken();
    }
    file.push(new Uint8Array(0), true);
    yield* taken();
  }
  archive.end();
  yield* taken();
}

async function* textOf(text: string | Uint8Array) {
  yield typeof text === 'string' ? encoder.encode(text) : text;
}

async function* jsonOf(pages: Pages) {
  let between = '[\n';
  for await (const rows of pages) {
    yield encoder.encode(between + rows.map((row) => JSON.stringify(row)).join(',\n'));
    between = ',\n';
  }
  yield encoder.encode(between === '[\n' ? '[]\n' : '\n]\n');
}

/** For a spreadsheet; a cell that would be taken for a formula is text there. */
async function* csvOf(pages: Pages) {
  let header = true;
  for await (const rows of pages) {
    const cells = rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          typeof value === 'object' && value !== null ? JSON.stringify(value) : value,
        ]),
      ),
    );
    yield encoder.encode(`${Papa.unparse(cells, { header, escapeFormulae: true, newline: '\r\n' })}\r\n`);
    header = false;
  }
}

const README = `Your data from Clerva

documents/      The files you added, as they were.
attachments/    Files you gave inside conversations.
conversations/  Each conversation, for reading.
cards.apkg      Your cards with their history; Anki and Clerva read it.
data/           One table each, as JSON (whole) and CSV (for a spreadsheet):

${TABLES.map((table) => `  ${table}: ${EXPORTED_TABLES[table]}`).join('\n')}
`;

/** A name every system takes; the id keeps two of one title apart. */
const fileName = (title: string, id: string, extension: string) =>
  `${
    title
      .replace(/[^\p{L}\p{N} ._-]+/gu, ' ')
      .trim()
      .slice(0, 80) || 'untitled'
  } ${id.slice(0, 8)}${extension}`;

async function* originals(
  db: DatabaseClient,
  userId: string,
  table: 'doc_source' | 'attachment',
): AsyncGenerator<Entry> {
  const [bucket, folder] =
    table === 'doc_source' ? ['documents', 'documents'] : ['chat-uploads', 'attachments'];
  for await (const rows of rowsToExport(db, { table, userId })) {
    for (const row of rows) {
      const { id, file_path: path } = row;
      if (typeof path !== 'string' || typeof id !== 'string') continue;
      const from = path.split('/')[1] === 'attachment' ? 'chat-uploads' : bucket;
      const { data } = await db.storage
        .from(from ?? 'documents')
        .download(path)
        .asStream();
      // Announced, and never arrived: its row says so.
      if (!data) continue;
      const title = String(row.file_name ?? row.title ?? 'file');
      const [, extension = ''] = /(\.\w{1,8})$/.exec(title) ?? /(\.\w{1,8})$/.exec(path) ?? [];
      yield {
        name: `${folder}/${fileName(title.slice(0, title.length - (title.endsWith(extension) ? extension.length : 0)), id, extension)}`,
        isPacked: true,
        content: Readable.fromWeb(data as NodeReadableStream<Uint8Array>),
      };
    }
  }
}

/** Notes as Markdown, their pictures beside them. */
async function* notes(db: DatabaseClient, userId: string): AsyncGenerator<Entry> {
  const names = new Map<string, string>();
  for await (const rows of rowsToExport(db, { table: 'note_image', userId })) {
    for (const { id, file_path: path } of rows) {
      const { data } = await db.storage.from('documents').download(String(path));
      if (!data) continue;
      const name = `pictures/${String(path).split('/').at(-1)}`;
      names.set(String(id), name);
      yield { name: `documents/${name}`, isPacked: true, content: textOf(await data.bytes()) };
    }
  }
  for await (const rows of rowsToExport(db, { table: 'note', userId })) {
    for (const { doc_id: id, content } of rows) {
      const text = String(content).replace(
        /\/api\/documents\/[\da-f-]{36}\/images\/([\da-f-]{36})/g,
        (address, image: string) => names.get(image) ?? address,
      );
      yield { name: `documents/${fileName(titleOfNote(text), String(id), '.md')}`, content: textOf(text) };
    }
  }
}

async function* conversations(db: DatabaseClient, userId: string): AsyncGenerator<Entry> {
  for await (const rows of rowsToExport(db, { table: 'thread', userId })) {
    for (const { id } of rows) {
      // One in the bin is in data/ alone.
      const whole = await wholeThread(db, { threadId: String(id) }).catch((error: unknown) => {
        if (error instanceof AppError && error.code === 'not_found') return null;
        throw error;
      });
      if (!whole) continue;
      const title = whole.thread.title ?? 'New conversation';
      yield {
        name: `conversations/${fileName(title, String(id), '.md')}`,
        content: textOf(markdownOf(title, transcriptOf(whole.rows))),
      };
    }
  }
}

/** The rows of a table for two files; of those that fit into two pages it is asked once. */
async function rowsOf(db: DatabaseClient, of: Parameters<typeof rowsToExport>[1]): Promise<() => Pages> {
  const kept: Record<string, unknown>[][] = [];
  for await (const rows of rowsToExport(db, of)) {
    kept.push(rows);
    if (kept.length > 2) return () => rowsToExport(db, of);
  }
  return () => kept;
}

/** How far it is, is told once in so many tables. */
const TABLES_A_TELLING = 6;

async function* everything(
  db: DatabaseClient,
  userId: string,
  tell: (progress: number) => Promise<unknown>,
): AsyncGenerator<Entry> {
  yield { name: 'README.txt', content: textOf(README) };
  for (const [index, table] of TABLES.entries()) {
    const pages = await rowsOf(db, { table, userId });
    yield { name: `data/${table}.json`, content: jsonOf(pages()) };
    yield { name: `data/${table}.csv`, content: csvOf(pages()) };
    if (index % TABLES_A_TELLING === 0) await tell(Math.round((40 * (index + 1)) / TABLES.length));
  }
  const cards = await exportCards(db, { deckId: null, userId });
  if (cards.length > 0)
    yield { name: 'cards.apkg', isPacked: true, content: textOf(writeAnkiPackage(cards, new Date())) };
  await tell(50);
  yield* conversations(db, userId);
  await tell(60);
  yield* originals(db, userId, 'doc_source');
  yield* notes(db, userId);
  await tell(90);
  yield* originals(db, userId, 'attachment');
}

/** Writes the file straight into the store. Built anew when it broke off: the same address is written over. */
async function build(taskId: string): Promise<{ outcome: 'done' | 'gone' }> {
  const db = createServiceClient();
  const tell = (progress: number) => changeExportTask(db, { id: taskId, change: { progress } });
  const userId = await changeExportTask(db, { id: taskId, change: { status: 'running', progress: 1 } });
  if (userId === null) return { outcome: 'gone' };
  const path = `${userId}/${taskId}.zip`;
  let sizeBytes = 0;
  async function* counted(chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      sizeBytes += chunk.length;
      yield chunk;
    }
  }
  const body = Readable.toWeb(
    Readable.from(counted(zipped(everything(db, userId, tell))), { objectMode: true }),
  );
  const { error } = await db.storage.from(EXPORT_BUCKET).upload(path, body as unknown as ReadableStream, {
    contentType: 'application/zip',
    upsert: true,
    duplex: 'half',
  });
  if (error) throw storeError(error);
  const change = {
    status: 'done',
    progress: 100,
    output: { path, sizeBytes },
    finished_at: new Date().toISOString(),
  } as const;
  const owner = await changeExportTask(db, { id: taskId, change });
  // Erased meanwhile: nothing may name the file that came after.
  if (owner === null) await db.storage.from(EXPORT_BUCKET).remove([path]);
  return { outcome: owner === null ? 'gone' : 'done' };
}

/** Puts all a student has into one file, which is removed after a day with the files that nothing names. */
export const exportAccount = inngest.createFunction(
  {
    id: 'export-account',
    triggers: [exportRequested],
    concurrency: [{ limit: 2 }],
    idempotency: 'event.data.taskId',
    retries: 3,
    onFailure: async ({ event, error, step }) => {
      await step.run('tell-the-student', () =>
        changeExportTask(createServiceClient(), {
          id: event.data.event.data.taskId,
          change: { status: 'error', error_code: failureOf(error).code },
        }),
      );
    },
  },
  async ({ event, step }) => step.run('build', () => withVerdict('export', () => build(event.data.taskId))),
);
