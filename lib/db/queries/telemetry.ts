import { logger } from '../../observability/logger.ts';
import type { TelemetryRow } from '../../observability/telemetry.ts';
import type { DatabaseClient } from '../clients.ts';
import type { Json } from '../types.gen.ts';

/** Stores what work outside of a conversation has cost. It never throws: the work is done and paid for. */
export async function saveTelemetry(db: DatabaseClient, rows: TelemetryRow[]): Promise<void> {
  if (rows.length === 0) return;
  const { error } = await db.rpc('save_telemetry', { p_rows: rows as Json });
  if (error) logger().warn({ err: error }, 'telemetry was not stored');
}
