import { parseJsonEventStream, readUIMessageStream, uiMessageChunkSchema } from 'ai';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ClervaChunk, ClervaMessage } from '../lib/agent/messages.ts';
import {
  addNotes,
  chatRequest,
  type RequestOptions,
  type Services,
  signUp,
  startServices,
  type TestStudent,
} from './support/chat-harness.ts';

// Keeping the platform awake after a response has no meaning outside a request of Next.
vi.mock('next/server', () => ({ after: () => undefined }));

type Routes = {
  chat: typeof import('../app/api/ai-agent/chat/route.ts');
  thread: typeof import('../app/api/ai-agent/chat/[threadId]/route.ts');
  stop: typeof import('../app/api/ai-agent/chat/[threadId]/stop/route.ts');
  stream: typeof import('../app/api/ai-agent/chat/[threadId]/stream/route.ts');
  regenerate: typeof import('../app/api/ai-agent/chat/[threadId]/regenerate/route.ts');
};

let services: Services;
let routes: Routes;
let ada: TestStudent;
let bob: TestStudent;

const QUESTION = 'How many items does working memory hold?';
const PAGES = [
  'Working memory holds about four items at a time. It decays within twenty seconds without rehearsal.',
  'Long-term memory has no known limit of capacity. Sleep helps to consolidate it.',
];

beforeAll(async () => {
  services = await startServices();
  routes = {
    chat: await import('../app/api/ai-agent/chat/route.ts'),
    thread: await import('../app/api/ai-agent/chat/[threadId]/route.ts'),
    stop: await import('../app/api/ai-agent/chat/[threadId]/stop/route.ts'),
    stream: await import('../app/api/ai-agent/chat/[threadId]/stream/route.ts'),
    regenerate: await import('../app/api/ai-agent/chat/[threadId]/regenerate/route.ts'),
  };
  ada = await signUp(services, 'ada@example.org');
  bob = await signUp(services, 'bob@example.org');
  await addNotes(services, { userId: ada.id, title: 'Psychology', pages: PAGES });
});

afterAll(() => services.close());

const ask = (options: RequestOptions) =>
  routes.chat.POST(chatRequest('', options), { params: Promise.resolve({}) });
const askJson = async (student: TestStudent, body: unknown) => {
  const response = await ask({ token: student.token, body, headers: { accept: 'application/json' } });
  return { status: response.status, json: await response.json() };
};
type ThreadHandler = (
  request: Request,
  context: { params: Promise<{ threadId: string }> },
) => Promise<Response>;

/** Calls a route of one thread as a student. */
function onThread(
  route: 'thread' | 'stop' | 'stream' | 'regenerate',
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  threadId: string,
  student: TestStudent,
  options: RequestOptions = {},
): Promise<Response> {
  const { thread, stop, stream, regenerate } = routes;
  const handlers: Record<string, ThreadHandler> = {
    'GET thread': thread.GET,
    'PATCH thread': thread.PATCH,
    'DELETE thread': thread.DELETE,
    'POST stop': stop.POST,
    'GET stream': stream.GET,
    'POST regenerate': regenerate.POST,
  };
  const handler = handlers[`${method} ${route}`];
  if (!handler) throw new Error(`${route} has no ${method}`);
  const request = chatRequest(`/${threadId}`, { method, token: student.token, ...options });
  return handler(request, { params: Promise.resolve({ threadId }) });
}

async function* chunksOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<ClervaChunk> {
  if (!body) return;
  const events = parseJsonEventStream({ stream: body, schema: uiMessageChunkSchema });
  for await (const event of events) {
    if (event.success) yield event.value as ClervaChunk;
  }
}

async function readAll(
  response: Response,
): Promise<{ chunks: ClervaChunk[]; message: ClervaMessage | undefined }> {
  const chunks: ClervaChunk[] = [];
  for await (const chunk of chunksOf(response.body)) chunks.push(chunk);
  let message: ClervaMessage | undefined;
  const stream = new ReadableStream<ClervaChunk>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  for await (const snapshot of readUIMessageStream<ClervaMessage>({ stream })) message = snapshot;
  return { chunks, message };
}

const threadOf = (chunks: ClervaChunk[]) => {
  const start = chunks.find(({ type }) => type === 'start');
  return start?.type === 'start' ? (start.messageMetadata?.threadId ?? '') : '';
};
const textOf = (message: ClervaMessage | undefined) =>
  (message?.parts ?? []).map((part) => (part.type === 'text' ? part.text : '')).join('');

describe('a question', () => {
  test('is answered from the notes, with a citation of the page', async () => {
    const { chunks, message } = await readAll(await ask({ token: ada.token, body: { message: QUESTION } }));
    expect(textOf(message)).toMatch(/four items.*\[1\]/s);
    const citation = message?.parts.find(({ type }) => type === 'data-citation');
    expect(citation).toMatchObject({ data: { title: 'Psychology', page: 1, verdict: 'verified' } });
    const loaded = await (await onThread('thread', 'GET', threadOf(chunks), ada)).json();
    expect(loaded.thread.title).toBe(QUESTION);
    expect(loaded.messages).toHaveLength(2);
    expect(textOf(loaded.messages[1])).toBe(textOf(message));
    expect(loaded.messages[1].metadata).toMatchObject({ status: 'done', model: 'clerva-study-brain' });
  });

  test('asked for as JSON gives one object', async () => {
    const { status, json } = await askJson(ada, { message: QUESTION });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      cards: [{ tool: 'searchNotes', state: 'done' }],
      toolsUsed: ['searchNotes'],
      usage: { costUsd: null },
    });
    expect(json.text).toContain('[1]');
    expect(json.citations[0]).toMatchObject({ n: 1, page: 1 });
    expect(Object.keys(json).toSorted()).toEqual(
      ['cards', 'citations', 'messageId', 'text', 'threadId', 'toolsUsed', 'traceId', 'usage'].toSorted(),
    );
  });

  test('another student gets nothing of these notes', async () => {
    const { json } = await askJson(bob, { message: QUESTION });
    expect(json.citations).toEqual([]);
    expect(json.text).not.toContain('four items');
  });

  test('telemetry has a row for every model call, tool call and retrieval', async () => {
    const { json } = await askJson(ada, { message: QUESTION });
    const rows = await services.gateway.database.query(
      'select event_type, ok, latency_ms from public.agent_telemetry where trace_id = $1 order by event_type',
      [json.traceId],
    );
    expect(rows.map(({ event_type }) => event_type)).toEqual([
      'llm_call',
      'llm_call',
      'retrieval',
      'tool_call',
    ]);
    expect(rows.every(({ ok }) => ok)).toBe(true);
  });

  test('continues its thread', async () => {
    const first = await askJson(ada, { message: QUESTION });
    const second = await askJson(ada, {
      threadId: first.json.threadId,
      message: 'And how long does it last?',
    });
    expect(second.json.threadId).toBe(first.json.threadId);
    const loaded = await (await onThread('thread', 'GET', first.json.threadId, ada)).json();
    expect(loaded.messages).toHaveLength(4);
  });
});

describe('a refused request is a problem with a code', () => {
  const cases: [string, RequestOptions, number, string][] = [
    ['nobody', { body: { message: 'Hi' } }, 401, 'unauthenticated'],
    ['a made-up token', { body: { message: 'Hi' }, token: 'abc.def.ghi' }, 401, 'unauthenticated'],
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
    const isSignedIn = status !== 401;
    const response = await ask({ ...(isSignedIn ? { token: ada.token } : {}), ...options });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const body = await response.json();
    expect(body).toMatchObject({ status, code });
    expect(body.traceId).toBe(response.headers.get('x-trace-id'));
  });

  test('10,000 characters are a message', async () => {
    const response = await ask({ token: ada.token, body: { message: 'x'.repeat(10_000) } });
    expect(response.status).toBe(200);
    await response.body?.cancel();
  });

  test('another student’s thread does not exist, whatever is asked of it', async () => {
    const { json } = await askJson(ada, { message: QUESTION });
    const threadId: string = json.threadId;
    const answers = await Promise.all([
      ask({ token: bob.token, body: { message: 'Hi', threadId } }),
      onThread('thread', 'GET', threadId, bob),
      onThread('thread', 'PATCH', threadId, bob, { body: { title: 'Mine' } }),
      onThread('thread', 'DELETE', threadId, bob),
      onThread('stop', 'POST', threadId, bob),
      onThread('stream', 'GET', threadId, bob),
      onThread('regenerate', 'POST', threadId, bob),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
    expect((await onThread('thread', 'GET', threadId, ada)).status).toBe(200);
  });
});

describe('while an answer is being written', () => {
  /** Starts a slow answer and waits for its first words. */
  async function startSlow(delayMs = 80) {
    services.openai.faults.add({ path: '/responses', times: 2, delayMs });
    const response = await ask({ token: ada.token, body: { message: QUESTION } });
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
    const second = await ask({ token: ada.token, body: { message: 'Again', threadId } });
    expect(second.status).toBe(409);
    expect(await second.json()).toMatchObject({ code: 'turn_in_progress' });
    await readAll(new Response(rest));
  });

  test('of two questions at the same moment one is answered and one refused', async () => {
    const { json } = await askJson(ada, { message: QUESTION });
    const body = { message: QUESTION, threadId: json.threadId };
    const answers = await Promise.all([askJson(ada, body), askJson(ada, body)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });

  test('stopping ends it, keeps the partial, and the next question is welcome', async () => {
    const { threadId, rest } = await startSlow();
    const stopped = await onThread('stop', 'POST', threadId, ada);
    expect(await stopped.json()).toEqual({ stopped: true });
    const { message, chunks } = await readAll(new Response(rest));
    expect(chunks.some(({ type }) => type === 'abort')).toBe(true);
    expect(message?.metadata?.status).toBe('stopped');
    const loaded = await (await onThread('thread', 'GET', threadId, ada)).json();
    expect(loaded.messages[1].metadata.status).toBe('stopped');
    expect(textOf(loaded.messages[1])).toBe(textOf(message));
    expect(textOf(message).length).toBeGreaterThan(0);
    const next = await askJson(ada, { threadId, message: QUESTION });
    expect(next.status).toBe(200);
  });

  test('another reader follows it from the beginning and gets the identical message', async () => {
    const { threadId, rest } = await startSlow();
    const loaded = await (await onThread('thread', 'GET', threadId, ada)).json();
    expect(loaded).toMatchObject({ isAnswering: true });
    expect(loaded.messages).toHaveLength(1);
    const followed = await onThread('stream', 'GET', threadId, ada);
    expect(followed.status).toBe(200);
    const [first, second] = await Promise.all([readAll(new Response(rest)), readAll(followed)]);
    expect(second.chunks).toEqual(first.chunks);
    expect(second.message).toEqual(first.message);
  });

  test('a reader that goes away stops nothing', async () => {
    const { threadId, rest } = await startSlow(40);
    await rest.cancel();
    await vi.waitFor(
      async () => {
        const loaded = await (await onThread('thread', 'GET', threadId, ada)).json();
        expect(loaded.messages[1]?.metadata.status).toBe('done');
      },
      { timeout: 10_000, interval: 100 },
    );
  });

  test('nothing is left to follow or stop afterwards', async () => {
    const { json } = await askJson(ada, { message: QUESTION });
    expect((await onThread('stream', 'GET', json.threadId, ada)).status).toBe(204);
    expect(await (await onThread('stop', 'POST', json.threadId, ada)).json()).toEqual({ stopped: false });
  });

  test('an answer whose process died is stopped by marking it', async () => {
    const { json } = await askJson(ada, { message: QUESTION });
    await services.gateway.database.query("update public.message set status = 'streaming' where id = $1", [
      json.messageId,
    ]);
    expect((await ask({ token: ada.token, body: { message: 'Hi', threadId: json.threadId } })).status).toBe(
      409,
    );
    expect(await (await onThread('stop', 'POST', json.threadId, ada)).json()).toEqual({ stopped: true });
    expect((await askJson(ada, { threadId: json.threadId, message: QUESTION })).status).toBe(200);
  });
});

describe('a thread', () => {
  test('its last answer can be made again', async () => {
    const { json } = await askJson(ada, { message: QUESTION });
    const response = await onThread('regenerate', 'POST', json.threadId, ada, {
      headers: { accept: 'application/json' },
    });
    const again = await response.json();
    expect(again.messageId).not.toBe(json.messageId);
    expect(again.text).toBe(json.text);
    const loaded = await (await onThread('thread', 'GET', json.threadId, ada)).json();
    expect(loaded.messages).toHaveLength(2);
  });

  test('is renamed and removed by its student', async () => {
    const { json } = await askJson(ada, { message: QUESTION });
    const renamed = await onThread('thread', 'PATCH', json.threadId, ada, { body: { title: '  Memory  ' } });
    expect((await renamed.json()).thread.title).toBe('Memory');
    expect((await onThread('thread', 'PATCH', json.threadId, ada, { body: { title: '' } })).status).toBe(400);
    expect((await onThread('thread', 'DELETE', json.threadId, ada)).status).toBe(204);
    expect((await onThread('thread', 'GET', json.threadId, ada)).status).toBe(404);
    expect((await onThread('thread', 'GET', 'not-an-id', ada)).status).toBe(404);
  });
});

describe('a model that does not answer', () => {
  test('is a 503 for JSON clients, without its words, and the question is kept', async () => {
    services.openai.faults.add({ path: '/responses', times: 4, status: 400, message: 'inner secret' });
    const { status, json } = await askJson(ada, { message: QUESTION });
    services.openai.faults.clear();
    expect(status).toBe(503);
    expect(json).toMatchObject({ code: 'model_unavailable' });
    expect(JSON.stringify(json)).not.toContain('inner secret');
    expect(json.detail).toBeUndefined();
  });
});

test('the status route tells the version and the number of tools', async () => {
  const { tools } = await import('../lib/tools/index.ts');
  expect(await routes.chat.GET().json()).toEqual({
    status: 'ok',
    version: '1.0.0',
    toolsAvailable: Object.keys(tools).length,
  });
});
