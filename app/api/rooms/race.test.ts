import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { sharedTopics } from '@/lib/agent/race';
import type { Race } from '@/lib/domain/room';
import { testApi } from '@/tests/setup/api';
import { addNotes, type TestStudent } from '@/tests/setup/services';

test.each<[string, string | null, string[], string[][], string[]]>([
  ['what the room is about', 'Memory', [], [[]], ['Memory']],
  ['nothing', null, ['Biology'], [['History']], []],
  [
    'a subject by either spelling',
    null,
    ['Intro to Psychology', 'Maths'],
    [['psych']],
    ['Intro to Psychology'],
  ],
  [
    'what all study and not some',
    null,
    ['Biology', 'History'],
    [['History'], ['History', 'Biology']],
    ['History'],
  ],
  ['each once', 'Biology', ['Bio', 'History'], [['Biology', 'History']], ['Biology', 'History']],
  ['nothing of those who are not to be seen', null, ['Biology'], [], []],
  ['three at most', 'A', ['B', 'C', 'D'], [['B', 'C', 'D']], ['A', 'B', 'C']],
])('students share %s', (_name, title, own, others, shared) => {
  expect(sharedTopics(title, own, others)).toEqual(shared);
});

describe('a race', () => {
  const { api, services, students } = testApi({
    students: ['ana', 'ben', 'cleo'],
    routes: async () => ({
      rooms: await import('./route'),
      join: await import('./join/route'),
      room: await import('./[roomId]/route'),
      race: await import('./[roomId]/race/route'),
      answers: await import('./[roomId]/race/answers/route'),
    }),
  });
  const { ana, ben, cleo } = students;

  beforeAll(async () => {
    const text = await readFile(path.join(process.cwd(), 'supabase/seed/memory.md'), 'utf8');
    const pages = text.split(/^(?=## )/m).map((page) => page.trim());
    await addNotes(services, { userId: ana.id, title: 'Memory', pages });
    await addNotes(services, { userId: ana.id, title: 'Quark', pages: ['A quark is a particle.'] });
  });

  async function room(title: string | null, ...others: TestStudent[]): Promise<string> {
    // The same again within a moment would be the same room.
    await services.query(`update public.room set created_at = created_at - interval '1 minute'`);
    const { body } = await api.rooms.POST({}, { body: { title } });
    for (const as of others) await api.join.POST({}, { as, body: { code: body.code } });
    return body.roomId;
  }
  const start = (roomId: string, as = ana) => api.race.POST({ roomId }, { as });
  const answer = (roomId: string, race: Race, itemId: string, optionId: string, as = ana) =>
    api.answers.POST({ roomId }, { as, body: { raceId: race.id, itemId, optionId } });
  const quizzes = () => services.query('select 1 from public.quiz');

  test('is made of the starter’s notes for both, without keys or passages, and found again', async () => {
    const roomId = await room('Memory', ben);
    const started = await start(roomId);
    const race: Race = started.body.race;
    expect(started).toMatchObject({ status: 201, body: { race: { questions: 5, topics: ['Memory'] } } });
    expect(await quizzes()).toEqual([]);
    const found = await api.race.GET({ roomId }, { as: ben });
    expect(found.body.race.id).toBe(race.id);
    expect(found.text).not.toMatch(/"(?:quote|explanation|why|docId)"|"answer":"/);
    expect((await api.room.GET({ roomId }, { as: ben })).body.room.race).toEqual(found.body.race);
    // Whoever presses second gets the one that runs, though they have no notes at all.
    expect(await start(roomId, ben)).toMatchObject({ status: 201, body: { race: { id: race.id } } });
    for (const { id } of race.items)
      for (const as of [ana, ben]) expect((await answer(roomId, race, id, 'a', as)).status).toBe(200);
    const { body } = await api.race.GET({ roomId }, { as: ben });
    const right = body.race.items.filter((item: Race['items'][number]) => item.answer === 'a').length;
    expect(body.race).toMatchObject({
      isOver: true,
      racers: [
        { right, answered: 5 },
        { right, answered: 5 },
      ],
    });
    expect(await answer(roomId, race, 'q1', 'b')).toMatchObject({ status: 200 });
    expect((await start(roomId)).body.race.id).not.toBe(race.id);
  });

  test.each<
    [string, (roomId: string) => Promise<{ status: number; body: { code?: string } }>, [number, string]]
  >([
    ['alone', async () => start(await room('Memory')), [409, 'race_alone']],
    ['sharing nothing', async () => start(await room(null, ben)), [422, 'nothing_shared']],
    ['with notes on something else', async () => start(await room('Volcanoes', ben)), [422, 'no_material']],
    ['with notes that hold too little', async () => start(await room('Quark', ben)), [422, 'no_material']],
    ['with no notes', (roomId) => start(roomId, ben), [422, 'no_material']],
    ['as a stranger', (roomId) => start(roomId, cleo), [404, 'not_found']],
    ['nowhere', () => start(crypto.randomUUID()), [404, 'not_found']],
    ['without signing in', (roomId) => api.race.POST({ roomId }, { as: null }), [401, 'unauthenticated']],
  ])('is not started %s', async (_name, attempt, refusal) => {
    const { status, body } = await attempt(await room('Memory', ben));
    expect([status, body.code]).toEqual(refusal);
    expect(await quizzes()).toEqual([]);
  });

  test('takes no answer that makes no sense, and says what is wrong with it', async () => {
    const roomId = await room('Memory', ben);
    const race: Race = (await start(roomId)).body.race;
    const late = cleo;
    const { body } = await api.room.GET({ roomId });
    await api.join.POST({}, { as: late, body: { code: body.room.code } });
    const other = { ...race, id: crypto.randomUUID() };
    const said = await Promise.all([
      answer(roomId, race, 'q1', 'e'),
      answer(roomId, race, 'q9', 'a'),
      answer(roomId, race, '', 'a'),
      answer(roomId, other, 'q1', 'a'),
      answer(roomId, race, 'q1', 'a', late),
    ]);
    expect(said.map(({ status, body: { code } }) => `${status} ${code}`)).toEqual([
      '400 invalid_request',
      '400 invalid_request',
      '400 invalid_request',
      '404 not_found',
      '403 not_racing',
    ]);
    expect(await api.race.GET({ roomId }, { as: late })).toMatchObject({ body: { race: { items: [] } } });
    await services.query('update public.room_race set ends_at = clock_timestamp()');
    expect(await answer(roomId, race, 'q1', 'a')).toMatchObject({ status: 409, body: { code: 'race_over' } });
  });
});
