import type { TelemetryRow } from '../../observability/telemetry.ts';
import type { DatabaseClient } from '../clients.ts';
import { databaseError } from '../errors.ts';

/** Stores what happened outside a turn; a turn's own rows go with its last save. */
export async function insertTelemetry(
  db: DatabaseClient,
  params: { userId: string; rows: TelemetryRow[] },
): Promise<void> {
  if (params.rows.length === 0) return;
  const rows = params.rows.map((row) => ({
    ...row,
    user_id: params.userId,
    // The columns hold a sum, in which what is not known counts nothing.
    token_count: row.token_count ?? 0,
    input_tokens: row.input_tokens ?? 0,
    output_tokens: row.output_tokens ?? 0,
    cost_usd: row.cost_usd ?? 0,
  }));
  const { error } = await db.from('agent_telemetry').insert(rows);
  if (error) throw databaseError(error);
}
