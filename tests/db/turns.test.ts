import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Persona } from '../../local/supabase/database.ts';
import { addDocument, suiteFixture } from './fixture.ts';

type Turn = {
  threadId: string;
  threadTitle: string | null;
  created: boolean;
  userMessageId: string;
  assistantMessageId: string;
  text?: string;
  history: { role: string; parts: { text: string }[]; status: string }[];
  memory: { scope: string; key: string; value: unknown }[];
  profile: Record<string, unknown>;
  documents: Record<string, number>;
};

describe('a turn', () => {
  const db = suiteFixture();

  const begin = (persona: Persona, threadId: string | null, text = 'Question', limit = 40) =>
    db.valueOf<Turn>(persona, 'public.begin_turn($1, $2, $3)', [threadId, text, limit]);
  const finish = (messageId: string, text = 'Answer', title: string | null = null, telemetry: unknown = []) =>
    db.valueOf<{ saved: boolean; title: string | null }>(
      db.owner,
      `public.finish_turn($1, $2, 'done', '{"model":"m"}', $3, $4)`,
      [messageId, JSON.stringify([{ type: 'text', text }]), title, JSON.stringify(telemetry)],
    );
  /** Makes an answer one that nobody has written at for so many seconds. */
  const silence = (messageId: string, seconds: number) =>
    db.query('update public.message set heartbeat_at = now() - make_interval(secs => $2) where id = $1', [
      messageId,
      seconds,
    ]);
  const beginCode = (persona: Persona, threadId: string | null, text = 'Question') =>
    db.codeOf(persona, 'select public.begin_turn($1, $2, 10)', [threadId, text]);

  test('keeps how a conversation numbers what is hidden, for its student alone, and loses no answer to one too large', async () => {
    const turn = await begin(db.owner, null);
    const { threadId } = turn;
    const numbered = (messageId: string, mask: unknown) =>
      db.valueOf(db.owner, `public.finish_turn($1, '[]', 'done', '{}', 'a', '[]', $2)`, [
        messageId,
        JSON.stringify(mask),
      ]);
    await numbered(turn.assistantMessageId, { email: ['a1', 'b2'] });
    const next = await begin(db.owner, threadId);
    expect(next).toMatchObject({ mask: { email: ['a1', 'b2'] } });
    const large = Array.from({ length: 2_000 }, () => randomUUID());
    expect(await numbered(next.assistantMessageId, { email: large })).toMatchObject({ saved: true });
    expect(await begin(db.owner, threadId)).toMatchObject({ mask: { email: ['a1', 'b2'] } });
    const seen = `select mask from public.thread where id = $1`;
    expect(await db.rowsOf(db.stranger, seen, [threadId])).toEqual([]);
  });

  test('opens a conversation and knows who asks', async () => {
    await db.query(
      `update public.profile set subjects = '{Biology}', timezone = 'Europe/Lisbon' where user_id = $1`,
      [db.owner],
    );
    await db.query(
      `insert into public.agent_memory (user_id, scope, key, value, expires_at) values
         ($1, 'long', 'exam', '"June"', null), ($1, 'short', 'old', '"x"', now() - interval '1 minute')`,
      [db.owner],
    );
    await addDocument(db.query, { userId: db.owner, status: 'ready' });
    await addDocument(db.query, { userId: db.owner, status: 'pending' });
    await addDocument(db.query, { userId: db.stranger, status: 'ready' });
    const turn = await begin(db.owner, null);
    expect(turn).toMatchObject({
      created: true,
      threadTitle: null,
      history: [],
      memory: [{ scope: 'long', key: 'exam', value: 'June' }],
      profile: { displayName: 'Owner', subjects: ['Biology'], timezone: 'Europe/Lisbon', gradeLevel: null },
      documents: { ready: 1, processing: 1 },
    });
    expect(
      await db.query('select id, role, status from public.message where thread_id = $1 order by seq', [
        turn.threadId,
      ]),
    ).toEqual([
      { id: turn.userMessageId, role: 'user', status: 'done' },
      { id: turn.assistantMessageId, role: 'assistant', status: 'streaming' },
    ]);
  });

  test('remembers the last messages in the order they were written', async () => {
    const first = await begin(db.owner, null, 'one');
    await finish(first.assistantMessageId, 'two', 'A title');
    const second = await begin(db.owner, first.threadId, 'three');
    expect(second.threadTitle).toBe('A title');
    expect(second.history.map(({ role, parts }) => [role, parts[0]?.text])).toEqual([
      ['user', 'one'],
      ['assistant', 'two'],
    ]);
    await finish(second.assistantMessageId, 'four');
    const third = await begin(db.owner, first.threadId, 'five', 1);
    expect(third.history.map(({ parts }) => parts[0]?.text)).toEqual(['four']);
  });

  test('is refused while an answer is being written, and not blocked for ever by one that died', async () => {
    const turn = await begin(db.owner, null);
    expect(await beginCode(db.owner, turn.threadId)).toBe('PT409');
    expect(await db.codeOf(db.owner, 'select public.begin_regenerate($1, 10)', [turn.threadId])).toBe(
      'PT409',
    );
    await silence(turn.assistantMessageId, 14);
    expect(await beginCode(db.owner, turn.threadId)).toBe('PT409');
    await silence(turn.assistantMessageId, 16);
    const next = await begin(db.owner, turn.threadId);
    expect(next.history.at(-1)).toMatchObject({
      status: 'error',
      metadata: { status: 'error', errorCode: 'interrupted' },
    });
  });

  test('that is saved says so, and what a dead process left is closed with what was saved of it', async () => {
    const [alive, dead, done] = [
      await begin(db.owner, null),
      await begin(db.owner, null),
      await begin(db.owner, null),
    ];
    await finish(done.assistantMessageId);
    for (const { assistantMessageId } of [alive, dead, done]) await silence(assistantMessageId, 60);
    const half = [alive, dead].map(({ assistantMessageId: messageId }) => ({
      messageId,
      userId: db.owner,
      parts: [{ type: 'text', text: 'half' }],
    }));
    await db.valueOf('service', 'public.save_answers($1)', [JSON.stringify(half)]);
    await silence(dead.assistantMessageId, 16);
    expect(await db.codeOf(db.owner, 'select public.close_dead_answers()')).toBe('42501');
    expect(await db.valueOf<number>('service', 'public.close_dead_answers()')).toBe(1);
    const stored = await db.query<{ id: string; status: string; parts: unknown[] }>(
      'select id, status, parts from public.message where id = any($1)',
      [[alive, dead, done].map(({ assistantMessageId }) => assistantMessageId)],
    );
    const of = (turn: Turn) => stored.find(({ id }) => id === turn.assistantMessageId);
    expect(of(alive)?.status).toBe('streaming');
    expect(of(done)?.status).toBe('done');
    expect(of(dead)).toMatchObject({ status: 'error', parts: [{ text: 'half' }] });
  });

  test('whose process only stood still is kept whole, unless it was asked anew meanwhile', async () => {
    const [slow, replaced] = [await begin(db.owner, null), await begin(db.owner, null)];
    for (const { assistantMessageId } of [slow, replaced]) await silence(assistantMessageId, 16);
    await db.valueOf('service', 'public.close_dead_answers()');
    await db.valueOf(db.owner, 'public.begin_regenerate($1, 10)', [replaced.threadId]);
    expect(await finish(replaced.assistantMessageId)).toMatchObject({ saved: false });
    const write = async ({ assistantMessageId: messageId }: Turn, userId = db.owner) =>
      (
        await db.valueOf<string[]>('service', 'public.save_answers($1)', [
          JSON.stringify([{ messageId, userId, parts: null, metadata: { status: 'streaming' } }]),
        ])
      ).length === 0;
    expect(await db.codeOf(db.owner, `select public.save_answers('[]')`)).toBe('42501');
    expect(await Promise.all([write(slow), write(replaced), write(slow, db.stranger)])).toEqual([
      true,
      false,
      false,
    ]);
    const left = await begin(db.owner, null);
    await silence(left.assistantMessageId, 16);
    const after = await begin(db.owner, left.threadId);
    expect(await Promise.all([write(left), write(after)])).toEqual([false, true]);
    for (const turn of [left, after]) await finish(turn.assistantMessageId);
    expect(await beginCode(db.owner, slow.threadId)).toBe('PT409');
    expect(await finish(slow.assistantMessageId, 'whole')).toMatchObject({ saved: true });
    const [kept] = await db.query('select status, parts, metadata from public.message where id = $1', [
      slow.assistantMessageId,
    ]);
    expect(kept).toMatchObject({ status: 'done', parts: [{ text: 'whole' }] });
    expect(kept).not.toHaveProperty('metadata.errorCode');
  });

  test('asked again with its id is the same turn, running or finished, and another student’s id is their own', async () => {
    const id = randomUUID();
    const ask = <Answer = Turn>(persona: Persona, threadId: string | null = null) =>
      db.valueOf<Answer>(persona, 'public.begin_turn($1, $2, 10, $3)', [threadId, 'Once?', id]);
    const first = await ask(db.owner);
    expect(await ask(db.owner)).toEqual({
      threadId: first.threadId,
      repeats: {
        id: first.assistantMessageId,
        role: 'assistant',
        parts: [],
        metadata: {},
        status: 'streaming',
      },
    });
    await finish(first.assistantMessageId, 'It is.');
    expect(await ask(db.owner, first.threadId)).toMatchObject({
      threadId: first.threadId,
      repeats: { status: 'done', parts: [{ text: 'It is.' }] },
    });
    expect((await ask(db.stranger)).threadId).not.toBe(first.threadId);
    const questions = await db.query('select id from public.message where request_id = $1', [id]);
    expect(questions).toHaveLength(2);
  });

  test('under the id of another question is refused, not answered with that one’s answer', async () => {
    const id = randomUUID();
    const ask = (threadId: string | null, text: string) =>
      db.codeOf(db.owner, 'select public.begin_turn($1, $2, 10, $3)', [threadId, text, id]);
    const { threadId } = await db.valueOf<Turn>(db.owner, 'public.begin_turn(null, $1, 10, $2)', [
      'One?',
      id,
    ]);
    const elsewhere = await begin(db.owner, null);
    await finish(elsewhere.assistantMessageId);
    expect(await ask(threadId, 'Two?')).toBe('PT400');
    expect(await ask(elsewhere.threadId, 'One?')).toBe('PT400');
    expect(await ask(threadId, 'One?')).toBeNull();
  });

  test('whose conversation was deleted is not begun under its id elsewhere, and is found again with it', async () => {
    const id = randomUUID();
    const ask = (threadId: string | null) =>
      db.codeOf(db.owner, 'select public.begin_turn($1, $2, 10, $3)', [threadId, 'Once?', id]);
    const first = await db.valueOf<Turn>(db.owner, 'public.begin_turn(null, $1, 10, $2)', ['Once?', id]);
    await finish(first.assistantMessageId);
    const other = await begin(db.owner, null);
    await finish(other.assistantMessageId);
    const write = 'select public.begin_regenerate($1, 10, $2)';
    await db.valueOf(db.owner, 'public.delete_thread($1)', [first.threadId]);
    expect([await ask(null), await ask(first.threadId), await ask(other.threadId)]).toEqual(
      Array(3).fill('PT404'),
    );
    expect(await db.codeOf(db.owner, write, [other.threadId, id])).toBe('PT404');
    await db.valueOf(db.owner, 'public.restore_thread($1)', [first.threadId]);
    expect([await ask(null), await ask(first.threadId), await ask(other.threadId)]).toEqual([
      null,
      null,
      'PT400',
    ]);
    expect(await db.codeOf(db.owner, write, [other.threadId, id])).toBe('PT400');
  });

  test('asked again with its id after its process died is answered anew under the same question', async () => {
    const id = randomUUID();
    const ask = () => db.valueOf<Turn>(db.owner, 'public.begin_turn(null, $1, 10, $2)', ['Once?', id]);
    const first = await ask();
    await silence(first.assistantMessageId, 16);
    const again = await ask();
    expect(again).toMatchObject({
      threadId: first.threadId,
      userMessageId: first.userMessageId,
      text: 'Once?',
    });
    expect(again.assistantMessageId).not.toBe(first.assistantMessageId);
    const roles = await db.query('select role from public.message where thread_id = $1 order by seq', [
      first.threadId,
    ]);
    expect(roles).toEqual([{ role: 'user' }, { role: 'assistant' }]);
  });

  test('written again in another manner, keeps that manner when its process dies before the first save', async () => {
    const first = await begin(db.owner, null);
    await finish(first.assistantMessageId);
    const write = 'public.begin_regenerate($1, 10, null, null, $2)';
    const again = await db.valueOf<Turn>(db.owner, write, [first.threadId, 'simpler']);
    await silence(again.assistantMessageId, 16);
    await db.query('select public.close_dead_answers()');
    const [kept] = await db.rowsOf(db.owner, 'select status, metadata from public.message where id = $1', [
      again.assistantMessageId,
    ]);
    expect(kept).toMatchObject({ status: 'error', metadata: { nudge: 'simpler', errorCode: 'interrupted' } });
  });

  test('asked twice at the same moment begins once', async () => {
    const { threadId, assistantMessageId } = await begin(db.owner, null);
    await finish(assistantMessageId);
    const both = await Promise.allSettled([begin(db.owner, threadId), begin(db.owner, threadId)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('cannot be begun, saved or finished in another student’s conversation', async () => {
    const turn = await begin(db.owner, null);
    expect(await beginCode(db.stranger, turn.threadId)).toBe('PT404');
    expect(await beginCode(null, turn.threadId)).toBe('42501');
    expect(await db.codeOf(db.stranger, 'select public.begin_regenerate($1, 10)', [turn.threadId])).toBe(
      'PT404',
    );
    const parts = '[{"type":"text","text":"forged"}]';
    expect(
      await db.valueOf(db.stranger, `public.save_message($1, $2, 'done', '{}')`, [
        turn.assistantMessageId,
        parts,
      ]),
    ).toBe(false);
    expect(
      await db.valueOf(db.stranger, `public.finish_turn($1, $2, 'done', '{}', 'Stolen', '[]')`, [
        turn.assistantMessageId,
        parts,
      ]),
    ).toEqual({ saved: false, title: null });
    expect(
      await db.query('select status, parts from public.message where id = $1', [turn.assistantMessageId]),
    ).toEqual([{ status: 'streaming', parts: [] }]);
    expect(
      await db.codeOf(db.stranger, `insert into public.message (thread_id, role) values ($1, 'user')`, [
        turn.threadId,
      ]),
    ).toBe('23503');
  });

  test('needs a question of 1 to 10,000 characters', async () => {
    for (const text of ['', '   ', 'x'.repeat(10_001)])
      expect(await beginCode(db.owner, null, text)).toBe('PT400');
  });

  test('keeps a stopped answer: a late save changes nothing and is told so', async () => {
    const turn = await begin(db.owner, null);
    const save = (status: string, text: string) =>
      db.valueOf<boolean>(db.owner, `public.save_message($1, $2, $3, '{"a":1}')`, [
        turn.assistantMessageId,
        JSON.stringify([{ type: 'text', text }]),
        status,
      ]);
    expect(await save('streaming', 'part')).toBe(true);
    expect(await save('stopped', 'partial')).toBe(true);
    expect(await finish(turn.assistantMessageId, 'late')).toMatchObject({ saved: false });
    expect(
      await db.query('select status, parts, metadata from public.message where id = $1', [
        turn.assistantMessageId,
      ]),
    ).toEqual([{ status: 'stopped', parts: [{ type: 'text', text: 'partial' }], metadata: { a: 1 } }]);
  });

  test.each([
    ['figures that are none', { input_tokens: 10.5 }],
    ['figures below nothing', { input_tokens: -1 }],
    ['an event nobody knows', { event_type: 'other' }],
  ])('is kept whatever its record holds: %s', async (_name, odd) => {
    const turn = await begin(db.owner, null);
    const telemetry = [{ trace_id: 't1', event_type: 'llm_call', ...odd }];
    expect(await finish(turn.assistantMessageId, 'Kept', null, telemetry)).toMatchObject({ saved: true });
  });

  test('names a conversation that has no name with its question, and takes that back where it is not to be read', async () => {
    type Named = Turn & { named: boolean };
    const ask = (threadId: string | null, title: string) =>
      db.valueOf<Named>(db.owner, 'public.begin_turn($1, $2, 10, p_title => $3)', [threadId, 'Q', title]);
    const stored = async (id: string) =>
      (await db.query<{ title: string | null }>('select title from public.thread where id = $1', [id]))[0]
        ?.title;
    const first = await ask(null, ' Cells ');
    expect(first).toMatchObject({ named: true, threadTitle: 'Cells' });
    // A process that dies now leaves the name behind.
    expect(await stored(first.threadId)).toBe('Cells');
    await finish(first.assistantMessageId, 'a', '');
    expect(await stored(first.threadId)).toBeNull();
    const second = await ask(first.threadId, 'Atoms');
    expect(second).toMatchObject({ named: true, threadTitle: 'Atoms' });
    await finish(second.assistantMessageId);
    expect(await ask(first.threadId, 'Stars')).toMatchObject({ named: false, threadTitle: 'Atoms' });
    expect(await ask(null, '  ')).toMatchObject({ named: false, threadTitle: null });
  });

  test('ends with its title, once, and with what it cost', async () => {
    const turn = await begin(db.owner, null);
    const telemetry = [
      {
        trace_id: 't1',
        event_type: 'llm_call',
        model: 'm',
        input_tokens: 10,
        output_tokens: 5,
        cost_usd: 0.02,
      },
      { trace_id: 't1', event_type: 'tool_call', tool_name: 'searchNotes', latency_ms: 12, ok: false },
    ];
    expect(await finish(turn.assistantMessageId, 'a', '  Cells  ', telemetry)).toEqual({
      saved: true,
      title: 'Cells',
    });
    const next = await begin(db.owner, turn.threadId);
    expect(await finish(next.assistantMessageId, 'a', 'Another')).toMatchObject({ title: 'Cells' });
    const rows = await db.rowsOf(
      db.owner,
      `select event_type, tool_name, token_count, ok, message_id from public.agent_telemetry
         where thread_id = $1 order by event_type`,
      [turn.threadId],
    );
    expect(rows).toEqual([
      {
        event_type: 'llm_call',
        tool_name: null,
        token_count: 15,
        ok: true,
        message_id: turn.assistantMessageId,
      },
      {
        event_type: 'tool_call',
        tool_name: 'searchNotes',
        token_count: 0,
        ok: false,
        message_id: turn.assistantMessageId,
      },
    ]);
    const summary = await db.rowsOf(
      db.owner,
      'select model, calls::int, token_count::int, cost_usd::float from public.ai_cost_summary',
    );
    expect(summary).toEqual([{ model: 'm', calls: 1, token_count: 15, cost_usd: 0.02 }]);
    expect(await db.rowsOf(db.stranger, 'select * from public.ai_cost_summary')).toEqual([]);
  });

  describe('with versions', () => {
    type Shown = { id: string; text: string; parent: string | null };
    const textOf = (parts: string) => `coalesce(${parts} #>> '{0,text}', '')`;
    const shown = (threadId: string) =>
      db.rowsOf<Shown>(
        db.owner,
        `select id, ${textOf('parts')} as text, parent_id as parent from public.message
         where thread_id = $1 and is_shown order by seq`,
        [threadId],
      );
    const texts = async (threadId: string) => (await shown(threadId)).map(({ text }) => text);
    const again = (threadId: string, messageId: string | null = null, requestId: string | null = null) =>
      db.valueOf<Turn & { versions: string[]; before: unknown[] }>(
        db.owner,
        'public.begin_regenerate($1, 40, $2, $3)',
        [threadId, requestId, messageId],
      );
    const edit = (threadId: string, text: string, edits: string) =>
      db.valueOf<Turn & { questionVersions: string[] }>(
        db.owner,
        'public.begin_turn($1, $2, 40, p_edits => $3)',
        [threadId, text, edits],
      );
    const show = (threadId: string, messageId: string, who: Persona = db.owner) =>
      db.codeOf(who, 'select public.show_version($1, $2)', [threadId, messageId]);
    /** A conversation of so many questions, each answered. */
    const conversation = async (...questions: string[]) => {
      let threadId: string | null = null;
      const turns: Turn[] = [];
      for (const question of questions) {
        const turn: Turn = await begin(db.owner, threadId, question);
        await finish(turn.assistantMessageId, `on ${question}`);
        threadId = turn.threadId;
        turns.push(turn);
      }
      return { threadId: threadId ?? '', turns };
    };

    test('an answer is written again beside the old one, which can be shown again', async () => {
      const { threadId, turns } = await conversation('Q1');
      const [first] = turns;
      const second = await again(threadId);
      expect(second).toMatchObject({
        userMessageId: first?.userMessageId,
        text: 'Q1',
        created: false,
        history: [],
        versions: [first?.assistantMessageId, second.assistantMessageId],
      });
      expect(await show(threadId, first?.assistantMessageId ?? '')).toBe('PT409');
      await finish(second.assistantMessageId, 'again');
      expect(await texts(threadId)).toEqual(['Q1', 'again']);
      expect(await show(threadId, first?.assistantMessageId ?? '')).toBeNull();
      expect(await texts(threadId)).toEqual(['Q1', 'on Q1']);
      const next = await begin(db.owner, threadId, 'Q2');
      expect(next.history.map(({ parts }) => parts[0]?.text)).toEqual(['Q1', 'on Q1']);
    });

    test('a question asked otherwise opens a branch; each is found again as it was left', async () => {
      const { threadId, turns } = await conversation('Q1', 'Q2', 'Q3');
      const branch = await edit(threadId, 'Q2b', turns[1]?.userMessageId ?? '');
      expect(branch.history.map(({ parts }) => parts[0]?.text)).toEqual(['Q1', 'on Q1']);
      expect(branch.questionVersions).toEqual([turns[1]?.userMessageId, branch.userMessageId]);
      await finish(branch.assistantMessageId, 'on Q2b');
      const rewritten = await again(threadId, branch.assistantMessageId);
      await finish(rewritten.assistantMessageId, 'on Q2b, again');
      await show(threadId, branch.assistantMessageId);
      expect(await texts(threadId)).toEqual(['Q1', 'on Q1', 'Q2b', 'on Q2b']);
      await show(threadId, turns[1]?.userMessageId ?? '');
      expect(await texts(threadId)).toEqual(['Q1', 'on Q1', 'Q2', 'on Q2', 'Q3', 'on Q3']);
      await show(threadId, branch.userMessageId);
      expect(await texts(threadId)).toEqual(['Q1', 'on Q1', 'Q2b', 'on Q2b']);
      // From within a branch that is not shown, with all that leads there.
      await show(threadId, turns[2]?.assistantMessageId ?? '');
      expect((await texts(threadId)).at(-1)).toBe('on Q3');
      await show(threadId, rewritten.assistantMessageId);
      expect(await texts(threadId)).toEqual(['Q1', 'on Q1', 'Q2b', 'on Q2b, again']);
    });

    test('the first question is asked otherwise as well, and an older answer is written again', async () => {
      const { threadId, turns } = await conversation('Q1', 'Q2');
      const other = await edit(threadId, 'Q1b', turns[0]?.userMessageId ?? '');
      await finish(other.assistantMessageId, 'on Q1b');
      expect(await texts(threadId)).toEqual(['Q1b', 'on Q1b']);
      const older = await again(threadId, turns[0]?.assistantMessageId);
      await finish(older.assistantMessageId, 'on Q1, again');
      expect(await texts(threadId)).toEqual(['Q1', 'on Q1, again']);
      await show(threadId, turns[1]?.userMessageId ?? '');
      expect(await texts(threadId)).toEqual(['Q1', 'on Q1', 'Q2', 'on Q2']);
    });

    test('what its tools brought in another answer is known, but for what was found', async () => {
      const { threadId, turns } = await conversation('Q1');
      const parts = ['searchNotes', 'sendNudge'].map((name) => ({
        type: `tool-${name}`,
        state: 'output-available',
        output: name,
      }));
      await db.query('update public.message set parts = $2 where id = $1', [
        turns[0]?.assistantMessageId,
        JSON.stringify(parts),
      ]);
      expect((await again(threadId)).before).toEqual([parts[1]]);
    });

    test('what was done after a question is known when it is asked otherwise, and nothing of what went before', async () => {
      const { threadId, turns } = await conversation('Q1', 'Q2', 'Q3');
      const act = (name: string) => ({ type: `tool-${name}`, state: 'output-available', output: name });
      for (const [place, { assistantMessageId }] of turns.entries())
        await db.query('update public.message set parts = $2 where id = $1', [
          assistantMessageId,
          JSON.stringify([act('searchNotes'), act(`act${place + 1}`)]),
        ]);
      const left = [act('act2'), act('act3')];
      const other = await edit(threadId, 'Q2b', turns[1]?.userMessageId ?? '');
      expect(other).toMatchObject({ before: [], beside: left });
      await finish(other.assistantMessageId);
      expect(await again(threadId)).toMatchObject({ before: [], beside: left });
      await silence((await shown(threadId)).at(-1)?.id ?? '', 16);
      const next = await begin(db.owner, threadId, 'Q4');
      expect(next).toMatchObject({ before: [], beside: [] });
    });

    test('a question that was brought without an answer goes on one way alone, whatever stands in its place', async () => {
      const { threadId } = await conversation('Q1');
      const [asked, next] = [randomUUID(), randomUUID()];
      const brought = [
        { id: asked, role: 'user', text: 'Q2' },
        { id: next, role: 'user', text: 'Q3' },
      ];
      const save = 'public.save_thread($1, null, $2, $3)';
      await db.valueOf(db.owner, save, [threadId, 'a', JSON.stringify(brought)]);
      const [, , second, third] = await shown(threadId);
      await finish((await again(threadId, second?.id)).assistantMessageId, 'on Q2');
      expect(await texts(threadId)).toEqual(['Q1', 'on Q1', 'Q2', 'on Q2']);
      await show(threadId, third?.id ?? '');
      await finish((await edit(threadId, 'Q2b', second?.id ?? '')).assistantMessageId, 'on Q2b');
      await show(threadId, second?.id ?? '');
      expect(await texts(threadId)).toEqual(['Q1', 'on Q1', 'Q2', 'Q3']);
    });

    test('a fact is what its message says on the way that is shown, and goes with it', async () => {
      const stranger = await db.newStudent();
      const { threadId, turns } = await conversation('My exam is on 12 May', 'My goal is a B', 'Hello');
      const [first, second] = turns;
      const keep = (messageId: string, key: string, value: string, until: string | null = null) =>
        db.query('select public.keep_facts($1, $2)', [
          db.owner,
          JSON.stringify([{ scope: 'long', key, value, quote: value, messageId, expiresAt: until }]),
        ]);
      type Fact = { id: string; key: string; value: string; thread_id: string | null };
      const facts = (as = db.owner) => db.rowsOf<Fact>(as, 'select * from public.list_facts() order by key');
      const held = async () => {
        const listed = (await facts()).map(({ key, value }) => [key, value]);
        const context = `public.turn_context($1, 9e15::bigint, 1) -> 'memory'`;
        const read = await db.valueOf<{ key: string; value: string }[]>(db.owner, context, [threadId]);
        expect(read.map(({ key, value }) => [key, value]).sort()).toEqual(listed);
        return Object.fromEntries(listed);
      };
      await db.query('delete from public.agent_memory');
      await keep(first?.userMessageId ?? '', 'exam', '12 May');
      await keep(second?.userMessageId ?? '', 'goal', 'a B');
      expect(await held()).toEqual({ exam: '12 May', goal: 'a B' });
      // What followed the question was not taken back; the question itself was, and says nothing of it any more.
      const edited = await edit(threadId, 'Hello', first?.userMessageId ?? '');
      await finish(edited.assistantMessageId);
      expect(await held()).toEqual({ goal: 'a B' });
      const again = await edit(threadId, 'My exam is on 14 May', edited.userMessageId);
      await finish(again.assistantMessageId);
      await keep(again.userMessageId, 'exam', '14 May');
      expect(await held()).toEqual({ exam: '14 May', goal: 'a B' });
      await show(threadId, first?.userMessageId ?? '');
      expect(await held()).toEqual({ exam: '12 May', goal: 'a B' });
      expect(await db.query(`select value from public.agent_memory where key = 'exam'`)).toEqual([
        { value: '14 May' },
      ]);
      // What is shown stands before what was left, whenever that was said.
      const other = await begin(db.owner, null, 'My goal is an A');
      await finish(other.assistantMessageId);
      await keep(other.userMessageId, 'goal', 'an A');
      await show(threadId, again.userMessageId);
      await keep(second?.userMessageId ?? '', 'goal', 'a B');
      expect(await held()).toEqual({ exam: '14 May', goal: 'an A' });
      // Deleted, a conversation says nothing; brought back, it does; gone for good, nothing of it is left.
      const saying = (id: string) => db.valueOf(db.owner, 'public.delete_thread($1)', [id]);
      await saying(other.threadId);
      expect(await held()).toEqual({ exam: '14 May', goal: 'a B' });
      await db.valueOf(db.owner, 'public.restore_thread($1)', [other.threadId]);
      expect(await held()).toEqual({ exam: '14 May', goal: 'an A' });
      await db.query('delete from public.thread where id = $1', [other.threadId]);
      const left = `select count(*)::int as n from public.agent_memory a full join public.earlier_fact e using (key)
        where 'an A' in (a.value #>> '{}', e.value #>> '{}')`;
      expect([await held(), await db.query(left)]).toEqual([{ exam: '14 May', goal: 'a B' }, [{ n: 0 }]]);
      // Corrected by hand it stands on no message, and what was said before is forgotten with it.
      const [exam] = await facts();
      await db.valueOf(db.owner, 'public.change_fact($1, null, $2)', [exam?.id, '20 May']);
      await show(threadId, first?.userMessageId ?? '');
      expect(await held()).toMatchObject({ exam: '20 May' });
      for (const as of [stranger, db.stranger]) {
        expect(await facts(as)).toEqual([]);
        expect(await db.valueOf(as, 'public.forget_facts($1)', [exam?.id])).toBe(0);
        expect(await db.codeOf(as, 'select public.change_fact($1, null, $2)', [exam?.id, 'x'])).toBe('PT404');
      }
      expect(await db.valueOf(db.owner, 'public.forget_facts($1)', [exam?.id])).toBe(1);
      await keep(second?.userMessageId ?? '', 'goal', 'a B', '2020-01-01');
      expect(await held()).toEqual({});
      for (let day = 1; day <= 9; day++) {
        const turn = await begin(db.owner, threadId, `My exam is on ${day} May`);
        await finish(turn.assistantMessageId);
        await keep(turn.userMessageId, 'exam', `${day} May`);
      }
      expect(await held()).toEqual({ exam: '9 May' });
      expect(await db.query('select count(*)::int as n from public.earlier_fact')).toEqual([{ n: 3 }]);
      expect(await db.valueOf(db.owner, 'public.forget_facts()')).toBe(1);
    });

    test('a summary covers the way that is shown, as far as that was summed up, and all of its way when it is back', async () => {
      const { threadId, turns } = await conversation('Q1', 'Q2', 'Q3');
      const seqOf = async (id = '') =>
        (await db.query<{ seq: number }>('select seq::int from public.message where id = $1', [id]))[0]?.seq;
      const [first, second, third] = turns;
      const sentences = turns.map((turn, place) => ({
        text: `S${place + 1}`,
        messageIds: [turn.userMessageId],
      }));
      const keep = async (said: object[], last?: string) =>
        db.query(
          `insert into public.thread_summary (thread_id, user_id, sentences, covers_seq) values ($1, $2, $3, $4)
           on conflict (thread_id) do update set sentences = excluded.sentences, covers_seq = excluded.covers_seq`,
          [threadId, db.owner, JSON.stringify(said), await seqOf(last)],
        );
      const summary = async () => {
        const [{ progress } = { progress: null }] = await db.query<{
          progress: { sentences: { text: string }[]; covers: number };
        }>('select public.thread_progress($1, $2) as progress', [db.owner, threadId]);
        const [{ told } = { told: null }] = await db.rowsOf<{ told: object }>(
          db.owner,
          "select public.turn_context($1, 9e15::bigint, 1) -> 'summary' as told",
          [threadId],
        );
        expect(told).toEqual({ coversSeq: progress?.covers, sentences: progress?.sentences });
        return [progress?.covers, progress?.sentences.map(({ text }) => text).join()];
      };
      await keep(sentences, third?.assistantMessageId);
      const whole = [await seqOf(third?.assistantMessageId), 'S1,S2,S3'];
      expect(await summary()).toEqual(whole);
      const branch = await edit(threadId, 'Q2b', second?.userMessageId ?? '');
      await finish(branch.assistantMessageId);
      expect(await summary()).toEqual([await seqOf(first?.assistantMessageId), 'S1']);
      await show(threadId, second?.userMessageId ?? '');
      expect(await summary()).toEqual(whole);
      // Summed up on the other way meanwhile, what this one said behind the fork is to be read again.
      await show(threadId, branch.userMessageId);
      const other = { text: 'S2b', messageIds: [branch.userMessageId] };
      await keep([...sentences.slice(0, 1), other], branch.assistantMessageId);
      expect(await summary()).toEqual([await seqOf(branch.assistantMessageId), 'S1,S2b']);
      await show(threadId, third?.userMessageId ?? '');
      expect(await summary()).toEqual([await seqOf(first?.assistantMessageId), 'S1']);
      // And what is stored of it by a program is counted as it is shown.
      const brought = JSON.stringify([{ id: randomUUID(), role: 'user', text: 'Q4' }]);
      const saved = 'public.save_thread($1, null, $2, $3)';
      expect(await db.valueOf(db.owner, saved, [threadId, 'a', brought])).toMatchObject({ messageCount: 7 });
      expect(
        await db.rowsOf(db.owner, 'select message_count from public.list_threads() where id = $1', [
          threadId,
        ]),
      ).toEqual([{ message_count: 7 }]);
    });

    test('one that said nothing is not kept as a version, and one that broke off is', async () => {
      const { threadId } = await begin(db.owner, null, 'Q1');
      const end = async (parts: unknown[]) => {
        const [{ id = '' } = {}] = await db.rowsOf<{ id: string }>(
          db.owner,
          `update public.message set status = 'error' where thread_id = $1 and status = 'streaming' returning id`,
          [threadId],
        );
        await db.query('update public.message set parts = $2 where id = $1', [id, JSON.stringify(parts)]);
      };
      await end([{ type: 'step-start' }, { type: 'text', text: '' }]);
      const requestId = randomUUID();
      expect((await again(threadId, null, requestId)).versions).toHaveLength(1);
      await end([{ type: 'text', text: 'half' }]);
      expect((await again(threadId, null, requestId)).versions).toHaveLength(2);
    });

    test('is nobody else’s to edit, to choose or to write again, and nothing that is not there', async () => {
      const { threadId, turns } = await conversation('Q1');
      const elsewhere = await conversation('Other');
      const [question = '', answer = ''] = [turns[0]?.userMessageId, turns[0]?.assistantMessageId];
      const codes = await Promise.all([
        show(threadId, answer, db.stranger),
        show(threadId, randomUUID()),
        show(elsewhere.threadId, answer),
        db.codeOf(db.owner, 'select public.begin_turn($1, $2, 10, p_edits => $3)', [threadId, 'Q', answer]),
        db.codeOf(db.owner, 'select public.begin_turn(null, $1, 10, p_edits => $2)', ['Q', question]),
        db.codeOf(db.owner, 'select public.begin_turn($1, $2, 10, p_edits => $3)', [
          elsewhere.threadId,
          'Q',
          question,
        ]),
        db.codeOf(db.owner, 'select public.begin_regenerate($1, 10, null, $2)', [elsewhere.threadId, answer]),
        db.codeOf(db.stranger, 'select private.show_message($1)', [answer]),
        db.codeOf(db.owner, 'update public.message set is_shown = false where id = $1', [answer]),
      ]);
      expect(codes).toEqual([...Array(7).fill('PT404'), null, '42501']);
      expect(await texts(threadId)).toEqual(['Q1', 'on Q1']);
      expect(await texts(elsewhere.threadId)).toEqual(['Other', 'on Other']);
    });
  });

  test('cannot be answered again where nothing was asked', async () => {
    const [thread] = await db.rowsOf<{ id: string }>(
      db.owner,
      'insert into public.thread default values returning id',
    );
    expect(await db.codeOf(db.owner, 'select public.begin_regenerate($1, 10)', [thread?.id])).toBe('PT404');
  });
});
