import { eventType } from 'inngest';
import { z } from 'zod';

/** Every event is declared here once. Schemas check and never transform: what is sent is what arrives. */
export const documentUploaded = eventType('document/uploaded', {
  schema: z.object({
    documentId: z.string(),
    userId: z.string(),
    /** Which reading of the document this asks for. */
    run: z.number().int(),
    /** Document and run in one: the key under which a reading happens at most once. */
    requestId: z.string(),
  }),
});

export const documentDeleted = eventType('document/deleted', {
  schema: z.object({ documentId: z.string(), userId: z.string() }),
});

/** A document took the place of an earlier version: what was made from that one is looked at. */
export const documentReplaced = eventType('document/replaced', {
  schema: z.object({ documentId: z.string(), earlierId: z.string(), userId: z.string() }),
});

/** What there is something new to learn from: a finished attempt, a review, or a belief that was contested. */
const evidenceKind = z.enum(['attempt', 'review', 'contest']);
export type EvidenceKind = z.infer<typeof evidenceKind>;

export const evidenceRecorded = eventType('study/evidence.recorded', {
  schema: z.object({ userId: z.string(), kind: evidenceKind }),
});

/** What a student is matched by has changed: subjects, level, visibility, free times, or what they have shown they know. */
export const profileChanged = eventType('people/profile.changed', {
  schema: z.object({ userId: z.string() }),
});

/** An account is to be erased. It names the erasure and nobody: what the queue keeps of it says nothing. */
export const erasureRequested = eventType('account/erasure.requested', {
  schema: z.object({ erasureId: z.string() }),
});

/** Asks for a file with all that a student has. */
export const exportRequested = eventType('account/export.requested', {
  schema: z.object({ taskId: z.string() }),
});

/** A student counts as here, but the server found nobody in their channel. `seenAt`: when they were last heard of. */
export const presenceLost = eventType('people/presence.lost', {
  schema: z.object({ userId: z.string(), seenAt: z.string() }),
});

/** A student asked something in a conversation: it is to be remembered and, when it is long, summed up. */
export const questionAsked = eventType('chat/question.asked', {
  schema: z.object({ userId: z.string(), threadId: z.string() }),
});

/** Somebody is here: what goes on without anybody asking for it has to be looked after. */
export const somebodyHere = eventType('people/somebody.here', { schema: z.object({}) });

/** A student's notes say something that is not found yet. */
export const noteSaved = eventType('note/saved', { schema: z.object({ userId: z.string() }) });

/** Asks for a look at documents that nobody may be working on. */
export const documentsWaiting = eventType('document/waiting', { schema: z.object({}) });

/** Asks for a reading. The id lets the queue drop a second request for the same run. */
export function uploadedEvent(reading: { documentId: string; userId: string; run: number }) {
  const requestId = `${reading.documentId}:${reading.run}`;
  return documentUploaded.create({ ...reading, requestId }, { id: `document-uploaded-${requestId}` });
}
