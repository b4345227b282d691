import { createServiceClient } from '../../lib/db/clients.ts';
import { ARRIVAL_MINUTES } from '../../lib/domain/bounds.ts';
import { ERRORS } from '../../lib/errors.ts';
import { studentsWithWaitingNotes } from '../../lib/ingestion/notes.ts';
import { indexInForce } from '../../lib/ingestion/pipeline.ts';
import { reconcileDocuments, removeOrphanedFiles, rereadDocuments } from '../../lib/ingestion/store.ts';
import { inngest } from '../client.ts';
import { ingestionDependencies } from '../dependencies.ts';
import { documentsWaiting, noteSaved, uploadedEvent } from '../events.ts';

/**
 * Longer than a step takes and than the longest wait between its retries: a run that is silent for so long is dead. Were it
 * shorter, a reading that keeps failing would be started anew before its last attempt, and never end with a reason.
 */
const STALLED_MINUTES = 5;
/** Long after the last upload address of a deleted document has stopped working. */
const ORPHANED_HOURS = 24;
/** A file of a conversation is named before it is there: without a name, its conversation is gone for good. */
const ATTACHMENT_HOURS = 1;

/**
 * Documents read anew at a time after the index or the embedding model has changed. Few, because their old chunks answer
 * meanwhile, and a student who adds a file now should not wait behind them.
 */
const REREAD_PER_STUDENT = 5;
const REREAD_AT_ONCE = 50;

/**
 * Finds documents that nobody is working on, whatever died, so that each ends ready or with a reason; and files whose
 * document was deleted before they arrived. Reads anew what an older index or another embedding model made.
 */
export const reconcileDocumentsJob = inngest.createFunction(
  {
    id: 'reconcile-documents',
    // Asked for while any document is unfinished; and at times, for what an index or a model of before has made.
    triggers: [documentsWaiting, { cron: '41 * * * *' }],
    concurrency: [{ limit: 1 }],
    retries: 1,
  },
  async ({ step }) => {
    const readings = await step.run('find', () =>
      reconcileDocuments(createServiceClient(), {
        stalledMinutes: STALLED_MINUTES,
        missingMinutes: ARRIVAL_MINUTES,
        missingMessage: ERRORS.file_missing.message,
        stalledMessage: ERRORS.internal.message,
      }),
    );
    if (readings.length > 0) await step.sendEvent('ask-again', readings.map(uploadedEvent));
    const older = await step.run('find-older', () => {
      const deps = ingestionDependencies();
      const index = indexInForce(deps);
      return rereadDocuments(deps.db, { index, perStudent: REREAD_PER_STUDENT, atOnce: REREAD_AT_ONCE });
    });
    if (older.length > 0) await step.sendEvent('read-anew', older.map(uploadedEvent));
    const writers = await step.run('find-notes', () => studentsWithWaitingNotes(createServiceClient()));
    if (writers.length > 0) {
      await step.sendEvent(
        'read-notes',
        writers.map((userId) => noteSaved.create({ userId })),
      );
    }
    const removed = await step.run('remove-orphans', () =>
      removeOrphanedFiles(createServiceClient(), {
        olderThanHours: ORPHANED_HOURS,
        attachmentHours: ATTACHMENT_HOURS,
      }),
    );
    if (older.length > 0) {
      // There may be more of them, and these are read by then.
      await step.sleep('read-these', '2m');
      await step.sendEvent('ask-for-more', documentsWaiting.create({}));
    }
    return { restarted: readings.length, reread: older.length, removed };
  },
);
