import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { turnStreams } from '../lib/agent/dependencies.ts';
import type { ClervaChunk } from '../lib/agent/messages.ts';
import { TurnOpening } from '../lib/agent/opening.ts';
import { chunksOf, readAll, textOf, threadOf } from './setup/answers.ts';
import { type CallOptions, JSON_ANSWER, testApi } from './setup/api.ts';
import { addNotes, type TestStudent } from './setup/services.ts';

// Keeping the platform awake after a response has no meaning outside a request of Next.
vi.mock('next/server', () => ({ after: () => undefined }));

const { api, services, students } = testApi({
  students: ['ada', 'bob'],
  routes: async () => ({
    chat: await import('../app/api/ai-agent/chat/route.ts'),
    thread: await import('../app/api/ai-agent/chat/[threadId]/route.ts'),
    stop: await import('../app/api/ai-agent/chat/[threadId]/stop/route.ts'),
    stream: await import('../app/api/ai-agent/chat/[threadId]/stream/route.ts'),
    version: await import('../app/api/ai-agent/chat/[threadId]/version/route.ts'),
    cancel: await import('../app/api/ai-agent/chat/[threadId]/calls/[toolCallId]/cancel/route.ts'),
    regenerate: await import('../app/api/ai-agent/chat/[threadId]/regenerate/route.ts'),
  }),
});
const { ada, bob } = students;

const QUESTION = 'How many items does working memory hold?';
const PAGES = [
  'Working memory holds about four items at a time. It decays within twenty seconds without rehearsal.',
  'Long-term memory has no known limit of capacity. Sleep helps to consolidate it.',
];

beforeAll(() => addNotes(services, { userId: ada.id, title: 'Psychology', pages: PAGES }));

const ask = (options: CallOptions) => api.chat.POST.response({}, options);
const askJson = async (as: TestStudent, body: unknown) => {
  const { status, body: json } = await api.chat.POST({}, { as, body, headers: JSON_ANSWER });
  return { status, json };
};
/** A question of Ada's that was answered. */
const answered = async () => (await askJson(ada, { message: QUESTION })).json;
const load = async (threadId: string) => (await api.thread.GET({ threadId })).body;

describe('a question', () => {
  test('is answered from the notes, with a citation of the page', async () => {
    const { chunks, message } = await readAll(await ask({ body: { message: QUESTION } }));
    expect(textOf(message)).toMatch(/four items.*\[1\]/s);
    const citation = message?.parts.find(({ type }) => type === 'data-citation');
    expect(citation).toMatchObject({ data: { title: 'Psychology', page: 1, verdict: 'verified' } });
    const loaded = await load(threadOf(chunks));
    expect(loaded.thread.title).toBe(QUESTION);
    expect(loaded.messages).toHaveLength(2);
    expect(textOf(loaded.messages[1])).toBe(textOf(message));
    expect(loaded.messages[1].metadata).toMatchObject({ status: 'done', model: 'clerva-study-brain' });
  });

  test('asked for as JSON gives one object', async () => {
    const json = await answered();
    expect(json).toMatchObject({
      cards: [{ tool: 'searchNotes', state: 'done' }],
      toolsUsed: ['searchNotes'],
      usage: { costUsd: null },
    });
    expect(json.text).toContain('[1]');
    expect(json.citations[0]).toMatchObject({ n: 1, page: 1 });
    expect(Object.keys(json).toSorted().join(' ')).toBe(
      'cards citations messageId text threadId toolsUsed traceId usage',
    );
  });

  test('a sum is calculated and not looked up', async () => {
    const { body } = await api.chat.POST({}, { body: { message: 'What is 2^64?' }, headers: JSON_ANSWER });
    expect(body).toMatchObject({
      text: '2^64 = 18446744073709551616',
      citations: [],
      toolsUsed: ['calculate'],
    });
    const { messages } = await load(body.threadId);
    const types = messages[1].parts.map(({ type }: { type: string }) => type);
    expect(types).toContain('tool-calculate');
    expect(types).not.toContain('data-unsupported');
  });

  test('another student gets nothing of these notes', async () => {
    const { json } = await askJson(bob, { message: QUESTION });
    expect(json.citations).toEqual([]);
    expect(json.text).not.toContain('four items');
  });

  test('telemetry has a row for every model call, tool call and retrieval', async () => {
    const json = await answered();
    const rows = await services.query(
      'select event_type, ok, latency_ms from public.agent_telemetry where trace_id = $1 order by event_type',
      [json.traceId],
    );
    const events = ['llm_call', 'llm_call', 'retrieval', 'tool_call'];
    expect(rows).toMatchObject(events.map((event_type) => ({ event_type, ok: true })));
  });

  test('continues its thread', async () => {
    const { threadId } = await answered();
    const second = await askJson(ada, { threadId, message: 'And how long does it last?' });
    expect(second.json.threadId).toBe(threadId);
    expect((await load(threadId)).messages).toHaveLength(4);
  });
});

describe('a refused request is a problem with a code', () => {
  const cases: [string, CallOptions, number, string][] = [
    ['nobody', { as: null, body: { message: 'Hi' } }, 401, 'unauthenticated'],
    ['a made-up token', { as: { token: 'abc.def.ghi' }, body: { message: 'Hi' } }, 401, 'unauthenticated'],
    [
      'no JSON',
      { body: 'message=Hi', headers: { 'content-type': 'text/plain' } },
      415,
      'unsupported_media_type',
    ],
    ['broken JSON', { body: '{' }, 400, 'invalid_request'],
    ['no message', { body: {} }, 400, 'invalid_request'],
    ['an empty message', { body: { message: '  \n ' } }, 400, 'invalid_request'],
    ['10,001 characters', { body: { message: 'x'.repeat(10_001) } }, 400, 'invalid_request'],
    ['a thread that is no id', { body: { message: 'Hi', threadId: 'mine' } }, 400, 'invalid_request'],
    ['a body beyond any need', { body: { message: 'x'.repeat(300_000) } }, 413, 'payload_too_large'],
    ['a thread nobody has', { body: { message: 'Hi', threadId: crypto.randomUUID() } }, 404, 'not_found'],
  ];

  test.each(cases)('%s', async (_name, options, status, code) => {
    const response = await ask(options);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const body = await response.json();
    expect(body).toMatchObject({ status, code });
    expect(body.traceId).toBe(response.headers.get('x-trace-id'));
  });

  test('10,000 characters are a message', async () => {
    const response = await ask({ body: { message: 'x'.repeat(10_000) } });
    expect(response.status).toBe(200);
    await response.body?.cancel();
  });

  test('another student’s thread does not exist, whatever is asked of it', async () => {
    const { threadId } = await answered();
    const answers = await Promise.all([
      ask({ as: bob, body: { message: 'Hi', threadId } }),
      api.thread.GET({ threadId }, { as: bob }),
      api.thread.PATCH({ threadId }, { as: bob, body: { title: 'Mine' } }),
      api.thread.DELETE({ threadId }, { as: bob }),
      api.stop.POST({ threadId }, { as: bob }),
      api.stream.GET({ threadId }, { as: bob }),
      api.regenerate.POST({ threadId }, { as: bob }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
    expect((await api.thread.GET({ threadId })).status).toBe(200);
  });
});

describe('while an answer is being written', () => {
  /** Starts a slow answer and waits for its first words. */
  async function startSlow(delayMs = 80) {
    services.openai.faults.add({ path: '/responses', times: 2, delayMs });
    const response = await ask({ body: { message: QUESTION } });
    const [mine, rest] = response.body?.tee() ?? [];
    if (!mine || !rest) throw new Error('no body');
    const chunks: ClervaChunk[] = [];
    for await (const chunk of chunksOf(mine)) {
      chunks.push(chunk);
      if (chunk.type === 'text-delta') break;
    }
    return { threadId: threadOf(chunks), rest };
  }

  test('a second question in the same thread is refused as in progress', async () => {
    const { threadId, rest } = await startSlow();
    const second = await ask({ body: { message: 'Again', threadId } });
    expect(second.status).toBe(409);
    expect(await second.json()).toMatchObject({ code: 'turn_in_progress' });
    await readAll(new Response(rest));
  });

  test('of two questions at the same moment one is answered and one refused', async () => {
    const { threadId } = await answered();
    const body = { message: QUESTION, threadId };
    const answers = await Promise.all([askJson(ada, body), askJson(ada, body)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });

  test('stopping ends it, keeps the partial, and the next question is welcome', async () => {
    const { threadId, rest } = await startSlow();
    expect((await api.stop.POST({ threadId })).body).toEqual({ stopped: true });
    const { message, chunks } = await readAll(new Response(rest));
    expect(chunks.some(({ type }) => type === 'abort')).toBe(true);
    expect(message?.metadata?.status).toBe('stopped');
    const loaded = await load(threadId);
    expect(loaded.messages[1].metadata.status).toBe('stopped');
    expect(textOf(loaded.messages[1])).toBe(textOf(message));
    expect(textOf(message).length).toBeGreaterThan(0);
    const next = await askJson(ada, { threadId, message: QUESTION });
    expect(next.status).toBe(200);
  });

  test('another reader follows it from the beginning and gets the identical message', async () => {
    const { threadId, rest } = await startSlow(300);
    const loaded = await load(threadId);
    expect(loaded).toMatchObject({ isAnswering: true });
    expect(loaded.messages).toHaveLength(1);
    const followed = await api.stream.GET.response({ threadId });
    expect(followed.status).toBe(200);
    const [first, second] = await Promise.all([readAll(new Response(rest)), readAll(followed)]);
    expect(second.chunks).toEqual(first.chunks);
    expect(second.message).toEqual(first.message);
  });

  test('a reader that goes away stops nothing', async () => {
    const { threadId, rest } = await startSlow(40);
    await rest.cancel();
    const isDone = async () => expect((await load(threadId)).messages[1]?.metadata.status).toBe('done');
    await vi.waitFor(isDone, { timeout: 10_000, interval: 100 });
  });

  test('nothing is left to follow or stop afterwards', async () => {
    const { threadId } = await answered();
    expect((await api.stream.GET({ threadId })).status).toBe(204);
    expect((await api.stop.POST({ threadId })).body).toEqual({ stopped: false });
  });

  test('an answer whose process died is stopped by marking it', async () => {
    const { threadId, messageId } = await answered();
    await services.query("update public.message set status = 'streaming' where id = $1", [messageId]);
    expect((await ask({ body: { message: 'Hi', threadId } })).status).toBe(409);
    expect((await api.stop.POST({ threadId })).body).toEqual({ stopped: true });
    expect((await askJson(ada, { threadId, message: QUESTION })).status).toBe(200);
  });
});

describe('a question with an id of its own', () => {
  const stored = (requestId: string) =>
    services.query<{ id: string; thread_id: string }>(
      'select id, thread_id from public.message where request_id = $1',
      [requestId],
    );

  test('that comes ten times at once is asked once, and each gets the same answer', async () => {
    const body = { message: QUESTION, requestId: crypto.randomUUID() };
    const answers = await Promise.all([
      ...Array.from({ length: 5 }, async () => readAll(await ask({ body }))),
      ...Array.from({ length: 5 }, () => askJson(ada, body)),
    ]);
    const texts = answers.map((one) => ('json' in one ? one.json.text : textOf(one.message)));
    expect(texts).toEqual(texts.map(() => expect.stringContaining('four items')));
    expect(await stored(body.requestId)).toHaveLength(1);
  });

  test('that comes again after its end gets the stored answer, streamed or whole', async () => {
    const body = { message: QUESTION, requestId: crypto.randomUUID() };
    const first = await readAll(await ask({ body }));
    const again = await readAll(await ask({ body: { ...body, threadId: threadOf(first.chunks) } }));
    expect(again.message?.id).toBe(first.message?.id);
    expect(textOf(again.message)).toBe(textOf(first.message));
    expect(again.message?.metadata).toMatchObject({ status: 'done', threadId: threadOf(first.chunks) });
    const { status, json } = await askJson(ada, body);
    expect(status).toBe(200);
    expect(json).toMatchObject({ messageId: first.message?.id, text: textOf(first.message) });
    expect(json.citations).toHaveLength(1);
    expect((await load(json.threadId)).messages).toHaveLength(2);
  });

  test('whose answer failed is answered anew', async () => {
    services.openai.faults.add({ path: '/responses', times: 4, status: 400 });
    const body = { message: QUESTION, requestId: crypto.randomUUID() };
    expect((await askJson(ada, body)).status).toBe(503);
    services.openai.faults.clear();
    const { status, json } = await askJson(ada, body);
    expect(status).toBe(200);
    expect((await load(json.threadId)).messages).toHaveLength(2);
  });

  test('is no longer waited for once its client went away', async () => {
    const body = { message: QUESTION, requestId: crypto.randomUUID() };
    const { json: first } = await askJson(ada, body);
    await services.query(
      `update public.message set status = 'streaming', heartbeat_at = now() where id = $1`,
      [first.messageId],
    );
    const startedAt = performance.now();
    expect((await ask({ body, signal: AbortSignal.timeout(100) })).status).toBe(409);
    // Fifteen seconds would have passed before its answer counted as dead.
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect((await load(first.threadId)).messages.at(-1)).toMatchObject({ id: first.messageId });
    await api.stop.POST({ threadId: first.threadId });
  });

  test('whose process died is answered anew once its answer was silent for a while', async () => {
    const body = { message: QUESTION, requestId: crypto.randomUUID() };
    const { json: first } = await askJson(ada, body);
    await services.query(
      `update public.message set status = 'streaming', heartbeat_at = now() - interval '14 seconds' where id = $1`,
      [first.messageId],
    );
    const { status, json } = await askJson(ada, body);
    expect(status).toBe(200);
    expect(json.threadId).toBe(first.threadId);
    expect(json.messageId).not.toBe(first.messageId);
    expect((await load(json.threadId)).messages).toHaveLength(2);
  });
});

describe('while the database is behind', () => {
  const opening = Symbol.for('clerva.turn-opening');
  /** The way in of this process, with little room and little patience. */
  const withOpening = (options: Partial<ConstructorParameters<typeof TurnOpening>[0]>) => {
    const running = () => turnStreams().size;
    Reflect.set(globalThis, opening, new TurnOpening({ atOnce: 100, running, ...options }));
  };
  /** Lets the database hear of every new turn only after so long, however soon its caller gives up. */
  const delayBegin = (delayMs: number) => {
    const { fetch } = globalThis;
    vi.stubGlobal('fetch', async (input: string, init: RequestInit) => {
      if (!String(input).endsWith('/rpc/begin_turn')) return fetch(input, init);
      await setTimeout(delayMs);
      return fetch(input, { ...init, signal: null });
    });
  };
  const questions = async (text: string) =>
    services.query<{ status: string }>(
      `select a.status from public.message q
       join public.message a on a.thread_id = q.thread_id and a.seq > q.seq
       where q.parts #>> '{0,text}' = $1`,
      [text],
    );
  afterEach(() => {
    vi.unstubAllGlobals();
    Reflect.deleteProperty(globalThis, opening);
  });

  test.each([
    ['at once', 0],
    ['after the first came through', 1_000],
  ])('a question that was told to try again is there once when it does, %s', async (when, pauseMs) => {
    withOpening({ openMs: 150 });
    delayBegin(400);
    const message = `Asked again ${when}?`;
    const body = { message, requestId: crypto.randomUUID() };
    const refused = await ask({ body });
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    vi.unstubAllGlobals();
    Reflect.deleteProperty(globalThis, opening);
    await setTimeout(pauseMs);
    expect((await askJson(ada, body)).status).toBe(200);
    await setTimeout(500);
    await expect.poll(() => questions(message), { timeout: 5_000 }).toEqual([{ status: 'done' }]);
  });

  test('a question without an id that was told to try again is taken back', async () => {
    const { threadId } = await answered();
    withOpening({ openMs: 100 });
    delayBegin(300);
    const refused = [
      await ask({ body: { message: 'Twice?' } }),
      await ask({ body: { message: 'Twice?', threadId } }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([503, 503]);
    await setTimeout(700);
    await expect.poll(() => questions('Twice?'), { timeout: 5_000 }).toEqual([]);
    expect((await load(threadId)).messages).toHaveLength(2);
  });

  test('of many questions at once each is answered, or refused before it is stored', async () => {
    withOpening({ atOnce: 6, openingAtOnce: 2, waitMs: 200 });
    services.openai.faults.add({ path: '/responses', times: 200, delayMs: 20 });
    const message = 'One of many?';
    const responses = await Promise.all(Array.from({ length: 30 }, () => ask({ body: { message } })));
    const refused = responses.filter(({ status }) => status !== 200);
    const taken = responses.filter(({ status }) => status === 200);
    expect(taken.length).toBeGreaterThanOrEqual(2);
    expect(taken.length).toBeLessThanOrEqual(6);
    expect(refused.map(({ status, headers }) => [status, headers.get('retry-after')])).toEqual(
      refused.map(() => [503, '5']),
    );
    expect(await refused[0]?.json()).toMatchObject({ code: 'overloaded' });
    await Promise.all(taken.map(readAll));
    services.openai.faults.clear();
    expect(await questions(message)).toEqual(taken.map(() => ({ status: 'done' })));
  });
});

describe('a thread', () => {
  test('of more messages than are shown at once can be read to its beginning', async () => {
    const { threadId } = await answered();
    await services.query(
      `insert into public.message (thread_id, user_id, role, parts, status)
       select $1, user_id, 'user', jsonb_build_array(jsonb_build_object('type', 'text', 'text', 'Line ' || n)), 'done'
       from public.thread, generate_series(1, 220) as n where id = $1`,
      [threadId],
    );
    const read = async (query = '') => (await api.thread.GET({ threadId }, { query })).body.messages;
    const last = await read();
    const before = await read(`?before=${last[0].id}`);
    expect([last.length, before.length]).toEqual([200, 22]);
    expect(last[0].parts[0].text).toBe('Line 21');
    expect(before.at(-1).parts[0].text).toBe('Line 20');
    expect(await read(`?before=${before[0].id}`)).toEqual([]);
    const elsewhere = await api.thread.GET({ threadId }, { query: `?before=${crypto.randomUUID()}` });
    expect(elsewhere.status).toBe(404);
  });

  test('whose answer broke off is said to be closed in a moment, and then takes the next one', async () => {
    const { threadId, messageId } = await answered();
    const silent = (seconds: number) =>
      services.query(
        `update public.message set status = 'streaming', heartbeat_at = now() - make_interval(secs => $2) where id = $1`,
        [messageId, seconds],
      );
    await silent(1);
    for (const refused of [
      await api.regenerate.POST({ threadId }),
      await api.chat.POST({}, { body: { message: 'Hi', threadId } }),
    ]) {
      expect(refused.status).toBe(409);
      expect(refused.headers.get('retry-after')).toBe('5');
      expect(refused.body).toMatchObject({
        code: 'turn_in_progress',
        detail: 'The last answer broke off and is being closed. One moment.',
      });
    }
    await silent(16);
    expect((await api.regenerate.POST({ threadId }, { headers: JSON_ANSWER })).status).toBe(200);
  });

  test('its last answer can be made again', async () => {
    const json = await answered();
    const { threadId } = json;
    const { body: again } = await api.regenerate.POST({ threadId }, { headers: JSON_ANSWER });
    expect(again.messageId).not.toBe(json.messageId);
    expect(again.text).toBe(json.text);
    expect((await load(threadId)).messages).toHaveLength(2);
  });

  test('its answers and the ways a question was asked stay, and each can be shown', async () => {
    const { threadId, messageId } = await answered();
    const again = { messageId, nudge: 'shorter' };
    const { body: second } = await api.regenerate.POST({ threadId }, { body: again, headers: JSON_ANSWER });
    const both = [messageId, second.messageId];
    const loaded = await load(threadId);
    expect(loaded.messages[1]).toMatchObject({
      id: second.messageId,
      metadata: { versions: both, nudge: 'shorter' },
    });
    const show = (id: string, as?: TestStudent) =>
      api.version.PUT({ threadId }, { body: { messageId: id }, ...(as && { as }) });
    expect((await show(messageId)).body.messages[1]).toMatchObject({
      id: messageId,
      metadata: { versions: both },
    });
    expect((await load(threadId)).messages.map(({ id }: { id: string }) => id)).toContain(messageId);
    expect([(await show(messageId, bob)).status, (await show(crypto.randomUUID())).status]).toEqual([
      404, 404,
    ]);

    const [question] = loaded.messages;
    const edited = { threadId, message: 'How long does working memory last?', edits: question.id };
    expect((await api.chat.POST({}, { body: edited, headers: JSON_ANSWER })).body.threadId).toBe(threadId);
    const branch = await load(threadId);
    expect(branch.messages).toHaveLength(2);
    expect(branch.messages[0].parts).toMatchObject([{ text: edited.message }]);
    expect(branch.messages[0].metadata.versions).toEqual([question.id, branch.messages[0].id]);
    const back = (await show(question.id)).body;
    expect(back.messages.map(({ id }: { id: string }) => id)).toEqual([question.id, messageId]);
    const elsewhere = await api.chat.POST(
      {},
      { body: { ...edited, threadId: undefined }, headers: JSON_ANSWER },
    );
    expect(elsewhere.status).toBe(404);
    const call = { threadId, toolCallId: 'no such call' };
    expect((await api.cancel.POST(call)).body).toEqual({ cancelled: false });
    expect((await api.cancel.POST(call, { as: bob })).status).toBe(404);
    const odd = await api.regenerate.POST({ threadId }, { body: { nudge: 'louder' } });
    expect(odd.status).toBe(400);
  });

  test('its last answer is made again once for each press, however often that arrives', async () => {
    const { threadId } = await answered();
    const requestId = crypto.randomUUID();
    const press = (id: string) =>
      api.regenerate.POST({ threadId }, { body: { requestId: id }, headers: JSON_ANSWER });
    const [first, second] = await Promise.all([press(requestId), press(requestId)]);
    const third = await press(requestId);
    expect([first?.status, second?.status, third.status]).toEqual([200, 200, 200]);
    expect(new Set([first, second, third].map((answer) => answer?.body.messageId)).size).toBe(1);
    const another = crypto.randomUUID();
    expect((await press(another)).body.messageId).not.toBe(third.body.messageId);
    expect((await load(threadId)).messages).toHaveLength(2);
    // The id of one thing is none of another.
    const { threadId: other } = await answered();
    expect((await api.regenerate.POST({ threadId: other }, { body: { requestId: another } })).status).toBe(
      400,
    );
  });

  test('is renamed and removed by its student', async () => {
    const { threadId } = await answered();
    const rename = (title: string) => api.thread.PATCH({ threadId }, { body: { title } });
    expect((await rename('  Memory  ')).body.thread.title).toBe('Memory');
    expect((await rename('')).status).toBe(400);
    expect((await api.thread.DELETE({ threadId })).status).toBe(204);
    expect((await api.thread.GET({ threadId })).status).toBe(404);
    expect((await api.thread.GET({ threadId: 'not-an-id' })).status).toBe(404);
  });
});

describe('a model that does not answer', () => {
  test('is a 503 for JSON clients, without its words, and the question is kept', async () => {
    const fault = { path: '/responses', times: 4, status: 429, retryAfterSeconds: 40 };
    services.openai.faults.add({ ...fault, message: 'inner secret' });
    const { status, headers, body } = await api.chat.POST(
      {},
      { body: { message: QUESTION }, headers: JSON_ANSWER },
    );
    services.openai.faults.clear();
    expect(status).toBe(503);
    expect(headers.get('retry-after')).toBe('40');
    expect(body).toMatchObject({ code: 'model_rate_limited', threadId: expect.any(String) });
    expect(JSON.stringify(body)).not.toContain('inner secret');
    expect(body.detail).toBeUndefined();
    const { messages } = await load(body.threadId);
    expect(messages.map(({ role }: { role: string }) => role)).toEqual(['user', 'assistant']);
  });
});

test('the status route tells the version and the number of tools', async () => {
  const { tools } = await import('../lib/tools/index.ts');
  expect((await api.chat.GET()).body).toEqual({
    status: 'ok',
    version: '1.0.0',
    toolsAvailable: Object.keys(tools).length,
  });
});
