import { describe, expect, test, vi } from 'vitest';
import { testApi } from '@/tests/setup/api';
import { startServicesWithJobs, type TestStudent } from '@/tests/setup/services';

// What is left for after the response is run at once: there is no platform here that would wait for it.
vi.mock('next/server', () => ({ after: (work: () => unknown) => void work() }));

describe('the rooms API', () => {
  const { api, services, students } = testApi({
    start: startServicesWithJobs,
    students: ['ana', 'ben'],
    routes: async () => ({
      rooms: await import('./route'),
      join: await import('./join/route'),
      room: await import('./[roomId]/route'),
      timer: await import('./[roomId]/timer/route'),
      messages: await import('./[roomId]/messages/route'),
      notes: await import('./[roomId]/notes/route'),
    }),
  });
  const { ana, ben } = students;

  type Refusal = { status: number; body: { detail?: string; title?: string } };
  const refusalOf = ({ status, body }: Refusal) => [status, body.detail ?? body.title];
  const open = async (body: object = {}, as = ana) => (await api.rooms.POST({}, { as, body })).body;
  const say = (roomId: string, body: string, as = ana, clientId: string = crypto.randomUUID()) =>
    api.messages.POST({ roomId }, { as, body: { clientId, body } });

  test('opens a room with a rhythm, lets another in by its code, and shows both the same', async () => {
    const opened = await open({
      title: ' Memory ',
      durations: { focusMinutes: 50, breakMinutes: 10, rounds: 2 },
    });
    expect(opened.path).toBe(`/room/${opened.code}`);
    const typed = `${opened.code.slice(0, 3).toLowerCase()} ${opened.code.slice(3)}`;
    const joined = await api.join.POST({}, { as: ben, body: { code: typed, goal: '14 cards' } });
    expect(joined).toMatchObject({ status: 200, body: { roomId: opened.roomId } });
    const [mine, theirs] = await Promise.all(
      [ana, ben].map((as) => api.room.GET({ roomId: opened.roomId }, { as })),
    );
    expect(mine?.body.room).toMatchObject({
      title: 'Memory',
      timer: { phase: 'waiting', durations: { focusMinutes: 50 } },
      members: [{ userId: ana.id }, { userId: ben.id, goal: '14 cards' }],
    });
    expect(theirs?.body.room.channelId).toBe(mine?.body.room.channelId);
  });

  test('turns the clock once for two who press at the same moment', async () => {
    const { roomId, code } = await open({ title: 'Clock' });
    await api.join.POST({}, { as: ben, body: { code } });
    const press = (as: TestStudent, action: string, revision: number) =>
      api.timer.POST({ roomId }, { as, body: { act: { action }, revision } });
    expect(await press(ana, 'start', 0)).toMatchObject({
      body: { changed: true, timer: { phase: 'focus' } },
    });
    const both = await Promise.all([press(ana, 'skip', 1), press(ben, 'skip', 1)]);
    expect(both.map(({ body }) => body.changed).sort()).toEqual([false, true]);
    for (const { body } of both)
      expect(body).toMatchObject({ revision: 2, timer: { phase: 'break', round: 1 } });
    // What means nothing changes nothing.
    expect(await press(ana, 'start', 2)).toMatchObject({
      status: 200,
      body: { changed: false, revision: 2 },
    });
  });

  test('tells a stranger, an unknown room and nonsense the same nothing', async () => {
    const { roomId } = await open({ title: 'Mine' });
    const asked = [
      api.room.GET({ roomId }, { as: ben }),
      api.room.GET({ roomId: crypto.randomUUID() }, { as: ben }),
      api.room.GET({ roomId: 'x' }, { as: ben }),
      api.room.POST({ roomId }, { as: ben, body: { action: 'leave' } }),
      api.timer.POST({ roomId }, { as: ben, body: { act: { action: 'start' }, revision: 0 } }),
      say(roomId, 'hello', ben),
      api.notes.POST({ roomId }, { as: ben, body: {} }),
      api.join.POST({}, { as: ben, body: { code: 'AAAAAA' } }),
      api.join.POST({}, { as: ben, body: { code: 'not a code' } }),
      api.rooms.POST({}, { as: ben, body: { nudgeId: crypto.randomUUID() } }),
    ];
    for (const answer of await Promise.all(asked)) {
      expect(refusalOf(answer)).toEqual([404, 'There is nothing here, or it is not yours.']);
    }
    expect((await api.room.GET({ roomId }, { as: null })).status).toBe(401);
  });

  test('refuses what has no bounds', async () => {
    const { roomId } = await open({ title: 'Bounds' });
    const wrong = [
      api.rooms.POST({}, { body: { title: 'x'.repeat(81) } }),
      api.rooms.POST({}, { body: { durations: { focusMinutes: 4, breakMinutes: 5, rounds: 3 } } }),
      api.rooms.POST({}, { body: { durations: { focusMinutes: 25, breakMinutes: 5, rounds: 2.5 } } }),
      api.room.POST({ roomId }, { body: { action: 'goal', goal: 'x'.repeat(121) } }),
      api.room.POST({ roomId }, { body: { action: 'explode' } }),
      api.timer.POST({ roomId }, { body: { act: { action: 'extend', minutes: 31 }, revision: 0 } }),
      api.messages.POST({ roomId }, { body: { clientId: 'x', body: 'hello' } }),
      say(roomId, 'x'.repeat(1_001)),
      say(roomId, '   '),
      api.room.GET({ roomId }, { query: '?after=-1' }),
    ];
    for (const { status } of await Promise.all(wrong)) expect(status).toBe(400);
  });

  test('says that a room is full, or closed, and for how long codes are refused', async () => {
    const { roomId, code } = await open({ title: 'Full' });
    for (let seat = 2; seat <= 5; seat += 1) {
      await api.join.POST({}, { as: await services.signUp(`seat${seat}`), body: { code } });
    }
    const join = async (as: TestStudent, typed = code) =>
      refusalOf(await api.join.POST({}, { as, body: { code: typed } }));
    expect(await join(ben)).toEqual([409, expect.stringMatching(/full/)]);
    expect((await api.room.POST({ roomId }, { body: { action: 'close' } })).status).toBe(200);
    expect(await join(ben)).toEqual([409, expect.stringMatching(/closed/)]);
    const guesser = await services.signUp('guesser');
    for (let tries = 0; tries < 10; tries += 1) await join(guesser, 'AAAAAA');
    expect(await join(guesser, 'AAAAAA')).toEqual([429, 'Ten codes were wrong. Try again in 60 min.']);
  });

  test('keeps a message that was sent again as one', async () => {
    const { roomId } = await open({ title: 'Twice' });
    const clientId = crypto.randomUUID();
    const sent = [await say(roomId, 'once', ana, clientId), await say(roomId, 'once', ana, clientId)];
    expect(sent.map(({ body }) => body.message.seq)).toEqual([1, 1]);
  });

  test('makes notes, tasks and cards of a long talk, and says when nothing was said', async () => {
    const { roomId } = await open({ title: 'Tides' });
    expect(await api.notes.POST({ roomId }, { body: {} })).toMatchObject({
      status: 400,
      body: { code: 'invalid_request' },
    });
    // More than a message of a conversation may hold.
    await services.query(
      `insert into public.room_message (room_id, seq, user_id, client_id, body)
       select $1, n, $2, gen_random_uuid(),
         'A tide is the regular rise and fall of the sea. The moon causes most of the tide number ' || n || ', because its gravity pulls.'
       from generate_series(1, 200) n`,
      [roomId, ana.id],
    );
    await services.query('update public.room set last_seq = 200 where id = $1', [roomId]);
    await api.room.POST({ roomId }, { body: { action: 'leave' } });
    const made = await api.notes.POST({ roomId }, { body: {} });
    expect(made).toMatchObject({ status: 200, body: { summary: { title: 'Tides', source: 'transcript' } } });
    expect(made.body.summary.summary).toMatch(/tide/i);
    await vi.waitFor(async () => {
      const rows = await services.query<{ event_type: string }>(
        `select event_type from public.agent_telemetry where user_id = $1 order by event_type`,
        [ana.id],
      );
      expect(rows.map(({ event_type }) => event_type)).toContain('llm_call');
    });
  });
});
