import { z } from 'zod';
import { requestJson, studentHeader } from '@/components/client/request';
import { writeStored } from '@/components/client/stored';
import { readableMessageSchema, toClervaMessage } from '@/lib/agent/message-codec';
import type { ClervaMessage } from '@/lib/agent/messages';
import type { Approval } from '@/lib/domain/message';
import { api } from '@/lib/links';

type Fetch = typeof globalThis.fetch;

export type StoredThread = {
  messages: ClervaMessage[];
  /** An answer is being written; it may be missing from the messages until its stream is followed. */
  isAnswering: boolean;
};

const threadSchema = z.object({
  isAnswering: z.boolean().default(false),
  messages: z.array(readableMessageSchema),
});

/** Ends the answer on the server and keeps what was written. */
export const stopTurn = (threadId: string, fetch?: Fetch) =>
  requestJson<unknown>(api.stopThread(threadId), { method: 'POST', keepalive: true, fetch });

/** Keeps a yes or no while other questions of the same answer wait. */
export const storeApproval = (threadId: string, approval: Approval, fetch?: Fetch) =>
  requestJson<undefined>(api.approvals(threadId), { method: 'PUT', body: { approvals: [approval] }, fetch });

export const renameThread = (threadId: string, title: string) =>
  requestJson<unknown>(api.thread(threadId), { method: 'PATCH', body: { title } });

/** Where this device keeps what stands in the box of a conversation. */
export const draftKey = (threadId = 'new') =>
  `clerva-draft ${studentHeader()['x-clerva-student'] ?? ''} ${threadId}`;

export async function deleteThread(threadId: string): Promise<void> {
  await requestJson<unknown>(api.thread(threadId), { method: 'DELETE', keepalive: true });
  writeStored(draftKey(threadId), null);
}

/** What was said before a message that is shown. */
export const loadEarlier = async (threadId: string, before: string): Promise<ClervaMessage[]> =>
  threadSchema
    .parse(await requestJson<unknown>(`${api.thread(threadId)}?before=${before}`))
    .messages.map(toClervaMessage);

/** The thread as it is stored now, for instance after another tab wrote to it. */
export async function loadThread(threadId: string, fetch?: Fetch): Promise<StoredThread> {
  const answer = await requestJson<unknown>(api.thread(threadId), { fetch });
  const { messages, isAnswering } = threadSchema.parse(answer);
  return { messages: messages.map(toClervaMessage), isAnswering };
}
