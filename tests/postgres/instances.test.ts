import { afterAll, expect, test, vi } from 'vitest';
import { openDatabase } from '../../local/supabase/database.ts';
import { startGateway } from '../../local/supabase/gateway.ts';
import { createTemporaryDatabase } from '../../local/supabase/temporary.ts';
import { JSON_ANSWER, testApi } from '../setup/api.ts';
import { temporaryFolder } from '../setup/database.ts';
import { addNotes, startServices } from '../setup/services.ts';

// Keeping the platform awake after a response has no meaning outside a request of Next.
vi.mock('next/server', () => ({ after: () => undefined }));

const QUESTION = 'How many items does working memory hold?';
const PAGES = [
  'Working memory holds about four items at a time. It decays within twenty seconds without rehearsal.',
];
const closing: (() => Promise<void>)[] = [];

/** The app's own modules once more, as another process has them. */
async function instance(url: string) {
  vi.resetModules();
  vi.stubEnv('NEXT_PUBLIC_SUPABASE_URL', url);
  // Read now: the next instance has another.
  (await import('../../lib/env.ts')).serverEnv();
  return {
    chat: await import('../../app/api/ai-agent/chat/route.ts'),
    thread: await import('../../app/api/ai-agent/chat/[threadId]/route.ts'),
    stop: await import('../../app/api/ai-agent/chat/[threadId]/stop/route.ts'),
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
    const here = await instance(services.gateway.url);
    const there = await instance(services.other.url);
    return { ...here, thereChat: there.chat, thereThread: there.thread, thereStop: there.stop };
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

test('an answer is stopped from the other instance, and what was written of it stays', async () => {
  services.openai.faults.add({ path: '/responses', times: 2, delayMs: 300 });
  const response = await api.chat.POST.response({}, { body: { message: QUESTION } });
  let text = '';
  let stopped: unknown;
  for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += piece;
    const [, threadId] = /"threadId":"([0-9a-f-]{36})"/.exec(text) ?? [];
    if (stopped !== undefined || !threadId || !text.includes('text-delta')) continue;
    stopped = (await api.thereStop.POST({ threadId })).body;
  }
  expect(stopped).toEqual({ stopped: true });
  const [, threadId = ''] = /"threadId":"([0-9a-f-]{36})"/.exec(text) ?? [];
  const { body } = await api.thereThread.GET({ threadId });
  expect(body.messages[1].metadata.status).toBe('stopped');
});
