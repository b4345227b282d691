import { z } from 'zod';
import {
  type AccountExport,
  EXPORT_BUCKET,
  EXPORT_HOURS,
  EXPORT_TASK,
  type ExportedTable,
} from '../../domain/account-export.ts';
import type { DatabaseClient } from '../clients.ts';
import { databaseError, storeError } from '../errors.ts';

const ROWS_AT_ONCE = 200;
const HOUR_MS = 3_600_000;
const LATEST = 'id, status, progress, requestedAt:created_at, finishedAt:finished_at, output';
const task = z.object({
  id: z.string(),
  status: z.enum(['queued', 'running', 'done', 'error']),
  progress: z.int(),
  requestedAt: z.string(),
  finishedAt: z.string().nullable(),
  output: z.object({ path: z.string(), sizeBytes: z.int() }).nullable().catch(null),
});

async function latestExport(db: DatabaseClient): Promise<z.infer<typeof task> | null> {
  const { data, error } = await db
    .from('agent_task')
    .select(LATEST)
    .eq('kind', EXPORT_TASK)
    .order('created_at', { ascending: false })
    .limit(1)
    .maybeSingle();
  if (error) throw databaseError(error);
  return task.nullable().parse(data);
}

/** The student's latest file, with a link to it while there is one. */
export async function readAccountExport(db: DatabaseClient): Promise<AccountExport> {
  const found = await latestExport(db);
  const nothing = { requestedAt: null, sizeBytes: null, expiresAt: null, url: null };
  if (!found) return { ...nothing, status: 'none', progress: 0 };
  const { status, progress, requestedAt, finishedAt, output } = found;
  if (status !== 'done' || !output || !finishedAt) return { ...nothing, status, progress, requestedAt };
  const endsAt = Date.parse(finishedAt) + EXPORT_HOURS * HOUR_MS;
  const seconds = Math.floor((endsAt - Date.now()) / 1000);
  if (seconds <= 0) return { ...nothing, status: 'expired', progress, requestedAt };
  const { data, error } = await db.storage
    .from(EXPORT_BUCKET)
    .createSignedUrl(output.path, seconds, { download: 'clerva-my-data.zip' });
  if (error) throw storeError(error);
  return {
    status,
    progress,
    requestedAt,
    sizeBytes: output.sizeBytes,
    expiresAt: new Date(endsAt).toISOString(),
    url: data.signedUrl,
  };
}

/** A new one, or the one that is being made: there is one at a time. */
export async function addExportTask(db: DatabaseClient): Promise<{ id: string; isNew: boolean }> {
  const id = crypto.randomUUID();
  const { error } = await db.from('agent_task').insert({ id, kind: EXPORT_TASK });
  if (!error) return { id, isNew: true };
  const latest = error.code === '23505' ? await latestExport(db) : null;
  if (!latest) throw databaseError(error);
  return { id: latest.id, isNew: false };
}

export async function removeExportTask(db: DatabaseClient, params: { id: string }): Promise<void> {
  const { error } = await db.from('agent_task').delete().eq('id', params.id);
  if (error) throw databaseError(error);
}

type TaskChange = {
  status?: 'running' | 'done' | 'error';
  progress?: number;
  error_code?: string;
  output?: { path: string; sizeBytes: number };
  finished_at?: string;
};
/** For the queue alone. Gives whose task it is; null when it is gone. */
export async function changeExportTask(
  db: DatabaseClient,
  params: { id: string; change: TaskChange },
): Promise<string | null> {
  const { data, error } = await db
    .from('agent_task')
    .update(params.change)
    .eq('id', params.id)
    .select('userId:user_id')
    .maybeSingle();
  if (error) throw databaseError(error);
  return data?.userId ?? null;
}

/** For the queue alone: all rows of a student in one table, some at a time in a fixed order. */
export async function* rowsToExport(
  db: DatabaseClient,
  { table, userId }: { table: ExportedTable; userId: string },
): AsyncGenerator<Record<string, unknown>[]> {
  for (let from = 0; ; from += ROWS_AT_ONCE) {
    const { data, error } = await db.rpc('exported_rows', {
      p_table: table,
      p_user_id: userId,
      p_from: from,
      p_limit: ROWS_AT_ONCE,
    });
    if (error) throw databaseError(error);
    const rows = z.array(z.record(z.string(), z.unknown())).parse(data);
    if (rows.length > 0) yield rows;
    if (rows.length < ROWS_AT_ONCE) return;
  }
}
