import { z } from 'zod';
import { addDays, dateIn } from '../../calendar/dates.ts';
import { type CostGroup, type CostRow, costRowSchema } from '../../domain/spending.ts';
import type { DatabaseClient } from '../clients.ts';
import { databaseError } from '../errors.ts';

const REPORT_DAYS = 30;
const OWN_DAYS = 14;

/** The span of a report: the last thirty days where nothing else is asked for. */
export function spanOfReport(
  { from, to }: { from?: string | undefined; to?: string | undefined },
  now: Date,
) {
  const last = to ?? dateIn(now, 'UTC');
  return { from: from ?? addDays(last, 1 - REPORT_DAYS), to: last };
}

/** What was spent by all students; the database answers admins alone. */
export async function costReport(
  db: DatabaseClient,
  params: { from: string; to: string; by: CostGroup },
): Promise<CostRow[]> {
  const { data, error } = await db.rpc('cost_report', {
    p_from: params.from,
    p_to: params.to,
    p_by: params.by,
  });
  if (error) throw databaseError(error);
  const rows = data.map(({ input_tokens, output_tokens, cost_usd, ...row }) => ({
    ...row,
    inputTokens: input_tokens,
    outputTokens: output_tokens,
    costUsd: cost_usd,
  }));
  return z.array(costRowSchema).parse(rows);
}

export type OwnUse = { day: string; calls: number; tokens: number; costUsd: number };

/** What a student has used on each of the last days on which they used anything, newest first. */
export async function getOwnUse(
  db: DatabaseClient,
  { userId, now }: { userId: string; now: Date },
): Promise<OwnUse[]> {
  const { data, error } = await db
    .from('ai_cost_summary')
    .select('day, calls, token_count, cost_usd')
    .eq('user_id', userId)
    .gte('day', addDays(dateIn(now, 'UTC'), 1 - OWN_DAYS))
    .order('day', { ascending: false });
  if (error) throw databaseError(error);
  const days = new Map<string, OwnUse>();
  for (const row of data) {
    const day = row.day ?? '';
    const known = days.get(day) ?? { day, calls: 0, tokens: 0, costUsd: 0 };
    days.set(day, {
      day,
      calls: known.calls + (row.calls ?? 0),
      tokens: known.tokens + (row.token_count ?? 0),
      costUsd: known.costUsd + (row.cost_usd ?? 0),
    });
  }
  return [...days.values()];
}
