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
    regenerate: await import('../app/api/ai-agent/chat/[threadId]/regenerate/route.ts'),
    thread: await import('../app/api/ai-agent/chat/[threadId]/route.ts'),
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

type Asked = { threadId: string; messageId: string; ids: string[] };

/** Calls that wait in one answer. */
async function askInOne(texts: readonly string[]): Promise<Asked> {
  const asked = [];
  for (const text of texts) asked.push(await askToSend(text));
  const [first, ...others] = asked;
  if (!first) throw new Error('Nothing was asked.');
  const { threadId, messageId } = first;
  for (const other of others) {
    await services.query(
      `update public.message m set parts = m.parts || (
         select jsonb_agg(part) from public.message o, jsonb_array_elements(o.parts) as part
         where o.id = $2 and part ->> 'state' = 'approval-requested')
       where m.id = $1`,
      [messageId, other.messageId],
    );
  }
  return { threadId, messageId, ids: asked.map(({ card }) => card.approvalId as string) };
}

/** What the last answer of a thread waits for or did, and how it ended. */
async function statesOf(threadId: string) {
  const [last] = await services.query<{ states: string[]; status: string }>(
    `select m.status, coalesce((
       select jsonb_agg(concat_ws(' ', part ->> 'state', part #>> '{approval,approved}') order by position)
       from jsonb_array_elements(m.parts) with ordinality as p(part, position) where part ? 'approval'), '[]') as states
     from public.message m join public.thread t on t.id = m.thread_id and t.deleted_at is null
     where m.thread_id = $1 and m.role = 'assistant' and m.parts::text like '%approval%'
     order by m.seq desc limit 1`,
    [threadId],
  );
  return last ?? { states: [], status: 'gone' };
}

const [YES, NO] = [true, false];
/** One request with all the given answers, as a turn. */
const turn = async ({ threadId, ids }: Asked, answers: (boolean | undefined)[], as = ada) => {
  const approvals = ids.flatMap((approvalId, index) => {
    const approved = answers[index];
    return approved === undefined ? [] : [{ approvalId, approved }];
  });
  return (await send(as, { threadId, approvals })).status;
};
/** One answer, kept while others wait. */
const keep = async ({ threadId, ids }: Asked, index: number, approved: boolean, as = ada) => {
  const approvals = [{ approvalId: ids[index] ?? 'made-up', approved }];
  return (await api.approvals.PUT({ threadId }, { as, body: { approvals } })).status;
};
const goOn = async ({ threadId }: Asked, message = 'Thanks') =>
  (await send(ada, { threadId, message })).status;
const again = async ({ threadId }: Asked) =>
  (await api.regenerate.POST({ threadId }, { as: ada, headers: JSON_ANSWER })).status;
const remove = async ({ threadId }: Asked) => (await api.thread.DELETE({ threadId }, { as: ada })).status;
const mark = (status: string, { messageId }: Asked) =>
  services.query('update public.message set status = $2, heartbeat_at = now() where id = $1', [
    messageId,
    status,
  ]);
async function inOrder(...acts: (() => Promise<number>)[]): Promise<number[]> {
  const answered = [];
  for (const act of acts) answered.push(await act());
  return answered;
}

type Situation = {
  texts: string[];
  act: (asked: Asked) => Promise<number[]>;
  /** The statuses that were answered with. */
  answered: number[];
  /** The calls afterwards. */
  states: string[];
  status?: string;
  sent: string[];
};

const ONE = ['At one?'];
const TWO = ['At one?', 'At two?'];
const [WAITS, KEPT_YES] = ['approval-requested', 'approval-responded true'];
const [DONE, DENIED] = ['output-available true', 'output-denied false'];

/** Everything a student, or two tabs of theirs, can do with a question that waits. */
const SITUATIONS: [string, Situation][] = [
  [
    'a yes',
    {
      texts: ONE,
      act: async (asked) => [await turn(asked, [YES])],
      answered: [200],
      states: [DONE],
      sent: ONE,
    },
  ],
  [
    'a no',
    {
      texts: ONE,
      act: async (asked) => [await turn(asked, [NO])],
      answered: [200],
      states: [DENIED],
      sent: [],
    },
  ],
  [
    'yes to both',
    {
      texts: TWO,
      act: (asked) =>
        inOrder(
          () => keep(asked, 0, YES),
          () => turn(asked, [YES, YES]),
        ),
      answered: [204, 200],
      states: [DONE, DONE],
      sent: TWO,
    },
  ],
  [
    'yes to one and no to the other',
    {
      texts: TWO,
      act: (asked) =>
        inOrder(
          () => keep(asked, 1, NO),
          () => keep(asked, 1, NO),
          () => turn(asked, [YES, NO]),
          () => turn(asked, [YES, NO]),
        ),
      answered: [204, 204, 200, 409],
      states: [DONE, DENIED],
      sent: ONE,
    },
  ],
  [
    'no to both',
    {
      texts: TWO,
      act: async (asked) => [await turn(asked, [NO, NO])],
      answered: [200],
      states: [DENIED, DENIED],
      sent: [],
    },
  ],
  [
    'one of two answered before a reload',
    {
      texts: TWO,
      act: async (asked) => [await keep(asked, 0, YES)],
      answered: [204],
      states: [KEPT_YES, WAITS],
      sent: [],
    },
  ],
  [
    'only one of two sent as a turn',
    {
      texts: TWO,
      act: async (asked) => [await turn(asked, [YES])],
      answered: [400],
      states: [WAITS, WAITS],
      sent: [],
    },
  ],
  [
    'yes and no to one question at once',
    {
      texts: ONE,
      act: (asked) => inOrder(() => turn({ ...asked, ids: [...asked.ids, ...asked.ids] }, [YES, NO])),
      answered: [400],
      states: [WAITS],
      sent: [],
    },
  ],
  [
    'a question asked meanwhile',
    {
      texts: ONE,
      act: (asked) =>
        inOrder(
          () => goOn(asked),
          () => turn(asked, [YES]),
        ),
      answered: [200, 404],
      states: [WAITS],
      sent: [],
    },
  ],
  [
    'a question asked when one of two was answered',
    {
      texts: TWO,
      act: (asked) =>
        inOrder(
          () => keep(asked, 0, YES),
          () => goOn(asked),
          () => turn(asked, [YES, YES]),
        ),
      answered: [204, 200, 404],
      states: [KEPT_YES, WAITS],
      sent: [],
    },
  ],
  [
    'a double click',
    {
      texts: ONE,
      act: async (asked) => (await Promise.all([turn(asked, [YES]), turn(asked, [YES])])).toSorted(),
      answered: [200, 409],
      states: [DONE],
      sent: ONE,
    },
  ],
  [
    'two tabs that answer one each, and one of them otherwise later',
    {
      texts: TWO,
      act: (asked) =>
        inOrder(
          () => keep(asked, 0, YES),
          () => keep(asked, 0, NO),
          () => keep(asked, 1, NO),
          () => turn(asked, [undefined, NO]),
        ),
      answered: [204, 409, 409, 200],
      states: [DONE, DENIED],
      sent: ONE,
    },
  ],
  [
    'a yes after the answer was stopped',
    {
      texts: ONE,
      act: (asked) =>
        inOrder(
          async () => (await mark('stopped', asked)).length,
          () => turn(asked, [YES]),
        ),
      answered: [0, 200],
      states: [DONE],
      sent: ONE,
    },
  ],
  [
    'an answer that is still being written',
    {
      texts: TWO,
      act: (asked) =>
        inOrder(
          async () => (await mark('streaming', asked)).length,
          () => keep(asked, 0, YES),
        ),
      answered: [0, 409],
      states: [WAITS, WAITS],
      status: 'streaming',
      sent: [],
    },
  ],
  [
    'a model that fails once it was sent',
    {
      texts: ONE,
      act: async (asked) => {
        services.openai.faults.add({ path: '/responses', times: 10, status: 400 });
        const failed = await turn(asked, [YES]);
        services.openai.faults.clear();
        return [failed, await turn(asked, [YES])];
      },
      answered: [503, 409],
      states: [DONE],
      status: 'error',
      sent: ONE,
    },
  ],
  [
    'a session that is over, and another student',
    {
      texts: TWO,
      act: (asked) =>
        inOrder(
          () => keep(asked, 0, YES, { ...ada, token: 'over' }),
          () => turn(asked, [YES, YES], { ...ada, token: 'over' }),
          () => keep(asked, 0, YES, eve),
          () => turn(asked, [YES, YES], eve),
        ),
      answered: [401, 401, 404, 404],
      states: [WAITS, WAITS],
      sent: [],
    },
  ],
  [
    'an answer written again',
    {
      texts: ONE,
      act: (asked) =>
        inOrder(
          () => again(asked),
          () => turn(asked, [YES]),
        ),
      answered: [200, 404],
      states: [WAITS],
      sent: [],
    },
  ],
  [
    'an answer written again after it was sent',
    {
      texts: ONE,
      act: (asked) =>
        inOrder(
          () => turn(asked, [YES]),
          () => again(asked),
        ),
      answered: [200, 200],
      states: [DONE],
      sent: ONE,
    },
  ],
  [
    'a conversation that was deleted',
    {
      texts: TWO,
      act: (asked) =>
        inOrder(
          () => remove(asked),
          () => keep(asked, 0, YES),
          () => turn(asked, [YES, YES]),
        ),
      answered: [204, 404, 404],
      states: [],
      status: 'gone',
      sent: [],
    },
  ],
  [
    'a yes to the last alone, as kept, and to what nobody asked',
    {
      texts: ONE,
      act: (asked) =>
        inOrder(
          () => keep(asked, 0, YES),
          () => keep(asked, 7, YES),
          () => turn({ ...asked, ids: ['made-up'] }, [YES]),
        ),
      answered: [409, 404, 404],
      states: [WAITS],
      sent: [],
    },
  ],
];

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

  test.each(SITUATIONS)(
    'is sent as often as was agreed: %s',
    async (_name, { texts, act, answered, states, sent, status = 'done' }) => {
      const asked = await askInOne(texts);
      expect(await act(asked)).toEqual(answered);
      expect(await statesOf(asked.threadId)).toEqual({ states, status });
      expect((await nudges()).map(({ message }) => message).toSorted()).toEqual(sent);
    },
  );

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
