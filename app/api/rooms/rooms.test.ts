import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { OpenedRoom } from '@/lib/db/queries/room';
import type { Room, RoomMessage } from '@/lib/domain/room';

import type { SummarizeSessionOutput } from '@/lib/tools/summarize-session';
import { type Stack, startStack } from '@/tests/db/stack';

// What is left for after the response is run at once: there is no platform here that would wait for it.
vi.mock('next/server', () => ({ after: (work: () => unknown) => void work() }));

type Student = { id: string; token: string };
type Handler<Params> = (request: Request, context: { params: Promise<Params> }) => Promise<Response>;
/** What the routes of a room answer, all of them in one: a test reads the fields of the route it asked. */
type Body = OpenedRoom & {
  path: string;
  room: Room;
  changed: boolean;
  message: RoomMessage;
  summary: SummarizeSessionOutput;
  detail?: string;
  title?: string;
};

describe('the rooms API', () => {
  let stack: Stack;
  let ana: Student;
  let ben: Student;
  let routes: Awaited<ReturnType<typeof loadRoutes>>;

  // Loaded after the servers are up: what they import reads its environment.
  const loadRoutes = async () => ({
    rooms: await import('./route'),
    join: await import('./join/route'),
    room: await import('./[roomId]/route'),
    timer: await import('./[roomId]/timer/route'),
    messages: await import('./[roomId]/messages/route'),
    notes: await import('./[roomId]/notes/route'),
  });

  beforeAll(async () => {
    stack = await startStack();
    routes = await loadRoutes();
    ana = await stack.signUp('ana@example.com');
    ben = await stack.signUp('ben@example.com');
  });
  afterAll(() => stack.close());

  async function call<Params extends object>(
    handler: Handler<Params>,
    params: Params,
    { as = ana, body, query = '' }: { as?: Student | null; body?: unknown; query?: string } = {},
  ): Promise<{ status: number; body: Body }> {
    const response = await handler(
      new Request(`http://localhost:3000/api/rooms${query}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          ...(as ? { authorization: `Bearer ${as.token}` } : {}),
          'content-type': 'application/json',
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
      { params: Promise.resolve(params) },
    );
    const text = await response.text();
    // Each route answers its own part of it; what is compared is what arrived.
    return { status: response.status, body: JSON.parse(text === '' ? '{}' : text) as Body };
  }
  const open = async (body: object = {}, as = ana) => (await call(routes.rooms.POST, {}, { as, body })).body;
  const say = (roomId: string, body: string, as = ana, clientId: string = crypto.randomUUID()) =>
    call(routes.messages.POST, { roomId }, { as, body: { clientId, body } });

  test('opens a room with a rhythm, lets another in by its code, and shows both the same', async () => {
    const opened = await open({
      title: ' Memory ',
      durations: { focusMinutes: 50, breakMinutes: 10, rounds: 2 },
    });
    expect(opened.path).toBe(`/room/${opened.code}`);
    const typed = `${opened.code.slice(0, 3).toLowerCase()} ${opened.code.slice(3)}`;
    const joined = await call(routes.join.POST, {}, { as: ben, body: { code: typed, goal: '14 cards' } });
    expect(joined).toMatchObject({ status: 200, body: { roomId: opened.roomId } });
    const [mine, theirs] = await Promise.all(
      [ana, ben].map((as) => call(routes.room.GET, { roomId: opened.roomId }, { as })),
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
    await call(routes.join.POST, {}, { as: ben, body: { code } });
    const press = (as: Student, action: string, revision: number) =>
      call(routes.timer.POST, { roomId }, { as, body: { act: { action }, revision } });
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
      call(routes.room.GET, { roomId }, { as: ben }),
      call(routes.room.GET, { roomId: crypto.randomUUID() }, { as: ben }),
      call(routes.room.GET, { roomId: 'x' }, { as: ben }),
      call(routes.room.POST, { roomId }, { as: ben, body: { action: 'leave' } }),
      call(routes.timer.POST, { roomId }, { as: ben, body: { act: { action: 'start' }, revision: 0 } }),
      say(roomId, 'hello', ben),
      call(routes.notes.POST, { roomId }, { as: ben, body: {} }),
      call(routes.join.POST, {}, { as: ben, body: { code: 'AAAAAA' } }),
      call(routes.join.POST, {}, { as: ben, body: { code: 'not a code' } }),
      call(routes.rooms.POST, {}, { as: ben, body: { nudgeId: crypto.randomUUID() } }),
    ];
    for (const { status, body } of await Promise.all(asked)) {
      expect([status, body.detail ?? body.title]).toEqual([
        404,
        'There is nothing here, or it is not yours.',
      ]);
    }
    expect((await call(routes.room.GET, { roomId }, { as: null })).status).toBe(401);
  });

  test('refuses what has no bounds', async () => {
    const { roomId } = await open({ title: 'Bounds' });
    const wrong = [
      call(routes.rooms.POST, {}, { body: { title: 'x'.repeat(81) } }),
      call(routes.rooms.POST, {}, { body: { durations: { focusMinutes: 4, breakMinutes: 5, rounds: 3 } } }),
      call(
        routes.rooms.POST,
        {},
        { body: { durations: { focusMinutes: 25, breakMinutes: 5, rounds: 2.5 } } },
      ),
      call(routes.room.POST, { roomId }, { body: { action: 'goal', goal: 'x'.repeat(121) } }),
      call(routes.room.POST, { roomId }, { body: { action: 'explode' } }),
      call(routes.timer.POST, { roomId }, { body: { act: { action: 'extend', minutes: 31 }, revision: 0 } }),
      call(routes.messages.POST, { roomId }, { body: { clientId: 'x', body: 'hello' } }),
      say(roomId, 'x'.repeat(1_001)),
      say(roomId, '   '),
      call(routes.room.GET, { roomId }, { query: '?after=-1' }),
    ];
    for (const { status } of await Promise.all(wrong)) expect(status).toBe(400);
  });

  test('says that a room is full, or closed, and for how long codes are refused', async () => {
    const { roomId, code } = await open({ title: 'Full' });
    for (let seat = 2; seat <= 5; seat += 1) {
      await call(routes.join.POST, {}, { as: await stack.signUp(`seat${seat}@example.com`), body: { code } });
    }
    const late = await call(routes.join.POST, {}, { as: ben, body: { code } });
    expect([late.status, late.body.detail ?? late.body.title]).toEqual([409, expect.stringMatching(/full/)]);
    expect((await call(routes.room.POST, { roomId }, { body: { action: 'close' } })).status).toBe(200);
    const after = await call(routes.join.POST, {}, { as: ben, body: { code } });
    expect([after.status, after.body.detail ?? after.body.title]).toEqual([
      409,
      expect.stringMatching(/closed/),
    ]);
    const guesser = await stack.signUp('guesser@example.com');
    for (let tries = 0; tries < 10; tries += 1) {
      await call(routes.join.POST, {}, { as: guesser, body: { code: 'AAAAAA' } });
    }
    const limited = await call(routes.join.POST, {}, { as: guesser, body: { code: 'AAAAAA' } });
    expect([limited.status, limited.body.detail ?? limited.body.title]).toEqual([
      429,
      'Ten codes were wrong. Try again in 60 min.',
    ]);
  });

  test('keeps a message that was sent again as one', async () => {
    const { roomId } = await open({ title: 'Twice' });
    const clientId = crypto.randomUUID();
    const sent = [await say(roomId, 'once', ana, clientId), await say(roomId, 'once', ana, clientId)];
    expect(sent.map(({ body }) => body.message.seq)).toEqual([1, 1]);
  });

  test('makes notes, tasks and cards of a long talk, and says when nothing was said', async () => {
    const { roomId } = await open({ title: 'Tides' });
    expect(await call(routes.notes.POST, { roomId }, { body: {} })).toMatchObject({
      status: 400,
      body: { code: 'invalid_request' },
    });
    // More than a message of a conversation may hold.
    await stack.query(
      `insert into public.room_message (room_id, seq, user_id, client_id, body)
       select $1, n, $2, gen_random_uuid(),
         'A tide is the regular rise and fall of the sea. The moon causes most of the tide number ' || n || ', because its gravity pulls.'
       from generate_series(1, 200) n`,
      [roomId, ana.id],
    );
    await stack.query('update public.room set last_seq = 200 where id = $1', [roomId]);
    await call(routes.room.POST, { roomId }, { body: { action: 'leave' } });
    const made = await call(routes.notes.POST, { roomId }, { body: {} });
    expect(made).toMatchObject({ status: 200, body: { summary: { title: 'Tides', source: 'transcript' } } });
    expect(made.body.summary.summary).toMatch(/tide/i);
    await vi.waitFor(async () => {
      const rows = await stack.query<{ event_type: string }>(
        `select event_type from public.agent_telemetry where user_id = $1 order by event_type`,
        [ana.id],
      );
      expect(rows.map(({ event_type }) => event_type)).toContain('llm_call');
    });
  });
});
