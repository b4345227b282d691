import { startExport } from '@/inngest/notify';
import { addExportTask, readAccountExport, removeExportTask } from '@/lib/db/queries/account-export';
import { withUser } from '@/lib/http';
import { enforceLimit } from '@/lib/http/limits';
import { otherMethods } from '@/lib/http/methods';

/** The latest file with all that is the student's: how far it is, and for a day a link to it. */
export const GET = withUser(async ({ db }) => Response.json(await readAccountExport(db)));

/** Has one made, unless one is being made. */
export const POST = withUser(async ({ db, user, request }) => {
  const latest = await readAccountExport(db);
  if (latest.status === 'queued' || latest.status === 'running')
    return Response.json(latest, { status: 202 });
  const giveBack = await enforceLimit('export', user.id, request);
  const id = await addExportTask(db);
  try {
    await startExport(id);
  } catch (error) {
    await removeExportTask(db, { id });
    await giveBack();
    throw error;
  }
  return Response.json(await readAccountExport(db), { status: 202 });
});

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET', 'POST');
