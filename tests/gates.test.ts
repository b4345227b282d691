import { createClient } from '@supabase/supabase-js';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Role } from '../lib/domain/role.ts';
import { JSON_ANSWER, testApi } from './setup/api.ts';
import { addNotes, startServices } from './setup/services.ts';

// Keeping the platform awake after a response has no meaning outside a request of Next.
vi.mock('next/server', () => ({ after: () => undefined }));

const SCHOOL = 'https://school.example';

const { api, services, students } = testApi({
  students: ['ada', 'root', 'staff'],
  start: async () => {
    const started = await startServices();
    vi.stubEnv('ALLOWED_ORIGINS', `${SCHOOL},https://other.example:8443`);
    vi.stubEnv('FEATURE_FLAGS', 'handoff.google_ia.payload_only');
    vi.stubEnv('API_WRITES_PER_MINUTE', '100');
    return started;
  },
  routes: async () => ({
    chat: await import('../app/api/ai-agent/chat/route.ts'),
    program: await import('../app/api/chat/route.ts'),
    again: await import('../app/api/chat/regenerate/route.ts'),
    switch: await import('../app/api/admin/chat/route.ts'),
    everybody: await import('../app/api/admin/audit/route.ts'),
    own: await import('../app/api/audit/route.ts'),
    usage: await import('../app/api/usage/route.ts'),
    handoff: await import('../app/api/handoff/route.ts'),
    decks: await import('../app/api/decks/route.ts'),
    plans: await import('../app/api/plans/route.ts'),
  }),
});

async function grant(name: 'root' | 'staff', role: Role) {
  const { gateway } = services;
  const open = (key: string) => createClient(gateway.url, key, { auth: { persistSession: false } });
  await open(gateway.secretKey).auth.admin.updateUserById(students[name].id, { app_metadata: { role } });
  const account = { email: students[name].email, password: 'a long test password' };
  const { data } = await open(gateway.publishableKey).auth.signInWithPassword(account);
  Object.assign(students[name], { token: data.session?.access_token });
}

beforeAll(async () => {
  await grant('root', 'admin');
  await grant('staff', 'internal');
});

const ask = (as = students.ada) =>
  api.chat.POST({}, { as, body: { message: 'What is memory?' }, headers: JSON_ANSWER });
const root = () => ({ as: students.root });

describe('the switch of the chat', () => {
  test('is there for admins alone', async () => {
    for (const as of [students.ada, students.staff]) {
      expect((await api.switch.PUT({}, { as, body: { off: true } })).status).toBe(403);
      expect((await api.switch.GET({}, { as })).status).toBe(403);
    }
    expect((await api.switch.PUT({}, { as: null, body: { off: true } })).status).toBe(401);
    expect((await api.switch.GET({}, root())).body).toMatchObject({ isOff: false });
    expect((await api.switch.PUT({}, { ...root(), body: { off: 'yes' } })).status).toBe(400);
  });

  test('refuses every turn with a code, a sentence and a time, and opens and counts none', async () => {
    const first = await ask();
    const { threadId } = first.body;
    await api.switch.PUT({}, { ...root(), body: { off: true, reason: 'Exams until noon.' } });
    const answers = [
      await ask(),
      await ask(students.root),
      await api.program.POST({}, { body: { message: 'What is memory?' } }),
      await api.again.POST({}, { body: { threadId, nudge: null } }),
    ];
    for (const { status, body, headers } of answers) {
      expect([status, body.code, body.title, body.detail]).toEqual([
        503,
        'chat_disabled',
        expect.stringContaining('notes, cards and plans'),
        'Exams until noon.',
      ]);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(60);
    }
    const counted = await services.query<{ n: number }>(
      'select count(*)::int as n from public.message where user_id = $1',
      [students.ada.id],
    );
    expect(counted).toEqual([{ n: 2 }]);
    // What is no question goes on.
    expect((await api.decks.GET()).status).toBe(200);
    await api.switch.PUT({}, { ...root(), body: { off: false } });
    expect((await ask()).status).toBe(200);
  });

  test('turned elsewhere holds here within five seconds', async () => {
    const turn = (isOff: boolean) => services.query('update private.switch set is_off = $1', [isOff]);
    const start = performance.now();
    const clock = vi.spyOn(performance, 'now');
    for (const [isOff, status] of [
      [true, 503],
      [false, 200],
    ] as const) {
      await turn(isOff);
      clock.mockReturnValue(start + (isOff ? 5_000 : 10_000));
      expect((await ask()).status).toBe(status);
    }
    clock.mockRestore();
  });
});

describe('the record', () => {
  test('tells a student what they did and what failed, and nobody else’s', async () => {
    await api.plans.POST({}, { body: {} });
    const { body } = await api.own.GET();
    const lines: { userId: string; action: string; outcome: string; code: string | null; subject: string }[] =
      body.lines;
    expect(new Set(lines.map(({ userId }) => userId))).toEqual(new Set([students.ada.id]));
    expect(lines.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['chat.thread.added', 'chat.message.added']),
    );
    expect(lines).toContainEqual(
      expect.objectContaining({
        action: 'request',
        outcome: 'failure',
        code: 'invalid_request',
        subject: 'POST /api/[id]',
      }),
    );
    expect((await api.own.GET({}, { query: `?who=${students.root.email}` })).body.lines).toEqual([]);
  });

  test.each<[string, number]>([
    ['?who=ada@example.com&action=chat.', 200],
    ['?outcome=failure&from=2020-01-01&to=2100-01-01', 200],
    ['?who=&action=&outcome=', 200],
    ['?outcome=perhaps', 400],
    ['?from=yesterday', 400],
    ['?before=-1', 400],
  ])('is filtered by an admin with %s: %i', async (query, status) => {
    const answer = await api.everybody.GET({}, { ...root(), query });
    expect(answer.status).toBe(status);
    if (status === 200) expect(answer.body.lines.length).toBeGreaterThan(0);
    expect((await api.everybody.GET({}, { query })).status).toBe(403);
  });

  test('knows whence a row was written, by whatever door', async () => {
    const { createUserClient } = await import('../lib/db/clients.ts');
    const db = createUserClient(students.ada.token, '203.0.113.77');
    await db
      .from('profile')
      .update({ goals: ['Pass'] })
      .eq('user_id', students.ada.id);
    await db.rpc('note_act', { p_action: 'session.signed_in' });
    const { lines } = (await api.own.GET()).body;
    expect(lines.slice(0, 2)).toMatchObject([
      { action: 'session.signed_in', network: '203.0.113.0/24' },
      { action: 'profile.changed', network: '203.0.113.0/24' },
    ]);
  });

  test('comes in pages without a gap, the day of its end counted in', async () => {
    await services.query(
      `insert into public.audit_log (user_id, action) select $1, 'many' from generate_series(1, 250)`,
      [students.ada.id],
    );
    const seen: number[] = [];
    let before: number | null | undefined;
    do {
      const today = new Date().toISOString().slice(0, 10);
      const query = `?action=many&from=${today}&to=${today}${before ? `&before=${before}` : ''}`;
      const { body } = await api.everybody.GET({}, { ...root(), query });
      seen.push(...body.lines.map(({ id }: { id: number }) => id));
      before = body.nextBefore;
    } while (before);
    expect(seen).toEqual([...new Set(seen)].toSorted((a, b) => b - a));
    expect(seen).toHaveLength(250);
  });

  test('is a table for a spreadsheet that runs no formula', async () => {
    await services.query(
      `insert into public.audit_log (user_id, action, subject) values ($1, 'odd', '=cmd|''/c calc''!A1')`,
      [students.ada.id],
    );
    const { text, headers } = await api.everybody.GET({}, { ...root(), query: '?action=odd&format=csv' });
    expect(headers.get('content-type')).toContain('text/csv');
    expect(text).toContain(`'=cmd|`);
    expect(text).not.toMatch(/[,\n]"?[=+@-]/);
    expect(text.split('\r\n')[0]).toBe(
      'id,at,userId,email,actor,action,subject,outcome,code,network,durationMs,metadata',
    );
  });
});

test('what is used is told, with the time it begins anew', async () => {
  const { body } = await api.usage.GET();
  expect(body).toMatchObject({
    timezone: 'UTC',
    tokens: { limit: 1_000_000_000 },
    storedBytes: { used: 0, limit: 524_288_000 },
  });
  expect(body.tokens.used).toBeGreaterThan(0);
  expect(new Date(body.resetsAt).getTime()).toBeGreaterThan(Date.now());
  expect((await api.usage.GET({}, root())).body.tokens.limit).toBe(10_000_000_000);
});

test('at the end of a day of tokens a question is refused until midnight, and nothing of it is kept', async () => {
  const { staff } = students;
  const setUsed = (used: number) =>
    services.query(
      `insert into public.quota (user_id, kind, used) values ($1, 'tokens', $2)
       on conflict (user_id, kind, day) do update set used = excluded.used`,
      [staff.id, used],
    );
  await setUsed(1_000_000_000 * 5);
  const { status, body, headers } = await ask(staff);
  expect([status, body.code]).toEqual([429, 'quota_exceeded']);
  const midnight = new Date().setUTCHours(24, 0, 0, 0);
  expect(Math.abs(Number(headers.get('retry-after')) - (midnight - Date.now()) / 1000)).toBeLessThan(60);
  expect(await services.query('select 1 from public.thread where user_id = $1', [staff.id])).toEqual([]);
  await setUsed(0);
  expect((await ask(staff)).status).toBe(200);
});

describe('a hand-off', () => {
  test('is built for internal accounts of what is their own, and sent nowhere', async () => {
    await addNotes(services, {
      userId: students.staff.id,
      title: 'Memory',
      pages: ['Memory is what stays.'],
    });
    const { threadId } = (await ask(students.staff)).body;
    const sent = vi.spyOn(globalThis, 'fetch');
    const { status, body } = await api.handoff.POST({}, { as: students.staff, body: { threadId } });
    const { gateway } = services;
    expect(
      sent.mock.calls.map(([to]) => new URL(String(to)).origin).filter((origin) => origin !== gateway.url),
    ).toEqual([]);
    sent.mockRestore();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      sent: false,
      payload: {
        version: 1,
        receiver: 'google_ia',
        source: { kind: 'thread', id: threadId },
        messages: [
          { role: 'user', text: 'What is memory?' },
          { role: 'assistant', text: expect.stringContaining('emory') },
        ],
      },
    });
    expect((await api.handoff.POST({}, { body: { threadId } })).status).toBe(403);
    expect((await api.handoff.POST({}, { ...root(), body: { threadId } })).status).toBe(404);
    for (const wrong of [{}, { threadId, planId: threadId }, { threadId: 'x' }])
      expect((await api.handoff.POST({}, { as: students.staff, body: wrong })).status).toBe(400);
  });
});

describe('another site', () => {
  const call = (method: 'GET' | 'POST', origin: string) =>
    api.decks[method as 'GET'].response(
      {},
      { headers: { origin }, ...(method === 'POST' ? { body: {} } : {}) },
    );

  test.each([
    [SCHOOL, true],
    ['https://other.example:8443', true],
    ['https://other.example', false],
    ['http://school.example', false],
    ['https://school.example.evil.example', false],
    ['https://evil.example', false],
    ['null', false],
    ['*', false],
  ])('%s may call: %s', async (origin, may) => {
    const { headers } = await call('GET', origin);
    expect(headers.get('access-control-allow-origin')).toBe(may ? origin : null);
    expect(headers.get('access-control-allow-credentials')).toBe(may ? 'true' : null);
    expect(headers.get('vary')).toContain('Origin');
    const { OPTIONS } = await import('../app/api/decks/route.ts');
    const preflight = OPTIONS(
      new Request('http://localhost:3000/api/decks', {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'GET' },
      }),
    );
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(may ? origin : null);
    expect(preflight.headers.get('access-control-allow-methods')).toBe(
      may ? preflight.headers.get('allow') : null,
    );
    expect(preflight.headers.get('vary')).toBe('Origin');
  });

  test('that is named may write with its student’s cookies, any other not', async () => {
    const { requireSameOrigin } = await import('../lib/http/same-origin.ts');
    const write = (origin: string) => () =>
      requireSameOrigin(
        new Request('http://localhost:3000/api/decks', {
          method: 'POST',
          headers: { origin, 'sec-fetch-site': 'cross-site' },
        }),
        undefined,
      );
    expect(write(SCHOOL)).not.toThrow();
    expect(write('https://evil.example')).toThrow();
  });
});

test('every answer says what is left of its limit, and a program changes a hundred things a minute', async () => {
  const { headers } = await api.decks.GET();
  expect(headers.get('ratelimit-limit')).toBe('1200');
  expect(headers.get('ratelimit-policy')).toBe('"read";q=1200;w=60');
  const chat = await ask();
  expect(chat.headers.get('ratelimit-policy')).toContain('"chat";q=1000;w=60');
  let answers = 0;
  for (let turn = 0; turn < 110; turn += 1) {
    const { status, headers: left } = await api.plans.POST({}, { as: students.staff, body: {} });
    expect(Number(left.get('ratelimit-remaining'))).toBeLessThan(100);
    if (status !== 429) {
      answers += 1;
      continue;
    }
    expect(left.get('ratelimit-limit')).toBe('100');
    expect(left.get('ratelimit-remaining')).toBe('0');
    expect(Number(left.get('retry-after'))).toBe(Number(left.get('ratelimit-reset')));
  }
  expect(answers).toBeGreaterThan(90);
  expect(answers).toBeLessThanOrEqual(100);
});
