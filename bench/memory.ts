/**
 * A conversation of 40 turns in which a student says 50 things of themselves between questions of study: what a turn reads
 * against sending the whole history, with what tools brought and in its words alone, and how many of the 50 are still answered
 * right at its end. Without a key the
 * study brain is the model; with OPENAI_API_KEY it is the one the environment names.
 */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { convertToModelMessages } from 'ai';
import { buildContext, DEFAULT_TOKEN_BUDGET } from '../lib/agent/assemble.ts';
import { createGenerate } from '../lib/agent/generate.ts';
import { toClervaMessage } from '../lib/agent/message-codec.ts';
import { messageText } from '../lib/agent/messages.ts';
import { createChatModel } from '../lib/agent/model.ts';
import {
  extended,
  extractFacts,
  type FoundFact,
  olderPart,
  type SaidMessage,
  summariseMessages,
  summaryShare,
} from '../lib/agent/remember.ts';
import { tokenCounter } from '../lib/agent/tokens.ts';
import { startTurn, type TurnDependencies } from '../lib/agent/turn.ts';
import type { MessageRow, OpenedTurn } from '../lib/db/queries/message.ts';
import type { SummarySentence } from '../lib/domain/memory.ts';
import { Telemetry } from '../lib/observability/telemetry.ts';
import { tools } from '../lib/tools/index.ts';
import { startOpenAI } from '../local/openai/index.ts';
import { notesDatabase } from '../tests/setup/notes-database.ts';
import type { Benchmark, Measurement } from './benchmark.ts';

const TURNS = 40;
const NO_PRICES = { inputUsdPerMillion: 0, outputUsdPerMillion: 0 };
const HISTORY = 30;
const PASSAGES_EACH = 5;
const QUESTIONS = [
  'What is rehearsal?',
  'How does forgetting work?',
  'What does encoding mean?',
  'What helps recall?',
];

type Fact = { statement: string; question: string; expected: string };

async function plantedFacts(): Promise<Fact[]> {
  const lines = (await readFile(join(import.meta.dirname, 'memory-facts.txt'), 'utf8')).trim().split('\n');
  return lines.map((line) => {
    const [statement = '', question = '', expected = ''] = line.split(' | ');
    return { statement, question, expected };
  });
}

async function paragraphs(): Promise<string[]> {
  const notes = await readFile(join(import.meta.dirname, '..', 'supabase', 'seed', 'memory.md'), 'utf8');
  return notes.split(/\n\s*\n/).filter((part) => part.length > 200 && !part.startsWith('#'));
}

async function dependencies(): Promise<{ deps: TurnDependencies; close: () => Promise<void> }> {
  const { OPENAI_API_KEY: key, OPENAI_BASE_URL: base, OPENAI_CHAT_MODEL: named } = process.env;
  const local = key ? undefined : await startOpenAI({ port: 0 });
  const env = {
    OPENAI_API_KEY: key ?? 'local',
    OPENAI_BASE_URL: local ? local.url : base,
    OPENAI_CHAT_MODEL: named ?? (local ? 'clerva-study-brain' : 'gpt-6-luna'),
  };
  const deps = {
    ...createChatModel(env),
    retrieval: { embedQuery: async () => null, denseWeight: 0, embeddingModel: 'none' },
    approvalSecret: 'bench',
    prices: NO_PRICES,
  };
  return { deps, close: async () => void (await local?.close()) };
}

/** The state of a conversation, as the tables keep it. */
class Conversation {
  readonly rows: (MessageRow & { seq: number })[] = [];
  readonly facts = new Map<string, FoundFact>();
  sentences: SummarySentence[] = [];
  covers = 0;

  say(role: MessageRow['role'], parts: unknown[]): void {
    const seq = this.rows.length + 1;
    const row = { id: randomUUID(), seq, role, parts, metadata: {}, status: 'done' as const };
    this.rows.push({ ...row, createdAt: '2026-11-20T14:00:00Z' });
  }

  said(after = 0): SaidMessage[] {
    return this.rows
      .filter(({ seq }) => seq > after)
      .map((row) => ({
        id: row.id,
        seq: row.seq,
        role: row.role,
        text: messageText(toClervaMessage(row).parts),
      }));
  }

  opened(text: string): OpenedTurn {
    return {
      threadId: 'bench',
      threadTitle: null,
      created: false,
      userMessageId: randomUUID(),
      assistantMessageId: randomUUID(),
      history: this.rows.slice(-HISTORY),
      memory: [...this.facts.values()],
      summary: { coversSeq: this.covers, sentences: this.sentences },
      profile: { displayName: null, gradeLevel: null, subjects: [], timezone: 'UTC' },
      documents: { ready: 1, processing: 0 },
      partners: [],
      text,
    };
  }

  /** What the job does after a turn. */
  async remember(deps: TurnDependencies): Promise<void> {
    const telemetry = new Telemetry(randomUUID(), NO_PRICES);
    const generate = createGenerate({ ...deps, telemetry });
    const given = { generate, now: new Date('2026-11-20T14:05:00Z'), signal: AbortSignal.timeout(60_000) };
    for (const fact of await extractFacts(this.said().slice(-2), given)) {
      this.facts.set(`${fact.scope} ${fact.key}`, fact);
    }
    const outgrown = olderPart(this.said(this.covers), {
      share: summaryShare(),
      count: await tokenCounter(),
    });
    if (!outgrown) return;
    this.sentences = extended(this.sentences, await summariseMessages(outgrown.older, given));
    this.covers = outgrown.coversSeq;
  }
}

const search = (texts: readonly string[], turn: number) => ({
  type: 'tool-searchNotes',
  state: 'output-available',
  toolCallId: `search-${turn}`,
  input: { query: 'memory', limit: PASSAGES_EACH },
  output: {
    chunks: texts.map((text, index) => ({
      n: turn * PASSAGES_EACH + index + 1,
      docId: 'notes',
      ord: index,
      text,
      source: 'Memory',
      page: 1,
      similarity: 1,
      course: null,
      headingPath: [],
      locator: { kind: 'page', index: 1, total: 1, label: null },
      charStart: 0,
      charEnd: text.length,
    })),
    evidence: { score: 1, band: 'strong', missing: [] },
    documents: 1,
  },
});

/** What one turn reads here, and what it would read with everything that was said: whole, and in words alone. */
async function tokensOf(conversation: Conversation, text: string) {
  const count = await tokenCounter();
  const opened = conversation.opened(text);
  const common = {
    now: new Date('2026-11-20T14:05:00Z'),
    student: { displayName: null, gradeLevel: null, subjects: [], timezone: 'UTC' },
    documents: opened.documents,
    partners: [],
    budget: DEFAULT_TOKEN_BUDGET,
    count,
  };
  const sum = (parts: { tokens: number }[]) => parts.reduce((total, { tokens }) => total + tokens, 0);
  const ours = sum((await buildContext({ ...common, opened })).read);
  const bare = sum(
    (await buildContext({ ...common, opened: { ...opened, history: [], memory: [], summary: null } })).read,
  );
  const words = conversation.said().reduce((total, message) => total + count(message.text), 0);
  const whole = await convertToModelMessages(
    conversation.rows.map((row) => toClervaMessage(row)),
    { tools },
  );
  return { ours, whole: bare + count(JSON.stringify(whole)), words: bare + words };
}

async function answerTo(
  deps: TurnDependencies,
  conversation: Conversation,
  question: string,
): Promise<string> {
  const { db } = notesDatabase([]);
  const turn = startTurn(deps, {
    opened: conversation.opened(question),
    userId: randomUUID(),
    traceId: randomUUID(),
    db,
    store: { save: async () => true, finish: async () => undefined },
    now: new Date('2026-11-20T14:05:00Z'),
    deadlineMs: 60_000,
  });
  const { message, error } = await turn.finished;
  return error ? '' : messageText(message.parts);
}

async function run(): Promise<Measurement[]> {
  const facts = await plantedFacts();
  const notes = await paragraphs();
  const { deps, close } = await dependencies();
  const conversation = new Conversation();
  const totals = { ours: 0, whole: 0, words: 0 };
  try {
    for (let turn = 0; turn < TURNS; turn++) {
      const planted = facts.filter((_, index) => index % TURNS === turn).map(({ statement }) => statement);
      const text = `${planted.join(' ')} ${QUESTIONS[turn % QUESTIONS.length]}`;
      const tokens = await tokensOf(conversation, text);
      for (const name of ['ours', 'whole', 'words'] as const) totals[name] += tokens[name];
      conversation.say('user', [{ type: 'text', text }]);
      const found = Array.from(
        { length: PASSAGES_EACH },
        (_, index) => notes[(turn + index) % notes.length] ?? '',
      );
      conversation.say('assistant', [
        search(found, turn),
        { type: 'text', text: found.slice(0, 2).join('\n\n') },
      ]);
      await conversation.remember(deps);
    }
    const wrong: string[] = [];
    for (const { question, expected } of facts) {
      const answer = await answerTo(deps, conversation, question);
      if (!answer.toLowerCase().includes(expected.toLowerCase()))
        wrong.push(`${question} → ${answer.slice(0, 120)}`);
    }
    for (const line of wrong) console.log(`  not answered: ${line}`);
    const perTurn = (total: number) => Math.round(total / TURNS);
    return [
      {
        name: 'tokens a turn, share of the full history with what tools brought',
        value: totals.ours / totals.whole,
        unit: 'share',
        atMost: 0.5,
      },
      {
        name: 'tokens a turn, share of what was said in words alone',
        value: totals.ours / totals.words,
        unit: 'share',
        atMost: 0.5,
      },
      {
        name: 'tokens a turn',
        value: perTurn(totals.ours),
        unit: 'count',
        baseline: { name: 'full history', value: perTurn(totals.whole) },
      },
      {
        name: 'planted facts answered right',
        value: 1 - wrong.length / facts.length,
        unit: 'share',
        atLeast: 0.95,
      },
      { name: 'planted facts', value: facts.length, unit: 'count' },
    ];
  } finally {
    await close();
  }
}

export const memoryBenchmark: Benchmark = { name: 'Memory: 40 turns, 50 facts', run };
