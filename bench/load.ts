/**
 * A school at work: a thousand answers open at the same time and two hundred students who ask at a fixed pace, with the API
 * beside them.
 *
 *   npm run bench -- load [--minutes 10] [--streams 1000] [--students 200]
 *   npm run bench -- load --url https://app.example.org --token … --token … --status-token …
 *
 * Without an address it starts what deploy/compose.yml lays out for one machine, three instances behind the door and Redis, with
 * local servers beside it (nginx, redis-server and `BUILD_STANDALONE=1 npm run build` first; `.ci/postgres npm run bench -- load` has
 * a real PostgreSQL under it). Its model pauses before each word so that answers stay open. Every instance is asked how it is, as a
 * balancer does, and their memory is added up. A deployment's limits have to be raised for the accounts that are given, and its
 * answers last as long as they last.
 */
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { z } from 'zod';
import { STATUS_TOKEN, startFleet } from '../tests/proxy/fleet.ts';
import { slowDown } from '../tests/setup/stack.ts';
import { Student } from '../tests/setup/student.ts';
import { timeTurn } from './agent/measure.ts';
import { type Benchmark, type Measurement, percentile } from './benchmark.ts';
import { askHealth } from './health.ts';

const PORT = Number(process.env.LOAD_PORT ?? 3760);
const TURN_EVERY_MS = 20_000;
const API_PER_SECOND = 20;
/** The longest that whoever asks whether the app is alive may have to wait. */
const HEALTH_WITHIN_MS = 100;
const LOOK_EVERY_MS = 5_000;
const OPENED_AT_ONCE = 12;
/** Between two pieces of an answer that is to stay open: seven of them last over a minute, and end before a turn may last no longer. */
const WORD_EVERY_MS = 9_000;
/** Longer than threads without work keep their memory. */
const SETTLE_MS = 60_000;
const MEGABYTE = 1024 * 1024;
const OPEN_QUESTION = 'What is it that takes so long?';

const text = { type: 'string' } as const;
const options = () =>
  parseArgs({
    strict: false,
    options: {
      minutes: { ...text, default: '10' },
      streams: { ...text, default: '1000' },
      students: { ...text, default: '200' },
      url: text,
      token: { ...text, multiple: true },
      'status-token': text,
    },
  }).values;
const settings = () =>
  z
    .object({
      minutes: z.coerce.number().positive(),
      streams: z.coerce.number().int().min(0),
      students: z.coerce.number().int().min(1),
      url: z.url().optional(),
      token: z.array(z.string()).default([]),
      'status-token': z.string().optional(),
    })
    .parse(options());

const detailed = z.object({
  memory: z.object({ rssBytes: z.number() }),
  eventLoop: z.object({ p99Ms: z.number(), maxMs: z.number() }),
});
type Look = { atMs: number; rssMb: number; lagP99Ms: number; lagMaxMs: number };
/** What is asked, as whom, where each of its processes says how it is, and how its answers are kept open. */
type Target = {
  url: string;
  tokens: string[];
  processes: readonly string[];
  statusToken?: string | undefined;
  holdOpen?: () => Promise<void>;
};

const bearer = (token: string | undefined) => ({ authorization: `Bearer ${token}` });

/** The memory of all processes, and how late the latest of them is. */
async function look({ processes, statusToken }: Target): Promise<Look | undefined> {
  const states = await Promise.all(
    processes.map(async (url) => {
      const answer = await fetch(`${url}/api/status/detailed`, { headers: bearer(statusToken) });
      return detailed.parse(await answer.json());
    }),
  ).catch(() => undefined);
  return (
    states && {
      atMs: performance.now(),
      rssMb: states.reduce((sum, { memory }) => sum + memory.rssBytes / MEGABYTE, 0),
      lagP99Ms: Math.max(...states.map(({ eventLoop }) => eventLoop.p99Ms)),
      lagMaxMs: Math.max(...states.map(({ eventLoop }) => eventLoop.maxMs)),
    }
  );
}

/** Megabytes a minute, by least squares. */
function slope(looks: readonly Look[]): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [at, size] = [mean(looks.map(({ atMs }) => atMs)), mean(looks.map(({ rssMb }) => rssMb))];
  const over = looks.reduce((sum, { atMs, rssMb }) => sum + (atMs - at) * (rssMb - size), 0);
  return (over / looks.reduce((sum, { atMs }) => sum + (atMs - at) ** 2, 0)) * 60_000;
}

async function every(ms: number, isOver: () => boolean, work: () => Promise<void>): Promise<void> {
  while (!isOver()) {
    await work();
    await setTimeout(ms);
  }
}

/** The API at a steady rate, by `autocannon`: what it took, and what failed. */
async function driveApi({ url, tokens }: Target, seconds: number) {
  const samples: number[] = [];
  let failed = 0;
  const ended = Promise.withResolvers<autocannon.Result>();
  const options = {
    url,
    connections: 10,
    overallRate: API_PER_SECOND,
    duration: seconds,
    timeout: 30,
    requests: ['/api/usage', '/api/threads', '/api/documents'].map((path, index) => ({
      path,
      headers: bearer(tokens[index % tokens.length]),
    })),
  };
  const run = autocannon(options, (error, result) => (error ? ended.reject(error) : ended.resolve(result)));
  run.on('response', (_client, status, _bytes, ms) => {
    samples.push(ms);
    if (status >= 500) failed += 1;
  });
  const { errors } = await ended.promise;
  return { samples, failed: failed + errors };
}

type Turn = Awaited<ReturnType<typeof timeTurn>>;
const FAILED: Turn = { firstPartMs: Number.NaN, firstTextMs: Number.NaN, endMs: Number.NaN, ok: false };
type Asking = (index: number, message: string, onFirstPart?: () => void) => Promise<Turn>;

/** Answers that stay open until the time is over, each followed by the next. */
class OpenAnswers {
  readonly #ask: Asking;
  /** A queue at the door, or the first word of one answer would wait for the opening of all others. */
  #opening = 0;
  open = 0;
  ended = 0;
  failed = 0;

  constructor(ask: Asking) {
    this.#ask = ask;
  }

  async hold(index: number, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      while (this.#opening >= OPENED_AT_ONCE) await setTimeout(20);
      this.#opening += 1;
      const opened = Promise.withResolvers<void>();
      const answer = this.#ask(index, OPEN_QUESTION, opened.resolve);
      this.open += 1;
      await Promise.race([answer, opened.promise]);
      this.#opening -= 1;
      const { ok } = await answer;
      this.open -= 1;
      this.ended += 1;
      if (ok) continue;
      this.failed += 1;
      // As a page does: a door that refused is not asked again in the same moment.
      await setTimeout(1_000);
    }
  }
}

/** One student who asks at a fixed pace, whether the answer before has come or not. */
async function askAtPace(ask: Asking, index: number, isOver: () => boolean) {
  await setTimeout((index / settings().students) * TURN_EVERY_MS);
  const turns: Promise<Turn>[] = [];
  for (let number = 0; !isOver(); number += 1) {
    turns.push(ask(index, `What is number ${number}?`));
    await setTimeout(TURN_EVERY_MS);
  }
  return Promise.all(turns);
}

async function measure(target: Target): Promise<Measurement[]> {
  const { minutes, streams, students } = settings();
  const { url, tokens, processes } = target;
  // Caught at once: it may fail long before anybody waits for it.
  const ask: Asking = (index, message, onFirstPart) => {
    const as = bearer(tokens[index % tokens.length]);
    return timeTurn(`${url}/api/ai-agent/chat`, as, message, onFirstPart).catch((error) => {
      console.error('A turn was cut:', error);
      return FAILED;
    });
  };
  // Loads code and grows the heap to its size, so that what is left over at the end is a leak.
  for (let from = 0; from < streams; from += OPENED_AT_ONCE)
    await Promise.all(Array.from({ length: OPENED_AT_ONCE }, (_, index) => ask(from + index, OPEN_QUESTION)));
  await setTimeout(SETTLE_MS);
  const before = await look(target);
  if (target.statusToken !== undefined && !before)
    throw new Error('No process says how it is: is this their STATUS_TOKEN?');
  await target.holdOpen?.();

  const until = performance.now() + minutes * 60_000;
  const isOver = () => performance.now() >= until;
  const answers = new OpenAnswers(ask);
  const [opens, looks]: [number[], Look[]] = [[], []];
  const health = askHealth(processes, HEALTH_WITHIN_MS);
  const [api, paced] = await Promise.all([
    driveApi(target, minutes * 60),
    Promise.all(Array.from({ length: students }, (_, index) => askAtPace(ask, index, isOver))),
    Promise.all(Array.from({ length: streams }, (_, index) => answers.hold(index, isOver))),
    every(LOOK_EVERY_MS, isOver, async () => {
      opens.push(answers.open);
      const seen = await look(target);
      if (seen) looks.push(seen);
    }),
  ]);
  const asked = await health();
  await setTimeout(SETTLE_MS);
  const turns = paced.flat();
  const atLeast = target.holdOpen ? streams : 0;
  return [
    { name: 'answers open at a time, most', value: Math.max(...opens), unit: 'count', atLeast },
    { name: 'the same, half of the time at least', value: percentile(opens, 0.5), unit: 'count' },
    ...ofWork(answers, turns, api),
    ...asked,
    ...ofProcess(before, looks, await look(target)),
  ];
}

/** What failed, and how long the rest took. */
function ofWork(
  answers: OpenAnswers,
  turns: readonly Pick<Turn, 'ok' | 'firstPartMs'>[],
  api: { samples: number[]; failed: number },
): Measurement[] {
  const firstParts = turns.filter(({ ok }) => ok).map(({ firstPartMs }) => firstPartMs);
  const failedTurns = turns.filter(({ ok }) => !ok).length;
  const all = turns.length + answers.ended + api.samples.length;
  const failed = answers.failed + failedTurns + api.failed;
  return [
    { name: `of ${answers.ended} open answers failed`, value: answers.failed, unit: 'count', atMost: 0 },
    { name: `of ${turns.length} questions at a pace failed`, value: failedTurns, unit: 'count', atMost: 0 },
    { name: `of ${api.samples.length} API requests failed`, value: api.failed, unit: 'count', atMost: 0 },
    { name: 'errors', value: failed / all, unit: 'share', atMost: 0 },
    { name: 'first part, p50', value: percentile(firstParts, 0.5), unit: 'ms' },
    { name: 'first part, p95', value: percentile(firstParts, 0.95), unit: 'ms' },
    { name: 'API, p50', value: percentile(api.samples, 0.5), unit: 'ms' },
    { name: 'API, p95', value: percentile(api.samples, 0.95), unit: 'ms' },
  ];
}

/** What the process says of itself, where it may be asked. */
function ofProcess(before: Look | undefined, looks: readonly Look[], after: Look | undefined): Measurement[] {
  if (!before || !after || looks.length < 2) return [];
  // The second half: until then every answer has been opened once.
  const steady = looks.slice(Math.floor(looks.length / 2));
  return [
    {
      name: 'event loop lag, p99',
      value: percentile(
        looks.map(({ lagP99Ms }) => lagP99Ms),
        0.5,
      ),
      unit: 'ms',
    },
    { name: 'event loop lag, most', value: Math.max(...looks.map(({ lagMaxMs }) => lagMaxMs)), unit: 'ms' },
    { name: 'memory before', value: before.rssMb, unit: 'MB' },
    { name: 'memory while, most', value: Math.max(...looks.map(({ rssMb }) => rssMb)), unit: 'MB' },
    { name: 'memory a minute, while', value: slope(steady), unit: 'MB' },
    { name: 'memory a minute after', value: after.rssMb, unit: 'MB', atMost: Math.round(before.rssMb * 1.1) },
  ];
}

async function onOwnFleet(): Promise<Measurement[]> {
  const { students } = settings();
  const fleet = await startFleet(PORT);
  const holdOpen = () => slowDown(fleet.environment, OPEN_QUESTION, WORD_EVERY_MS);
  try {
    const tokens: string[] = [];
    while (tokens.length < students)
      tokens.push((await Student.signUp(fleet, `load-${tokens.length}@example.com`)).token);
    const processes = fleet.instances.map(({ url }) => url);
    return await measure({ url: fleet.appUrl, tokens, processes, statusToken: STATUS_TOKEN, holdOpen });
  } finally {
    await fleet.close();
  }
}

export const loadBenchmark: Benchmark = {
  name: 'A school at work',
  run: () => {
    const { url, token, 'status-token': statusToken } = settings();
    if (url && token.length === 0) throw new Error('Give the access token of an account: --token …');
    const address = url?.replace(/\/+$/, '');
    return address === undefined
      ? onOwnFleet()
      : measure({ url: address, tokens: token, processes: [address], statusToken });
  },
};
