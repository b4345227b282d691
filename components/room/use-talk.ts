'use client';

import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useText } from '#use-text';
import { isGone, sentenceOf } from '@/components/client/request';
import { readStored, writeStored } from '@/components/client/stored';
import type { RoomMessage } from '@/lib/domain/room';
import { mayWorkLater, say } from './requests';
import { completeUpTo, lastSeqOf, mergeMessages, type Pending, stillPending } from './talk';

const TRY_AGAIN_MS = 3_000;
/** Whoever leaves waits so long for what they said last, and no longer. */
const SETTLE_MS = 3_000;
const LOOK_EVERY_MS = 50;

type TalkOptions = { roomId: string; me: string; initial: readonly RoomMessage[]; onGone: () => void };

/** What was said, in the order of the server. */
function useSaid(initial: readonly RoomMessage[]) {
  const [messages, setMessages] = useState<readonly RoomMessage[]>(initial);
  // What is true between two renders.
  const known = useRef<readonly RoomMessage[]>(initial);
  const completeTo = useRef(lastSeqOf(initial));
  const receive = (more: readonly RoomMessage[], upTo: number) => {
    known.current = mergeMessages(known.current, more);
    completeTo.current = completeUpTo(Math.max(completeTo.current, upTo), known.current);
    if (more.length > 0) setMessages(known.current);
  };
  return { messages, receive, lastComplete: () => completeTo.current };
}

/** What was on its way when the page was left. */
function keptIn(key: string): Pending[] {
  try {
    const kept: Partial<Pending>[] = JSON.parse(readStored(key) ?? '[]');
    return kept.flatMap(({ clientId, body }) =>
      typeof clientId === 'string' && typeof body === 'string' ? [{ clientId, body, state: 'sending' }] : [],
    );
  } catch {
    // Written by something else: nothing is known of it.
    return [];
  }
}

/** What is on its way, in the order it was written; this device keeps it until it has arrived. */
function usePending(key: string) {
  const [pending, setPending] = useState<readonly Pending[]>([]);
  // What is true between two renders.
  const queue = useRef<readonly Pending[]>([]);
  const set = (next: readonly Pending[]) => {
    queue.current = next;
    setPending(next);
    writeStored(key, next.length === 0 ? null : JSON.stringify(next));
  };
  const change = (clientId: string, to: Partial<Pending>) =>
    set(queue.current.map((entry) => (entry.clientId === clientId ? { ...entry, ...to } : entry)));
  return { pending, queue, set, change };
}

/** Calls when the connection is back. What waits for another attempt is given up with the page. */
function useReturn(onReturn: () => void, timer: RefObject<ReturnType<typeof setTimeout> | undefined>): void {
  const back = useEffectEvent(onReturn);
  useEffect(() => {
    const onOnline = () => back();
    window.addEventListener('online', onOnline);
    return () => {
      window.removeEventListener('online', onOnline);
      clearTimeout(timer.current);
    };
  }, [timer]);
}

/**
 * What was said, and what is on its way. A message is shown at once, goes out in the order it was written, waits while there
 * is no connection, and has an id from the start: sent twice it is one.
 */
export function useTalk({ roomId, me, initial, onGone }: TalkOptions) {
  const t = useText();
  const said = useSaid(initial);
  const kept = `clerva-said ${roomId} ${me}`;
  const { pending, queue, set, change } = usePending(kept);
  const isSending = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  /** `upTo`: the server told everything up to there, and not one message by itself. */
  const receive = (more: readonly RoomMessage[], upTo = 0) => {
    said.receive(more, upTo);
    if (more.length > 0) set(stillPending(queue.current, more, me));
  };
  const sendOne = async (next: Pending): Promise<'done' | 'later'> => {
    change(next.clientId, { state: 'sending' });
    try {
      receive([await say(roomId, next)]);
    } catch (error) {
      if (isGone(error)) onGone();
      if (mayWorkLater(error)) {
        change(next.clientId, { state: 'waiting' });
        return 'later';
      }
      change(next.clientId, { state: 'failed', problem: sentenceOf(error, t) });
    }
    return 'done';
  };
  const flush = async () => {
    if (isSending.current) return;
    isSending.current = true;
    clearTimeout(timer.current);
    try {
      for (;;) {
        const next = queue.current.find(({ state }) => state !== 'failed');
        if (!next) break;
        if ((await sendOne(next)) === 'done') continue;
        timer.current = setTimeout(() => void flush(), TRY_AGAIN_MS);
        break;
      }
    } finally {
      isSending.current = false;
    }
  };
  useReturn(() => void flush(), timer);
  const resume = useEffectEvent(() => {
    const left = keptIn(kept);
    if (left.length === 0) return;
    set(stillPending(left, initial, me));
    void flush();
  });
  useEffect(() => resume(), []);

  const send = (body: string) => {
    set([...queue.current, { clientId: crypto.randomUUID(), body, state: 'sending' }]);
    void flush();
  };
  const retry = (clientId: string) => {
    change(clientId, { state: 'sending', problem: undefined });
    void flush();
  };
  return { ...said, receive, pending, send, retry, flush, settle: () => settled(queue) };
}

/** Waits until what was said is out; afterwards nobody may say anything here any more. */
async function settled(queue: RefObject<readonly Pending[]>): Promise<void> {
  const endsAt = performance.now() + SETTLE_MS;
  while (queue.current.some(({ state }) => state === 'sending') && performance.now() < endsAt) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
