/**
 * What Clerva adds to a bare AI SDK route: the time to the first streamed part and to the first text after one search,
 * for one chat and for 50 students who each ask every 10 seconds. Baseline and Clerva are measured in the same run.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startStack } from '../tests/setup/stack.ts';
import { Student } from '../tests/setup/student.ts';
import { startBareServer } from './agent/bare-server.ts';
import { atPace, type TurnTiming, timeTurn } from './agent/measure.ts';
import { type Benchmark, type Measurement, percentile } from './benchmark.ts';

const STUDENTS = 50;
const TURNS_EACH = 6;
const INTERVAL_MS = 10_000;
const SINGLE_TURNS = 60;
const QUESTIONS = [
  'When did Hermann Ebbinghaus measure how fast he forgot lists of syllables?',
  'What is proactive interference?',
  'How long does short-term memory last without rehearsal?',
  'What does semantic memory hold?',
  'What is the self-reference effect?',
  'How many items can most people hold in short-term memory?',
];

const question = (index: number) => QUESTIONS[index % QUESTIONS.length] ?? QUESTIONS.join(' ');

/** The bound is the baseline of the same run plus what Clerva may add. */
function compare(
  name: string,
  part: 'firstPartMs' | 'firstTextMs',
  { share, clerva, bare }: { share: number; clerva: TurnTiming[]; bare: TurnTiming[] },
  allowedMs: number,
): Measurement {
  const of = (turns: TurnTiming[]) =>
    percentile(
      turns.filter(({ ok }) => ok).map((turn) => turn[part]),
      share,
    );
  const baseline = { name: 'bare route', value: of(bare) };
  return { name, value: of(clerva), unit: 'ms', atMost: Math.round(baseline.value + allowedMs), baseline };
}

const failures = (turns: TurnTiming[]) => turns.filter(({ ok }) => !ok).length;

async function oneAfterAnother(
  count: number,
  turn: (index: number) => Promise<TurnTiming>,
): Promise<TurnTiming[]> {
  // The first turns load code and open connections on both sides.
  for (let index = 0; index < 5; index++) await turn(index);
  const turns: TurnTiming[] = [];
  for (let index = 0; index < count; index++) turns.push(await turn(index));
  return turns;
}

async function run(): Promise<Measurement[]> {
  const stack = await startStack({
    port: 3400,
    environment: {
      CHAT_TURNS_PER_MINUTE: '10000',
      CHAT_TURNS_PER_DAY: '100000',
      DAILY_TOKEN_QUOTA: '1000000000',
    },
  });
  const { OPENAI_BASE_URL: baseURL, OPENAI_API_KEY: apiKey, OPENAI_CHAT_MODEL: name } = stack.environment;
  const bare = await startBareServer({ baseURL, apiKey, name });
  try {
    const bytes = new Uint8Array(
      await readFile(join(import.meta.dirname, '..', 'supabase', 'seed', 'memory.md')),
    );
    const note = { fileName: 'memory.md', mimeType: 'text/markdown', bytes };
    const tokens: string[] = [];
    for (let index = 0; index < STUDENTS; index++) {
      const student = await Student.signUp(stack, `bench-${index}@example.com`);
      await student.addNote(note);
      tokens.push(student.token);
    }

    const chatUrl = `${stack.appUrl}/api/ai-agent/chat`;
    const askClerva = (student: number, index: number) =>
      timeTurn(chatUrl, { authorization: `Bearer ${tokens[student]}` }, question(index));
    const askBare = (index: number) => timeTurn(bare.url, {}, question(index));

    const bareSingle = await oneAfterAnother(SINGLE_TURNS, askBare);
    const clervaSingle = await oneAfterAnother(SINGLE_TURNS, (index) => askClerva(0, index));
    const bareMany = await atPace(STUDENTS, TURNS_EACH, INTERVAL_MS, (_, index) => askBare(index));
    const clervaMany = await atPace(STUDENTS, TURNS_EACH, INTERVAL_MS, askClerva);

    const one = { share: 0.5, clerva: clervaSingle, bare: bareSingle };
    const many = { share: 0.95, clerva: clervaMany, bare: bareMany };
    return [
      compare('one chat, first part, p50', 'firstPartMs', one, 40),
      compare('one chat, first text after a search, p50', 'firstTextMs', one, 120),
      compare(`${STUDENTS} students, first part, p95`, 'firstPartMs', many, 150),
      compare(`${STUDENTS} students, first text after a search, p95`, 'firstTextMs', many, 150),
      {
        name: 'turns that failed',
        value: failures([...clervaSingle, ...clervaMany]) / (SINGLE_TURNS + STUDENTS * TURNS_EACH),
        unit: 'share',
        atMost: 0,
      },
    ];
  } finally {
    await bare.close();
    await stack.close();
  }
}

export const agentBenchmark: Benchmark = { name: 'Agent, against a bare AI SDK route', run };
