import { beforeEach, describe, expect, test } from 'vitest';
import type { Race } from '../../lib/domain/room.ts';
import { suiteFixture } from './fixture.ts';

const db = suiteFixture();
beforeEach(async () => {
  for (const table of ['room', 'quiz', 'block']) await db.query(`delete from public.${table}`);
});

const SECRET = 'The passage itself.';
const items = (count: number, change: object = {}) =>
  Array.from({ length: count }, (_, index) => ({
    id: `x${index}`,
    q: `Question ${index + 1}?`,
    choices: ['a', 'b', 'c', 'd'].map((id) => ({ id, text: `${id}!`, why: id === 'b' ? null : SECRET })),
    answer: 'b',
    explanation: SECRET,
    source: { title: 'Memory notes', quote: SECRET },
    ...change,
  }));
const quiz = (who: string, made: object[]) =>
  db.valueOf<string>(who, 'public.create_quiz($1)', [JSON.stringify({ topic: 'Memory', items: made })]);
const START = 'public.start_race($1, $2, $3)';
type State = { race: Race; now: string };
const start = async (who: string, roomId: string, made: object[] = items(6)) =>
  (await db.valueOf<State>(who, START, [roomId, [await quiz(who, made)], ['Memory']])).race;
const startCode = (who: string, roomId: string, quizIds: string[]) =>
  db.codeOf(who, `select ${START}`, [roomId, quizIds, ['Memory']]);
const ANSWER = 'public.answer_race($1, $2, $3, $4)';
const answer = async (who: string, roomId: string, race: Race, itemId: string, optionId: string) =>
  (await db.valueOf<State>(who, ANSWER, [roomId, race.id, itemId, optionId])).race;
const answerCode = (who: string, ...given: string[]) => db.codeOf(who, `select ${ANSWER}`, given);
const look = async (who: string, roomId: string) =>
  (await db.valueOf<{ race: Race | null } | null>(who, 'public.read_room($1)', [roomId]))?.race ?? null;
const leave = (who: string, roomId: string) => db.valueOf(who, `public.act_in_room($1, 'leave')`, [roomId]);
const score = (race: Race | null) =>
  Object.fromEntries(race?.racers.map(({ userId, right, answered }) => [userId, [right, answered]]) ?? []);

async function room(...others: string[]) {
  const opened = await db.valueOf<{ roomId: string; code: string }>(db.owner, 'public.open_room()');
  for (const who of others) await db.valueOf(who, 'public.enter_room($1, true)', [opened.code]);
  return opened;
}

describe('a race', () => {
  test('asks five questions of all who are there, with no answer and no passage, and the quiz is gone', async () => {
    const { roomId, code } = await room(db.stranger);
    const race = await start(db.owner, roomId);
    expect(race).toMatchObject({ startedBy: db.owner, topics: ['Memory'], questions: 5, isOver: false });
    expect(score(race)).toEqual({ [db.owner]: [0, 0], [db.stranger]: [0, 0] });
    for (const seen of [race, await look(db.stranger, roomId)]) {
      expect(seen?.items).toHaveLength(5);
      expect(seen?.items.every((item) => item.answer === null && item.title === 'Memory notes')).toBe(true);
      expect(JSON.stringify(seen)).not.toContain(SECRET);
    }
    expect(await db.query('select 1 from public.quiz')).toEqual([]);
    // Whoever comes later watches the score and is told no question before the end.
    const late = await db.newStudent();
    await db.valueOf(late, 'public.enter_room($1, true)', [code]);
    expect(await look(late, roomId)).toMatchObject({ items: [], racers: [{ right: 0 }, { right: 0 }] });
    expect(await answerCode(late, roomId, race.id, 'q1', 'b')).toBe('PT403');
  });

  test('counts an answer once, tells its key to who gave it alone, and shows both the score', async () => {
    const { roomId } = await room(db.stranger);
    const race = await start(db.owner, roomId);
    const answered = await answer(db.stranger, roomId, race, 'q1', 'b');
    expect(answered.items.map((item) => item.answer)).toEqual(['b', null, null, null, null]);
    await answer(db.stranger, roomId, race, 'q2', 'a');
    // Another answer to the same question is the state as it is.
    expect(await answer(db.stranger, roomId, race, 'q2', 'b')).toMatchObject({
      items: [{}, { mine: 'a' }, {}, {}, {}],
    });
    const mine = await look(db.owner, roomId);
    expect(score(mine)).toEqual({ [db.owner]: [0, 0], [db.stranger]: [1, 2] });
    expect(mine?.items.every((item) => item.answer === null && item.mine === null)).toBe(true);
  });

  test('ends with the last answer of those who are there, and then tells everybody what was right', async () => {
    const { roomId } = await room(db.stranger);
    const race = await start(db.owner, roomId, items(3));
    for (const who of [db.owner, db.stranger])
      for (const id of ['q1', 'q2', 'q3']) await answer(who, roomId, race, id, who === db.owner ? 'b' : 'c');
    const over = await look(db.stranger, roomId);
    expect(over).toMatchObject({ isOver: true, items: [{ answer: 'b', mine: 'c' }, {}, {}] });
    expect(score(over)).toEqual({ [db.owner]: [3, 3], [db.stranger]: [0, 3] });
    const next = await start(db.stranger, roomId);
    expect(next).toMatchObject({ startedBy: db.stranger, isOver: false });
    expect(await answerCode(db.owner, roomId, race.id, 'q1', 'b')).toBe('PT404');
  });

  test('ends by the clock without anybody, and takes no answer after', async () => {
    const { roomId } = await room(db.stranger);
    const race = await start(db.owner, roomId);
    await answer(db.owner, roomId, race, 'q1', 'b');
    await db.query(`update public.room_race set ends_at = clock_timestamp()`);
    expect(await look(db.owner, roomId)).toMatchObject({
      isOver: true,
      items: [{ mine: 'b' }, { mine: null }, {}, {}, {}],
    });
    expect(await answerCode(db.owner, roomId, race.id, 'q2', 'b')).toBe('PT409');
    // What had counted may be sent again.
    expect(await answerCode(db.owner, roomId, race.id, 'q1', 'b')).toBeNull();
  });

  test('goes on without who leaves, is over when nobody is left with a question, and is there for who comes back', async () => {
    const third = await db.newStudent();
    const { roomId, code } = await room(db.stranger, third);
    const race = await start(db.owner, roomId, items(3));
    await leave(third, roomId);
    expect(await look(third, roomId)).toBeNull();
    expect(await answerCode(third, roomId, race.id, 'q1', 'b')).toBe('PT404');
    for (const id of ['q1', 'q2', 'q3']) await answer(db.owner, roomId, race, id, 'b');
    expect(await look(db.owner, roomId)).toMatchObject({ isOver: false });
    await db.valueOf(third, 'public.enter_room($1, true)', [code]);
    expect((await answer(third, roomId, race, 'q1', 'a')).items[0]?.mine).toBe('a');
    for (const who of [third, db.stranger]) await leave(who, roomId);
    expect(await look(db.owner, roomId)).toMatchObject({ isOver: true });
  });

  test('is the one that runs, whoever presses second', async () => {
    const { roomId } = await room(db.stranger);
    const race = await start(db.owner, roomId);
    expect((await start(db.stranger, roomId)).id).toBe(race.id);
    expect(await db.query('select 1 from public.quiz')).toEqual([]);
    expect(await db.query('select 1 from public.room_race')).toHaveLength(1);
  });
});

describe('no race', () => {
  test('is started alone, or with who was not heard of for a while', async () => {
    const { roomId, code } = await room();
    const made = [await quiz(db.owner, items(5))];
    expect(await startCode(db.owner, roomId, made)).toBe('PT409');
    await db.valueOf(db.stranger, 'public.enter_room($1, true)', [code]);
    await db.query(
      `update public.room_member set seen_at = now() - interval '4 minutes' where user_id = $1`,
      [db.stranger],
    );
    expect(await startCode(db.owner, roomId, made)).toBe('PT409');
    await db.valueOf(db.stranger, `public.act_in_room($1, 'seen')`, [roomId]);
    expect(await startCode(db.owner, roomId, made)).toBeNull();
  });

  test.each<[string, object[]]>([
    ['of two questions', items(2)],
    ['of questions that are typed', items(5, { format: 'typed', choices: [], answer: 'a' })],
    ['of three choices', items(5, { choices: ['a', 'b', 'c'].map((id) => ({ id, text: id })) })],
    ['of choices that are one', items(5, { choices: ['b', 'b', 'b', 'b'].map((id) => ({ id, text: id })) })],
    ['without a right choice', items(5, { answer: 'e' })],
    ['without a file', items(5, { source: null })],
    ['without a question', items(5, { q: null })],
  ])('is made %s', async (_name, made) => {
    const { roomId } = await room(db.stranger);
    expect(await startCode(db.owner, roomId, [await quiz(db.owner, made)])).toBe('PT400');
  });

  test('takes a quiz of somebody else, or one that was answered', async () => {
    const { roomId } = await room(db.stranger);
    const theirs = await quiz(db.stranger, items(5));
    const answered = await quiz(db.owner, items(5));
    await db.valueOf(db.owner, 'public.start_attempt($1)', [answered]);
    for (const id of [theirs, answered, crypto.randomUUID()])
      expect(await startCode(db.owner, roomId, [id])).toBe('PT400');
    expect(await db.query('select 1 from public.quiz')).toHaveLength(2);
  });

  test('is there for a stranger, nor for who was blocked out of the room', async () => {
    const [third, nobody] = [await db.newStudent(), await db.newStudent()];
    const { roomId } = await room(db.stranger, third);
    const race = await start(db.stranger, roomId);
    expect(await startCode(nobody, roomId, [])).toBe('PT404');
    expect(await answerCode(nobody, roomId, race.id, 'q1', 'b')).toBe('PT404');
    expect(await db.rowsOf(nobody, 'select id from public.room_race')).toEqual([]);
    await db.block(db.owner, third);
    expect(await look(third, roomId)).toBeNull();
    expect(await answerCode(third, roomId, race.id, 'q1', 'b')).toBe('PT404');
    expect(score(await look(db.owner, roomId))).toEqual({ [db.owner]: [0, 0], [db.stranger]: [0, 0] });
    expect(Object.keys(score(await look(db.stranger, roomId)))).toHaveLength(3);
  });

  test.each<[string, string, string]>([
    ['a question it has not', 'q9', 'b'],
    ['a choice it has not', 'q1', 'e'],
    ['nothing', '', ''],
  ])('takes %s', async (_name, itemId, optionId) => {
    const { roomId } = await room(db.stranger);
    const race = await start(db.owner, roomId);
    expect(await answerCode(db.owner, roomId, race.id, itemId, optionId)).toBe('PT400');
    expect(await answerCode(db.owner, roomId, crypto.randomUUID(), 'q1', 'b')).toBe('PT404');
  });

  test.each(['items', 'answers'])('gives %s away past its functions', async (column) => {
    const { roomId } = await room(db.stranger);
    const race = await start(db.owner, roomId);
    await answer(db.stranger, roomId, race, 'q1', 'b');
    const table = column === 'items' ? 'room_race' : 'room_racer';
    expect(await db.codeOf(db.owner, `select ${column} from public.${table}`)).toBe('42501');
    expect(await db.codeOf(db.owner, 'select private.race_of($1)', [roomId])).toBe('42501');
    expect(
      await db.rowsOf(db.owner, 'select user_id, correct from public.room_racer order by correct'),
    ).toEqual([
      { user_id: db.owner, correct: 0 },
      { user_id: db.stranger, correct: 1 },
    ]);
  });

  test('is left of an account that is gone', async () => {
    const third = await db.newStudent();
    const { roomId } = await room(db.stranger, third);
    await start(third, roomId);
    await db.query('delete from auth.users where id = $1', [third]);
    expect(await look(db.owner, roomId)).toBeNull();
    expect(await db.query('select 1 from public.room_racer')).toEqual([]);
  });
});
