import { logger } from '../../observability/logger.ts';
import type { TelemetryRow } from '../../observability/telemetry.ts';
import type { DatabaseClient } from '../clients.ts';

/** Stores what work outside of a conversation has cost. It never throws: the work is done and paid for. */
export async function saveTelemetry(db: DatabaseClient, rows: TelemetryRow[]): Promise<void> {
  if (rows.length === 0) return;
  const { error } = await db.from('agent_telemetry').insert(rows.map(stored));
  if (error) logger().warn({ err: error }, 'telemetry was not stored');
}

/** Columns that count hold zero where nothing is known. */
const stored = (row: TelemetryRow) => ({
  ...row,
  token_count: row.token_count ?? 0,
  input_tokens: row.input_tokens ?? 0,
  output_tokens: row.output_tokens ?? 0,
  cost_usd: row.cost_usd ?? 0,
});
