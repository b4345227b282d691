import { z } from 'zod';
import { readableMessageSchema, toClervaMessage } from '@/lib/agent/message-codec';
import type { ClervaMessage } from '@/lib/agent/messages';
import { threadRoute } from './chat-transport';

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

async function call(path: string, init: RequestInit, fetch: Fetch): Promise<Response> {
  const response = await fetch(path, init);
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response;
}

const json = (method: string, body: unknown): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** Ends the answer on the server and keeps what was written. */
export async function stopTurn(threadId: string, fetch: Fetch = globalThis.fetch): Promise<void> {
  // `keepalive` lets the request out even when the page is being left.
  await call(`${threadRoute(threadId)}/stop`, { method: 'POST', keepalive: true }, fetch);
}

export async function renameThread(threadId: string, title: string): Promise<void> {
  await call(threadRoute(threadId), json('PATCH', { title }), globalThis.fetch);
}

export async function deleteThread(threadId: string): Promise<void> {
  await call(threadRoute(threadId), { method: 'DELETE', keepalive: true }, globalThis.fetch);
}

/** The thread as it is stored now, for instance after another tab wrote to it. */
export async function loadThread(threadId: string, fetch: Fetch = globalThis.fetch): Promise<StoredThread> {
  const response = await call(threadRoute(threadId), { headers: { accept: 'application/json' } }, fetch);
  const { messages, isAnswering } = threadSchema.parse(await response.json());
  return { messages: messages.map(toClervaMessage), isAnswering };
}
