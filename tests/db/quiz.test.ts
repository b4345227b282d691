import { describe, expect, test } from 'vitest';
import type { Attempt, AttemptAnswer, QuizItem } from '../../lib/domain/quiz.ts';
import { recount, treeItems } from '../../lib/study/quiz/test-drafts.ts';
import { seeded } from '../../lib/test-random.ts';
import type { Persona } from '../../local/supabase/database.ts';
import { addChunksInBulk, suiteFixture } from './fixture.ts';

const DENIED = '42501';
type Graded = { isNew: boolean; item: QuizItem; graded: AttemptAnswer; attempt: Attempt };

/** A quiz with its first two questions at hand. */
function twoOf(count: number) {
  const items = treeItems(count, 1);
  const [one, two] = items;
  if (!one || !two) throw new Error('No items.');
  return { items, one, two };
}

const wrongOf = (item: QuizItem) => item.choices.find(({ id }) => id !== item.answer)?.id ?? '';

describe('an attempt at a quiz', () => {
  const db = suiteFixture();

  async function addQuiz(items: readonly QuizItem[], owner = db.owner): Promise<string> {
    const { id } = await db.rowOf<{ id: string }>(
      `insert into public.quiz (user_id, topic, items) values ($1, 'Trees', $2) returning id`,
      [owner, items],
    );
    return id;
  }
  const start = (quizId: string, persona: Persona = db.owner, itemIds: string[] | null = null) =>
    db.valueOf<Attempt>(persona, 'public.start_attempt($1, $2)', [quizId, itemIds]);
  const answer = (
    attemptId: string,
    itemId: string,
    optionId: string | null,
    confidence: string | null = 'fairly',
  ) =>
    db.valueOf<Graded>(db.owner, 'public.answer_question($1, $2, $3, $4, 1200)', [
      attemptId,
      itemId,
      optionId,
      confidence,
    ]);
  const finish = (attemptId: string, persona: Persona = db.owner) =>
    db.valueOf<{ isNew: boolean; attempt: Attempt }>(persona, 'public.finish_attempt($1)', [attemptId]);
  const stored = (attemptId: string) =>
    db.rowOf('select answers, score from public.quiz_attempt where id = $1', [attemptId]);

  test('is graded by the option’s id, once, and tells the whole answer in one go', async () => {
    const { items, one, two } = twoOf(3);
    const attempt = await start(await addQuiz(items));
    expect(attempt).toMatchObject({
      itemIds: ['q1', 'q2', 'q3'],
      correct: 0,
      total: 3,
      score: null,
      finishedAt: null,
    });
    const first = await answer(attempt.id, one.id, one.answer, 'certain');
    expect(first).toMatchObject({
      isNew: true,
      item: { answer: one.answer, explanation: one.explanation },
      graded: {
        itemId: one.id,
        optionId: one.answer,
        correct: true,
        confidence: 'certain',
        durationMs: 1200,
      },
      attempt: { correct: 1, total: 3, score: null },
    });
    const again = await answer(attempt.id, one.id, wrongOf(one), 'guessing');
    expect(again).toEqual({ ...first, isNew: false });
    expect((await answer(attempt.id, two.id, wrongOf(two))).graded.correct).toBe(false);
  });

  test('ends by itself with the last answer; the score is right / all', async () => {
    const items = treeItems(3, 1);
    const attempt = await start(await addQuiz(items));
    for (const item of items.slice(0, 2)) await answer(attempt.id, item.id, item.answer);
    const last = await answer(attempt.id, items[2]?.id ?? '', null);
    expect(last.graded).toMatchObject({ optionId: null, confidence: null, correct: false });
    expect(last.attempt).toMatchObject({ correct: 2, total: 3, score: 2 / 3 });
    expect(last.attempt.finishedAt).not.toBeNull();
  });

  test('ended early counts the rest as skipped, keeps its end, and takes no more answers', async () => {
    const { items, one, two } = twoOf(4);
    const attempt = await start(await addQuiz(items));
    await answer(attempt.id, one.id, one.answer);
    const ended = await finish(attempt.id);
    expect(ended).toMatchObject({ isNew: true, attempt: { correct: 1, total: 4, score: 0.25 } });
    expect(ended.attempt.answers.map(({ itemId, optionId }) => [itemId, optionId])).toEqual([
      ['q1', one.answer],
      ['q2', null],
      ['q3', null],
      ['q4', null],
    ]);
    expect(await finish(attempt.id)).toEqual({ ...ended, isNew: false });
    expect(await answer(attempt.id, two.id, two.answer)).toMatchObject({
      isNew: false,
      graded: { optionId: null },
    });
    expect((await stored(attempt.id)).score).toBe(0.25);
  });

  test('is the same one in two tabs, and a new one after it ended', async () => {
    const quizId = await addQuiz(treeItems(2, 1));
    const both = await Promise.all([start(quizId), start(quizId), start(quizId)]);
    expect(new Set(both.map(({ id }) => id)).size).toBe(1);
    await finish(both[0]?.id ?? '');
    expect((await start(quizId)).id).not.toBe(both[0]?.id);
  });

  test('may ask a part of the quiz, and nothing the quiz does not hold', async () => {
    const quizId = await addQuiz(treeItems(4, 1));
    expect(await start(quizId, db.owner, ['q3', 'q1', 'q9'])).toMatchObject({
      itemIds: ['q1', 'q3'],
      total: 2,
    });
    const other = await addQuiz(treeItems(2, 1));
    expect(await db.codeOf(db.owner, `select public.start_attempt($1, '{x}')`, [other])).toBe('PT409');
  });

  test('leaves out what was reported before it began', async () => {
    const quizId = await addQuiz(treeItems(3, 1));
    const running = await start(quizId);
    for (let twice = 0; twice < 2; twice++) {
      await db.valueOf(db.owner, 'public.report_question($1, $2, $3)', [quizId, 'q2', ' two right answers ']);
    }
    expect(
      await db.query('select item_id, reason from public.quiz_item_report where quiz_id = $1', [quizId]),
    ).toEqual([{ item_id: 'q2', reason: 'two right answers' }]);
    expect((await finish(running.id)).attempt.total).toBe(3);
    expect((await start(quizId)).itemIds).toEqual(['q1', 'q3']);
    expect(await db.codeOf(db.owner, `select public.report_question($1, 'q99')`, [quizId])).toBe('PT404');
    expect(await db.codeOf(db.stranger, `select public.report_question($1, 'q1')`, [quizId])).toBe('PT404');
  });

  test('refuses a question or an option it does not have', async () => {
    const items = treeItems(2, 1);
    const attempt = await start(await addQuiz(items));
    const sql = 'select public.answer_question($1, $2, $3)';
    expect(await db.codeOf(db.owner, sql, [attempt.id, 'q7', 'a'])).toBe('PT400');
    expect(await db.codeOf(db.owner, sql, [attempt.id, 'q1', 'z'])).toBe('PT400');
    expect(await db.codeOf(db.owner, sql, [crypto.randomUUID(), 'q1', 'a'])).toBe('PT404');
    expect((await stored(attempt.id)).answers).toEqual([]);
  });

  test('is out of a stranger’s reach', async () => {
    const items = treeItems(2, 1);
    const quizId = await addQuiz(items);
    const attempt = await start(quizId);
    expect(await db.codeOf(db.stranger, 'select public.start_attempt($1)', [quizId])).toBe('PT404');
    expect(await db.codeOf(db.stranger, `select public.answer_question($1, 'q1', 'a')`, [attempt.id])).toBe(
      'PT404',
    );
    expect(await db.codeOf(db.stranger, 'select public.finish_attempt($1)', [attempt.id])).toBe('PT404');
    expect(await db.valueOf(db.stranger, 'public.read_quiz($1)', [quizId])).toBeNull();
    expect(
      await db.codeOf(db.stranger, 'insert into public.quiz_attempt (quiz_id) values ($1)', [quizId]),
    ).toBe('23503');
  });
});

/** Questions that are not one of four choices, as they are stored. */
const FORMATS = {
  typed: {
    format: 'typed',
    choices: [],
    answer: 'Short-term storage',
    words: [['short'], ['term'], ['storage']],
    foes: ['long', 'encoding', 'not'],
  },
  truth: {
    format: 'truth',
    claim: 'encoding',
    right: 'storage',
    choices: [{ id: 'true' }, { id: 'false' }],
    answer: 'false',
    words: [['storage']],
    foes: ['encoding'],
  },
  matching: {
    format: 'matching',
    prompts: [{}, {}, {}, {}],
    choices: [...'abcd'].map((id) => ({ id })),
    answer: 'c,a,d,b',
  },
  ordering: { format: 'ordering', choices: [...'abcd'].map((id) => ({ id })), answer: 'c,a,d,b' },
};
type Format = keyof typeof FORMATS;

describe('an answer that is more than right or wrong', () => {
  const db = suiteFixture();

  async function grade(format: Format, optionId: string, text: string | null = null) {
    const item = {
      id: 'q1',
      q: '?',
      topic: 'T',
      concept: 'storage',
      explanation: 'e',
      source: {},
      ...FORMATS[format],
    };
    return db.asUser(db.owner, async (query) => {
      const [quiz] = await query<{ id: string }>(
        `select public.create_quiz(jsonb_build_object('topic', 'T', 'items', $1::jsonb)) as id`,
        [[item]],
      );
      const [begun] = await query<{ attempt: Attempt }>('select public.start_attempt($1) as attempt', [
        quiz?.id,
      ]);
      const [before] = await query<{ quiz: unknown }>('select public.read_quiz($1) as quiz', [quiz?.id]);
      const [told] = await query<{ graded: Graded }>(
        `select public.answer_question($1, 'q1', $2, 'fairly', 9, $3) as graded`,
        [begun?.attempt.id, optionId, text],
      );
      return { before: JSON.stringify(before?.quiz), ...told?.graded };
    });
  }

  test.each<[Format, string, string | null, number, Partial<AttemptAnswer>]>([
    [
      'typed',
      'typed',
      'short-term STORAGE',
      1,
      { there: ['short', 'term', 'storage'], missed: [], astray: [] },
    ],
    [
      'typed',
      'typed',
      'the storáge, for a short time',
      2 / 3,
      { there: ['short', 'storage'], missed: ['term'] },
    ],
    ['typed', 'typed', 'shrot storages', 2 / 3, { there: ['short', 'storage'] }],
    ['typed', 'typed', 'not short term storage', 2 / 3, { astray: ['not'] }],
    ['typed', 'typed', 'short long term storage encoding', 1 / 3, { astray: ['encoding', 'long'] }],
    ['typed', 'typed', 'no idea', 0, { there: [] }],
    ['truth', 'true', null, 0, {}],
    ['truth', 'false', null, 0.5, {}],
    ['truth', 'false', 'it is storage', 1, { there: ['storage'] }],
    ['truth', 'false', 'encoding storage', 0.5, { astray: ['encoding'] }],
    ['matching', 'c,a,d,b', null, 1, {}],
    ['matching', 'c,a,b,d', null, 0.5, {}],
    ['ordering', 'c,a,d,b', null, 1, {}],
    ['ordering', 'a,c,d,b', null, 2 / 3, {}],
    ['ordering', 'b,d,a,c', null, 0, {}],
  ])('has credit: %s, %s, %s is worth %d', async (format, optionId, text, credit, words) => {
    const { before, graded, attempt } = await grade(format, optionId, text);
    expect(graded).toMatchObject({ credit: expect.closeTo(credit, 9), correct: credit === 1, ...words });
    expect(attempt).toMatchObject({
      score: expect.closeTo(credit, 9),
      correct: credit === 1 ? 1 : 0,
      total: 1,
    });
    // Nothing that tells it was to be read before.
    expect(before).not.toMatch(/"(?:answer|words|foes|right|sources|explanation|concept)"/);
  });

  test.each<[Format, string, string | null]>([
    ['typed', 'typed', ' '],
    ['typed', 'typed', null],
    ['truth', 'maybe', null],
    ['matching', 'c,a,d', null],
    ['matching', 'c,a,d,d', null],
    ['ordering', 'c,a,d,z', null],
    ['ordering', 'typed', 'c,a,d,b'],
  ])('is refused where it is none: %s, %s', async (format, optionId, text) => {
    await expect(grade(format, optionId, text)).rejects.toMatchObject({ code: 'PT400' });
  });

  test.each([
    ['retrieve', 'retrieval', true],
    ['encoded', 'encoding', true],
    ['cat', 'cats', true],
    ['nitrate', 'nitrite', true],
    ['efferent', 'afferent', false],
    ['hydroxide', 'hydrogen', false],
    ['16384', '16385', false],
    ['cot', 'cat', false],
  ])('takes %s for %s: %s', async (given, wanted, isSame) => {
    expect(await db.query('select private.is_word($1, $2) as same', [given, wanted])).toEqual([
      { same: isSame },
    ]);
  });
});

describe('a score', () => {
  const db = suiteFixture();

  async function begin(items: readonly QuizItem[]) {
    return db.asUser(db.owner, async (query) => {
      const [quiz] = await query<{ id: string }>(
        `select public.create_quiz(jsonb_build_object('topic', 'Trees', 'items', $1::jsonb)) as id`,
        [items],
      );
      const [attempt] = await query<{ id: string }>(
        'insert into public.quiz_attempt (quiz_id) values ($1) returning id',
        [quiz?.id],
      );
      return { quizId: quiz?.id ?? '', attemptId: attempt?.id ?? '' };
    });
  }

  test('cannot be written by its student', async () => {
    const { quizId, attemptId } = await begin(treeItems(2, 1));
    for (const change of [
      'score = 1',
      'correct = 2',
      'total = 1',
      `item_ids = '{q1}'`,
      'quiz_id = quiz_id',
      'started_at = now()',
    ]) {
      expect([
        change,
        await db.codeOf(db.owner, `update public.quiz_attempt set ${change} where id = $1`, [attemptId]),
      ]).toEqual([change, DENIED]);
    }
    for (const columns of ['score', 'correct', 'total']) {
      expect(
        await db.codeOf(db.owner, `insert into public.quiz_attempt (quiz_id, ${columns}) values ($1, 1)`, [
          quizId,
        ]),
      ).toBe(DENIED);
    }
    expect(await db.codeOf(db.owner, `update public.quiz set items = '[]' where id = $1`, [quizId])).toBe(
      DENIED,
    );
  });

  test('cannot be forged through the answers: what they say of themselves is not believed', async () => {
    const { items, one, two } = twoOf(2);
    const { attemptId } = await begin(items);
    const write = (answers: unknown) =>
      db.asUser(db.owner, async (query) => {
        const [row] = await query<{
          answers: AttemptAnswer[];
          correct: number;
          score: number | null;
          finished_at: string | null;
        }>(
          'update public.quiz_attempt set answers = $2 where id = $1 returning answers, correct, score, finished_at',
          [attemptId, JSON.stringify(answers)],
        );
        return row;
      });
    const forged = await write([
      {
        itemId: one.id,
        optionId: wrongOf(one),
        correct: true,
        confidence: 'very',
        durationMs: -5,
        answeredAt: '1999-01-01T00:00:00Z',
        score: 1,
      },
    ]);
    expect(forged).toMatchObject({ correct: 0, score: null, finished_at: null });
    expect(forged?.answers).toEqual([
      {
        itemId: one.id,
        optionId: wrongOf(one),
        correct: false,
        confidence: null,
        durationMs: 0,
        answeredAt: expect.stringMatching(/^20[2-9]/),
      },
    ]);
    // Neither taking an answer back nor changing it is possible.
    expect((await write([]))?.answers).toEqual(forged?.answers);
    expect((await write([{ itemId: one.id, optionId: one.answer }]))?.answers).toEqual(forged?.answers);
    for (const answers of [
      '{}',
      '[1]',
      '[{}]',
      '[{"itemId":"q9"}]',
      `[{"itemId":"q2","optionId":"z"}]`,
      'null',
    ]) {
      const sql = 'update public.quiz_attempt set answers = $2::jsonb where id = $1';
      expect([answers, await db.codeOf(db.owner, sql, [attemptId, answers])]).toEqual([answers, 'PT400']);
    }
    expect(await write([{ itemId: two.id, optionId: two.answer }])).toMatchObject({ correct: 1, score: 0.5 });
    const reopened = await db.rowsOf(
      db.owner,
      'update public.quiz_attempt set finished_at = null where id = $1 returning score, finished_at',
      [attemptId],
    );
    expect(reopened).toEqual([{ score: 0.5, finished_at: expect.any(String) }]);
  });

  test('is a plain recount’s after 1,000 random attempts with repeated and concurrent submits', async () => {
    const random = seeded(20_261_121);
    const pick = <T>(list: readonly T[]): T =>
      list[Math.floor(random() * list.length)] ?? expect.fail('empty');
    const lanes = 20;
    const attempts = 50;
    const wrong: unknown[] = [];
    let scored = 0;
    await Promise.all(
      Array.from({ length: lanes }, async (_, lane) => {
        const items = treeItems(1 + (lane % 5), lane + 1);
        const { quizId } = await begin(items);
        for (let round = 0; round < attempts; round++) {
          await db.asUser(db.owner, async (query) => {
            const [row] = await query<{ attempt: Attempt }>('select public.start_attempt($1) as attempt', [
              quizId,
            ]);
            const id = row?.attempt.id ?? '';
            const given: { itemId: string; optionId: string | null }[] = [];
            for (const item of items) {
              if (random() < 0.15) continue;
              const submits = Array.from({ length: 1 + Math.floor(random() * 3) }, () => ({
                itemId: item.id,
                optionId: random() < 0.1 ? null : pick(item.choices).id,
              }));
              given.push(...submits);
            }
            const direct = random() < 0.3;
            if (direct) {
              await query('update public.quiz_attempt set answers = $2 where id = $1', [
                id,
                JSON.stringify(given),
              ]);
            } else {
              await Promise.all(
                given.map(({ itemId, optionId }) =>
                  query('select public.answer_question($1, $2, $3)', [id, itemId, optionId]),
                ),
              );
            }
            const ends = await Promise.all(
              [1, 2].map(() =>
                query<{ end: { attempt: Attempt } }>('select public.finish_attempt($1) as end', [id]),
              ),
            );
            const expected = recount(
              items,
              items.map(({ id: itemId }) => itemId),
              given,
            );
            for (const [end] of ends) {
              const { correct, total, score } = end?.end.attempt ?? expect.fail('no attempt');
              if (correct !== expected.correct || total !== expected.total || score !== expected.score)
                wrong.push({ expected, correct, total, score });
            }
            scored += 1;
          });
        }
      }),
    );
    expect(scored).toBe(1_000);
    expect(wrong).toEqual([]);
  }, 120_000);

  test('of submits in flight at the same time is that of the first to arrive', async () => {
    const items = treeItems(1, 1);
    const item = items[0] ?? expect.fail('no item');
    const { attemptId } = await begin(items);
    const results = await Promise.all(
      item.choices.map(({ id }) =>
        db.valueOf<Graded>(db.owner, 'public.answer_question($1, $2, $3)', [attemptId, item.id, id]),
      ),
    );
    expect(results.filter((graded) => graded?.isNew)).toHaveLength(1);
    expect(new Set(results.map((graded) => JSON.stringify(graded?.graded))).size).toBe(1);
  });
});

describe('what the pages read', () => {
  const db = suiteFixture();

  test('lists one’s own quizzes, the unfinished ones first, with the last score', async () => {
    for (const [index, topic] of ['First', 'Second', 'Third'].entries()) {
      const [quiz] = await db.query<{ id: string }>(
        `insert into public.quiz (user_id, topic, items, metadata, created_at)
         values ($1, $2, $3, '{"asked": 9}', now() + $4 * interval '1 minute') returning id`,
        [db.owner, topic, treeItems(2, 1), index],
      );
      if (topic === 'Third') continue;
      await db.rowsOf(db.owner, 'select public.start_attempt($1)', [quiz?.id]);
      if (topic === 'Second') {
        await db.rowsOf(db.owner, `update public.quiz_attempt set finished_at = now() where quiz_id = $1`, [
          quiz?.id,
        ]);
      }
    }
    const list = (persona: Persona, sql = 'public.quiz_overview()') =>
      db.rowsOf(
        persona,
        `select topic, questions, asked, running_answered, finished_attempts, last_score from ${sql}`,
      );
    expect(await list(db.owner)).toEqual([
      { topic: 'First', questions: 2, asked: 9, running_answered: 0, finished_attempts: 0, last_score: null },
      {
        topic: 'Third',
        questions: 2,
        asked: 9,
        running_answered: null,
        finished_attempts: 0,
        last_score: null,
      },
      {
        topic: 'Second',
        questions: 2,
        asked: 9,
        running_answered: null,
        finished_attempts: 1,
        last_score: 0,
      },
    ]);
    expect(await list(db.owner, 'public.quiz_overview(5, true)')).toHaveLength(1);
    expect(await list(db.stranger)).toEqual([]);
  });

  test('spreads passages over documents and their length, within the given ones only', async () => {
    const [long, short, foreign] = [
      await addChunksInBulk(db.query, { userId: db.owner, count: 200, seed: 1, terms: [1] }),
      await addChunksInBulk(db.query, { userId: db.owner, count: 4, seed: 2, terms: [1] }),
      await addChunksInBulk(db.query, { userId: db.stranger, count: 50, seed: 3, terms: [1] }),
    ];
    const spread = (sources: unknown, count: number, offset = 0) =>
      db.rowsOf<{ doc_id: string; ord: number }>(
        db.owner,
        'select doc_id, ord from public.spread_chunks($1, $2, $3)',
        [sources === null ? null : JSON.stringify(sources), count, offset],
      );
    const all = await spread(null, 12);
    expect(all).toHaveLength(12);
    expect(new Set(all.map(({ doc_id }) => doc_id))).toEqual(new Set([long, short]));
    const ords = all.filter(({ doc_id }) => doc_id === long).map(({ ord }) => ord);
    expect(Math.max(...ords) - Math.min(...ords)).toBeGreaterThan(120);
    expect(await spread(null, 12, 0.9)).not.toEqual(all);
    expect(await spread([{ docId: short, from: null, to: null }], 12)).toHaveLength(4);
    const range = await spread([{ docId: long, from: 10, to: 19 }], 50);
    expect(range.map(({ ord }) => ord)).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
    expect(await spread([{ docId: foreign, from: null, to: null }], 12)).toEqual([]);
  });
});
