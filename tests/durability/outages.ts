import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, rmSync, truncateSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ERRORS } from '../../lib/errors.ts';
import type { StoredMessage } from '../setup/chaos.ts';
import { faultsOf } from '../setup/chaos.ts';
import { redisOn } from '../setup/redis.ts';
import { childrenOf, pause, type Stack, startStack } from '../setup/stack.ts';
import { Student } from '../setup/student.ts';

const CHAT = '/api/ai-agent/chat';
const ASKERS = 3;
/** An answer, or why there is none, comes within this however long a part is away. */
const PATIENCE_MS = 60_000;
const RECOVERY_MS = 30_000;
/** Longer than readiness believes its last look. */
const ASKED_AGAIN_MS = 8_000;
const DISK_MB = 700;
const MEGABYTE = 1024 * 1024;

const childOf = (stack: Stack, word: string) => {
  const child = childrenOf(stack.process.pid ?? 0).find(({ command }) => command.includes(word));
  if (!child) throw new Error(`There is no process for ${word}.`);
  return child.pid;
};

type Talk = {
  threadId: string;
  student: Student;
  acknowledged: Map<string, string>;
};
type Counts = { answered: number; codes: Record<string, number>; faults: string[] };

/** One question: taken, or refused in a code that this house knows. */
async function ask(stack: Stack, talk: Talk, counts: Counts): Promise<boolean> {
  const { threadId, student, acknowledged } = talk;
  const requestId = randomUUID();
  const message = `What is number ${acknowledged.size} of ${requestId.slice(0, 8)}?`;
  try {
    const response = await fetch(`${stack.appUrl}${CHAT}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${student.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ threadId, message, requestId }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const text = await response.text();
    if (response.ok) {
      acknowledged.set(requestId, message);
      const hasFailed = text.includes('"type":"error"');
      if (!hasFailed) counts.answered += 1;
      else counts.codes.stream = (counts.codes.stream ?? 0) + 1;
      return !hasFailed;
    }
    const { code = '' } = JSON.parse(text) as { code?: string };
    counts.codes[code] = (counts.codes[code] ?? 0) + 1;
    if (!(code in ERRORS) || code === 'internal')
      counts.faults.push(`${response.status} ${text.slice(0, 160)}`);
  } catch (error) {
    counts.faults.push(`no words: ${error}`);
  }
  return false;
}

async function messagesOf({ student, threadId }: Talk): Promise<StoredMessage[]> {
  const { data, error } = await student.db.from('message').select('*').eq('thread_id', threadId).order('seq');
  if (error) throw error;
  return data as StoredMessage[];
}

type Outage = {
  name: string;
  begin: () => void | Promise<void>;
  end: () => void | Promise<void>;
  /** Whether the app says meanwhile that it is not ready, so that a balancer or an operator knows. */
  isUnready?: boolean;
};

/** Whether the app says so of itself, at the latest when it asks its services again. */
async function saysReady(stack: Stack, expected: boolean): Promise<boolean> {
  for (const until = Date.now() + ASKED_AGAIN_MS; Date.now() < until; await pause(500)) {
    const { ok, body } = await fetch(`${stack.appUrl}/api/ready`);
    await body?.cancel();
    if (ok === expected) return true;
  }
  return false;
}

/** Questions go on while a part is away and after it is back. */
async function through(stack: Stack, students: Student[], outage: Outage, seconds: number): Promise<boolean> {
  const talks: Talk[] = [];
  for (const student of students) {
    const { threadId } = (await student.api('POST', CHAT, { message: 'Hello' })) as { threadId: string };
    talks.push({ threadId, student, acknowledged: new Map() });
  }
  const app = childOf(stack, 'next');
  const counts: Counts = { answered: 0, codes: {}, faults: [] };
  let isOver = false;
  const load = talks.map(async (talk) => {
    while (!isOver) {
      await ask(stack, talk, counts);
      await pause(150);
    }
  });
  await pause(500);
  await outage.begin();
  await pause(seconds * 1_000);
  const isTold = await saysReady(stack, !outage.isUnready);
  await outage.end();
  const backAt = Date.now();
  isOver = true;
  await Promise.all(load);
  const during = { answered: counts.answered, codes: { ...counts.codes } };
  let usableMs = Number.POSITIVE_INFINITY;
  for (const [first] = [talks[0]]; first && Date.now() - backAt < RECOVERY_MS; await pause(200)) {
    if (!(await ask(stack, first, counts))) continue;
    usableMs = Date.now() - backAt;
    break;
  }
  const faults = [...counts.faults];
  if (!isTold)
    faults.push(`/api/ready said ${outage.isUnready ? 'that it was' : 'that it was not'} meanwhile`);
  for (const talk of talks) faults.push(...faultsOf(await messagesOf(talk), talk.acknowledged));
  if (usableMs === Number.POSITIVE_INFINITY) faults.push('the next question is not taken');
  if (childOf(stack, 'next') !== app) faults.push('the app was started again');
  const taken = talks.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0);
  console.log(
    `${outage.name} for ${seconds} s: ${taken} questions taken, ${during.answered} answered, refused or broken off ${JSON.stringify(during.codes)}, ` +
      `usable after ${usableMs} ms${faults.length > 0 ? `  <-- WRONG: ${faults.slice(0, 4).join('; ')}` : ''}`,
  );
  return faults.length === 0;
}

/** A file that is announced while the queue is away is read when it is back, or its student was told to try again. */
async function readingThrough(stack: Stack, student: Student, seconds: number): Promise<boolean> {
  const queue = childOf(stack, 'inngest/main.ts');
  const note = (number: number) => ({
    fileName: `note-${number}.md`,
    mimeType: 'text/markdown',
    bytes: new TextEncoder().encode(`# Note ${number}\n\nThe tide of note ${number} turned at six.\n`),
  });
  const [results, taken]: [string[], string[]] = [[], []];
  process.kill(queue, 'SIGSTOP');
  const announced = [0, 1, 2].map(async (number) => {
    const documentId = await student.upload(note(number));
    await student.ingest(documentId).then(
      () => taken.push(documentId),
      (error: Error) => results.push(/"code":"([a-z_]+)"/.exec(error.message)?.[1] ?? error.message),
    );
  });
  await pause(seconds * 1_000);
  process.kill(queue, 'SIGCONT');
  await Promise.all(announced);
  const states = await Promise.all(taken.map((documentId) => student.untilRead(documentId, 60_000)));
  const after = await student.addNote(note(9)).then(
    () => 'ready',
    (error: Error) => error.message,
  );
  const isRight =
    after === 'ready' &&
    states.every(({ status }) => status === 'ready') &&
    results.every((code) => code === 'queue_unavailable');
  console.log(
    `Inngest for ${seconds} s: ${taken.length} files taken and ${states.filter(({ status }) => status === 'ready').length} read, refused ${JSON.stringify(results)}, the next one ${after}${isRight ? '' : '  <-- WRONG'}`,
  );
  return isRight;
}

/** A folder of its own size, which only the administrator of a machine can make. */
function smallDisk(): { folder: string; remove: () => void } | null {
  const folder = mkdtempSync(join(tmpdir(), 'clerva-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
  return {
    folder,
    remove: () => {
      execFileSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true });
    },
  };
}

/** Writes until nothing more fits, whoever else writes meanwhile. */
function fillUp(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (const size of [MEGABYTE, 4_096]) {
      const bytes = Buffer.alloc(size);
      try {
        for (;;) writeSync(file, bytes);
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
      }
    }
  } finally {
    closeSync(file);
  }
}

/** Redis, the model, the queue and the database away for a while, a clock that jumps, a disk that is full: under load. */
export async function outages({ port, seconds }: { port: number; seconds: number }) {
  await using begun = new AsyncDisposableStack();
  const disk = smallDisk();
  begun.defer(() => disk?.remove());
  if (!disk) console.log('No disk of its own can be made here: a full one is left out.');
  const redis = redisOn(port + 5);
  redis.start();
  begun.defer(() => void redis.stop());
  const limits = ['CHAT_TURNS_PER_MINUTE', 'CHAT_TURNS_PER_MINUTE_PER_ADDRESS', 'CHAT_TURNS_BURST'];
  const stack = await startStack({
    port,
    ...(disk && { dataFolder: disk.folder }),
    environment: {
      ...Object.fromEntries([...limits, 'API_WRITES_PER_MINUTE'].map((name) => [name, '100000'])),
      REDIS_URL: redis.url,
      NODE_OPTIONS: `--import=${new URL('./shift-clock.js', import.meta.url).href}`,
    },
  });
  begun.defer(stack.close);
  const frozen = (name: string, word: string): Outage => {
    const pid = childOf(stack, word);
    return {
      name,
      begin: () => void process.kill(pid, 'SIGSTOP'),
      end: () => void process.kill(pid, 'SIGCONT'),
      isUnready: true,
    };
  };
  const app = childOf(stack, 'next');
  const jump = () => void process.kill(app, 'SIGUSR2');
  const filler = join(stack.dataFolder, 'filler');
  const list: Outage[] = [
    { name: 'Redis', begin: () => void redis.stop(), end: redis.start },
    frozen('the model', 'openai/main.ts'),
    frozen('the database', 'supabase/main.ts'),
    { name: 'the clock 45 minutes ahead', begin: jump, end: () => undefined },
    { name: 'the clock 45 minutes behind', begin: jump, end: jump },
    ...(disk
      ? [
          {
            name: 'a full disk',
            begin: () => fillUp(filler),
            end: () => truncateSync(filler),
            isUnready: true,
          },
        ]
      : []),
  ];
  let [passed, failed] = [0, 0];
  const count = (isRight: boolean) => {
    if (isRight) passed += 1;
    else failed += 1;
  };
  const students: Student[] = [];
  for (let number = 0; number < ASKERS; number += 1)
    students.push(await Student.signUp(stack, `outage-${number}-${Date.now()}@example.com`));
  for (const outage of list) count(await through(stack, students, outage, seconds));
  const [student] = students;
  if (student) count(await readingThrough(stack, student, seconds));
  return { passed, failed };
}
