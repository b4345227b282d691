import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type Cluster, openCluster } from '../tests/postgres/cluster.ts';
import { type Benchmark, type Measurement, percentile } from './benchmark.ts';

/** Students beside those of `HEAVY` have about as many chunks as a term of lectures gives. */
const CHUNKS_OF_MOST = 285;
const HEAVY = [5_000, 10_000, 20_000, 50_000];
const QUESTIONS = 60;
/** Each vector is the sum of two of these, so that neighbours exist and no two are alike. */
const POOL = 1500;

const chunkCount = () =>
  Number(
    parseArgs({ allowPositionals: true, options: { chunks: { type: 'string' } } }).values.chunks ?? 200_000,
  );

/** Vectors and words to draw from, and the students with how many chunks each is to have. */
async function prepare(cluster: Cluster, chunks: number) {
  const heavy = HEAVY.filter((size) => size <= chunks / 2);
  const most = Math.ceil((chunks - heavy.reduce((sum, size) => sum + size, 0)) / CHUNKS_OF_MOST);
  await cluster.owner.unsafe(`
    create schema scale;
    create unlogged table scale.pool as
      select n, array_agg((random() + random() + random() - 1.5)::real)::extensions.vector(1536) as v
      from generate_series(0, ${POOL - 1}) n, generate_series(1, 1536) i group by n;
    -- Words as texts have them: some everywhere, most of them rare.
    create unlogged table scale.words as
      select n, ('{' || string_agg(t || ':' || round((0.5 + random())::numeric, 3), ',' order by t) || '}/1000000000') as weights
      from generate_series(0, ${POOL - 1}) n
      cross join lateral (select distinct floor(exp(random() * 9 + 0 * n))::int + 1 as t from generate_series(1, 60)) w group by n;
    create index on scale.pool (n); create index on scale.words (n); analyze scale.pool; analyze scale.words;
    create table scale.student as
      select n, gen_random_uuid() as id, gen_random_uuid() as doc, coalesce((array[${heavy.join(', ')}]::int[])[n], ${CHUNKS_OF_MOST}) as chunks
      from generate_series(1, ${heavy.length + most}) n;
    insert into auth.users (id, aud, role, email) select id, 'authenticated', 'authenticated', id || '@example.com' from scale.student;
    insert into public.doc_source (id, user_id, title, status, chunk_count) select doc, id, 'Notes', 'ready', chunks from scale.student;
    create function scale.vector(p_seed bigint) returns extensions.vector language sql stable as $$
      select a.v operator(extensions.+) b.v from scale.pool a, scale.pool b
      where a.n = p_seed % ${POOL} and b.n = (p_seed / ${POOL} * 7 + p_seed + 1) % ${POOL} $$;`);
  return { heavy, students: heavy.length + most };
}

/** Students in order, some hundred at a time, through the triggers that a reading goes through. */
async function fill(cluster: Cluster, students: number) {
  for (let from = 1; from <= students; from += from < 10 ? 1 : 200) {
    const to = from < 10 ? from : from + 199;
    await cluster.owner.unsafe(`
      insert into public.doc_chunk (doc_id, user_id, ord, content, page_start, page_end, metadata, embedding, embedding_model)
      select s.doc, s.id, o, repeat('A sentence about cells and what they are made of. ', 30), o, o, '{"page_start": 1}',
        scale.vector(s.n * 100003 + o), 'bench'
      from scale.student s cross join lateral generate_series(0, s.chunks - 1) o where s.n between ${from} and ${to};
      insert into public.chunk_lex (chunk_id, doc_id, user_id, weights)
      select c.id, c.doc_id, c.user_id, w.weights::extensions.sparsevec
      from scale.student s join public.doc_chunk c on c.doc_id = s.doc join scale.words w on w.n = (c.id * 31) % ${POOL}
      where s.n between ${from} and ${to};`);
  }
  await cluster.owner.unsafe('vacuum analyze public.doc_chunk');
  await cluster.owner.unsafe(
    'vacuum analyze public.chunk_lex, public.chunk_code, public.lex_df, public.doc_source',
  );
}

/** Time a backend has worked, where it runs on this machine. */
async function workedMs(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/schedstat`, 'utf8').catch(() => '');
  return text === '' ? Number.NaN : Number(text.split(' ')[0]) / 1e6;
}

const SEARCHES = {
  search_chunks: 'select doc_id, ord from public.search_chunks($1, -1, 10, $2)',
  search_chunks_hybrid: `select doc_id, ord from public.search_chunks_hybrid($1, array[3, 40, 300, 2000], 60, $2, 1, 1, null, 'bench')`,
};

/** Each question by another student of the group; gives wall time and, beside it, what the backend worked. */
async function ask(cluster: Cluster, sql: string, students: readonly string[], vectors: readonly string[]) {
  const [wall, cpu]: [number[], number[]] = [[], []];
  for (const [index, vector] of [...vectors.slice(0, 6), ...vectors].entries()) {
    const student = students[index % students.length] ?? '';
    await cluster.asUser(student, async (connection) => {
      const [backend] = await connection<{ pid: number }[]>`select pg_backend_pid() as pid`;
      const [worked, began] = [await workedMs(backend?.pid ?? 0), performance.now()];
      await connection.unsafe(sql, [vector, student], { prepare: true });
      // The first warm the caches.
      if (index < 6) return;
      wall.push(performance.now() - began);
      cpu.push((await workedMs(backend?.pid ?? 0)) - worked);
    });
  }
  return { wall, cpu };
}

/** The share of the ten nearest that a search finds. */
async function recall(cluster: Cluster, student: string, vectors: readonly string[]) {
  let found = 0;
  for (const vector of vectors) {
    const hits = await cluster.asUser(student, (sql) =>
      sql.unsafe(SEARCHES.search_chunks, [vector, student]),
    );
    const exact = await cluster.owner.unsafe(
      'select ord from public.doc_chunk where user_id = $2 order by embedding operator(extensions.<=>) $1 limit 10',
      [vector, student],
    );
    const ords = new Set(hits.map(({ ord }) => ord));
    found += exact.filter(({ ord }) => ords.has(ord)).length / 10;
  }
  return found / vectors.length;
}

async function measure(cluster: Cluster, heavy: readonly number[]): Promise<Measurement[]> {
  const students = await cluster.owner<
    { id: string; chunks: number }[]
  >`select id, chunks from scale.student order by n`;
  const vectors = (
    await cluster.owner<{ v: string }[]>`
      select (scale.vector(n * 7919) operator(extensions.+) scale.vector(n * 104729 + 5))::text as v from generate_series(1, ${QUESTIONS}) n`
  ).map(({ v }) => v);
  const most = students.filter(({ chunks }) => chunks === CHUNKS_OF_MOST).map(({ id }) => id);
  const groups = [
    { label: 'most students', ids: most.slice(0, 40), atMost: 15 },
    ...heavy.map((size, place) => ({
      label: `${size.toLocaleString('en')} chunks`,
      ids: [students[place]?.id ?? ''],
      atMost: 30,
    })),
  ];
  const measurements: Measurement[] = [];
  for (const { label, ids, atMost } of groups) {
    for (const [name, sql] of Object.entries(SEARCHES)) {
      const { wall, cpu } = await ask(cluster, sql, ids, vectors);
      for (const [kind, samples] of [
        ['wall', wall],
        ['CPU', cpu],
      ] as const) {
        if (samples.some(Number.isNaN)) continue;
        measurements.push({
          name: `${name}, ${label}, ${kind} p50`,
          value: percentile(samples, 0.5),
          unit: 'ms',
        });
        // Where it can be told: the wall clock is that of whatever else the machine does.
        const bound = kind === 'CPU' || Number.isNaN(cpu[0]) ? { atMost } : {};
        measurements.push({
          name: `${name}, ${label}, ${kind} p95`,
          value: percentile(samples, 0.95),
          unit: 'ms',
          ...bound,
        });
      }
    }
    measurements.push({
      name: `ten nearest found, ${label}`,
      value: await recall(cluster, ids[0] ?? '', vectors.slice(0, 20)),
      unit: 'share',
      atLeast: 0.99,
    });
  }
  return measurements;
}

async function printSizes(cluster: Cluster) {
  const sizes = await cluster.owner<{ name: string; heap: string; indexes: string }[]>`
    select relname as name, pg_size_pretty(pg_table_size(oid)) as heap, pg_size_pretty(pg_indexes_size(oid)) as indexes
    from pg_class where oid in ('public.doc_chunk'::regclass, 'public.chunk_lex'::regclass, 'public.chunk_code'::regclass, 'public.lex_df'::regclass)
    order by pg_table_size(oid) desc`;
  for (const { name, heap, indexes } of sizes) console.log(`  ${name}: ${heap}, indexes ${indexes}`);
}

/** Search among the chunks of all students of a large installation: `.ci/postgres npm run bench -- scale --chunks 300000`. */
export const scaleBenchmark: Benchmark = {
  name: 'Search on a PostgreSQL of its own',
  run: async () => {
    const cluster = await openCluster();
    try {
      const began = performance.now();
      const { heavy, students } = await prepare(cluster, chunkCount());
      await fill(cluster, students);
      console.log(
        `  ${chunkCount().toLocaleString('en')} chunks of ${students} students in ${Math.round((performance.now() - began) / 1000)} s`,
      );
      await printSizes(cluster);
      return await measure(cluster, heavy);
    } finally {
      await cluster.close();
    }
  },
};
