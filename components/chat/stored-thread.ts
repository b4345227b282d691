import { z } from 'zod';
import { requestJson } from '@/components/client/request';
import { readableMessageSchema, toClervaMessage } from '@/lib/agent/message-codec';
import type { ClervaMessage } from '@/lib/agent/messages';
import { api } from '@/lib/links';

type Fetch = typeof globalThis.fetch;

export type StoredThread = {
  messages: ClervaMessage[];
  /** An answer is being written; it may be missing from the messages until its stream is followed. */
  isAnswering: boolean;
  title: string | null;
};

const threadSchema = z.object({
  isAnswering: z.boolean().default(false),
  thread: z.object({ title: z.string().nullable() }).optional(),
  messages: z.array(readableMessageSchema),
});

/** What was said before a message that is shown. */
export const loadEarlier = async (threadId: string, before: string): Promise<ClervaMessage[]> =>
  threadSchema
    .parse(await requestJson<unknown>(`${api.thread(threadId)}?before=${before}`))
    .messages.map(toClervaMessage);

function storedThread(answer: unknown): StoredThread {
  const { messages, isAnswering, thread } = threadSchema.parse(answer);
  return { messages: messages.map(toClervaMessage), isAnswering, title: thread?.title ?? null };
}

/** The thread as it is stored now, for instance after another tab wrote to it. */
export const loadThread = async (threadId: string, fetch?: Fetch): Promise<StoredThread> =>
  storedThread(await requestJson<unknown>(api.thread(threadId), { fetch }));

/** Shows another version of an answer or of a question, on every device; gives the thread as it is then. */
export const showVersion = async (
  threadId: string,
  messageId: string,
  fetch?: Fetch,
): Promise<StoredThread> =>
  storedThread(
    await requestJson<unknown>(api.version(threadId), {
      method: 'PUT',
      keepalive: true,
      body: { messageId },
      fetch,
    }),
  );
