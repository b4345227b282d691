import { setTimeout } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { turnStreams } from '../lib/agent/dependencies.ts';
import { JSON_ANSWER, testApi } from './setup/api.ts';
import { faultsOf, type StoredMessage, unleash } from './setup/chaos.ts';

// Keeping the platform awake after a response has no meaning outside a request of Next.
vi.mock('next/server', () => ({ after: () => undefined }));

const { api, services } = testApi({
  students: ['ada'],
  routes: async () => ({
    chat: await import('../app/api/ai-agent/chat/route.ts'),
    thread: await import('../app/api/ai-agent/chat/[threadId]/route.ts'),
    stop: await import('../app/api/ai-agent/chat/[threadId]/stop/route.ts'),
    stream: await import('../app/api/ai-agent/chat/[threadId]/stream/route.ts'),
    version: await import('../app/api/ai-agent/chat/[threadId]/version/route.ts'),
    regenerate: await import('../app/api/ai-agent/chat/[threadId]/regenerate/route.ts'),
  }),
});

const messagesOf = (threadId: string) =>
  services.query<StoredMessage>('select * from public.message where thread_id = $1 order by seq', [threadId]);

/** Answers whose process is no more: nothing of theirs reaches the database again. */
const dead = new Set<string>();
const isDead = ({ messageId }: { messageId: string }) => dead.has(messageId);
const { fetch } = globalThis;
vi.stubGlobal('fetch', async (input: string | URL | Request, init?: RequestInit) => {
  const body = typeof init?.body === 'string' ? init.body : '';
  if (/rpc\/finish_turn/.test(String(input)) && [...dead].some((messageId) => body.includes(messageId)))
    return Response.json(false);
  if (!/rpc\/save_answers/.test(String(input))) return fetch(input, init);
  const { p_answers: answers }: { p_answers: { messageId: string }[] } = JSON.parse(body);
  const living = answers.filter((answer) => !isDead(answer));
  const answer = await fetch(input, { ...init, body: JSON.stringify({ p_answers: living }) });
  return Response.json([...(await answer.json()), ...dead]);
});

test.each([11, 2026, 73])('a conversation bears whatever happens to it at once: %i', async (seed) => {
  const { body: first } = await api.chat.POST({}, { body: { message: 'Hello' }, headers: JSON_ANSWER });
  const threadId: string = first.threadId;
  const routes = {
    'POST ': api.chat.POST,
    'POST /regenerate': api.regenerate.POST,
    'POST /stop': api.stop.POST,
    'GET ': api.thread.GET,
    'GET /stream': api.stream.GET,
    'PUT /version': api.version.PUT,
  };
  const { acknowledged, counts, faults } = await unleash({
    seed,
    steps: 140,
    messages: () => messagesOf(threadId),
    request: (method, path, body, signal) => {
      const route = routes[`${method} ${path}` as keyof typeof routes];
      const sent = path === '' && method === 'POST' ? { ...(body as object), threadId } : body;
      return route.response({ threadId }, { ...(body !== undefined && { body: sent }), signal });
    },
    kill: async () => {
      const written = (await messagesOf(threadId)).filter(({ status }) => status === 'streaming');
      for (const { id } of written) dead.add(id);
      Reflect.deleteProperty(globalThis, Symbol.for('clerva.turn-streams'));
      // As long ago as it takes to start a process again.
      const ids = written.map(({ id }) => id);
      await services.query(
        `update public.message set heartbeat_at = now() - interval '7 seconds' where id = any ($1)`,
        [ids],
      );
    },
  });
  expect(faults).toEqual([]);
  expect(Object.keys(counts)).toEqual(
    expect.arrayContaining(['edit', 'show', 'stop', 'status 200', 'status 409']),
  );
  expect(acknowledged.size).toBeGreaterThan(5);

  // What is under way comes to its end, and the thread takes the next question at once.
  await vi.waitFor(() => expect(turnStreams().size).toBe(0), { timeout: 5_000 });
  await setTimeout(20);
  const { status, body } = await api.chat.POST(
    {},
    { body: { threadId, message: 'Thanks' }, headers: JSON_ANSWER },
  );
  expect([status, body.text]).toEqual([200, expect.stringMatching(/./)]);
  const messages = await messagesOf(threadId);
  expect(faultsOf(messages, acknowledged)).toEqual([]);
  expect(messages.filter((message) => message.status === 'streaming')).toEqual([]);
});
