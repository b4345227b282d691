import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { QuizItem } from '@/lib/domain/quiz';
import { toItems } from '@/lib/study/quiz/assemble';

import { forest, seeded } from '@/lib/study/quiz/test-drafts';
import { sourceOf } from '@/lib/study/source';
import { type Services, signUp, startServices, type TestStudent } from '@/tests/support/chat-harness';

const evidence = vi.hoisted(() => [] as { userId: string; kind: string }[]);
vi.mock('next/server', () => ({ after: (work: () => unknown) => work() }));
vi.mock('@/inngest/evidence', () => ({
  recordEvidence: async (recorded: { userId: string; kind: string }) => {
    evidence.push(recorded);
  },
}));

type Handler<Params> = (request: Request, context: { params: Promise<Params> }) => Promise<Response>;
type Body = Record<string, unknown>;

const { drafts, passages } = forest(3);
const items: QuizItem[] = toItems(
  drafts.flatMap((draft, index) => {
    const passage = passages[index];
    const source = passage ? sourceOf(passage, draft.quote) : null;
    return source ? [{ draft, source, isFresh: true }] : [];
  }),
  { topic: 'Trees', random: seeded(2) },
);
const SECRETS = ['"answer"', 'explanation', 'why', 'quote'];

describe('the quiz API', () => {
  let services: Services;
  let owner: TestStudent;
  let stranger: TestStudent;
  let routes: Awaited<ReturnType<typeof loadRoutes>>;

  const loadRoutes = async () => ({
    all: await import('./route'),
    one: await import('./[quizId]/route'),
    attempts: await import('./[quizId]/attempts/route'),
    report: await import('./[quizId]/items/[itemId]/report/route'),
    answers: await import('./attempts/[attemptId]/answers/route'),
    finish: await import('./attempts/[attemptId]/finish/route'),
  });

  beforeAll(async () => {
    services = await startServices();
    routes = await loadRoutes();
    owner = await signUp(services, 'owner@example.com');
    stranger = await signUp(services, 'stranger@example.com');
  });
  afterAll(() => services.close());

  async function call<Params extends object>(
    handler: Handler<Params>,
    params: Params,
    options: { as?: TestStudent | null; method?: string; body?: unknown } = {},
  ) {
    const student = options.as === undefined ? owner : options.as;
    const response = await handler(
      new Request('http://localhost:3000/api/quizzes', {
        method: options.method ?? 'GET',
        headers: {
          ...(student ? { authorization: `Bearer ${student.token}` } : {}),
          ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      }),
      { params: Promise.resolve(params) },
    );
    const text = await response.text();
    // Every answer with a body is an object; its fields are what the tests compare.
    return { status: response.status, text, body: (text === '' ? {} : JSON.parse(text)) as Body };
  }

  async function addQuiz(): Promise<string> {
    const [row] = await services.gateway.database.query<{ id: string }>(
      `insert into public.quiz (user_id, topic, items) values ($1, 'Trees', $2) returning id`,
      [owner.id, items],
    );
    return row?.id ?? expect.fail('no quiz');
  }
  const start = async (quizId: string, body: unknown = {}) => {
    const { body: answer } = await call(routes.attempts.POST, { quizId }, { method: 'POST', body });
    return answer.attempt as { id: string; itemIds: string[] };
  };
  const answer = (attemptId: string, body: unknown, as: TestStudent | null = owner) =>
    call(routes.answers.POST, { attemptId }, { as, method: 'POST', body });
  const finish = (attemptId: string, as: TestStudent | null = owner) =>
    call(routes.finish.POST, { attemptId }, { as, method: 'POST' });

  test('tells nothing of a question before it is answered, and all of it after', async () => {
    const quizId = await addQuiz();
    const before = await call(routes.one.GET, { quizId });
    expect(before.body).toMatchObject({
      topic: 'Trees',
      attempt: null,
      items: [{ id: 'q1', solution: null }, {}, {}],
    });
    for (const secret of SECRETS) expect(before.text).not.toContain(secret);

    const { id } = await start(quizId);
    const [one] = items;
    const told = await answer(id, {
      itemId: 'q1',
      optionId: one?.answer,
      confidence: 'certain',
      durationMs: 900,
    });
    expect(told).toMatchObject({
      status: 200,
      body: {
        correct: true,
        answer: one?.answer,
        explanation: one?.explanation,
        source: one?.source,
        attempt: { id, correct: 1, total: 3, finishedAt: null },
      },
    });
    expect(Object.keys(told.body.whys as Body)).toHaveLength(3);
    const after = await call(routes.one.GET, { quizId });
    expect(after.body).toMatchObject({
      items: [{ solution: { answer: one?.answer } }, { solution: null }, {}],
    });
  });

  test('another attempt hides the answers again', async () => {
    const quizId = await addQuiz();
    await finish((await start(quizId)).id);
    expect((await call(routes.one.GET, { quizId })).text).toContain('explanation');
    await start(quizId);
    expect((await call(routes.one.GET, { quizId })).text).not.toContain('explanation');
  });

  test('answers alike when asked twice, and says once that there is new evidence', async () => {
    evidence.length = 0;
    const quizId = await addQuiz();
    const [first, second] = await Promise.all([start(quizId), start(quizId)]);
    expect(first.id).toBe(second.id);
    for (const { id: itemId, answer: optionId } of items) {
      const both = await Promise.all([1, 2].map(() => answer(first.id, { itemId, optionId })));
      expect(both[0]?.body.graded).toEqual(both[1]?.body.graded);
    }
    await Promise.all([finish(first.id), finish(first.id)]);
    expect(evidence).toEqual([{ userId: owner.id, kind: 'attempt' }]);
    const { body } = await call(routes.all.GET, {});
    expect((body.quizzes as Body[]).find(({ id }) => id === quizId)).toMatchObject({
      questions: 3,
      running: null,
      finishedAttempts: 1,
      last: { score: 1, correct: 3, total: 3 },
    });
  });

  test('practises a part again, and leaves reported questions out', async () => {
    const quizId = await addQuiz();
    expect((await start(quizId, { itemIds: ['q2'] })).itemIds).toEqual(['q2']);
    await finish((await start(quizId)).id);
    const report = (itemId: string, method: string, as: TestStudent | null = owner) =>
      call(
        method === 'POST' ? routes.report.POST : routes.report.DELETE,
        { quizId, itemId },
        {
          as,
          method,
          ...(method === 'POST' ? { body: { reason: 'two right answers' } } : {}),
        },
      );
    expect((await report('q1', 'POST')).status).toBe(200);
    expect((await report('q9', 'POST')).status).toBe(404);
    expect((await report('q1', 'POST', stranger)).status).toBe(404);
    await finish((await start(quizId)).id);
    expect((await call(routes.one.GET, { quizId })).body).toMatchObject({
      attempt: { itemIds: ['q2', 'q3'] },
      items: [{ isReported: true }, { isReported: false }, {}],
    });
    expect((await report('q1', 'DELETE')).status).toBe(204);
    expect((await start(quizId)).itemIds).toEqual(['q1', 'q2', 'q3']);
  });

  test('shows and changes nothing for anybody but its owner', async () => {
    const quizId = await addQuiz();
    const { id } = await start(quizId);
    for (const as of [stranger, null]) {
      const status = as ? 404 : 401;
      expect((await call(routes.one.GET, { quizId }, { as })).status).toBe(status);
      expect((await call(routes.one.DELETE, { quizId }, { as, method: 'DELETE' })).status).toBe(status);
      expect((await call(routes.attempts.POST, { quizId }, { as, method: 'POST', body: {} })).status).toBe(
        status,
      );
      expect((await answer(id, { itemId: 'q1', optionId: 'a' }, as)).status).toBe(status);
      expect((await finish(id, as)).status).toBe(status);
    }
    expect((await call(routes.all.GET, {}, { as: stranger })).body).toEqual({ quizzes: [] });
    expect((await call(routes.one.DELETE, { quizId }, { method: 'DELETE' })).status).toBe(204);
    expect((await call(routes.one.GET, { quizId })).status).toBe(404);
    expect((await finish(id)).status).toBe(404);
  });

  test('refuses what is no answer with a clear code', async () => {
    const { id } = await start(await addQuiz());
    for (const body of [
      {},
      { itemId: 'q1' },
      { itemId: 'q1', optionId: 7 },
      { itemId: 'q1', optionId: 'z' },
      { itemId: 'q9', optionId: 'a' },
      { itemId: 'q1', optionId: 'a', confidence: 'very' },
      { itemId: 'q1', optionId: 'a', durationMs: -1 },
    ]) {
      expect(await answer(id, body)).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    }
    expect((await answer('not-an-id', { itemId: 'q1', optionId: 'a' })).status).toBe(404);
    expect((await answer(crypto.randomUUID(), { itemId: 'q1', optionId: 'a' })).status).toBe(404);
    expect(
      (await call(routes.attempts.POST, { quizId: crypto.randomUUID() }, { method: 'POST', body: {} }))
        .status,
    ).toBe(404);
  });
});
