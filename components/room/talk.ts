import type { RoomMessage } from '@/lib/domain/room';

/** What the student has written and the server has not yet numbered. */
export type Pending = {
  clientId: string;
  body: string;
  /** `waiting` goes out by itself when the connection is back; `failed` needs the student. */
  state: 'sending' | 'waiting' | 'failed';
  problem?: string;
};

/** Both lists as one in the order of the server, each message once. */
export function mergeMessages(known: readonly RoomMessage[], more: readonly RoomMessage[]): RoomMessage[] {
  if (more.length === 0) return [...known];
  const bySeq = new Map([...known, ...more].map((message) => [message.seq, message]));
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

export const lastSeqOf = (messages: readonly RoomMessage[]) => messages.at(-1)?.seq ?? 0;

/**
 * Up to which number nothing is missing. The answer to one's own message may come before one that was said earlier, as
 * after a time without a connection: the greatest number that is known says nothing about those before it.
 */
export function completeUpTo(before: number, known: readonly RoomMessage[]): number {
  const numbers = new Set(known.map(({ seq }) => seq));
  let last = before;
  while (numbers.has(last + 1)) last += 1;
  return last;
}

/** What is still to be sent: a message that arrived is no longer pending, however it arrived. */
export function stillPending(
  pending: readonly Pending[],
  messages: readonly RoomMessage[],
  me: string,
): Pending[] {
  const arrived = new Set(messages.filter(({ userId }) => userId === me).map(({ clientId }) => clientId));
  return pending.filter(({ clientId }) => !arrived.has(clientId));
}
