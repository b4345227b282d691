import { afterAll, expect, test, vi } from 'vitest';
import { openDatabase } from '../../local/supabase/database.ts';
import { startGateway } from '../../local/supabase/gateway.ts';
import { createTemporaryDatabase } from '../../local/supabase/temporary.ts';
import { JSON_ANSWER, testApi } from '../setup/api.ts';
import { temporaryFolder } from '../setup/database.ts';
import { freePort, hasRedis, redisOn } from '../setup/redis.ts';
import { addNotes, startServices } from '../setup/services.ts';

// Keeping the platform awake after a response has no meaning outside a request of Next.
vi.mock('next/server', () => ({ after: () => undefined }));

const QUESTION = 'How many items does working memory hold?';
const PAGES = [
  'Working memory holds about four items at a time. It decays within twenty seconds without rehearsal.',
];
let redis: ReturnType<typeof redisOn> | undefined;
const closing: (() => Promise<void>)[] = [];

/** The app's own modules once more with a state of their own, as another process has them. */
async function instance(url: string) {
  vi.resetModules();
  vi.stubEnv('NEXT_PUBLIC_SUPABASE_URL', url);
  const states = new Map<string, unknown>();
  vi.doMock('../../lib/process-state.ts', async (original) => ({
    ...(await original<typeof import('../../lib/process-state.ts')>()),
    processState: (name: string, create: () => unknown) => {
      if (!states.has(name)) states.set(name, create());
      return states.get(name);
    },
  }));
  // Read now: the next instance has another.
  (await import('../../lib/env.ts')).serverEnv();
  return {
    chat: await import('../../app/api/ai-agent/chat/route.ts'),
    thread: await import('../../app/api/ai-agent/chat/[threadId]/route.ts'),
    stop: await import('../../app/api/ai-agent/chat/[threadId]/stop/route.ts'),
    stream: await import('../../app/api/ai-agent/chat/[threadId]/stream/route.ts'),
    streams: (await import('../../lib/agent/dependencies.ts')).turnStreams,
  };
}

const { api, services, students } = testApi({
  students: ['ada', 'bob'],
  start: async () => {
    const folder = await temporaryFolder();
    const server = process.env.TEST_POSTGRES_URL ?? '';
    const database = await createTemporaryDatabase(server, 'empty', async () => undefined);
    closing.push(database.drop, folder.remove);
    const shared = {
      server: { url: database.url },
      storageDir: folder.path,
      keys: { secret: 'sb_secret_shared' },
    };
    await (await openDatabase(shared)).close();
    const other = await startGateway({ port: 0, ...shared });
    closing.unshift(other.close);
    return Object.assign(await startServices(shared), { other });
  },
  routes: async () => {
    if (hasRedis) {
      redis = redisOn(await freePort());
      redis.start();
      closing.unshift(async () => void redis?.stop());
      vi.stubEnv('REDIS_URL', redis.url);
    }
    const here = await instance(services.gateway.url);
    const there = await instance(services.other.url);
    expect(there.streams()).not.toBe(here.streams());
    return {
      chat: here.chat,
      thereChat: there.chat,
      thereThread: there.thread,
      thereStop: there.stop,
      thereStream: there.stream,
    };
  },
});
afterAll(async () => {
  for (const close of closing) await close();
});
const { ada, bob } = students;

test('a thread that began at one instance goes on at the other, of two at once exactly one question is taken', async () => {
  await addNotes(services, { userId: ada.id, title: 'Psychology', pages: PAGES });
  const first = await api.chat.POST({}, { body: { message: QUESTION }, headers: JSON_ANSWER });
  expect(first.body.citations).toMatchObject([{ n: 1, page: 1 }]);
  const body = { threadId: first.body.threadId, message: QUESTION };
  // Or the first would be answered before the second is there.
  services.openai.faults.add({ path: '/responses', times: 1, delayMs: 1500 });
  const answers = await Promise.all([
    api.chat.POST({}, { body, headers: JSON_ANSWER }),
    api.thereChat.POST({}, { body, headers: JSON_ANSWER }),
  ]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  const { body: loaded } = await api.thereThread.GET({ threadId: body.threadId });
  expect(loaded.messages).toHaveLength(4);
  expect((await api.thereThread.GET({ threadId: body.threadId }, { as: bob })).status).toBe(404);
});

/** Asks at one instance, and does something elsewhere once the answer has begun; gives its text and thread. */
async function whileAnswering(act: (threadId: string) => Promise<unknown>) {
  services.openai.faults.add({ path: '/responses', streamAbout: QUESTION, times: 2, delayMs: 300 });
  const response = await api.chat.POST.response({}, { body: { message: QUESTION } });
  let [text, threadId] = ['', ''];
  let acted: Promise<unknown> | undefined;
  for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += piece;
    threadId ||= /"threadId":"([0-9a-f-]{36})"/.exec(text)?.[1] ?? '';
    if (text.includes('text-delta')) acted ??= act(threadId);
  }
  services.openai.faults.clear();
  return { text, threadId, result: await acted };
}

test('an answer is stopped from the other instance, and what was written of it stays', async () => {
  const { threadId, result } = await whileAnswering(
    async (id) => (await api.thereStop.POST({ threadId: id })).body,
  );
  expect(result).toEqual({ stopped: true });
  const { body } = await api.thereThread.GET({ threadId });
  expect(body.messages[1].metadata.status).toBe('stopped');
});

test.skipIf(!hasRedis)(
  'an answer is followed at the other instance from its beginning to its end',
  async () => {
    const { text, result } = await whileAnswering((threadId) =>
      Promise.all([
        api.thereThread.GET({ threadId }),
        api.thereStream.GET({ threadId }),
        api.thereStream.GET({ threadId }, { as: bob }),
      ]),
    );
    const [thread, stream, stranger] = result as Awaited<ReturnType<typeof api.thereStream.GET>>[];
    expect(thread?.body.isAnswering).toBe(true);
    const events = (of = '') => of.split('\n').filter((line) => line.startsWith('data:'));
    expect(events(stream?.text)).toEqual(events(text));
    expect(text).toContain('"type":"finish"');
    expect(stranger?.status).toBe(404);
  },
);
