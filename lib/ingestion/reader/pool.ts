import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { type ResourceLimits, Worker } from 'node:worker_threads';
import { AppError, toAppError } from '../../errors.ts';
import { processState } from '../../process-state.ts';
import type { Works } from './reader.worker.ts';
import type { Answer, TaskOf, WorkMap } from './serve.ts';

/**
 * What a stranger made is read in threads of their own. A file that takes too much work or memory ends its thread and
 * nothing else; one that has to wait for a thread loses nothing by it, because only its own work is counted.
 */
export type Pool<Given extends WorkMap> = {
  read<Work extends keyof Given>(
    studentId: string,
    work: Work,
    input: Parameters<Given[Work]>[0],
  ): Promise<Awaited<ReturnType<Given[Work]>>>;
};
export type ReaderPool = Pool<Works>;

/** Buffers lie beside the heap: what unpacks to a thousand times its size fills them. */
type Bounds = { threads: number; cpuMs: number; heapMb: number; buffersMb?: number };
type Open = (resourceLimits: ResourceLimits) => Worker;
/**
 * What a reading of a good file takes on a slow core too: of a long one so many pages are read at a time. With what a thread takes
 * to begin and what sweeping its heap takes beside it, no reading costs more than five seconds of work and 300 MB, which a small
 * server can spare.
 */
const BOUNDS: Bounds = {
  threads: Math.max(1, availableParallelism() - 1),
  cpuMs: 4_000,
  heapMb: 192,
  buffersMb: 160,
};
const YOUNG_HEAP_MB = 32;
/**
 * The limit of a thread's heap falls to a `--max-old-space-size` of its process, which `next dev` has. Without it a heap holds
 * more that is not yet swept, so that a good file needs more room.
 */
const HEAP_WITHOUT_LIMIT = 2;
const MEGABYTE = 1024 * 1024;
const LOOK_EVERY_MS = 100;
/** Buffers grow by hundreds of megabytes a second. */
const WEIGH_EVERY_MS = 25;
/** A thread that does nothing for this many looks waits for something that will not come. */
const STILL_LOOKS = 300;
/** An idle thread keeps what it has loaded for the next file, and gives its memory back after this. */
const IDLE_MS = 30_000;
/** Where the system does not tell the work of a thread, a file may take this many times its bound by the clock. */
const CLOCK_SHARE = 6;

const tooHeavy = (cause?: unknown) => new AppError('file_too_heavy', { cause });

type Task = TaskOf<WorkMap>;
type Waiting = { studentId: string; task: Task; settle: (answer: Answer | AppError) => void };
type Thread = Awaited<ReturnType<typeof openThread>>;

/** Address and options stand where the thread is made: only so does a build find what to put aside. */
const readerThread: Open = (resourceLimits) =>
  new Worker(new URL('./reader.worker.ts', import.meta.url), { execArgv: [], resourceLimits });

export const createReaderPool = (given: Partial<Bounds> = {}): ReaderPool =>
  createPool<Works>(readerThread, { ...BOUNDS, ...given });

export function createPool<Given extends WorkMap>(open: Open, bounds: Bounds): Pool<Given> {
  const waiting: Waiting[] = [];
  const turns = new Map<string, number>();
  const idle = new Map<Thread, NodeJS.Timeout>();
  let busy = 0;
  let turn = 0;

  /** Whoever had the longest time no turn; of their files the first. */
  function takeNext(): Waiting | undefined {
    const turnOf = ({ studentId }: Waiting) => turns.get(studentId) ?? 0;
    const [first, ...others] = waiting;
    if (!first) return undefined;
    const next = others.reduce((best, one) => (turnOf(one) < turnOf(best) ? one : best), first);
    waiting.splice(waiting.indexOf(next), 1);
    turn += 1;
    turns.set(next.studentId, turn);
    return next;
  }

  function takeIdle(): Thread | undefined {
    for (const [thread, timer] of idle) {
      clearTimeout(timer);
      idle.delete(thread);
      if (!thread.hasEnded()) return thread;
    }
    return undefined;
  }

  function keep(thread: Thread): void {
    const end = () => {
      idle.delete(thread);
      void thread.end();
    };
    idle.set(thread, setTimeout(end, IDLE_MS).unref());
  }

  /** One thread at work for as long as anything waits. */
  async function serve(): Promise<void> {
    let thread = takeIdle();
    const answerTo = async (task: Task): Promise<Answer> => {
      const isUsed = thread !== undefined;
      try {
        thread ??= await openThread(open, bounds);
        return await thread.answer(task, bounds.cpuMs);
      } catch (error) {
        // Its place is free when it has ended: however many files overrun, there are never more threads.
        await thread?.end();
        thread = undefined;
        // What an earlier file left behind may have ended it: that is no fault of this one.
        if (isUsed && !(error instanceof AppError)) return answerTo(task);
        throw error;
      }
    };
    for (let next = takeNext(); next; next = takeNext()) {
      const { settle } = next;
      await answerTo(next.task).then(settle, (error) => settle(toAppError(error)));
    }
    busy -= 1;
    if (busy === 0) turns.clear();
    if (thread) keep(thread);
  }

  return {
    read: (studentId, work, input) =>
      new Promise((resolve, reject) => {
        const settle = (answer: Answer | AppError) => {
          if (answer instanceof AppError) reject(answer);
          else if ('failure' in answer) reject(new AppError(answer.failure.code, answer.failure));
          // The thread sends what its own function for this work gave back.
          else resolve(answer.value as Awaited<ReturnType<Given[typeof work]>>);
        };
        waiting.push({ studentId, task: { work: String(work), input }, settle });
        if (busy >= bounds.threads) return;
        busy += 1;
        void serve();
      }),
  };
}

async function openThread(open: Open, { heapMb, buffersMb = Number.POSITIVE_INFINITY }: Bounds) {
  const worker = open({ maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: YOUNG_HEAP_MB });
  const [id = null]: (string | null)[] = await once(worker, 'message');
  // While it works, the look at its clock keeps the process alive; an idle thread does not.
  worker.unref();
  let hasEnded = false;
  let failed: ((cause: unknown) => void) | undefined;
  const onEnd = (cause: unknown) => {
    hasEnded = true;
    failed?.(cause);
  };
  worker.on('error', onEnd);
  worker.on('exit', () => onEnd(new Error('The thread has ended.')));

  /** Rejects when the thread has to be ended, or has ended itself. */
  async function answer(task: Task, cpuMs: number): Promise<Answer> {
    if (hasEnded) throw new Error('The thread has ended.');
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    let used = cpuMsOf(id);
    let begun = used;
    const before = { all: processMs(), helpers: helpersMs() };
    let still = 0;
    const look = setInterval(() => {
      const now = cpuMsOf(id) ?? used;
      still = now === used ? still + 1 : 0;
      used = now;
      begun ??= now;
      const own = (now ?? 0) - (begun ?? 0);
      // Of what is done for all threads, each has caused as much as it has worked itself.
      const [all, helpers] = [processMs() - before.all, helpersMs() - before.helpers];
      const cost = all > helpers ? own * (all / (all - helpers)) : own;
      if (cost > cpuMs || still >= STILL_LOOKS) reject(tooHeavy());
    }, LOOK_EVERY_MS);
    let isAsked = false;
    const weigh = setInterval(async () => {
      if (isAsked) return;
      isAsked = true;
      // A thread that has just ended has no heap to ask for, and says so by its own event.
      const heap = await worker.getHeapStatistics().catch(() => undefined);
      isAsked = false;
      if (!heap) return;
      const isOver =
        heap.used_heap_size > HEAP_WITHOUT_LIMIT * heapMb * MEGABYTE ||
        heap.external_memory > buffersMb * MEGABYTE;
      if (isOver) reject(tooHeavy());
    }, WEIGH_EVERY_MS);
    failed = (cause) => reject(isOutOfMemory(cause) ? tooHeavy(cause) : cause);
    worker.once('message', resolve);
    worker.postMessage(task);
    try {
      return await promise;
    } finally {
      clearInterval(look);
      clearInterval(weigh);
    }
  }
  return { answer, hasEnded: () => hasEnded, end: () => worker.terminate() };
}

const isOutOfMemory = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';

/**
 * How long a thread has worked. Linux tells it of every thread in ticks of 10 ms, also while the thread is deep in a
 * regular expression or in SQLite and could answer no question. It stands still for one that waits for a core.
 */
function cpuMsOf(id: string | null): number | undefined {
  if (id === null) return performance.now() / CLOCK_SHARE;
  try {
    const stat = readFileSync(`/proc/self/task/${id}/stat`, 'latin1');
    // The second field is a name in brackets that may hold anything; user and system time are the 14th and the 15th.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    // It has just ended, and its last event is on the way; or too many files are open to look.
    return undefined;
  }
}

const processMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

/** How long V8's own threads have worked, which sweep the heaps of all others: half as long again as one that only fills its heap. */
function helpersMs(): number {
  const ids = processState('reader-helpers', () => {
    try {
      const isHelper = (id: string) => readFileSync(`/proc/self/task/${id}/comm`, 'latin1') === 'V8Worker\n';
      return readdirSync('/proc/self/task').filter(isHelper);
    } catch {
      // No Linux.
      return [];
    }
  });
  return ids.reduce((sum, id) => sum + (cpuMsOf(id) ?? 0), 0);
}

/** Reads something of a student's in the process's own pool. */
export const readAside: ReaderPool['read'] = (studentId, work, input) =>
  processState('reader', () => createReaderPool()).read(studentId, work, input);
