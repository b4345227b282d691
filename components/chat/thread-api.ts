import { requestJson, studentHeader } from '@/components/client/request';
import { writeStored } from '@/components/client/stored';
import type { Approval } from '@/lib/domain/message';
import type { ThreadChange } from '@/lib/domain/thread';
import { api } from '@/lib/links';
import { filesKey } from './kept-files';

type Fetch = typeof globalThis.fetch;

/** Ends the answer on the server and keeps what was written. */
export const stopTurn = (threadId: string, fetch?: Fetch) =>
  requestJson<unknown>(api.stopThread(threadId), { method: 'POST', keepalive: true, fetch });

/** Keeps a yes or no while other questions of the same answer wait. */
export const storeApproval = (threadId: string, approval: Approval, fetch?: Fetch) =>
  requestJson<undefined>(api.approvals(threadId), { method: 'PUT', body: { approvals: [approval] }, fetch });

/** Ends one call of a tool; the answer goes on without it. */
export const cancelCall = (threadId: string, toolCallId: string, fetch?: Fetch) =>
  requestJson<unknown>(api.cancelCall(threadId, toolCallId), { method: 'POST', fetch });

export const changeThread = (threadId: string, change: ThreadChange) =>
  requestJson<unknown>(api.thread(threadId), { method: 'PATCH', body: change });

/** Where this device keeps what stands in the box of a conversation. */
export const draftKey = (threadId = 'new') =>
  `clerva-draft ${studentHeader()['x-clerva-student'] ?? ''} ${threadId}`;

export async function deleteThread(threadId: string): Promise<void> {
  await requestJson<unknown>(api.thread(threadId), { method: 'DELETE', keepalive: true });
  for (const key of [draftKey(threadId), filesKey(threadId)]) writeStored(key, null);
}

/** Takes a deletion back, as long as there is time. */
export const restoreThread = async (threadId: string): Promise<void> => {
  await changeThread(threadId, { deleted: false });
};

/** The conversation that goes on from a full one, with the question that found no more room in its box. */
export async function goOn(threadId: string, draft: string): Promise<string> {
  const next = await requestJson<{ threadId: string }>(api.continueThread(threadId), { method: 'POST' });
  if (draft.trim() !== '') writeStored(draftKey(next.threadId), draft);
  return next.threadId;
}
