import { describe, expect, test, vi } from 'vitest';
import { treeItems } from '@/lib/study/quiz/test-drafts';
import { type CallOptions, testApi } from '@/tests/setup/api';

const evidence = vi.hoisted(() => [] as { userId: string; kind: string }[]);
vi.mock('next/server', () => ({ after: (work: () => unknown) => work() }));
vi.mock('@/inngest/notify', () => ({
  recordEvidence: async (recorded: { userId: string; kind: string }) => {
    evidence.push(recorded);
  },
}));

const items = treeItems(3);
const SECRETS = ['"answer"', 'explanation', 'why', 'quote'];

describe('the quiz API', () => {
  const { api, services, students } = testApi({
    students: ['owner', 'stranger'],
    routes: async () => ({
      all: await import('./route'),
      one: await import('./[quizId]/route'),
      attempts: await import('./[quizId]/attempts/route'),
      report: await import('./[quizId]/items/[itemId]/report/route'),
      answers: await import('./attempts/[attemptId]/answers/route'),
      finish: await import('./attempts/[attemptId]/finish/route'),
    }),
  });
  const { owner, stranger } = students;

  async function addQuiz(): Promise<string> {
    const [row] = await services.query<{ id: string }>(
      `insert into public.quiz (user_id, topic, items) values ($1, 'Trees', $2) returning id`,
      [owner.id, items],
    );
    return row?.id ?? expect.fail('no quiz');
  }
  const start = async (quizId: string, body: unknown = {}): Promise<{ id: string; itemIds: string[] }> =>
    (await api.attempts.POST({ quizId }, { body })).body.attempt;
  const answer = (attemptId: string, body: unknown, as: CallOptions['as'] = owner) =>
    api.answers.POST({ attemptId }, { as, body });
  const finish = (attemptId: string, as: CallOptions['as'] = owner) => api.finish.POST({ attemptId }, { as });

  test('tells nothing of a question before it is answered, and all of it after', async () => {
    const quizId = await addQuiz();
    const before = await api.one.GET({ quizId });
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
    expect(Object.keys(told.body.whys)).toHaveLength(3);
    const after = await api.one.GET({ quizId });
    expect(after.body).toMatchObject({
      items: [{ solution: { answer: one?.answer } }, { solution: null }, {}],
    });
  });

  test('another attempt hides the answers again', async () => {
    const quizId = await addQuiz();
    await finish((await start(quizId)).id);
    expect((await api.one.GET({ quizId })).text).toContain('explanation');
    await start(quizId);
    expect((await api.one.GET({ quizId })).text).not.toContain('explanation');
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
    const { body } = await api.all.GET();
    expect(body.quizzes.find(({ id }: { id: string }) => id === quizId)).toMatchObject({
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
    const report = (itemId: string, as = owner) =>
      api.report.POST({ quizId, itemId }, { as, body: { reason: 'two right answers' } });
    expect((await report('q1')).status).toBe(200);
    expect((await report('q9')).status).toBe(404);
    expect((await report('q1', stranger)).status).toBe(404);
    await finish((await start(quizId)).id);
    expect((await api.one.GET({ quizId })).body).toMatchObject({
      attempt: { itemIds: ['q2', 'q3'] },
      items: [{ isReported: true }, { isReported: false }, {}],
    });
    expect((await api.report.DELETE({ quizId, itemId: 'q1' })).status).toBe(204);
    expect((await start(quizId)).itemIds).toEqual(['q1', 'q2', 'q3']);
  });

  test('shows and changes nothing for anybody but its owner', async () => {
    const quizId = await addQuiz();
    const { id } = await start(quizId);
    for (const as of [stranger, null]) {
      const status = as ? 404 : 401;
      expect((await api.one.GET({ quizId }, { as })).status).toBe(status);
      expect((await api.one.DELETE({ quizId }, { as })).status).toBe(status);
      expect((await api.attempts.POST({ quizId }, { as, body: {} })).status).toBe(status);
      expect((await answer(id, { itemId: 'q1', optionId: 'a' }, as)).status).toBe(status);
      expect((await finish(id, as)).status).toBe(status);
    }
    expect((await api.all.GET({}, { as: stranger })).body).toEqual({ quizzes: [] });
    expect((await api.one.DELETE({ quizId })).status).toBe(204);
    expect((await api.one.GET({ quizId })).status).toBe(404);
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
    expect((await api.attempts.POST({ quizId: crypto.randomUUID() }, { body: {} })).status).toBe(404);
  });
});
