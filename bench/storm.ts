import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { createClient } from '@supabase/supabase-js';
import { writeAnkiPackage } from '../lib/study/anki/write.ts';
import { newCardState } from '../lib/study/cards/card-state.ts';
import { childrenOf, type Stack, startStack } from '../tests/setup/stack.ts';
import { Student } from '../tests/setup/student.ts';
import { type Benchmark, type Measurement, percentile } from './benchmark.ts';
import { BOMBS } from './bombs.ts';
import { askHealth } from './health.ts';
import { bookPdf } from './synthetic.ts';

const PORT = 3740;
const STUDENTS = 60;
const TURNS = 1_000;
const PAGES = 117;
const CARDS = 20_000;
const SIGN_UPS_AT_ONCE = 4;
/** Longer than an answer may be silent before it is closed, and than idle threads keep their memory. */
const SETTLE_MS = 60_000;
const POLL_MS = 2_000;
const MEGABYTE = 1024 * 1024;

/** Megabytes that the server's own process holds. */
function residentMb(stack: Stack): number {
  const next = childrenOf(stack.process.pid ?? 0).find(({ command }) => /next/.test(command));
  const status = readFileSync(`/proc/${next?.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

async function signUpAll(stack: Stack, count: number): Promise<Student[]> {
  const students: Student[] = [];
  for (let from = 0; from < count; from += SIGN_UPS_AT_ONCE) {
    const atOnce = Math.min(SIGN_UPS_AT_ONCE, count - from);
    const names = Array.from({ length: atOnce }, (_, index) => `storm-${from + index}@example.com`);
    students.push(...(await Promise.all(names.map((email) => Student.signUp(stack, email)))));
  }
  return students;
}

type Outcome = { kind: 'answered' | 'refused' | 'broken'; ms: number };

/** One question, read to its end. */
async function ask(student: Student, message: string): Promise<Outcome> {
  const startedAt = performance.now();
  const outcome = (kind: Outcome['kind']) => ({ kind, ms: performance.now() - startedAt });
  try {
    const response = await fetch(`${student.stack.appUrl}/api/ai-agent/chat`, {
      method: 'POST',
      headers: { authorization: `Bearer ${student.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ message, requestId: crypto.randomUUID() }),
    });
    const text = await response.text();
    if (response.ok) return outcome(text.includes('"type":"finish"') ? 'answered' : 'broken');
    return outcome(response.headers.has('retry-after') ? 'refused' : 'broken');
  } catch {
    return outcome('broken');
  }
}

const askAll = (students: readonly Student[], count: number, word: string) =>
  Promise.all(
    Array.from({ length: count }, (_, index) => {
      const student = students[index % students.length];
      if (!student) throw new Error('Nobody is there to ask.');
      return ask(student, `${word} ${index}: what is a spring tide?`);
    }),
  );

/** Every turn at once: each is answered or told when to come back, and what was refused is nowhere. */
async function turns(stack: Stack, students: readonly Student[]): Promise<Measurement[]> {
  const { NEXT_PUBLIC_SUPABASE_URL: url, SUPABASE_SECRET_KEY: key } = stack.environment;
  const db = createClient(url, key, { auth: { persistSession: false } });
  const messages = () => db.from('message').select('id', { count: 'exact', head: true });
  // The first storm loads code and grows the heap to its size; a leak shows in what the second adds.
  const warm = await askAll(students, TURNS, 'warm');
  await setTimeout(SETTLE_MS);
  const before = residentMb(stack);
  const storm = await askAll(students, TURNS, 'storm');
  const atMost = residentMb(stack);
  await setTimeout(SETTLE_MS);
  const after = residentMb(stack);
  const of = (kind: Outcome['kind'], list = storm) => list.filter((one) => one.kind === kind);
  const { count: stored } = await messages().eq('role', 'user');
  const { count: streaming } = await messages().eq('status', 'streaming');
  const taken = of('answered').length + of('answered', warm).length;
  return [
    { name: `${TURNS} turns at once: answered`, value: of('answered').length, unit: 'count' },
    { name: 'refused with a time to come back', value: of('refused').length, unit: 'count' },
    { name: 'neither', value: of('broken').length + of('broken', warm).length, unit: 'count', atMost: 0 },
    {
      name: 'questions stored that were refused',
      value: (stored ?? Number.NaN) - taken,
      unit: 'count',
      atMost: 0,
    },
    { name: 'answers still being written', value: streaming ?? Number.NaN, unit: 'count', atMost: 0 },
    {
      name: 'an answer, p50',
      value:
        percentile(
          of('answered').map(({ ms }) => ms),
          0.5,
        ) / 1_000,
      unit: 's',
    },
    {
      name: 'an answer, p95',
      value:
        percentile(
          of('answered').map(({ ms }) => ms),
          0.95,
        ) / 1_000,
      unit: 's',
    },
    {
      name: 'a refusal, p95',
      value:
        percentile(
          of('refused').map(({ ms }) => ms),
          0.95,
        ) / 1_000,
      unit: 's',
    },
    { name: 'memory before', value: before, unit: 'MB' },
    { name: 'memory while', value: atMost, unit: 'MB' },
    { name: 'memory a minute after', value: after, unit: 'MB', atMost: before * 1.1 },
  ];
}

/** Every student adds the same long document in the same moment. */
async function files(stack: Stack, students: readonly Student[]): Promise<Measurement[]> {
  const bytes = await bookPdf(PAGES);
  const askedHealth = askHealth([stack.appUrl]);
  const startedAt = performance.now();
  const states = await Promise.all(
    students.map(async (student) => {
      const file = { fileName: 'book.pdf', mimeType: 'application/pdf', bytes };
      const documentId = await student.upload(file);
      await student.ingest(documentId);
      for (;;) {
        const { status } = await student.document(documentId);
        if (status === 'ready' || status === 'error') return status;
        await setTimeout(POLL_MS);
      }
    }),
  );
  const ready = states.filter((status) => status === 'ready').length;
  return [
    { name: `${STUDENTS} students x ${PAGES} pages: ready`, value: ready, unit: 'count', atLeast: STUDENTS },
    { name: 'from the first upload to the last', value: (performance.now() - startedAt) / 1_000, unit: 's' },
    { name: 'memory after', value: residentMb(stack), unit: 'MB' },
    ...(await askedHealth()),
  ];
}

/** Students whose files were made to take more than they are worth, beside everybody else. */
async function hostile(stack: Stack, students: readonly Student[]): Promise<Measurement[]> {
  const files = Object.entries(BOMBS).map(([fileName, make]) => ({ fileName, bytes: make() }));
  const askedHealth = askHealth([stack.appUrl]);
  const states = await Promise.all(
    files.map(async ({ fileName, bytes }, index) => {
      const student = students[index % students.length];
      if (!student) throw new Error('Nobody is there to add it.');
      const documentId = await student.upload({ fileName, mimeType: '', bytes: new Uint8Array(bytes) });
      await student.ingest(documentId);
      return student.untilRead(documentId, 600_000);
    }),
  );
  const unsaid = states.filter(({ status, error }) => status === 'error' && !error?.code.startsWith('file_'));
  return [
    { name: 'hostile files that ended', value: states.length, unit: 'count', atLeast: files.length },
    { name: 'without a sentence of their own', value: unsaid.length, unit: 'count', atMost: 0 },
    { name: 'memory after', value: residentMb(stack), unit: 'MB' },
    ...(await askedHealth()),
  ];
}

const packageOf = (count: number) => {
  const now = new Date();
  return writeAnkiPackage(
    Array.from({ length: count }, (_, index) => ({
      guid: `storm-${index}`,
      clozeIndex: 1,
      kind: 'basic' as const,
      front: `Question ${index}: ${'what does this word mean in that sentence, and '.repeat(4)}why?`,
      back: `Answer ${index}: ${'because of what stands before it, and of what comes after. '.repeat(4)}`,
      topic: 'Words',
      deck: 'Storm',
      suspended: false,
      state: newCardState(now),
      reviews: [],
      sourceLine: null,
      desiredRetention: 0.9,
    })),
    now,
  );
};

/** One student takes a large collection in. */
async function cards(stack: Stack, student: Student): Promise<Measurement[]> {
  const packed = packageOf(CARDS);
  await student.importCards(packageOf(100));
  const before = residentMb(stack);
  let most = before;
  const look = setInterval(() => {
    most = Math.max(most, residentMb(stack));
  }, 100);
  const startedAt = performance.now();
  const { added } = await student.importCards(packed);
  clearInterval(look);
  return [
    {
      name: `${CARDS} cards (${(packed.byteLength / MEGABYTE).toFixed(1)} MB) taken in`,
      value: added,
      unit: 'count',
      atLeast: CARDS - 100,
    },
    { name: 'time it took', value: (performance.now() - startedAt) / 1_000, unit: 's' },
    { name: 'memory it took', value: most - before, unit: 'MB', atMost: 300 },
  ];
}

/** Against a production build (`npm run build` first), on data of its own. */
async function onStack(
  count: number,
  work: (stack: Stack, students: Student[]) => Promise<Measurement[]>,
): Promise<Measurement[]> {
  const environment = { CHAT_TURNS_PER_MINUTE: '1000', DAILY_TOKEN_QUOTA: '1000000000', LOG_LEVEL: 'silent' };
  const stack = await startStack({ port: PORT, environment });
  try {
    return await work(stack, await signUpAll(stack, count));
  } finally {
    await stack.close();
  }
}

export const stormBenchmark: Benchmark = { name: 'Storm of turns', run: () => onStack(STUDENTS, turns) };

export const filesBenchmark: Benchmark = {
  name: 'A file from everybody',
  run: () => onStack(STUDENTS, files),
};

export const hostileBenchmark: Benchmark = {
  name: 'Hostile files beside everybody else',
  run: () => onStack(12, hostile),
};

export const collectionBenchmark: Benchmark = {
  name: 'A large collection of cards',
  run: () => onStack(1, (stack, [student]) => (student ? cards(stack, student) : Promise.resolve([]))),
};
