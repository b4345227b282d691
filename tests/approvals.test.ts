import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { ERRORS } from '../lib/errors.ts';
import { JSON_ANSWER, testApi } from './setup/api.ts';
import type { TestStudent } from './setup/services.ts';

// Keeping the platform awake after a response has no meaning outside a request of Next.
vi.mock('next/server', () => ({ after: () => undefined }));

const { api, services, students } = testApi({
  students: ['ada', 'bob', 'eve'],
  routes: async () => ({
    chat: await import('../app/api/ai-agent/chat/route.ts'),
    approvals: await import('../app/api/ai-agent/chat/[threadId]/approvals/route.ts'),
  }),
});
const { ada, bob, eve } = students;

beforeAll(() =>
  services.query(
    `update public.profile set visibility = 'everyone', display_name = split_part(u.email, '@', 1)
     from auth.users u where u.id = user_id`,
  ),
);
beforeEach(() => services.query('delete from public.nudge'));

const send = async (as: TestStudent, body: unknown) => {
  const { status, body: json } = await api.chat.POST({}, { as, body, headers: JSON_ANSWER });
  return { status, json };
};

const nudges = () =>
  services.query<{ message: string; user_id: string; to_user_id: string }>(
    'select message, user_id, to_user_id from public.nudge',
  );

/** A turn that wants to send something, up to the student's decision. */
async function askToSend(message: string, toUserId = bob.id) {
  const call = { toUserId, message, nudgeType: 'study_invite' };
  const { json } = await send(ada, { message: `Use sendNudge with ${JSON.stringify(call)}` });
  const [card] = json.cards;
  return { threadId: json.threadId as string, messageId: json.messageId as string, card };
}

const answer = (threadId: string, approvalId: string, approved: boolean) => ({
  threadId,
  approvals: [{ approvalId, approved }],
});

describe('a tool that reaches another person', () => {
  test('waits for the student, sends nothing before, and shows the exact text', async () => {
    const { card } = await askToSend('Shall we study memory tonight?');
    expect(card).toMatchObject({
      tool: 'sendNudge',
      state: 'approval-requested',
      approvalId: expect.any(String),
      input: { toUserId: bob.id, message: 'Shall we study memory tonight?' },
    });
    expect(await nudges()).toEqual([]);
  });

  test('does not ask for somebody who does not exist, nor for what cannot be sent', async () => {
    const nobody = await askToSend('Hello?', '00000000-0000-4000-8000-000000000001');
    expect(nobody.card).toMatchObject({ state: 'failed', message: ERRORS.not_found.message });
    const oneself = await askToSend('Hello?', ada.id);
    expect(oneself.card).toMatchObject({ state: 'failed', message: expect.stringContaining('reminder') });
    expect(await nudges()).toEqual([]);
  });

  test('runs once after a yes, and the same answer goes on', async () => {
    const { threadId, messageId, card } = await askToSend('At eight?');
    const yes = answer(threadId, card.approvalId, true);
    const [first, second] = await Promise.all([send(ada, yes), send(ada, yes)]);
    expect([first.status, second.status].toSorted()).toEqual([200, 409]);
    const { json } = first.status === 200 ? first : second;
    expect(json.messageId).toBe(messageId);
    expect(json.cards).toMatchObject([{ tool: 'sendNudge', state: 'done', output: { success: true } }]);
    expect(json.text).not.toBe('');
    expect(await nudges()).toEqual([{ message: 'At eight?', user_id: ada.id, to_user_id: bob.id }]);
  });

  test('does not run after a no, and the student is told so', async () => {
    const { threadId, card } = await askToSend('At nine?');
    const { json } = await send(ada, answer(threadId, card.approvalId, false));
    expect(json.cards).toMatchObject([{ tool: 'sendNudge', state: 'denied' }]);
    expect(json.text).not.toBe('');
    expect(await nudges()).toEqual([]);
  });

  test('is not called sent when the student says why they said no', async () => {
    const { threadId, card } = await askToSend('At nine?');
    const reason = 'The student wants to change the text first.';
    const no = { threadId, approvals: [{ approvalId: card.approvalId, approved: false, reason }] };
    const { json } = await send(ada, no);
    expect(json.text).toContain('nothing was sent');
    expect(json.text).not.toMatch(/^Sent/);
  });

  test('does not run for a yes of another student, or to a question nobody asked', async () => {
    const { threadId, card } = await askToSend('At ten?');
    expect((await send(eve, answer(threadId, card.approvalId, true))).status).toBe(404);
    expect((await send(ada, answer(threadId, 'made-up', true))).status).toBe(404);
    expect(await nudges()).toEqual([]);
  });

  test('does not send other words than those that were shown', async () => {
    const { threadId, messageId, card } = await askToSend('The words that were shown');
    await services.query(
      `update public.message set parts = replace(parts::text, 'The words that were shown', 'Other words')::jsonb
       where id = $1`,
      [messageId],
    );
    const refused = await send(ada, answer(threadId, card.approvalId, true));
    expect(refused.json).toMatchObject({ status: 409, code: 'conflict' });
    expect(await nudges()).toEqual([]);
  });

  describe('beside another of the same answer', () => {
    /** Two calls that wait in one answer. */
    async function askTwice() {
      const { threadId, messageId, card } = await askToSend('The first of two');
      await services.query(
        `update public.message set parts = parts || (
           select jsonb_build_array(part || jsonb_build_object(
             'toolCallId', 'second', 'approval', jsonb_build_object('id', 'second')))
           from jsonb_array_elements(parts) as part where part ->> 'state' = 'approval-requested')
         where id = $1`,
        [messageId],
      );
      return { threadId, messageId, first: card.approvalId as string };
    }
    const store = async (threadId: string, approvalId: string, approved: boolean, as = ada) =>
      (await api.approvals.PUT({ threadId }, { as, body: { approvals: [{ approvalId, approved }] } })).status;
    const statesOf = async (messageId: string) =>
      services.query<{ state: string; approved: boolean | null }>(
        `select part ->> 'state' as state, (part #> '{approval,approved}')::boolean as approved
         from public.message, jsonb_array_elements(parts) as part where id = $1 and part ? 'approval'`,
        [messageId],
      );

    test('is answered at once, kept, and acted upon with the last answer', async () => {
      const { threadId, messageId, first } = await askTwice();
      expect(await store(threadId, 'second', false)).toBe(204);
      expect(await store(threadId, 'second', false)).toBe(204);
      expect(await statesOf(messageId)).toEqual([
        { state: 'approval-requested', approved: null },
        { state: 'approval-responded', approved: false },
      ]);
      expect(await nudges()).toEqual([]);
      const { approvals } = answer(threadId, first, true);
      const both = { threadId, approvals: [...approvals, { approvalId: 'second', approved: false }] };
      expect((await send(ada, both)).json.cards).toMatchObject([{ state: 'done' }, { state: 'denied' }]);
      expect(await nudges()).toHaveLength(1);
      expect((await send(ada, both)).status).toBe(409);
    });

    test('cannot be answered otherwise later, by somebody else, as the last, or when none waits', async () => {
      const { threadId, first } = await askTwice();
      expect(await store(threadId, 'second', false, eve)).toBe(404);
      expect(await store(threadId, 'made-up', false)).toBe(404);
      expect(await store(threadId, 'second', false)).toBe(204);
      expect(await store(threadId, 'second', true)).toBe(409);
      expect(await store(threadId, first, true)).toBe(409);
      expect((await send(ada, answer(threadId, 'second', false))).status).toBe(400);
      expect((await send(ada, answer(threadId, first, false))).status).toBe(200);
      expect(await store(threadId, 'second', false)).toBe(409);
      expect(await nudges()).toEqual([]);
    });
  });

  test('is not sent when the student goes on without answering', async () => {
    const { threadId, card } = await askToSend('Before the exam?');
    const next = await send(ada, { threadId, message: 'Thanks' });
    expect(next.status).toBe(200);
    expect((await send(ada, answer(threadId, card.approvalId, true))).status).toBe(404);
    expect(await nudges()).toEqual([]);
  });

  test.each([
    ['without a conversation', { approvals: [{ approvalId: 'x', approved: true }] }],
    [
      'together with a message',
      { threadId: crypto.randomUUID(), message: 'Hi', approvals: [{ approvalId: 'x', approved: true }] },
    ],
    ['that say neither yes nor no', { threadId: crypto.randomUUID(), approvals: [{ approvalId: 'x' }] }],
  ])('refuses approvals %s', async (_name, body) => {
    expect((await send(ada, body)).status).toBe(400);
  });
});
