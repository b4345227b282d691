import { expect, test, vi } from 'vitest';
import { JSON_ANSWER, testApi } from './setup/api.ts';
import { startServices } from './setup/services.ts';

// Keeping the platform awake after a response has no meaning outside a request of Next.
vi.mock('next/server', () => ({ after: () => undefined }));

const { api } = testApi({
  students: ['ada'],
  start: async () => {
    const services = await startServices();
    vi.stubEnv('CHAT_TURNS_PER_MINUTE', '3');
    vi.stubEnv('CHAT_TURNS_PER_DAY', '3');
    return services;
  },
  routes: async () => ({
    chat: await import('../app/api/ai-agent/chat/route.ts'),
    regenerate: await import('../app/api/ai-agent/chat/[threadId]/regenerate/route.ts'),
  }),
});

test('what is refused and what is repeated uses up none of a student’s questions, and no more are answered than there are', async () => {
  const ask = (body: object) => api.chat.POST({}, { body, headers: JSON_ANSWER });
  const question = { message: 'What is memory?', requestId: crypto.randomUUID() };
  for (let round = 0; round < 5; round += 1) {
    expect((await ask({ message: '' })).status).toBe(400);
    expect((await ask({ message: 'Hi', threadId: crypto.randomUUID() })).status).toBe(404);
    expect((await api.regenerate.POST({ threadId: crypto.randomUUID() })).status).toBe(404);
    expect((await ask(question)).status).toBe(200);
  }
  const many = await Promise.all(Array.from({ length: 10 }, () => ask({ message: 'And sleep?' })));
  expect(many.map(({ status }) => status).toSorted()).toEqual([200, 200, ...Array(8).fill(429)]);
  expect(many.find(({ status }) => status === 429)?.headers.get('retry-after')).toMatch(/^\d+$/);
  // The answer that is there already costs nothing, so it is given though nothing is left.
  expect((await ask(question)).status).toBe(200);
  expect((await ask({ message: 'One more?' })).status).toBe(429);
});
