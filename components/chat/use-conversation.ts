'use client';

import { useChat } from '@ai-sdk/react';
import { useCallback, useEffect, useState } from 'react';
import type { ClervaMessage } from '@/lib/agent/messages';
import { ERRORS } from '@/lib/errors';
import type { Conversation } from './conversation';
import { BROKEN_OFF, type Problem, problemOf } from './problem';

/** Often enough to read along, seldom enough for a slow phone. */
const RENDER_MILLISECONDS = 50;

const OFFLINE: Problem = {
  text: 'You are offline. Your question stays in the box.',
  code: 'offline',
  action: 'retry',
};

const STOP_FAILED: Problem = {
  text: 'The server did not hear the stop. The answer may be longer when you come back.',
  code: 'stop_failed',
  action: 'none',
};

/** What went wrong with the last answer, as far as its message tells. */
function brokenAnswer(last: ClervaMessage | undefined, isBusy: boolean): Problem | undefined {
  if (isBusy || last?.role !== 'assistant') return undefined;
  const { status, errorCode } = last.metadata ?? {};
  if (status !== 'error' && status !== 'streaming') return undefined;
  const hasText = last.parts.some((part) => part.type === 'text' && part.text.trim() !== '');
  if (hasText || errorCode === undefined) return BROKEN_OFF;
  return { text: ERRORS[errorCode].message, code: errorCode, action: 'continue' };
}

/** A conversation as the page shows it, with the box below it. */
export function useConversation(conversation: Conversation) {
  const { messages, status, addToolApprovalResponse } = useChat<ClervaMessage>({
    chat: conversation.chat,
    throttle: RENDER_MILLISECONDS,
  });
  const [draft, setDraft] = useState(conversation.draft);
  const [queued, setQueued] = useState(conversation.queued);
  const [problem, setProblem] = useState<Problem>();
  const [isStopping, setStopping] = useState(false);
  const [isTakingUp, setTakingUp] = useState(
    () => conversation.chat.lastMessage?.metadata?.status === 'streaming' && !conversation.busy,
  );
  const isBusy = status === 'submitted' || status === 'streaming';

  useEffect(() => {
    conversation.draft = draft;
    conversation.queued = queued;
  }, [conversation, draft, queued]);

  const ask = useCallback(
    async (text: string) => {
      const question = text.trim();
      if (question === '') return;
      if (conversation.busy) {
        setQueued(question);
        setDraft('');
        return;
      }
      if (!navigator.onLine) {
        setDraft(text);
        setProblem(OFFLINE);
        return;
      }
      setProblem(undefined);
      setDraft('');
      const result = await conversation.ask(question);
      if (!result) return;
      // Whatever was typed meanwhile stays; the question that did not go out comes before it.
      setDraft((typed) => (typed.trim() === '' ? result.kept : `${result.kept}\n${typed}`));
      setProblem(problemOf(conversation.chat.error));
    },
    [conversation],
  );

  const attempt = useCallback(
    async (work: () => Promise<unknown>) => {
      setProblem(undefined);
      try {
        await work();
        const { error, lastMessage } = conversation.chat;
        const brokeOff = lastMessage?.metadata?.status === 'streaming';
        if (error && !brokeOff) setProblem(problemOf(error));
      } catch (error) {
        setProblem(problemOf(error));
      }
    },
    [conversation],
  );

  const stop = useCallback(async () => {
    setStopping(true);
    try {
      await conversation.stop();
    } catch {
      // The text is kept either way; only the server may go on for a while.
      setProblem(STOP_FAILED);
    } finally {
      setStopping(false);
    }
  }, [conversation]);

  // After a reload, or on another device, the answer goes on where it is.
  useEffect(() => {
    if (conversation.chat.lastMessage?.metadata?.status !== 'streaming' || conversation.busy) return;
    void conversation.chat.resumeStream().finally(() => setTakingUp(false));
  }, [conversation]);

  // Another tab may have written while this one was away.
  useEffect(() => {
    const look = () => {
      if (document.visibilityState !== 'visible' || conversation.busy) return;
      conversation.catchUp().catch(() => {
        // Looking again is a courtesy; what is on the page stays.
      });
    };
    document.addEventListener('visibilitychange', look);
    window.addEventListener('online', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('online', look);
    };
  }, [conversation]);

  useEffect(() => {
    if (isBusy || isStopping || queued === undefined || conversation.busy) return;
    setQueued(undefined);
    void ask(queued);
  }, [isBusy, isStopping, queued, ask, conversation]);

  return {
    messages,
    isBusy,
    isStopping,
    /** The stored answer is unfinished and it is not known yet whether it still runs. */
    isTakingUp,
    draft,
    setDraft,
    queued,
    unqueue: useCallback(() => {
      setDraft((typed) => (typed === '' ? (queued ?? '') : typed));
      setQueued(undefined);
    }, [queued]),
    problem: problem ?? brokenAnswer(messages.at(-1), isBusy || isTakingUp),
    dismiss: useCallback(() => setProblem(undefined), []),
    ask,
    stop,
    regenerate: useCallback(() => attempt(() => conversation.regenerate()), [attempt, conversation]),
    continueAnswer: useCallback(() => attempt(() => conversation.continueAnswer()), [attempt, conversation]),
    follow: useCallback(() => attempt(() => conversation.catchUp()), [attempt, conversation]),
    approve: addToolApprovalResponse,
  };
}
