import { describe, expect, test } from 'vitest';
import { DAY_MS, dateIn } from '@/lib/calendar/dates';
import { createServiceClient, createUserClient } from '@/lib/db/clients';
import {
  freshLearningProfile,
  getLearningProfile,
  rebuildLearningProfile,
} from '@/lib/db/queries/learning-profile';
import type { TopicEvidence } from '@/lib/db/queries/topic-evidence';
import type { LearningProfile } from '@/lib/study/mastery/profile';
import { testApi } from '@/tests/setup/api';
import { startServicesWithJobs, type TestStudent } from '@/tests/setup/services';

const SOURCE = {
  docId: '00000000-0000-4000-8000-000000000009',
  ord: 0,
  title: 'Memory',
  page: 3,
  locator: { kind: 'page', index: 3, total: 9, label: null },
  headingPath: ['Encoding'],
  quote: 'Encoding is input.',
  quoteStart: 10,
  quoteEnd: 28,
};

const CHOICES = { a: 'This', b: 'That', c: 'Neither', d: 'Both' };
const item = (id: string, topic: string) => ({
  id,
  q: `What about ${topic}, ${id}?`,
  topic,
  choices: Object.entries(CHOICES).map(([choice, text]) => ({
    id: choice,
    text,
    why: choice === 'a' ? null : 'No.',
  })),
  answer: 'a',
  source: SOURCE,
});

describe('the learning profile', () => {
  const { api, services } = testApi({
    start: startServicesWithJobs,
    students: [],
    routes: async () => ({
      profile: await import('./route'),
      contests: await import('./contests/route'),
      topic: await import('./topics/[topic]/route'),
      days: await import('./days/route'),
    }),
  });
  let made = 0;

  const newStudent = () => services.signUp(`student-${made++}`);
  const clientOf = ({ token }: TestStudent) => createUserClient(token);
  /** Inserts a row of the student's own, and gives its id where the table has one. */
  async function insert(table: string, { id }: TestStudent, row: Record<string, unknown>): Promise<string> {
    const all = { user_id: id, ...row };
    const places = Object.keys(all).map((_, index) => `$${index + 1}`);
    const [made] = await services.query<{ id: string }>(
      `insert into public.${table} (${Object.keys(all)}) values (${places}) returning *`,
      Object.values(all),
    );
    if (!made) throw new Error('Nothing was inserted.');
    return made.id;
  }

  /** A quiz on a topic, answered: `a` is right, `b` wrong, null skips. */
  async function answerQuiz(
    student: TestStudent,
    topic: string,
    chosen: readonly (string | null)[],
    confidence = 'fairly',
  ) {
    const items = chosen.map((_, index) => item(`i${index}`, topic));
    const quiz_id = await insert('quiz', student, { topic, items });
    const answers = chosen.map((optionId, index) => ({ itemId: `i${index}`, optionId, confidence }));
    await insert('quiz_attempt', student, { quiz_id, answers });
    return quiz_id;
  }

  const profileOf = async (as: TestStudent): Promise<LearningProfile> =>
    (await api.profile.GET({}, { as })).body;
  type Contest = (as: TestStudent, topic: string, method?: 'POST' | 'DELETE') => Promise<LearningProfile>;
  const contest: Contest = async (as, topic, method = 'POST') =>
    (await api.contests[method]({}, { as, body: { topic } })).body;
  const evidenceOf = async (as: TestStudent, topic: string): Promise<TopicEvidence> =>
    (await api.topic.GET({ topic }, { as })).body;

  test('of a student who has done nothing is empty and no failure', async () => {
    const student = await newStudent();
    expect(await profileOf(student)).toMatchObject({
      strengths: [],
      weaknesses: [],
      recommendedFocus: [],
      analytics: { totalAttempts: 0, averageScore: null, topicBreakdown: [], forecast: null },
    });
  });

  test('is worked out of graded answers, reviews and cards, without skipped and reported questions', async () => {
    const student = await newStudent();
    const quizId = await answerQuiz(student, 'Encoding', ['a', 'a', 'a', 'b', null]);
    await insert('quiz_item_report', student, { quiz_id: quizId, item_id: 'i3' });
    const now = new Date();
    const last_review = new Date(now.getTime() - 10 * DAY_MS);
    const card = { front: 'f', back: 'b', topic: 'encoding', state: 2, stability: 10, last_review, reps: 3 };
    const card_id = await insert('flashcard', student, card);
    const before = { state: 2, due: now, stability: 5, difficulty: 5, scheduled_days: 5 };
    await insert('review_log', student, { card_id, rating: 3, ...before });
    await insert('review_log', student, { card_id, rating: 1, ...before, undone_at: now });
    const { analytics } = await profileOf(student);
    expect(analytics.topicBreakdown).toMatchObject([
      { topic: expect.stringMatching(/^encoding$/i), answers: 4, right: 4, wrong: 0, skipped: 1, reviews: 1 },
    ]);
    expect(analytics.topicBreakdown[0]?.retention).toBeCloseTo(0.9, 2);
    expect(analytics).toMatchObject({ totalAttempts: 1, averageScore: 0.6 });
  });

  test('tells the days studied by the student’s own day, questions and reviews apart, nobody else’s', async () => {
    const [student, stranger] = [await newStudent(), await newStudent()];
    await services.query(`update public.profile set timezone = 'Pacific/Auckland' where user_id = $1`, [
      student.id,
    ]);
    await answerQuiz(student, 'Encoding', ['a', 'b', null]);
    const card_id = await insert('flashcard', student, { front: 'f', back: 'b', topic: 'encoding' });
    const before = {
      card_id,
      rating: 3,
      state: 2,
      due: new Date(),
      stability: 5,
      difficulty: 5,
      scheduled_days: 5,
    };
    const log = (reviewed_at: string, over = {}) =>
      insert('review_log', student, { ...before, reviewed_at, ...over });
    // Half past three in Auckland still is the day before; half past four is not. An hour over one card is a minute.
    const days = (ago: number) => new Date(Date.now() - ago * DAY_MS).toISOString().slice(0, 10);
    await log(`${days(5)}T14:30:00Z`, { duration_ms: 3_600_000 });
    await log(`${days(5)}T15:30:00Z`, { duration_ms: 61_000 });
    await log(`${days(5)}T15:31:00Z`, { duration_ms: 1_000 });
    await log(`${days(5)}T15:32:00Z`, { undone_at: new Date() });
    await log(`${days(600)}T15:32:00Z`);
    const studied = (await api.days.GET({}, { as: student })).body;
    expect(studied.days).toEqual([
      { date: days(5), questions: 0, reviews: 1, minutes: 1 },
      { date: days(4), questions: 0, reviews: 2, minutes: 2 },
      { date: studied.today, questions: 2, reviews: 0, minutes: 1 },
    ]);
    expect((await api.days.GET({}, { as: stranger })).body.days).toEqual([]);
    expect((await api.days.GET({}, {})).status).toBe(401);
  });

  test('knows what lies ahead: the tasks of the plan and the exam of a deck', async () => {
    const student = await newStudent();
    await answerQuiz(student, 'Amnesia', [...'aaaabbbbbbbb']);
    const [tomorrow, in10Days] = [1, 10].map((days) => dateIn(Date.now() + days * DAY_MS, 'UTC'));
    const task = {
      id: 't1',
      title: 'Quiz on amnesia',
      etaMin: 60,
      link: null,
      completed: false,
      goal: 'Amnesia',
    };
    await insert('study_plan', student, {
      title: 'Psychology midterm',
      goals: ['Amnesia'],
      time_per_day_min: 30,
      days_per_week: 5,
      deadline: in10Days,
      week_blocks: [{ week: 1, tasks: [{ ...task, date: tomorrow }, 'broken', { title: 1 }] }],
    });
    const { analytics, recommendedFocus } = await profileOf(student);
    expect(recommendedFocus).toEqual(['Amnesia']);
    expect(analytics.forecast).toMatchObject({
      exam: { title: 'Psychology midterm', date: in10Days },
      planMinutes: 60,
    });
    expect(analytics.forecast?.plan).toBeGreaterThan(analytics.forecast?.due ?? 1);
  });

  test('stays as it is while nothing happens, and is made anew after an answer or when its evidence goes', async () => {
    const student = await newStudent();
    const db = clientOf(student);
    const quizId = await answerQuiz(student, 'Encoding', ['a', 'b']);
    const fresh = (force = false) => freshLearningProfile(db, { userId: student.id, now: new Date(), force });
    expect((await fresh()).rebuilt).toBe(true);
    expect((await fresh()).rebuilt).toBe(false);
    expect((await fresh(true)).rebuilt).toBe(true);
    await answerQuiz(student, 'Encoding', ['a']);
    expect(await fresh()).toMatchObject({ rebuilt: true, profile: { analytics: { totalAttempts: 2 } } });
    await services.query('delete from public.quiz where id = $1', [quizId]);
    expect(await fresh()).toMatchObject({ rebuilt: true, profile: { analytics: { totalAttempts: 1 } } });
    // The figures of yesterday are not those of today.
    const tomorrow = new Date(Date.now() + 25 * 3_600_000);
    expect((await freshLearningProfile(db, { userId: student.id, now: tomorrow })).rebuilt).toBe(true);
  });

  test('an older reading never replaces a newer one', async () => {
    const student = await newStudent();
    const db = clientOf(student);
    await rebuildLearningProfile(db, { userId: student.id, now: new Date() });
    const { data } = await db.rpc('save_learning_profile', {
      p_user_id: student.id,
      p_strengths: ['Old'],
      p_weaknesses: [],
      p_recommended_focus: [],
      p_analytics: {},
      p_mark: 'old',
      p_read_at: '2020-01-01T00:00:00Z',
    });
    expect(data).toBe(false);
    expect((await getLearningProfile(db, { userId: student.id }))?.strengths).toEqual([]);
  });

  test('of an older shape is made anew instead of failing', async () => {
    const student = await newStudent();
    await insert('learning_profile', student, { analytics: { old: true } });
    expect(await getLearningProfile(clientOf(student), { userId: student.id })).toBeNull();
    expect((await profileOf(student)).analytics.topicBreakdown).toEqual([]);
  });

  test('a contested belief leaves the old answers out, and Undo brings them back', async () => {
    const student = await newStudent();
    await answerQuiz(student, 'Encoding', ['b', 'b', 'b', 'b']);
    expect((await profileOf(student)).weaknesses).toEqual(['Encoding']);
    const after = await contest(student, 'ENCODING ');
    expect(after.weaknesses).toEqual([]);
    expect(after.analytics.topicBreakdown[0]?.contestedAt).not.toBeNull();
    expect(await evidenceOf(student, 'encoding')).toMatchObject({
      answers: [],
      contestedAt: expect.any(String),
    });

    await answerQuiz(student, 'Encoding', ['a']);
    const since = await profileOf(student);
    expect(since.analytics.topicBreakdown).toMatchObject([{ right: 1, wrong: 0 }]);

    const undone = await contest(student, 'encoding', 'DELETE');
    expect(undone.analytics.topicBreakdown).toMatchObject([{ right: 1, wrong: 4, contestedAt: null }]);
    expect(undone.analytics.topicBreakdown[0]?.contestedAt).toBeNull();
    // Taken back twice, nothing more happens.
    expect((await contest(student, 'encoding', 'DELETE')).weaknesses).toEqual(['Encoding']);
  });

  test('contested twice at once is contested once', async () => {
    const student = await newStudent();
    await answerQuiz(student, 'Encoding', ['b', 'b', 'b']);
    await Promise.all([contest(student, 'Encoding'), contest(student, 'encoding')]);
    const rows = await services.query('select 1 from public.belief_contest where user_id = $1', [student.id]);
    expect(rows).toHaveLength(1);
  });

  test('each belief opens the answers behind it, with the passage they come from', async () => {
    const student = await newStudent();
    const quizId = await answerQuiz(student, 'Input/Output 50%', ['b', 'a', null], 'certain');
    for (const topic of ['input/output 50%', encodeURIComponent('Input/Output 50%')]) {
      const { answers, older } = await evidenceOf(student, topic);
      expect(answers).toHaveLength(3);
      expect(older).toBe(0);
      expect(answers.find(({ itemId }) => itemId === 'i0')).toMatchObject({
        quizId,
        chosen: 'That',
        right: 'This',
        correct: false,
        confidence: 'certain',
        source: { page: 3, quoteStart: 10 },
      });
      expect(answers.find(({ itemId }) => itemId === 'i2')).toMatchObject({ chosen: null });
    }
  });

  test('shows nothing of another student, and a stranger’s topic is empty', async () => {
    const [student, stranger] = [await newStudent(), await newStudent()];
    await answerQuiz(student, 'Encoding', ['a', 'b', 'a', 'b']);
    await profileOf(student);
    expect(await evidenceOf(stranger, 'Encoding')).toMatchObject({ answers: [], reviews: [] });
    const db = clientOf(stranger);
    expect(await getLearningProfile(db, { userId: student.id })).toBeNull();
    const foreign = rebuildLearningProfile(db, { userId: student.id, now: new Date() });
    await expect(foreign).rejects.toMatchObject({ code: 'forbidden' });
    expect((await profileOf(student)).analytics.topicBreakdown).toHaveLength(1);
  });

  test('refuses what names no topic, and those who are not signed in', async () => {
    const student = await newStudent();
    for (const body of [{}, { topic: '' }, { topic: '  ' }, { topic: 'x'.repeat(201) }, { topic: 3 }]) {
      expect((await api.contests.POST({}, { as: student, body })).status).toBe(400);
    }
    expect((await api.topic.GET({ topic: '%20' }, { as: student })).status).toBe(404);
    expect((await api.profile.GET({}, { as: null })).status).toBe(401);
  });

  test('follows events, each for its own student alone', async () => {
    const { recordEvidence } = await import('@/inngest/notify');
    const [student, other] = [await newStudent(), await newStudent()];
    await answerQuiz(student, 'Encoding', ['a', 'b']);
    await answerQuiz(other, 'Retrieval', ['a', 'b']);
    for (let review = 0; review < 5; review++) await recordEvidence({ userId: student.id, kind: 'review' });
    services.inngest.advance(10_000);
    const service = createServiceClient();
    const topics = async () =>
      (await getLearningProfile(service, { userId: student.id }))?.analytics.topicBreakdown;
    await expect.poll(topics, { timeout: 10_000, interval: 100 }).toMatchObject([{ topic: 'Encoding' }]);
    expect(await getLearningProfile(service, { userId: other.id })).toBeNull();
  });

  test('a student who is gone when the event arrives is no error', async () => {
    const { id } = await newStudent();
    await services.query('delete from auth.users where id = $1', [id]);
    const failed = rebuildLearningProfile(createServiceClient(), { userId: id, now: new Date() });
    await expect(failed).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  test('of a student with more answers and reviews than matter is worked out of the latest', async () => {
    const student = await newStudent();
    const items = Array.from({ length: 50 }, (_, index) => item(`i${index}`, `Topic ${index % 40}`));
    const confidence = 'fairly';
    const answers = items.map(({ id }, index) => ({
      itemId: id,
      optionId: index % 3 ? 'a' : 'b',
      confidence,
    }));
    const quiz_id = await insert('quiz', student, { topic: 'All', items });
    for (let attempt = 0; attempt < 60; attempt++)
      await insert('quiz_attempt', student, { quiz_id, answers });
    await services.query(
      `insert into public.flashcard (user_id, front, back, topic, state, stability, last_review)
       select $1, 'f' || n, 'b', 'Topic ' || (n % 40), 2, 10, now() from generate_series(1, 400) n`,
      [student.id],
    );
    await services.query(
      `insert into public.review_log (user_id, card_id, rating, state, due, stability, difficulty, scheduled_days)
       select f.user_id, f.id, 3, 2, now(), 5, 5, 5 from public.flashcard f, generate_series(1, 12) where f.user_id = $1`,
      [student.id],
    );
    const { analytics } = await profileOf(student);
    expect(analytics.topicBreakdown).toHaveLength(40);
    expect(analytics.topicBreakdown.reduce((sum, topic) => sum + topic.answers, 0)).toBe(7_000);
  });
});
