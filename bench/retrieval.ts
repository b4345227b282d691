import { EMBEDDING_DIMENSIONS } from '../lib/ingestion/embed.ts';
import { retrieve } from '../lib/retrieval/search.ts';
import { lexicalQuery } from '../lib/retrieval/sparse-bm25.ts';
import { seeded } from '../lib/test-random.ts';
import { EMBEDDING_MODEL, type EvalStack, type EvalStudent, startEvalStack } from '../tests/evals/stack.ts';
import { type Benchmark, type Measurement, percentile, timed } from './benchmark.ts';
import { addChunks } from './retrieval-data.ts';
import { randomSentence, randomVector } from './synthetic.ts';

const QUESTIONS = 60;
const TOP = 10;
const SIZES = [1_000, 10_000];
/** Of other students, in the same tables. */
const FOREIGN_CHUNKS = 1_000;

type Probe = { question: string; vector: string; terms: number[] };

function probes(): Probe[] {
  const random = seeded(99);
  return Array.from({ length: QUESTIONS }, () => {
    const question = `What is ${randomSentence(random, 6)}`;
    const vector = JSON.stringify(
      randomVector(random, EMBEDDING_DIMENSIONS).map((value) => Number(value.toFixed(6))),
    );
    return { question, vector, terms: lexicalQuery(question).ids };
  });
}

/** Fails loudly: a query that errs at once would look fast. */
function checked<T>({ data, error }: { data: T | null; error: unknown }): T {
  if (error || data === null) throw error ?? new Error('No data.');
  return data;
}

const dense = async ({ db, id }: EvalStudent, { vector }: Probe) =>
  checked(
    await db.rpc('search_chunks', {
      query_embedding: vector,
      match_threshold: -1,
      match_count: TOP,
      p_user_id: id,
    }),
  );

const hybrid = async ({ db, id }: EvalStudent, { vector, terms }: Probe) =>
  checked(
    await db.rpc('search_chunks_hybrid', {
      query_embedding: vector,
      query_terms: terms,
      match_count: 60,
      p_user_id: id,
      dense_weight: 1,
      lexical_weight: 1,
      p_embedding_model: EMBEDDING_MODEL,
    }),
  );

/** The share of questions for which the search returns the chunks that comparing with every vector returns. */
async function exactness(stack: EvalStack, student: EvalStudent, asked: readonly Probe[]): Promise<number> {
  let same = 0;
  for (const probe of asked) {
    const found = (await dense(student, probe)).map(({ doc_id, ord }) => `${doc_id}:${ord}`);
    const exact = await stack.gateway.database.query<{ key: string }>(
      `select doc_id || ':' || ord as key from public.doc_chunk where user_id = $1
       order by embedding operator(extensions.<=>) $2::extensions.vector, id limit ${TOP}`,
      [student.id, probe.vector],
    );
    if (found.join() === exact.map(({ key }) => key).join()) same += 1;
  }
  return same / asked.length;
}

async function measure(stack: EvalStack, student: EvalStudent, size: number): Promise<Measurement[]> {
  const asked = probes();
  const bare = await timed(asked, async () =>
    checked(await student.db.from('doc_source').select('id').limit(1)),
  );
  const baseline = { name: 'a bare request', value: percentile(bare, 0.5) };
  const label = `${size.toLocaleString('en')} chunks`;
  /** A bound holds for the largest number of chunks. */
  const latency = async (name: string, atMost: number, work: (probe: Probe) => Promise<unknown>) => {
    const samples = await timed(asked, work);
    const bound = size === Math.max(...SIZES) ? { atMost } : {};
    return [
      { name: `${name}, ${label}, p50`, value: percentile(samples, 0.5), unit: 'ms', baseline },
      { name: `${name}, ${label}, p95`, value: percentile(samples, 0.95), unit: 'ms', ...bound },
    ] satisfies Measurement[];
  };
  const retrieval = stack.retrievalFor(student);
  return [
    ...(await latency('search_chunks', 60, (probe) => dense(student, probe))),
    ...(await latency('search_chunks_hybrid', 100, (probe) => hybrid(student, probe))),
    ...(await latency('words alone, with rerank', 100, ({ question }) =>
      retrieve(retrieval, { userId: student.id, query: question, limit: TOP }),
    )),
    {
      name: `same ${TOP} as an exact scan, ${label}`,
      value: await exactness(stack, student, asked.slice(0, 20)),
      unit: 'share',
      atLeast: 1,
    },
  ];
}

/** Search as a student's request makes it: through the client, the gateway and row level security. */
export const retrievalBenchmark: Benchmark = {
  name: 'Retrieval through supabase-js, embedded database',
  run: async () => {
    const stack = await startEvalStack();
    try {
      const [student, other] = [await stack.addStudent(), await stack.addStudent()];
      await addChunks(stack, other, { from: 0, to: FOREIGN_CHUNKS, seed: 1_000_000 });
      const measurements: Measurement[] = [];
      let stored = 0;
      for (const size of SIZES) {
        await addChunks(stack, student, { from: stored, to: size, seed: 1 });
        stored = size;
        measurements.push(...(await measure(stack, student, size)));
      }
      return measurements;
    } finally {
      await stack.close();
    }
  },
};
