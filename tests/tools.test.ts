import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asSchema } from 'ai';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { viewOf } from '../components/chat/tools/index.ts';
import type { ToolOutput } from '../components/chat/tools/tool-view.ts';
import type { ToolPart } from '../lib/agent/messages.ts';
import { type ToolName, tools } from '../lib/tools/index.ts';
import { JSON_ANSWER, testApi } from './setup/api.ts';
import { addNotes, startServices } from './setup/services.ts';

// Keeping the platform awake after a response has no meaning outside a request of Next.
vi.mock('next/server', () => ({ after: () => undefined }));

/**
 * One transcript per tool: what the student asks, the call it becomes, the rows it leaves and the sentence that follows.
 * They run against the local model; with GOLDEN_OPENAI_API_KEY (and GOLDEN_OPENAI_CHAT_MODEL) against a real one.
 */
const realModel = process.env.GOLDEN_OPENAI_API_KEY;

let docId: string;
const { api, services, students } = testApi({
  start: async () => {
    const started = await startServices();
    if (realModel) {
      vi.stubEnv('OPENAI_API_KEY', realModel);
      vi.stubEnv('OPENAI_BASE_URL', 'https://api.openai.com/v1');
      vi.stubEnv('OPENAI_CHAT_MODEL', process.env.GOLDEN_OPENAI_CHAT_MODEL ?? 'gpt-4.1-mini');
    }
    return started;
  },
  students: ['maya', 'ines'],
  routes: async () => ({ chat: await import('../app/api/ai-agent/chat/route.ts') }),
});
const { maya, ines } = students;

async function pagesOf(file: string): Promise<string[]> {
  const text = await readFile(join(import.meta.dirname, '..', 'supabase', 'seed', file), 'utf8');
  return text.split(/^(?=## )/m).map((page) => page.trim());
}

beforeAll(async () => {
  docId = await addNotes(services, { userId: maya.id, title: 'Memory', pages: await pagesOf('memory.md') });
  const { query } = services;
  await query(
    `update public.profile set visibility = 'everyone', display_name = initcap(split_part(u.email, '@', 1)),
       subjects = '{Psychology}', timezone = 'UTC'
     from auth.users u where u.id = user_id`,
  );
  await query(
    `insert into public.availability_block (user_id, dow, start_min, end_min, timezone)
     select u, d, 0, 1440, 'UTC' from unnest($1::uuid[]) u, generate_series(0, 6) d`,
    [[maya.id, ines.id]],
  );
  await query(
    `insert into public.presence (user_id, is_online, last_seen, current_activity)
     values ($1, true, now(), 'available')`,
    [ines.id],
  );
  await query(
    `insert into public.match_candidate (user_id, candidate_user_id, score) values ($1, $2, 0.8), ($2, $1, 0.8)`,
    [maya.id, ines.id],
  );
});

type Card<Name extends ToolName> = {
  tool: string;
  state: string;
  output: ToolOutput<Name>;
  approvalId: string;
};

async function send<Name extends ToolName>(body: unknown) {
  const answer = await api.chat.POST({}, { body, headers: JSON_ANSWER });
  expect(answer.status).toBe(200);
  const { text, threadId, cards } = answer.body;
  return { text: String(text), threadId: String(threadId), cards: cards as Card<Name>[] };
}

/** What became of a call that was asked for by its name; what the student reads of it is a sentence. */
async function use<Name extends ToolName>(tool: Name, input: unknown) {
  const answer = await send<Name>({ message: `Use ${tool} with ${JSON.stringify(input)}` });
  const [card] = answer.cards;
  if (!card) throw new Error(`No card of ${tool}: ${answer.text}`);
  expect(card.tool).toBe(tool);
  if (card.state === 'done') expect(answer.text).toMatch(SENTENCE);
  return { ...answer, card };
}

const SENTENCE = /\S+ \S+.*[.?!]/;

const count = async (from: string, parameters: unknown[] = []) =>
  (await services.query(`select 1 from public.${from}`, parameters)).length;

test('the documentation names every tool of the registry in its order, with what it takes and gives', async () => {
  const page = await readFile(join(import.meta.dirname, '..', 'docs', 'tools.md'), 'utf8');
  const namesIn = (cell = '') => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name);
  const documented = [...page.matchAll(/^\| (`\w+`) \| (.*) \| (.*) \|$/gm)].map(
    ([, name, takes, gives]) => ({
      name: namesIn(name)[0],
      takes: namesIn(takes),
      gives: namesIn(gives).toSorted(),
    }),
  );
  const registered = Object.entries<(typeof tools)[keyof typeof tools]>(tools).map(async ([name, tool]) => ({
    name,
    takes: Object.keys((await asSchema<unknown>(tool.inputSchema).jsonSchema).properties ?? {}),
    gives: Object.keys(tool.schemas.output.shape).toSorted(),
  }));
  expect(documented).toEqual(await Promise.all(registered));
});

test('a tool that asks first asks in words of its own', () => {
  for (const [name, { asksFirst }] of Object.entries(tools)) {
    // A stored part; only its type is read.
    const words = viewOf({ type: `tool-${name}` } as ToolPart)?.confirmation;
    expect([name, words !== undefined]).toEqual([name, asksFirst]);
  }
});

describe('asked for by name and arguments', () => {
  test('searchNotes finds passages and the answer cites them', async () => {
    const { card, text } = await use('searchNotes', { query: 'working memory', limit: 5 });
    expect(card).toMatchObject({
      state: 'done',
      output: { chunks: expect.arrayContaining([expect.anything()]) },
    });
    expect(text).toContain('[1]');
  });

  test('summarizeSession gives summary, key points, tasks and cards, and stores nothing', async () => {
    const transcript =
      'Today we studied encoding. Encoding is the process that turns what we perceive into a memory trace. Deep processing of meaning leads to better recall than shallow processing. Homework: read pages 10 to 14 about retrieval until Friday.';
    const { card } = await use('summarizeSession', { transcript });
    expect(card).toMatchObject({
      state: 'done',
      output: {
        summary: expect.stringMatching(/encoding|processing/i),
        keyPoints: expect.any(Array),
        tasks: expect.arrayContaining([{ title: expect.any(String), etaMin: expect.any(Number) }]),
        flashcards: expect.any(Array),
      },
    });
    expect(await count('flashcard')).toBe(0);
  });

  test('generateQuiz stores a quiz whose items have four choices, one answer and a verbatim source', async () => {
    const order = { topic: 'memory', difficulty: 'mixed', n: 5 };
    const { quizId, items } = (await use('generateQuiz', order)).card.output;
    expect(items.length).toBeGreaterThan(0);
    for (const { choices, answer, source } of items) {
      expect(new Set(choices.map((choice) => choice.text)).size).toBe(4);
      expect(choices.map(({ id }) => id)).toContain(answer);
      expect(source.docId).toBe(docId);
      expect(
        await count('doc_chunk where doc_id = $1 and strpos(content, $2) > 0', [docId, source.quote]),
      ).toBeGreaterThan(0);
    }
    expect(await count('quiz where id = $1 and jsonb_array_length(items) = $2', [quizId, items.length])).toBe(
      1,
    );
  });

  test('generateQuiz gives the page that reads along, and what is stored, no key to its questions', async () => {
    const order = JSON.stringify({ topic: 'memory', difficulty: 'mixed', n: 3 });
    const message = `Use generateQuiz with ${order}`;
    const events = await (await api.chat.POST.response({}, { as: maya, body: { message } })).text();
    const [stored] = await services.query<{ parts: object }>(
      "select parts from public.message where role = 'assistant' order by seq desc limit 1",
    );
    for (const text of [events, JSON.stringify(stored?.parts)]) {
      expect(text).toContain('"choices":[{"id":');
      expect(text).not.toMatch(/"(?:answer|explanation|source|why)":/);
    }
  });

  test('addFlashcards stores the cards to be kept, edited or dropped', async () => {
    const cards = [
      { front: 'What turns perception into memory?', back: 'Encoding' },
      { front: 'How many items does working memory hold?', back: 'About four' },
    ];
    const { card } = await use('addFlashcards', { cards });
    expect(card.output).toMatchObject({ count: 2, flashcardIds: [expect.any(String), expect.any(String)] });
    expect(
      await count('flashcard where user_id = $1 and proposed and id = any($2)', [
        maya.id,
        card.output.flashcardIds,
      ]),
    ).toBe(2);
  });

  test('createStudyPlan stores weeks whose tasks fit', async () => {
    const deadline = new Date(Date.now() + 21 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
    const order = { goals: ['Memory', 'Encoding'], timePerDayMin: 30, daysPerWeek: 5, deadline };
    const { planId, weekBlocks } = (await use('createStudyPlan', order)).card.output;
    expect(weekBlocks.length).toBeGreaterThan(1);
    for (const { tasks: planned } of weekBlocks) {
      expect(planned.reduce((sum, { etaMin }) => sum + etaMin, 0)).toBeLessThanOrEqual(30 * 5);
    }
    expect(await count('study_plan where id = $1', [planId])).toBe(1);
  });

  const text = expect.any(String);
  const number = expect.any(Number);
  const list = expect.any(Array);
  test.each<[ToolName, string, () => object, () => object]>([
    [
      'buildLearningProfile',
      'gives what was measured, and with nothing measured says so',
      () => ({ forceRebuild: true }),
      () => ({
        strengths: [],
        weaknesses: [],
        recommendedFocus: list,
        analytics: { totalAttempts: 0, topicBreakdown: [] },
      }),
    ],
    [
      'matchCandidates',
      'finds the visible partner',
      () => ({ topK: 5 }),
      () => ({ candidates: [{ userId: ines.id, score: number }] }),
    ],
    [
      'matchInsight',
      'explains the fit and says when',
      () => ({ candidateId: ines.id }),
      () => ({
        compatibilityScore: number,
        complementarySkills: list,
        risks: list,
        jointStudyPlan: list,
        canStudyNow: true,
        nextBestTimes: expect.arrayContaining([
          expect.objectContaining({ whenISO: text, confidence: number }),
        ]),
      }),
    ],
    [
      'getOnlineUsers',
      'gives who is here',
      () => ({}),
      () => ({ users: [{ userId: ines.id, currentActivity: 'available', lastSeen: text }], total: 1 }),
    ],
    [
      'getAvailability',
      'gives the weekly windows',
      () => ({ targetUserId: ines.id, dow: 1 }),
      () => ({ windows: [{ dow: 1, startMin: 0, endMin: 1440, timezone: 'UTC' }] }),
    ],
  ])('%s %s', async (tool, _says, input, output) => {
    expect((await use(tool, input())).card.output).toMatchObject(output());
  });

  test('a profile that was worked out is kept', async () => {
    await use('buildLearningProfile', { forceRebuild: true });
    expect(await count('learning_profile where user_id = $1', [maya.id])).toBe(1);
  });

  test('sendNudge sends after the student’s yes', async () => {
    const message = 'Shall we study memory together?';
    const asked = await use('sendNudge', { toUserId: ines.id, message, nudgeType: 'study_invite' });
    expect(asked.card.state).toBe('approval-requested');
    const { cards, text } = await send<'sendNudge'>({
      threadId: asked.threadId,
      approvals: [{ approvalId: asked.card.approvalId, approved: true }],
    });
    expect(cards[0]?.output).toMatchObject({
      success: true,
      nudgeId: expect.any(String),
      sentAt: expect.any(String),
    });
    expect(
      await count('nudge where id = $1 and to_user_id = $2 and message = $3', [
        cards[0]?.output.nudgeId,
        ines.id,
        message,
      ]),
    ).toBe(1);
    expect(text).toMatch(SENTENCE);
  });
});
