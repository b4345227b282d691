import { describe, expect, test } from 'vitest';
import type { Role } from '../../lib/domain/role.ts';
import { suiteFixture } from './fixture.ts';

type Turn = { threadId: string; assistantMessageId: string };
const spent = (tokens: number) =>
  JSON.stringify([{ trace_id: 't', event_type: 'llm_call', input_tokens: tokens - 1, output_tokens: 1 }]);
const REFUSED = 'PT429';

describe('a day of tokens', () => {
  const db = suiteFixture();

  const usedOf = async (userId: string) =>
    (
      await db.query<{ used: number }>(
        `select sum(used)::int as used from public.quota where user_id = $1 and kind = 'tokens'`,
        [userId],
      )
    )[0]?.used ?? 0;
  const setUsed = (userId: string, used: number) =>
    db.query(
      `insert into public.quota (user_id, kind, used) values ($1, 'tokens', $2)
       on conflict (user_id, kind, day) do update set used = excluded.used`,
      [userId, used],
    );
  const begin = (who: string) => db.valueOf<Turn>(who, `public.begin_turn(null, 'hello')`);
  const finish = (who: string, { assistantMessageId }: Turn, telemetry: string) =>
    db.valueOf(who, `public.finish_turn($1, '[]', 'done', '{}', 'a', $2)`, [assistantMessageId, telemetry]);

  test('holds what an answer is likely to cost, and counts what it did', async () => {
    const who = await db.newStudent();
    const turn = await begin(who);
    expect(await usedOf(who)).toBe(8_000);
    await finish(who, turn, spent(1_234));
    expect(await usedOf(who)).toBe(1_234);
    // What follows its end, and what belongs to no conversation, is added.
    await db.valueOf(who, `public.save_telemetry($1)`, [spent(66)]);
    expect(await usedOf(who)).toBe(1_300);
    // An end that is told twice takes nothing back.
    await finish(who, turn, '[]');
    expect(await usedOf(who)).toBe(1_300);
  });

  test('at its last token lets one of fifty in, stores nothing of the others, and says when it is over', async () => {
    const who = await db.newStudent();
    await setUsed(who, 199_999);
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, () => db.codeOf(who, `select public.begin_turn(null, 'hello')`)),
    );
    expect(outcomes.filter((code) => code === null)).toHaveLength(1);
    expect(outcomes.filter((code) => code === REFUSED)).toHaveLength(49);
    expect(await db.rowOf('select count(*)::int as n from public.thread where user_id = $1', [who])).toEqual({
      n: 1,
    });
    expect(await usedOf(who)).toBe(207_999);
  });

  test.each<[string, (turn: Turn, who: string) => Promise<unknown>, number]>([
    ['is stopped before a word', (turn, who) => finish(who, turn, '[]'), 0],
    [
      'is deleted while it is written',
      (turn, who) => db.rowsOf(who, 'delete from public.thread where id = $1', [turn.threadId]),
      0,
    ],
    [
      'died with its process',
      async () => {
        await db.query(`update public.message set heartbeat_at = now() - interval '1 minute'`);
        await db.valueOf('service', 'public.close_dead_answers()');
      },
      8_000,
    ],
  ])('an answer that %s', async (_name, end, left) => {
    const who = await db.newStudent();
    await end(await begin(who), who);
    expect(await usedOf(who)).toBe(left);
  });

  test('an answer that is written again is held again, in place of the one before', async () => {
    const who = await db.newStudent();
    const turn = await begin(who);
    await db.query(
      `update public.message set heartbeat_at = now() - interval '1 minute' where thread_id = $1`,
      [turn.threadId],
    );
    await db.valueOf(who, 'public.begin_regenerate($1)', [turn.threadId]);
    expect(await usedOf(who)).toBe(8_000);
    await setUsed(who, 200_000);
    await db.query(
      `update public.message set heartbeat_at = now() - interval '1 minute' where thread_id = $1`,
      [turn.threadId],
    );
    // The answer that is replaced gives its tokens back first, so a student at the end of the day may still repair it.
    expect(await db.codeOf(who, 'select public.begin_regenerate($1)', [turn.threadId])).toBeNull();
    await finish(
      who,
      await db.valueOf<Turn>(
        who,
        'jsonb_build_object($$assistantMessageId$$, (select id from public.message where thread_id = $1 and role = $$assistant$$))',
        [turn.threadId],
      ),
      '[]',
    );
    await setUsed(who, 200_000);
    expect(await db.codeOf(who, 'select public.begin_regenerate($1)', [turn.threadId])).toBe(REFUSED);
  });

  test.each<[Role | undefined, string | undefined, number]>([
    [undefined, undefined, 200_000],
    ['student', '1000', 1_000],
    ['internal', undefined, 1_000_000],
    ['admin', '1000', 10_000],
    ['admin', '-1', 2_000_000],
    ['admin', '1e9', 2_000_000],
    [undefined, '0', 0],
  ])('of the role %s with %s from the operator is %i', async (role, asked, most) => {
    const who = await db.newStudent();
    const headers = asked === undefined ? {} : { 'x-clerva-token-quota': asked };
    const claims = {
      sub: who,
      role: 'authenticated',
      ...(role && { app_metadata: { role } }),
      user_metadata: { role: 'admin' },
    };
    const usage = await db.asUser(who, async (query) => {
      await query(
        `select set_config('request.headers', $1, true), set_config('request.jwt.claims', $2, true)`,
        [JSON.stringify(headers), JSON.stringify(claims)],
      );
      const [row] = await query<{ usage: object }>('select public.usage_today() as usage');
      return row?.usage;
    });
    expect(usage).toMatchObject({
      tokens: { limit: most, used: 0 },
      storedBytes: { limit: 524_288_000 * (most >= 200_000 ? most / 200_000 : role === 'admin' ? 10 : 1) },
    });
  });

  test.each([
    ['Pacific/Kiritimati', 14],
    ['Pacific/Pago_Pago', -11],
    ['Asia/Kathmandu', 5.75],
  ])('in %s ends at midnight there', async (zone, hours) => {
    const who = await db.newStudent();
    await db.query('update public.profile set timezone = $2 where user_id = $1', [who, zone]);
    await begin(who);
    const there = new Date(Date.now() + hours * 3_600_000).toISOString().slice(0, 10);
    const usage = await db.valueOf<{ day: string; resetsAt: string; tokens: { used: number } }>(
      who,
      'public.usage_today()',
    );
    expect(usage).toMatchObject({ day: there, timezone: zone, tokens: { used: 8_000 } });
    const left = new Date(usage.resetsAt).getTime() + hours * 3_600_000 - Date.parse(there);
    expect(left).toBe(86_400_000);
    // Moving east by a day begins one that was not used yet; moving back finds the old one.
    await db.query(`update public.profile set timezone = 'Pacific/Kiritimati' where user_id = $1`, [who]);
    await db.query('update public.profile set timezone = $2 where user_id = $1', [who, zone]);
    expect(await db.valueOf(who, 'public.usage_today()')).toMatchObject({ tokens: { used: 8_000 } });
  });
});

describe('the room for files', () => {
  const db = suiteFixture();

  test('is what is kept and what is announced, and no more is taken by many at once than there is', async () => {
    const who = await db.newStudent();
    await db.query(
      `insert into storage.objects (bucket_id, name, metadata) values ('documents', $1, '{"size": 514288000}')`,
      [`${who}/a/original.pdf`],
    );
    const add = (n: number) =>
      db.codeOf(
        who,
        `select public.add_document('Notes', $1, 'application/pdf', 4000000, 'pdf', null, null, 40)`,
        [`${n}.pdf`],
      );
    const outcomes = await Promise.all(Array.from({ length: 12 }, (_, n) => add(n)));
    expect(outcomes.filter((code) => code === null)).toHaveLength(2);
    expect(outcomes.filter((code) => code === 'PT422')).toHaveLength(10);
    expect(await db.valueOf(who, 'public.usage_today()')).toMatchObject({
      storedBytes: { used: 522_288_000 },
    });
    await db.rowsOf(who, 'delete from public.doc_source');
    expect(await add(99)).toBeNull();
  });
});
