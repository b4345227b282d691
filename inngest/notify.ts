import { setTimeout } from 'node:timers/promises';
import { AppError } from '../lib/errors.ts';
import { logger } from '../lib/observability/logger.ts';
import { inngest } from './client.ts';
import {
  documentDeleted,
  documentReplaced,
  documentsWaiting,
  type EvidenceKind,
  erasureRequested,
  evidenceRecorded,
  exportRequested,
  noteSaved,
  presenceLost,
  profileChanged,
  questionAsked,
  somebodyHere,
  uploadedEvent,
} from './events.ts';

type SentEvent = Parameters<typeof inngest.send>[0];

/** How long a student waits for a queue that takes the connection and says nothing: for what needs it, and for the rest. */
const START_MS = 10_000;
const NOTIFY_MS = 2_000;

/** Sends an event, waiting so long for the queue to say that it has it. It may arrive later all the same. */
async function send(event: SentEvent, withinMs: number): Promise<void> {
  const late = setTimeout(withinMs, 'late' as const, { ref: false });
  const outcome = await Promise.race([inngest.send(event), late]);
  if (outcome === 'late') throw new Error(`The queue said nothing for ${withinMs} ms.`);
}

/** Sends an event and never throws: what it tells of is stored already, and a later run finds it without the event. */
async function notify(event: SentEvent, what: string, fields: Readonly<Record<string, string>>) {
  try {
    await send(event, NOTIFY_MS);
  } catch (error) {
    logger().warn({ err: error, ...fields }, `${what} was not announced to the queue`);
  }
}

/**
 * Says that there is something new to learn about a student, so that the profile is worked out anew. A profile older than
 * its evidence is rebuilt when it is next read.
 */
export const recordEvidence = (evidence: { userId: string; kind: EvidenceKind }) =>
  notify(evidenceRecorded.create(evidence), 'new evidence', evidence);

/** Has an account erased, which is asked for already: the hourly look finds what was not announced. */
export const notifyErasure = (erasureId: string) =>
  notify(erasureRequested.create({ erasureId }), 'an erasure', { erasureId });

/** Has a file made with all that a student has. */
export async function startExport(taskId: string): Promise<void> {
  try {
    await send(exportRequested.create({ taskId }), START_MS);
  } catch (cause) {
    throw new AppError('queue_unavailable', {
      cause,
      message: 'It cannot start right now. Try again in a moment.',
    });
  }
}

/**
 * Says that what a student is matched by has changed: what they study, who may see them, when they are free, or what
 * they have shown they know. The nightly run finds what is lost.
 */
export const notifyProfileChanged = (userId: string) =>
  notify(profileChanged.create({ userId }), 'a changed profile', { userId });

/**
 * Says that a student who counts as here was found gone. Without it the silence is noted a few minutes later. Several who
 * saw the same ask once.
 */
export const notifyPresenceLost = (lost: { userId: string; seenAt: string }) =>
  notify(
    presenceLost.create(lost, { id: `presence-lost-${lost.userId}-${lost.seenAt}` }),
    'a student who went away',
    { userId: lost.userId },
  );

/** A watch that has begun goes on by itself while anybody is here, so a process need not call for it with every sign of life. */
const WATCH_AGAIN_MS = 60_000;
/** A look comes at the earliest twenty seconds after it was called for, so one call does for what begins within a few. */
const ASK_AGAIN_MS = 5_000;
let watchedAt = Number.NEGATIVE_INFINITY;

/**
 * Says that somebody is here. `isAsking`: an answer is being written for them, and would be closed late if its process
 * died; for that the next look has to come soon.
 */
export async function notifySomebodyHere({ isAsking = false } = {}) {
  const now = performance.now();
  if (now - watchedAt < (isAsking ? ASK_AGAIN_MS : WATCH_AGAIN_MS)) return;
  watchedAt = now;
  await notify(somebodyHere.create({}), 'somebody who is here', {});
}

/** Has an answer looked after from when it is open: its first words do not wait for that. */
export const lookedAfter =
  <Opened>(begin: () => Promise<Opened>) =>
  async (): Promise<Opened> => {
    const opened = await begin();
    setImmediate(() => void notifySomebodyHere({ isAsking: true }));
    return opened;
  };

/** Has a file read, which is kept in any case. */
export async function startReading(reading: {
  documentId: string;
  userId: string;
  run: number;
}): Promise<void> {
  try {
    await send(uploadedEvent(reading), START_MS);
  } catch (cause) {
    throw new AppError('queue_unavailable', { cause });
  }
}

type Asked = { threadId: string } | { threadId: string; repeats: unknown };

/** Has what a student says remembered, once their question is stored. What is lost here comes with the next question. */
export const remembered =
  <Opened extends Asked>(userId: string, begin: () => Promise<Opened>) =>
  async (): Promise<Opened> => {
    const opened = await begin();
    const asked = { userId, threadId: opened.threadId };
    if (!('repeats' in opened)) {
      setImmediate(() => void notify(questionAsked.create(asked), 'a question', asked));
    }
    return opened;
  };

/** Asks for a look at documents that are to be read anew; the hourly one comes in any case. */
export const notifyDocumentsWaiting = () => notify(documentsWaiting.create({}), 'documents that wait', {});

/** Has what was made from a replaced document looked at. What is lost comes with saying again that it is replaced. */
export const notifyDocumentReplaced = (replaced: { userId: string; documentId: string; earlierId: string }) =>
  notify(documentReplaced.create(replaced), 'a new version', { documentId: replaced.documentId });

/** Says that notes of a student are to be found by what they say now. What is lost is found by the hourly look. */
export const notifyNoteSaved = (userId: string) => notify(noteSaved.create({ userId }), 'a note', { userId });

/** Says that a document is gone. A job that still reads it finds no row to write to and ends either way. */
export const notifyDocumentDeleted = (deleted: { userId: string; documentId: string }) =>
  notify(documentDeleted.create(deleted), 'a deletion', { documentId: deleted.documentId });
