/**
 * Kills parts of Clerva in the middle of reading documents, at random moments, and checks what is left after a restart:
 * every document ends ready or with a reason, complete and without a chunk twice. Then a thousand things happen to
 * conversations, at random and many at once, among them kills of the app and restarts of Redis where it is installed:
 * every question that was taken is there once, in order, and the conversation takes the next one. At last each part is away
 * for some seconds under load, the clock jumps and the disk is full: what is refused says why, and all goes on by itself.
 *
 *   npm run build && npm run test:kill [-- rounds [steps [seed [seconds]]]]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childrenOf, pause, type Stack, startStack } from '../setup/stack.ts';
import { Student, type StudyFile } from '../setup/student.ts';
import { conversations } from './conversations.ts';
import { outages } from './outages.ts';

const [ROUNDS = 10, STEPS = 1_000, SEED = 1, SECONDS = 10] = process.argv.slice(2).map(Number);
const PORT = 3500;
const LIMIT_MS = 90_000;
const TARGETS = ['supabase/main.ts', 'inngest/main.ts', 'openai/main.ts', 'next', 'everything'] as const;

/** About 60 pages of sentences that differ, so that reading takes long enough to be cut. */
function longNote(round: number): StudyFile {
  const sections = Array.from({ length: 120 }, (_, section) => {
    const facts = Array.from(
      { length: 14 },
      (_, fact) =>
        `In run ${round} the sample ${section}-${fact} weighed ${(section * 31 + fact * 7) % 97} grams and kept its colour for ${fact + 2} days.`,
    );
    return `## Section ${section}\n\n${facts.join(' ')}`;
  });
  const bytes = new TextEncoder().encode(`# Laboratory ${round}\n\n${sections.join('\n\n')}\n`);
  return { fileName: `laboratory-${round}.md`, mimeType: 'text/markdown', bytes };
}

async function killOne(stack: Stack, target: (typeof TARGETS)[number]): Promise<void> {
  const parent = stack.process.pid ?? 0;
  if (target === 'everything') return stack.kill();
  const child = childrenOf(parent).find(({ command }) => command.includes(target));
  if (!child) throw new Error(`There is no process for ${target}.`);
  process.kill(child.pid, 'SIGKILL');
}

async function answering(stack: Stack): Promise<void> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await pause(100)) {
    const ready = await fetch(`${stack.appUrl}/api/ready`).catch(() => undefined);
    if (ready?.ok) return;
  }
  throw new Error(`Clerva is not ready again.\n${stack.output()}`);
}

const dataFolder = mkdtempSync(join(tmpdir(), 'clerva-kill-'));
let stack = await startStack({ port: PORT, dataFolder });
let passed = 0;
let failed = 0;
try {
  const student = await Student.signUp(stack, `kill-${Date.now()}@example.com`);
  const whole = await student.addNote(longNote(0));
  const expected = (await student.document(whole)).chunkCount;

  for (let round = 1; round <= ROUNDS; round++) {
    const target = TARGETS[round % TARGETS.length] ?? 'everything';
    const documentId = await student.upload(longNote(round));
    await student.ingest(documentId);
    const delay = Math.floor(Math.random() * 700);
    await pause(delay);
    await killOne(stack, target);
    if (target === 'everything') {
      await pause(500);
      stack = await startStack({ port: PORT, dataFolder });
    }
    await answering(stack);
    const begin = Date.now();
    const restarted = new Student(stack, student.token, student.db);
    const state = await restarted.untilRead(documentId, LIMIT_MS);
    const { data, error } = await restarted.db
      .from('doc_chunk')
      .select('ord')
      .eq('doc_id', documentId)
      .range(0, 999);
    if (error) throw error;
    const distinct = new Set(data.map((row) => row.ord)).size;
    const complete =
      state.status === 'error'
        ? data.length === 0 && Boolean(state.error?.message)
        : distinct === expected && data.length === expected;
    if (complete) passed++;
    else failed++;
    console.log(
      `round ${round}: killed ${target} after ${delay} ms -> ${state.status}, ${data.length}/${expected} chunks, ${distinct} distinct, ${Date.now() - begin} ms after restart${complete ? '' : '  <-- WRONG'}`,
    );
  }
} catch (error) {
  failed++;
  console.error(error);
} finally {
  await stack.close().catch(() => undefined);
  rmSync(dataFolder, { recursive: true, force: true });
}
if (STEPS > 0) {
  const result = await conversations({ port: PORT + 10, steps: STEPS, seed: SEED });
  passed += result.passed;
  failed += result.failed;
}
if (SECONDS > 0) {
  const result = await outages({ port: PORT + 20, seconds: SECONDS });
  passed += result.passed;
  failed += result.failed;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
