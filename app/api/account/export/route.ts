import { startExport } from '@/inngest/notify';
import { addExportTask, readAccountExport, removeExportTask } from '@/lib/db/queries/account-export';
import { withUser } from '@/lib/http';
import { enforceLimit } from '@/lib/http/limits';
import { otherMethods } from '@/lib/http/methods';

/** The latest file with all that is the student's: how far it is, and for a day a link to it. */
export const GET = withUser(async ({ db }) => Response.json(await readAccountExport(db)));

/** How long after it was asked for a job begins at the latest, when its start was not lost. */
const BEGINS_WITHIN_MS = 60_000;

/** Has one made, unless one is being made; whose start was lost is started again. */
export const POST = withUser(async ({ db, user, request }) => {
  const { id, isNew } = await addExportTask(db);
  const latest = await readAccountExport(db);
  if (!isNew) {
    const waitsMs = Date.now() - Date.parse(latest.requestedAt ?? '');
    if (latest.status === 'queued' && waitsMs > BEGINS_WITHIN_MS) await startExport(id);
    return Response.json(latest, { status: 202 });
  }
  let giveBack: (() => Promise<void>) | undefined;
  try {
    giveBack = await enforceLimit('export', user.id, request);
    await startExport(id);
  } catch (error) {
    await removeExportTask(db, { id });
    await giveBack?.();
    throw error;
  }
  return Response.json(latest, { status: 202 });
});

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET', 'POST');
