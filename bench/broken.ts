import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { sampleOf } from '../lib/ingestion/extract/test-files.ts';
import { mutated } from '../lib/ingestion/extract/test-mutations.ts';
import { FILE_KINDS, type FileKind, isRecording, kindOfName } from '../lib/ingestion/kinds.ts';
import { drawPage } from '../lib/ingestion/picture/read-picture.ts';
import { createReaderPool } from '../lib/ingestion/reader/pool.ts';
import { filesIn } from '../tests/evals/corpus.ts';
import type { Benchmark } from './benchmark.ts';

const FAULTS = 200;
const MEGABYTE = 1024 * 1024;
const SENTENCE =
  'Osmosis moves water through a membrane, from where there is more of it to where there is less.';
const FORMATS = new URL('../../shared/corpus/formats/', import.meta.url);

type Sample = { name: string; bytes: Uint8Array };

/** One of ours for each kind of file, and beside it those of others where they are. */
async function samplesOf(kind: FileKind): Promise<Sample[]> {
  const [ending] = kind.extensions;
  const own = { name: `own.${ending}`, bytes: await sampleOf(kind, SENTENCE) };
  const folders = existsSync(FORMATS) ? [ending, 'scan', 'audio'].map((folder) => `formats/${folder}`) : [];
  const names = (await Promise.all(folders.map((folder) => filesIn(folder).catch(() => [])))).flat();
  const others = names
    .filter(
      (name) =>
        kindOfName(name)?.reader === kind.reader && kind.extensions.some((one) => name.endsWith(`.${one}`)),
    )
    .map((name) => ({
      name: basename(name),
      bytes: new Uint8Array(readFileSync(new URL(`../${name}`, FORMATS))),
    }));
  return [own, ...others.filter(({ name }) => !name.startsWith('password'))];
}

/** What becomes of a file in a thread of its own: read with something in it, or refused with a code. */
async function outcomeOf(
  pool: ReturnType<typeof createReaderPool>,
  kind: FileKind,
  file: Sample,
): Promise<string> {
  const { name: fileName, bytes } = file;
  const given = { bytes, fileName, mimeType: '' };
  try {
    if (isRecording(kind)) {
      const { pieces } = await pool.read('bench', 'planRecording', given);
      const [piece] = pieces;
      if (piece) await pool.read('bench', 'cutRecording', { ...given, piece });
      return piece ? 'read' : 'empty';
    }
    const read = await pool.read('bench', 'document', { ...given, arePicturesRead: true });
    if (kind.reader === 'image') await drawPage('bench', { bytes, extension: kind.extensions[0], page: 1 });
    const isTold = read.emptyPages.length + read.account.undecodable.length > 0;
    return isTold || read.pages.some(({ content }) => content.trim() !== '') ? 'read' : 'empty';
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return code ?? `no code: ${message}`;
  }
}

/** Files of every kind with a fault each: none may end the process, be taken for read with nothing in it, or be refused without a reason of its own. */
export const brokenBenchmark: Benchmark = {
  name: 'Broken files',
  run: async () => {
    const pool = createReaderPool();
    const before = process.memoryUsage.rss();
    let [most, tried, empty, unsaid] = [before, 0, 0, 0];
    const look = setInterval(() => {
      most = Math.max(most, process.memoryUsage.rss());
    }, 50);
    for (const kind of FILE_KINDS as readonly FileKind[]) {
      const samples = await samplesOf(kind);
      const outcomes = new Map<string, number>();
      for (let seed = 1; seed <= FAULTS; seed++) {
        const sample = samples[seed % samples.length] ?? samples[0];
        if (!sample) continue;
        const broken = mutated(sample.bytes, seed);
        const outcome = await outcomeOf(pool, kind, { ...sample, bytes: broken.bytes });
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        tried += 1;
        const isSaid = /^(?:read|file_\w+)$/.test(outcome);
        if (outcome === 'empty') empty += 1;
        else if (!isSaid) unsaid += 1;
        if (!isSaid) console.log(`${sample.name}, ${broken.fault}, number ${seed}: ${outcome}`);
      }
      const told = [...outcomes].map(([outcome, count]) => `${outcome} ${count}`).join(', ');
      console.log(`${kind.word.padEnd(24)} ${told}`);
    }
    clearInterval(look);
    return [
      { name: 'files tried', value: tried, unit: 'count', atLeast: FAULTS * FILE_KINDS.length },
      { name: 'taken for read with nothing in them', value: empty, unit: 'count', atMost: 0 },
      { name: 'refused without a reason of their own', value: unsaid, unit: 'count', atMost: 0 },
      { name: 'most memory', value: (most - before) / MEGABYTE, unit: 'MB', atMost: 600 },
    ];
  },
};
