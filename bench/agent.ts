/**
 * What Clerva adds to a bare AI SDK route: the time to the first streamed part and to the first text after one search,
 * for one chat and for 50 students who each ask every 10 seconds. Baseline and Clerva are measured in the same run.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startStack } from '../tests/setup/stack.ts';
import { Student } from '../tests/setup/student.ts';
import { startBareServer } from './agent/bare-server.ts';
import { atPace, percentile, type TurnTiming, timeTurn } from './agent/measure.ts';

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

export type Row = {
  what: string;
  p50Ms: number;
  p95Ms: number;
  overP50Ms?: number;
  overP95Ms?: number;
  errors: number;
};

const question = (index: number) => QUESTIONS[index % QUESTIONS.length] ?? QUESTIONS.join(' ');

function row(what: string, turns: TurnTiming[], part: 'firstPartMs' | 'firstTextMs', baseline?: Row): Row {
  const values = turns.filter((turn) => turn.ok).map((turn) => turn[part]);
  const p50Ms = percentile(values, 0.5);
  const p95Ms = percentile(values, 0.95);
  const over = baseline ? { overP50Ms: p50Ms - baseline.p50Ms, overP95Ms: p95Ms - baseline.p95Ms } : {};
  return { what, p50Ms, p95Ms, ...over, errors: turns.filter((turn) => !turn.ok).length };
}

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

export async function benchAgent(): Promise<Row[]> {
  const stack = await startStack({
    port: 3400,
    environment: { CHAT_TURNS_PER_MINUTE: '10000', CHAT_TURNS_PER_DAY: '100000' },
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

    const partSingle = row('bare route, one chat, first part', bareSingle, 'firstPartMs');
    const textSingle = row('bare route, one chat, first text', bareSingle, 'firstTextMs');
    const partMany = row(`bare route, ${STUDENTS} students, first part`, bareMany, 'firstPartMs');
    const textMany = row(`bare route, ${STUDENTS} students, first text`, bareMany, 'firstTextMs');
    return [
      partSingle,
      row('Clerva, one chat, first part', clervaSingle, 'firstPartMs', partSingle),
      textSingle,
      row('Clerva, one chat, first text after a search', clervaSingle, 'firstTextMs', textSingle),
      partMany,
      row(`Clerva, ${STUDENTS} students, first part`, clervaMany, 'firstPartMs', partMany),
      textMany,
      row(`Clerva, ${STUDENTS} students, first text after a search`, clervaMany, 'firstTextMs', textMany),
    ];
  } finally {
    await bare.close();
    await stack.close();
  }
}
