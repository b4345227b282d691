import type { AuditFilter } from '../../domain/audit.ts';
import type { DatabaseClient } from '../clients.ts';
import { databaseError } from '../errors.ts';
import type { Database } from '../types.gen.ts';

type Row = Database['public']['Functions']['read_audit']['Returns'][number];
export type AuditLine = {
  id: number;
  at: string;
  userId: string;
  email: string | null;
  actor: string;
  action: string;
  subject: string | null;
  outcome: string;
  code: string | null;
  network: string | null;
  durationMs: number;
  metadata: Row['metadata'];
};

type ReadParams = Pick<AuditFilter, 'who' | 'action' | 'outcome' | 'before'> & {
  /** For an admin; otherwise one's own. */
  everybody: boolean;
  /** Instants, the second not counted in. */
  from?: string | undefined;
  to?: string | undefined;
  limit: number;
};

/** The record, newest first. */
export async function readAudit(db: DatabaseClient, params: ReadParams): Promise<AuditLine[]> {
  const { data, error } = await db.rpc('read_audit', {
    p_everybody: params.everybody,
    p_limit: params.limit,
    ...(params.who && { p_who: params.who }),
    ...(params.action && { p_action: params.action }),
    ...(params.outcome && { p_outcome: params.outcome }),
    ...(params.from && { p_from: params.from }),
    ...(params.to && { p_to: params.to }),
    ...(params.before && { p_before: params.before }),
  });
  if (error) throw databaseError(error);
  return data.map((row) => ({
    id: row.id,
    at: row.created_at,
    userId: row.user_id,
    email: row.email,
    actor: row.actor,
    action: row.action,
    subject: row.subject,
    outcome: row.outcome,
    code: row.code,
    network: row.network,
    durationMs: row.duration_ms,
    metadata: row.metadata,
  }));
}

type Act = { action: string; subject?: string; code?: string; durationMs?: number };

/** Adds a line for what leaves no row: a sign-in, a request that was refused. */
export async function noteAct(db: DatabaseClient, { action, subject, code, durationMs }: Act): Promise<void> {
  const { error } = await db.rpc('note_act', {
    p_action: action,
    ...(subject !== undefined && { p_subject: subject }),
    ...(code !== undefined && { p_code: code }),
    ...(durationMs !== undefined && { p_duration_ms: durationMs }),
  });
  if (error) throw databaseError(error);
}
