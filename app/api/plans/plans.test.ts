import ICAL from 'ical.js';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addDays, DAY_MS, dateIn } from '@/lib/calendar/dates';
import { createUserClient } from '@/lib/db/clients';
import { createPlan, currentPlan, savePlan } from '@/lib/db/queries/plan';
import type { PlanView } from '@/lib/db/queries/plan-actions';
import type { PlanTask } from '@/lib/domain/plan';
import { tasksOf } from '@/lib/study/plan/plan';
import { NO_MATERIAL, planOf } from '@/lib/study/plan/test-plans';
import { testApi } from '@/tests/setup/api';
import { addNotes } from '@/tests/setup/services';

type Body = Record<string, unknown>;

const today = dateIn(new Date(), 'UTC');
const NEW = {
  goals: ['encoding', 'storage'],
  timePerDayMin: 45,
  daysPerWeek: 7,
  deadline: addDays(today, 20),
};

describe('the plans API', () => {
  const { api, services, students } = testApi({
    students: ['owner', 'stranger'],
    routes: async () => ({
      all: await import('./route'),
      tasks: await import('./tasks/route'),
      one: await import('./[planId]/route'),
      undo: await import('./[planId]/undo/route'),
      offer: await import('./[planId]/offer/route'),
      task: await import('./[planId]/tasks/[taskId]/route'),
      calendar: await import('./[planId]/calendar.ics/route'),
    }),
  });
  const { owner, stranger } = students;
  const goalNotes = (topic: string) =>
    `${topic} is a part of memory that the notes speak of at length. `.repeat(60);
  // A goal without notes is only told to get some.
  beforeAll(async () => {
    const pages = ['Encoding', 'Storage'].map(goalNotes);
    await addNotes(services, { userId: owner.id, title: 'Memory', pages });
    await services.query(
      "update public.doc_chunk set heading_path = array[split_part(content, ' ', 1)], token_count = 2000",
    );
  });
  beforeEach(() => services.query('delete from public.study_plan'));

  const create = async (over: Body = {}): Promise<PlanView> =>
    (await api.all.POST({}, { body: { ...NEW, ...over } })).body;
  const active = async (
    as = owner,
  ): Promise<{ active: PlanView | null; archived: { id: string; title: string }[] }> =>
    (await api.all.GET({}, { as })).body;
  const open = async (): Promise<PlanView> => (await active()).active ?? expect.fail('no plan is open');
  const patch = (planId: string, body: unknown, as = owner) => api.one.PATCH({ planId }, { body, as });
  const patchTask = (planId: string, taskId: string, body: unknown, as = owner) =>
    api.task.PATCH({ planId, taskId }, { body, as });
  const completed = (plan: PlanView) => tasksOf(plan).filter((task) => task.completed);
  const client = () => createUserClient(owner.token);

  /** A plan that was made some days ago, of which nothing was done since. */
  const oldPlan = (daysAgo: number) =>
    createPlan(
      client(),
      planOf(NEW, {
        now: new Date(Date.now() - daysAgo * DAY_MS),
        timezone: 'UTC',
        material: NO_MATERIAL,
      }),
    );

  test('makes a plan and gives it back with what is to be said about it', async () => {
    const { status, body } = await api.all.POST({}, { body: NEW });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      title: 'Encoding and storage',
      deadline: NEW.deadline,
      endsOn: addDays(NEW.deadline, -1),
      today,
      version: 1,
      detail: { fits: { ok: true } },
      dropFirst: { goal: 'storage', sentence: expect.stringContaining('Drop storage first') },
    });
    expect((await active()).active).toEqual(body);
  });

  test.each([
    { goals: [] },
    { goals: [' '] },
    { timePerDayMin: 0 },
    { daysPerWeek: 8 },
    { deadline: 'soon' },
    { deadline: addDays(today, -1) },
    { weekdays: [7] },
    { goals: Array.from({ length: 21 }, (_, index) => `goal ${index}`) },
  ])('refuses %j and stores nothing', async (over) => {
    const answer = await api.all.POST({}, { body: { ...NEW, ...over } });
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', detail: expect.any(String) },
    });
    expect((await active()).active).toBeNull();
  });

  test('a second press makes no second plan; another plan puts the first into the archive', async () => {
    const [first, again] = await Promise.all([create(), create()]);
    expect(again.id).toBe(first.id);
    const other = await create({ goals: ['optics'] });
    expect(await active()).toMatchObject({ active: { id: other.id }, archived: [{ id: first.id }] });
    const taken = (await patch(first.id, { archived: false })).body;
    expect(taken.id).toBe(first.id);
    expect(await active()).toMatchObject({ active: { id: first.id }, archived: [{ id: other.id }] });
    expect((await patch(first.id, { archived: true })).status).toBe(204);
    expect((await active()).active).toBeNull();
  });

  test('is nothing to a stranger, who sees, changes and removes nothing', async () => {
    const plan = await create();
    const params = { planId: plan.id };
    const task = { ...params, taskId: 't1' };
    const as = stranger;
    const answers = await Promise.all([
      api.one.GET(params, { as }),
      patch(plan.id, { title: 'Mine' }, as),
      patch(plan.id, { archived: true }, as),
      patch(plan.id, { archived: false }, as),
      patch(plan.id, { dropGoal: 'storage' }, as),
      api.one.DELETE(params, { as }),
      api.undo.POST(params, { as }),
      patchTask(plan.id, 't1', { completed: true }, as),
      patchTask(plan.id, 't1', { date: today }, as),
      api.task.DELETE(task, { as }),
      api.calendar.GET(params, { as }),
      patch('not-an-id', { title: 'x' }),
      patchTask(plan.id, 'nobody', { completed: true }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
    expect((await active(stranger)).active).toBeNull();
    expect((await active()).active).toEqual(plan);
    expect((await api.all.GET({}, { as: null })).status).toBe(401);
  });

  test('keeps every tick of many tabs at once, and takes the same tick twice as once', async () => {
    const plan = await create();
    const tasks = tasksOf(plan).slice(0, 12);
    await Promise.all(
      tasks.flatMap(({ id }) => [1, 2].map(() => patchTask(plan.id, id, { completed: true }))),
    );
    const ticked = async () => completed(await open()).map(({ id }) => id);
    expect((await ticked()).sort()).toEqual(tasks.map(({ id }) => id).sort());
    await patchTask(plan.id, tasks[0]?.id ?? '', { completed: false });
    expect(await ticked()).toHaveLength(tasks.length - 1);
  });

  test('loses no tick while another tab changes the plan', async () => {
    const plan = await create();
    const tasks = tasksOf(plan).slice(0, 6);
    const [changes] = await Promise.all([
      Promise.all([
        patch(plan.id, { timePerDayMin: 60 }),
        patch(plan.id, { title: 'Finals' }),
        patchTask(plan.id, tasks[5]?.id ?? '', { title: 'Read it twice' }),
      ]),
      ...tasks.map(({ id }) => patchTask(plan.id, id, { completed: true })),
    ]);
    expect(changes.map(({ status }) => status)).toEqual([200, 200, 200]);
    const after = await open();
    expect(after).toMatchObject({ title: 'Finals', timePerDayMin: 60 });
    // A tick that came before the rebuild is kept as done; one after it ticks the task of the same id.
    expect(completed(after).length).toBeGreaterThanOrEqual(5);
  });

  test('moves what was missed when it is opened, keeps it so, and takes it back', async () => {
    const made = await oldPlan(2);
    const missed = tasksOf(made).filter(({ date }) => date < today);
    expect(missed.length).toBeGreaterThan(0);

    const opened = await open();
    const sentence = expect.stringContaining('did not happen');
    expect(opened).toMatchObject({ version: 2, detail: { change: { kind: 'missed', on: today, sentence } } });
    expect(tasksOf(opened).filter(({ date, completed: isDone }) => date < today && !isDone)).toEqual([]);
    // Opened again, there is nothing to write.
    expect((await open()).version).toBe(2);

    const back = (await api.undo.POST({ planId: made.id })).body;
    const datesOf = (tasks: PlanTask[]) => tasks.map(({ id, date }) => `${id} ${date}`).sort();
    expect(datesOf(tasksOf(back))).toEqual(datesOf(tasksOf(made)));
    expect((await api.undo.POST({ planId: made.id })).status).toBe(200);
    expect((await active()).active?.detail.change).toBeNull();
  });

  test('is saved once when two tabs open it at the same time', async () => {
    await oldPlan(2);
    const [one, two] = await Promise.all([active(), active()]);
    expect(one.active?.weekBlocks).toEqual(two.active?.weekBlocks);
    expect((await active()).active?.version).toBe(2);
  });

  test('is not overwritten by whoever read it earlier', async () => {
    const made = await oldPlan(0);
    await patchTask(made.id, 't1', { completed: true });
    expect(await savePlan(client(), made, { ...made, title: 'Old news' })).toBeNull();
    expect(await currentPlan(client(), { today })).toMatchObject({ title: 'Encoding and storage' });
  });

  test('moves, words and drops a task by hand', async () => {
    const plan = await create();
    const day = addDays(today, 3);
    const moved = await patchTask(plan.id, 't1', { date: day, title: 'Read it aloud', etaMin: 44 });
    expect(moved.body).toMatchObject({ note: expect.stringMatching(/now has \d+ minutes/) });
    const task = (view: PlanView) => tasksOf(view).find(({ id }) => id === 't1');
    expect(task(moved.body.plan)).toMatchObject({ date: day, title: 'Read it aloud', etaMin: 44 });
    expect((await patchTask(plan.id, 't1', { date: addDays(today, -1) })).body).toMatchObject({
      code: 'invalid_request',
      detail: 'That day is over. Choose today or a later day.',
    });
    expect((await patchTask(plan.id, 't1', {})).status).toBe(400);
    const dropped = await api.task.DELETE({ planId: plan.id, taskId: 't1' });
    expect(task(dropped.body.plan)).toBeUndefined();
    expect(task((await api.undo.POST({ planId: plan.id })).body)).toMatchObject({ date: day });
  });

  test('drops what is left of a goal, with a way back', async () => {
    const plan = await create();
    const left = (await patch(plan.id, { dropGoal: 'storage' })).body;
    expect(tasksOf(left).some(({ goal }) => goal === 'storage')).toBe(false);
    expect((await active()).active?.detail.setAside.length).toBeGreaterThan(0);
    expect(tasksOf((await api.undo.POST({ planId: plan.id })).body)).toHaveLength(tasksOf(plan).length);
  });

  test('puts own tasks into the plan, or begins a list; several at once make one list', async () => {
    const add = (title: string) => api.tasks.POST({}, { body: { tasks: [{ title, etaMin: 10 }] } });
    const answers = await Promise.all(['a', 'b', 'c'].map(add));
    expect(new Set(answers.map(({ body }) => body.planId)).size).toBe(1);
    const list = await open();
    expect(list).toMatchObject({ title: 'My tasks', goals: [], why: null, dropFirst: null });
    const titles = tasksOf(list).map(({ title }) => title);
    expect(titles.sort()).toEqual(['a', 'b', 'c']);

    const plan = await create();
    expect(tasksOf(plan).filter(({ kind }) => kind === 'own')).toHaveLength(3);
    expect((await add('d')).body).toMatchObject({ planId: plan.id, title: plan.title, note: null });
    for (const tasks of [
      [],
      [{ title: '', etaMin: 5 }],
      [{ title: 'x', etaMin: 0 }],
      [{ title: 'x', etaMin: 5, link: 'https://evil.example' }],
      [{ title: 'x', etaMin: 5, link: '//evil.example' }],
    ]) {
      expect((await api.tasks.POST({}, { body: { tasks } })).status).toBe(400);
    }
  });

  test('plans the rest anew when the days change, and keeps what is done', async () => {
    const plan = await create();
    const [first] = tasksOf(plan);
    await patchTask(plan.id, first?.id ?? '', { completed: true });
    const after = (await patch(plan.id, { timePerDayMin: 20, daysPerWeek: 3, deadline: addDays(today, 10) }))
      .body;
    expect(after).toMatchObject({ timePerDayMin: 20, daysPerWeek: 3, deadline: addDays(today, 10) });
    expect(completed(after).map(({ title }) => title)).toEqual([first?.title]);
    expect((await patch(plan.id, { deadline: addDays(today, -3) })).status).toBe(400);
    expect((await patch(plan.id, { deadline: null })).body).toMatchObject({ deadline: null });
    expect((await patch(plan.id, {})).status).toBe(400);
  });

  test('is offered anew after answers that speak for it, planned so or left, and by nobody else', async () => {
    const plan = await create();
    const [planId] = [plan.id];
    const offered = async (as = owner) => (await api.offer.GET({ planId }, { as })).body.offer;
    expect(await offered()).toBeNull();
    const items = Array.from({ length: 12 }, (_, n) => ({
      id: `i${n}`,
      q: 'q',
      topic: 'Storage',
      choices: [{ id: 'a' }, { id: 'b' }],
      answer: 'a',
    }));
    const [quiz] = await services.query<{ id: string }>(
      `insert into public.quiz (user_id, topic, items) values ($1, 'Storage', $2::jsonb) returning id`,
      [owner.id, items],
    );
    await services.query(
      `insert into public.quiz_attempt (user_id, quiz_id, answers) values ($1, $2, $3::jsonb)`,
      [owner.id, quiz?.id, items.map(({ id }) => ({ itemId: id, optionId: 'b', confidence: 'certain' }))],
    );
    const { rebuildLearningProfile } = await import('@/lib/db/queries/learning-profile');
    await rebuildLearningProfile(client(), { userId: owner.id, now: new Date() });
    expect((await offered()).reasons[0]).toMatch(/^storage: .*weaker than when this was planned\.$/i);
    expect((await api.offer.GET({ planId }, { as: stranger })).status).toBe(404);
    expect((await api.offer.POST({ planId }, { as: stranger })).status).toBe(404);
    const anew: PlanView = (await api.offer.POST({ planId })).body;
    expect(anew.detail.ranking[0]).toMatchObject({
      goal: 'storage',
      evidence: expect.stringContaining('12 answers'),
    });
    expect(await offered()).toBeNull();
    expect((await api.offer.DELETE({ planId })).status).toBe(204);
    await services.query('delete from public.quiz');
  });

  test('is a calendar file under ids that stay', async () => {
    const plan = await create({ goals: ['encoding; storage, and "both"'] });
    const file = await api.calendar.GET({ planId: plan.id });
    expect(file.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const events = new ICAL.Component(ICAL.parse(file.text))
      .getAllSubcomponents('vevent')
      .map((event) => new ICAL.Event(event));
    expect(events).toHaveLength(tasksOf(plan).length + 1);
    expect(events[0]?.summary).toContain('encoding; storage, and "both"');
    expect(events[0]?.uid).toBe(`${tasksOf(plan)[0]?.id}.${plan.id}@clerva`);
  });

  test('is still opened when another client wrote a week into it that is none', async () => {
    await create();
    await services.query(
      `update public.study_plan set week_blocks = week_blocks || '[{"week": "x"}]', detail = '{"fits": 7}'`,
    );
    const { status, body } = await api.all.GET();
    expect(status).toBe(200);
    expect(JSON.stringify(body.active)).toContain('encoding');
  });

  test('is gone when it is deleted', async () => {
    const plan = await create();
    expect((await api.one.DELETE({ planId: plan.id })).status).toBe(204);
    expect((await api.one.DELETE({ planId: plan.id })).status).toBe(404);
    expect((await active()).active).toBeNull();
  });
});
