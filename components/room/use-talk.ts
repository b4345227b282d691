'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { isGone, sentenceOf } from '@/components/client/request';
import type { RoomMessage } from '@/lib/domain/room';
import { mayWorkLater, say } from './requests';
import { completeUpTo, lastSeqOf, mergeMessages, type Pending, stillPending } from './talk';

const TRY_AGAIN_MS = 3_000;
/** Whoever leaves waits so long for what they said last, and no longer. */
const SETTLE_MS = 3_000;
const LOOK_EVERY_MS = 50;

type TalkOptions = { roomId: string; me: string; initial: readonly RoomMessage[]; onGone: () => void };

/**
 * What was said, and what is on its way. A message is shown at once, goes out in the order it was written, waits while there
 * is no connection, and has an id from the start: sent twice it is one.
 */
export function useTalk({ roomId, me, initial, onGone }: TalkOptions) {
  const [messages, setMessages] = useState<readonly RoomMessage[]>(initial);
  const [pending, setPending] = useState<readonly Pending[]>([]);
  // What is true between two renders.
  const queue = useRef<Pending[]>([]);
  const known = useRef<readonly RoomMessage[]>(initial);
  const completeTo = useRef(lastSeqOf(initial));
  const isSending = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const draw = useCallback(() => setPending([...queue.current]), []);

  /** `upTo`: the server told everything up to there, and not one message by itself. */
  const receive = useCallback(
    (more: readonly RoomMessage[], upTo = 0) => {
      known.current = mergeMessages(known.current, more);
      completeTo.current = completeUpTo(Math.max(completeTo.current, upTo), known.current);
      if (more.length === 0) return;
      queue.current = stillPending(queue.current, more, me);
      setMessages(known.current);
      draw();
    },
    [me, draw],
  );

  const flush = useCallback(async () => {
    if (isSending.current) return;
    isSending.current = true;
    clearTimeout(timer.current);
    const change = (clientId: string, to: Partial<Pending>) => {
      queue.current = queue.current.map((entry) =>
        entry.clientId === clientId ? { ...entry, ...to } : entry,
      );
      draw();
    };
    try {
      for (;;) {
        const next = queue.current.find(({ state }) => state !== 'failed');
        if (!next) break;
        change(next.clientId, { state: 'sending' });
        try {
          receive([await say(roomId, next)]);
        } catch (error) {
          if (isGone(error)) onGone();
          if (mayWorkLater(error)) {
            change(next.clientId, { state: 'waiting' });
            timer.current = setTimeout(() => void flush(), TRY_AGAIN_MS);
            break;
          }
          change(next.clientId, { state: 'failed', problem: sentenceOf(error) });
        }
      }
    } finally {
      isSending.current = false;
    }
  }, [roomId, receive, draw, onGone]);

  useEffect(() => {
    const onOnline = () => void flush();
    window.addEventListener('online', onOnline);
    return () => {
      window.removeEventListener('online', onOnline);
      clearTimeout(timer.current);
    };
  }, [flush]);

  const send = useCallback(
    (body: string) => {
      queue.current = [...queue.current, { clientId: crypto.randomUUID(), body, state: 'sending' }];
      draw();
      void flush();
    },
    [draw, flush],
  );

  const retry = useCallback(
    (clientId: string) => {
      queue.current = queue.current.map((entry) =>
        entry.clientId === clientId ? { clientId, body: entry.body, state: 'sending' } : entry,
      );
      draw();
      void flush();
    },
    [draw, flush],
  );

  /** Waits until what was said is out; afterwards nobody may say anything here any more. */
  const settle = useCallback(async () => {
    const endsAt = performance.now() + SETTLE_MS;
    while (queue.current.some(({ state }) => state === 'sending') && performance.now() < endsAt) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }, []);

  const lastComplete = useCallback(() => completeTo.current, []);
  return { messages, pending, send, retry, receive, flush, settle, lastComplete };
}
