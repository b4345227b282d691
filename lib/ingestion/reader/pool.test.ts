import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { expect, test, vi } from 'vitest';
import { computingPackage } from '../../study/anki/test-collection.ts';
import { bytesOf, docxOf, linesAt, pdfOf, wordParagraph } from '../extract/test-files.ts';
import { createReaderPool, type ReaderPool } from './pool.ts';

/** The threads of these tests, newest last. */
const threads = vi.hoisted((): Worker[] => []);
vi.mock('node:worker_threads', async (original) => {
  const actual = await original<typeof import('node:worker_threads')>();
  class KnownWorker extends actual.Worker {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given);
      threads.push(this);
    }
  }
  return { ...actual, Worker: KnownWorker };
});

const now = new Date('2026-01-01T00:00:00Z');
const STUDENT = 'a';

/** The longest this thread worked without looking up, in CPU time, so that a busy machine changes nothing. */
async function longestSilence(work: () => Promise<unknown>): Promise<number> {
  let last = process.threadCpuUsage();
  let longest = 0;
  const look = () => {
    const { user, system } = process.threadCpuUsage(last);
    longest = Math.max(longest, (user + system) / 1_000);
    last = process.threadCpuUsage();
  };
  const timer = setInterval(look, 5);
  await work();
  look();
  clearInterval(timer);
  return longest;
}

test('a thread loads nothing that draws pages, whose console Next would take over', async () => {
  const look = `
    const { parentPort } = require('node:worker_threads');
    import(${JSON.stringify(new URL('./reader.worker.ts', import.meta.url).href)}).then(() =>
      parentPort.postMessage(Object.keys(require.cache)));`;
  const thread = new Worker(look, { eval: true });
  const loaded = await new Promise<string[]>((resolve, reject) => {
    thread.on('error', reject).on('message', (said) => Array.isArray(said) && resolve(said));
  });
  await thread.terminate();
  expect(loaded.length).toBeGreaterThan(0);
  expect(loaded.filter((file) => /node_modules\/(?:next|react)\//.test(file))).toEqual([]);
});

const outcome = (reading: Promise<unknown>): Promise<string> =>
  reading.then(
    () => 'read',
    (error: { code?: string }) => String(error.code ?? error),
  );
const document = (bytes: Uint8Array, fileName: string) => (pool: ReaderPool) =>
  pool.read(STUDENT, 'document', { bytes, fileName, mimeType: '' });
const text = (content: string, fileName: string) => document(bytesOf(content), fileName);

const nested = (open: string, close: string, times: number) => `${open.repeat(times)}x${close.repeat(times)}`;
const repeating = `BEGIN:VCALENDAR\n${'BEGIN:VEVENT\nDTSTART:20260101T080000Z\nDTEND:20260101T090000Z\nRRULE:FREQ=DAILY\nEND:VEVENT\n'.repeat(9_000)}END:VCALENDAR`;

test.each<[string, (pool: ReaderPool) => Promise<unknown>, RegExp]>([
  [
    'an Anki package that computes',
    (pool) => pool.read(STUDENT, 'anki', { bytes: computingPackage(), now }),
    /^file_damaged$/,
  ],
  [
    'a Word file of many paragraphs',
    document(docxOf(wordParagraph('The cell is the unit of life. ').repeat(400_000)), 'a.docx'),
    /^file_too_large$/,
  ],
  [
    'a Word file that needs more memory than there is',
    document(
      docxOf(`<w:tbl><w:tr><w:tc>${wordParagraph('The cell.').repeat(120_000)}</w:tc></w:tr></w:tbl>`),
      'a.docx',
    ),
    /^file_too_heavy$/,
  ],
  [
    'a Word file of nested tables',
    document(docxOf(nested('<w:tbl><w:tr><w:tc>', '</w:tc></w:tr></w:tbl>', 60_000)), 'a.docx'),
    /^file_/,
  ],
  [
    'an HTML page of nested lists',
    text(nested('<ul><li>', '</li></ul>', 100_000), 'a.html'),
    /^(?:read|file_\w+)$/,
  ],
  ['an HTML page of angle brackets', text(`Cells divide. ${'<'.repeat(1_000_000)}>`, 'a.html'), /^read$/],
  ['an HTML page of scripts without an end', text(`x${'<script>'.repeat(200_000)}`, 'a.html'), /^read$/],
  ['an HTML page of one long line', text('<b>x</b>'.repeat(200_000), 'a.html'), /^read$/],
  ['a row of many cells', text(`<table><tr>${'<td>x<p>y'.repeat(100_000)}</table>`, 'a.html'), /^read$/],
  ['an HTML page of beginnings', text('<!--<a '.repeat(500_000), 'a.html'), /^(?:read|file_\w+)$/],
  ['a table of quotation marks', text('"a""'.repeat(900_000), 'a.csv'), /^(?:read|file_\w+)$/],
  ['notes of brackets', text(`# ${'[a]('.repeat(80)}\n`.repeat(10_000), 'a.md'), /^(?:read|file_\w+)$/],
  [
    'cards of quotation marks',
    (pool) =>
      pool.read(STUDENT, 'cards', { bytes: bytesOf('"a""'.repeat(900_000)), kind: 'csv', deck: null, now }),
    /^(?:read|file_\w+)$/,
  ],
  [
    'a calendar that repeats',
    (pool) => pool.read(STUDENT, 'calendar', { text: repeating, now, timezone: 'Europe/Berlin' }),
    /^(?:read|payload_too_large|file_too_heavy)$/,
  ],
])('%s is read or refused while everything else goes on', { timeout: 60_000 }, async (_, read, expected) => {
  const pool = createReaderPool({ threads: 1 });
  const outcomes: string[] = [];
  const silence = await longestSilence(async () => {
    outcomes.push(await outcome(read(pool)));
    // Whatever became of the thread, there is one for the next.
    outcomes.push(await outcome(text('Cells divide.', 'a.txt')(pool)));
  });
  expect(outcomes).toEqual([expect.stringMatching(expected), 'read']);
  expect(silence).toBeLessThan(100);
});

test('a file that takes more than its share of work is ended, is not tried again, and says what to do', async () => {
  const pool = createReaderPool({ threads: 1, cpuMs: 50 });
  const reading = document(docxOf(wordParagraph('The cell.').repeat(100_000)), 'a.docx')(pool);
  await expect(reading).rejects.toMatchObject({
    code: 'file_too_heavy',
    status: 422,
    retryable: false,
    message: 'Reading this file takes too much work. Save it anew, or split it and add the parts.',
  });
});

test('a refusal keeps its code, its sentence and whether to try again', async () => {
  const pool = createReaderPool({ threads: 1 });
  await expect(text('', 'a.txt')(pool)).rejects.toMatchObject({ code: 'file_empty', retryable: false });
  await expect(
    pool.read(STUDENT, 'calendar', { text: 'no calendar', now, timezone: 'UTC' }),
  ).rejects.toMatchObject({ code: 'invalid_request', message: expect.stringContaining('.ics') });
});

test('a file is read although what an earlier one left behind ends the thread', async () => {
  const pool = createReaderPool({ threads: 1 });
  await text('Cells divide.', 'a.txt')(pool);
  const thread = threads.at(-1);
  const next = outcome(document(docxOf(wordParagraph('The cell.').repeat(2_000)), 'a.docx')(pool));
  await thread?.terminate();
  expect(await next).toBe('read');
  expect(threads.at(-1)).not.toBe(thread);
});

test('one student’s pile does not hold up another’s file', async () => {
  const pool = createReaderPool({ threads: 1 });
  const order: string[] = [];
  const reading = (studentId: string) =>
    pool
      .read(studentId, 'document', { bytes: bytesOf('Cells divide.'), fileName: 'a.txt', mimeType: '' })
      .then(() => order.push(studentId));
  const pile = Array.from({ length: 20 }, () => reading('a'));
  await Promise.all([...pile, reading('b'), reading('c')]);
  expect(order.slice(0, 3)).toEqual(['a', 'b', 'c']);
});

test('files that wait longer than one may take are all read', { timeout: 60_000 }, async () => {
  // Far more than one takes, also for a thread that has just begun on a slow core, and far less than all of them.
  const cpuMs = 3_000;
  const pool = createReaderPool({ threads: 1, cpuMs });
  const line = 'Mitochondria make the energy that a cell uses, and each of them has two membranes.';
  const bytes = await pdfOf(
    Array.from({ length: 20 }, () =>
      linesAt(
        60,
        780,
        Array.from({ length: 50 }, () => line),
      ),
    ),
  );
  const started = performance.now();
  const read = await Promise.all(
    Array.from({ length: 60 }, (_, n) =>
      pool.read(`student ${n}`, 'document', { bytes, fileName: 'a.pdf', mimeType: '' }),
    ),
  );
  expect(performance.now() - started).toBeGreaterThan(cpuMs);
  expect(new Set(read.map(({ pageCount }) => pageCount))).toEqual(new Set([20]));
});

test('a process ends although a thread waits for the next file', async () => {
  const url = new URL('./pool.ts', import.meta.url).href;
  const program = `const { readAside } = await import(${JSON.stringify(url)});
    const input = { bytes: new TextEncoder().encode('Cells divide.'), fileName: 'a.txt', mimeType: '' };
    console.log((await readAside('a', 'document', input)).pages[0].content);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
  expect(stdout.trim()).toBe('Cells divide.');
});
