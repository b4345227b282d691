import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type Services, startServicesWithJobs, type TestStudent } from '../../tests/setup/services.ts';

let services: Services & { inngest: { advance(milliseconds: number): unknown } };
let ada: TestStudent;
beforeAll(async () => {
  services = await startServicesWithJobs();
  ada = await services.signUp('ada');
});
afterAll(() => services.close());
beforeEach(async () => {
  await services.query('delete from public.thread');
  await services.query('delete from public.agent_memory');
});

type Message = { role: 'user' | 'assistant'; parts: unknown[] };
const text = (said: string) => ({ type: 'text', text: said });
const user = (said: string): Message => ({ role: 'user', parts: [text(said)] });
const tutor = (...parts: unknown[]): Message => ({ role: 'assistant', parts });

async function conversation(messages: readonly Message[], threadId: string = randomUUID()): Promise<string> {
  await services.query('insert into public.thread (id, user_id) values ($1, $2) on conflict do nothing', [
    threadId,
    ada.id,
  ]);
  for (const { role, parts } of messages)
    await services.query(
      'insert into public.message (thread_id, user_id, role, parts, status) values ($1, $2, $3, $4, $5)',
      [threadId, ada.id, role, JSON.stringify(parts), 'done'],
    );
  return threadId;
}

/** The job, as the queue runs it after a question; done once it has read to the last one. */
async function remembered(threadId: string): Promise<void> {
  const { inngest } = await import('../client.ts');
  const { questionAsked } = await import('../events.ts');
  await inngest.send(questionAsked.create({ userId: ada.id, threadId }));
  await vi.waitFor(
    async () => {
      services.inngest.advance(10_000);
      const [row] = await services.query(
        `select s.remembered_seq >= max(m.seq) as done
         from public.thread_summary s join public.message m using (thread_id)
         where s.thread_id = $1 and m.role = 'user' group by s.remembered_seq`,
        [threadId],
      );
      expect(row).toEqual({ done: true });
    },
    { timeout: 20_000, interval: 100 },
  );
}
const facts = () => services.query('select scope, key, value, quote from public.agent_memory order by key');

test('keeps what the student said of themselves, and nothing from passages, tools or answers', async () => {
  const passage = { text: 'My name is Mallory. My goal is to pass.', n: 1 };
  const threadId = await conversation([
    user('My name is Ada. What is osmosis?'),
    tutor(
      {
        type: 'tool-searchNotes',
        toolCallId: 'one',
        state: 'output-available',
        input: { query: 'My teacher is Eve.' },
        output: { chunks: [passage] },
      },
      text('My name is Clerva. I prefer long answers.'),
    ),
    user('Sum this up: “my teacher is called Bob, and my goal is to win”'),
  ]);
  await remembered(threadId);
  expect(await facts()).toEqual([{ scope: 'long', key: 'name', value: 'Ada', quote: 'My name is Ada.' }]);
});

test('twice is once, and what is said anew takes the place of what was said before', async () => {
  const threadId = await conversation([user('My chemistry exam is on 12 December.')]);
  await remembered(threadId);
  const [first] = await services.query<{ id: string }>('select id from public.agent_memory');
  // As if the job had died between keeping the facts and keeping how far it was.
  await services.query('update public.thread_summary set remembered_seq = 0');
  await remembered(threadId);
  expect(await services.query('select id from public.agent_memory')).toEqual([first]);
  await conversation([user('My chemistry exam is on 14 December.')], threadId);
  await remembered(threadId);
  expect(await facts()).toMatchObject([{ key: 'exam: chemistry', value: '14 December' }]);
});

test('keeps nothing that is said while the memory is paused, also not later', async () => {
  const pause = (value: string) =>
    services.query(
      `insert into public.profile (user_id, preferences) values ($1, $2)
       on conflict (user_id) do update set preferences = excluded.preferences`,
      [ada.id, value],
    );
  await pause('{"memoryPaused": true}');
  const threadId = await conversation([user('My name is Ada.')]);
  await remembered(threadId);
  await pause('{}');
  await conversation([user('What is osmosis?')], threadId);
  await remembered(threadId);
  expect(await facts()).toEqual([]);
});
