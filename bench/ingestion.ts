import { chunkDocument } from '../lib/ingestion/chunk.ts';
import { extractDocument } from '../lib/ingestion/extract/index.ts';
import { scanOf } from '../lib/ingestion/extract/test-files.ts';
import { readPicture } from '../lib/ingestion/picture/read-picture.ts';
import { alike, turned } from '../lib/ingestion/picture/test-pictures.ts';
import { chunkWeights, indexedText } from '../lib/retrieval/sparse-bm25.ts';
import { addDocument } from '../tests/evals/ingest.ts';
import { startEvalStack } from '../tests/evals/stack.ts';
import { type Benchmark, type Measurement, percentile, timed } from './benchmark.ts';
import { bookPdf } from './synthetic.ts';

const PAGES = 334;
const ROUNDS = 3;
const FILE = { mimeType: 'application/pdf', fileName: 'book.pdf' };

async function steps(bytes: Uint8Array): Promise<Measurement[]> {
  const rounds = Array.from({ length: ROUNDS }, (_, round) => round);
  const extraction = await timed(rounds, () => extractDocument({ bytes, ...FILE }), 1);
  const { pages } = await extractDocument({ bytes, ...FILE });
  const chunking = await timed(rounds, async () => chunkDocument(pages), 1);
  const chunks = chunkDocument(pages);
  const weighing = await timed(
    rounds,
    async () =>
      chunks.map(({ headingPath, content }) => chunkWeights(indexedText(headingPath, content), true)),
    1,
  );
  const extractMs = percentile(extraction, 0.5);
  return [
    { name: `extraction of ${PAGES} pages`, value: extractMs / 1_000, unit: 's', atMost: 4 },
    { name: 'pages extracted', value: PAGES / (extractMs / 1_000), unit: '1/s' },
    { name: `cutting into ${chunks.length} chunks`, value: percentile(chunking, 0.5), unit: 'ms' },
    { name: 'term weights of all chunks', value: percentile(weighing, 0.5), unit: 'ms' },
  ];
}

const DENSE = Array.from(
  { length: 36 },
  (_, n) =>
    `${n + 1}. Osmosis moves water through a membrane that holds ${n * 7} solutes back, and rests at last.`,
);

/** A page full of print, whichever way it lies: what it costs in its thread, and how many letters come out right. */
async function pictures(): Promise<Measurement[]> {
  const page = await scanOf(DENSE, { size: 26 });
  const read = async (degrees: number) => {
    const bytes = await turned(page, degrees);
    const before = process.cpuUsage();
    const { text } = await readPicture(
      'bench',
      { bytes, extension: 'png', page: 1 },
      { languages: ['eng'], transcribe: null },
    );
    const { user, system } = process.cpuUsage(before);
    return { seconds: (user + system) / 1e6, share: alike(text, DENSE.join(' ')) };
  };
  // The first page of a thread loads what reads.
  const first = await read(0);
  const others = [];
  for (const degrees of [0, 90, 180, 270]) others.push(await read(degrees));
  const most = Math.max(...others.map(({ seconds }) => seconds));
  return [
    { name: 'first scanned page of a thread', value: first.seconds, unit: 's' },
    { name: 'a scanned page, of four orientations the slowest', value: most, unit: 's', atMost: 6 },
    {
      name: 'characters of it that are right, in the worst',
      value: Math.min(...others.map(({ share }) => share)),
      unit: 'share',
      atLeast: 0.97,
    },
  ];
}

/** From the file in Storage to a document that can be searched, step by step as the job runs them. */
async function endToEnd(bytes: Uint8Array<ArrayBuffer>): Promise<Measurement> {
  const stack = await startEvalStack();
  try {
    const student = await stack.addStudent();
    const started = performance.now();
    await addDocument(stack, student, { name: FILE.fileName, mimeType: FILE.mimeType, bytes });
    const seconds = (performance.now() - started) / 1_000;
    return { name: `${PAGES}-page book from upload to ready`, value: seconds, unit: 's', atMost: 10 };
  } finally {
    await stack.close();
  }
}

export const ingestionBenchmark: Benchmark = {
  name: 'Ingestion',
  run: async () => {
    const bytes = await bookPdf(PAGES);
    return [...(await steps(bytes)), ...(await pictures()), await endToEnd(bytes)];
  },
};
