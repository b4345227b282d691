'use client';

import { useChat } from '@ai-sdk/react';
import { APICallError } from 'ai';
import { type Dispatch, type SetStateAction, useEffect, useEffectEvent, useRef, useState } from 'react';
import { readStored, writeStored } from '@/components/client/stored';
import { useOnline } from '@/components/client/use-online';
import { useStable } from '@/components/client/use-stable';
import type { ClervaMessage } from '@/lib/agent/messages';
import { ERRORS, isWorthAgain } from '@/lib/errors';
import { type ApprovalAnswer, type Conversation, questionsOf } from './conversation';
import { BROKEN_OFF, type Problem, problemOf, problemOfApproval } from './problem-strip';
import { draftKey } from './thread-api';

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
function brokenAnswer(
  last: ClervaMessage | undefined,
  isBusy: boolean,
  error: Error | undefined,
): Problem | undefined {
  if (isBusy || last?.role !== 'assistant') return undefined;
  const { status, errorCode } = last.metadata ?? {};
  if (status !== 'error' && status !== 'streaming') return undefined;
  if (errorCode === undefined) return BROKEN_OFF;
  return {
    // What came with the answer says more than its code does, such as how long to wait.
    text: error?.message ?? ERRORS[errorCode].message,
    code: errorCode,
    action: isWorthAgain(errorCode) ? 'continue' : 'none',
  };
}

/** After a reload, or on another device, the answer goes on where it is. Gives whether that is still being found out. */
function useTakingUp(conversation: Conversation): boolean {
  const isUnfinished = () =>
    conversation.chat.lastMessage?.metadata?.status === 'streaming' && !conversation.busy;
  const [isTakingUp, setTakingUp] = useState(isUnfinished);
  const wantsMore = useEffectEvent(isUnfinished);
  useEffect(() => {
    if (!wantsMore()) return;
    void conversation.chat.resumeStream().finally(() => setTakingUp(false));
  }, [conversation]);
  return isTakingUp;
}

/**
 * What stands in the box, or waits to be asked, outlives a reload and signing in again, on this device and for this
 * student. Only what this page kept is forgotten by it: another tab may hold words of its own.
 */
function useKeptDraft(conversation: Conversation, words: string, setDraft: (text: string) => void): void {
  const key = () => draftKey(conversation.threadId);
  const kept = useRef<{ key: string; words: string }>(undefined);
  const keep = useEffectEvent(() => {
    const before = kept.current;
    const now = { key: key(), words };
    kept.current = now;
    if (!before) {
      const found = words === '' && readStored(now.key);
      if (found) setDraft(found);
      return;
    }
    const isLeft = words === '' || now.key !== before.key;
    if (isLeft && readStored(before.key) === before.words) writeStored(before.key, null);
    if (words !== '') writeStored(now.key, words);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed is what is kept.
  useEffect(() => keep(), [words]);
}

/** Another tab may have written while this one was away. */
function useCatchUp(conversation: Conversation): void {
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
}

/** What failed since `before` and says it nowhere else: an answer that began and broke off or failed speaks for itself. */
function untold(
  { error, lastMessage }: Conversation['chat'],
  before: ClervaMessage | undefined,
): Problem | undefined {
  const { status } = lastMessage?.metadata ?? {};
  const saysItself = status === 'streaming' || (status === 'error' && lastMessage !== before);
  return error && (APICallError.isInstance(error) || !saysItself) ? problemOf(error) : undefined;
}

/** What can be done with a conversation, and what is said of it when that failed. */
function useTurns(conversation: Conversation, setDraft: Dispatch<SetStateAction<string>>) {
  const [queued, setQueued] = useState(conversation.queued);
  const [problem, setProblem] = useState<Problem>();
  const [isStopping, setStopping] = useState(false);

  useEffect(() => {
    conversation.onWait = (text) =>
      setProblem(text === undefined ? undefined : { text, code: 'trying', action: 'none' });
    conversation.onRefused = (error) => setProblem(problemOfApproval(error));
    return () => {
      conversation.onWait = undefined;
      conversation.onRefused = undefined;
    };
  }, [conversation]);

  // Whatever was typed meanwhile stays; what comes back to the box stands before it.
  const giveBack = (words: string) =>
    setDraft((typed) => (typed.trim() === '' || typed === words ? words : `${words}\n${typed}`));
  const ask = async (text: string) => {
    const question = text.trim();
    if (question === '') return;
    const isOffline = !conversation.busy && !navigator.onLine;
    if (isOffline) {
      giveBack(text);
      return setProblem(OFFLINE);
    }
    setDraft((typed) => (typed === text ? '' : typed));
    if (conversation.busy) {
      return setQueued((waiting) => (waiting === undefined ? question : `${waiting}\n${question}`));
    }
    setProblem(undefined);
    const result = await conversation.ask(question);
    if (!result) return;
    giveBack(result.kept);
    setProblem(problemOf(conversation.chat.error));
  };
  const attempt = async (work: () => Promise<unknown>) => {
    setProblem(undefined);
    const before = conversation.chat.lastMessage;
    try {
      await work();
      setProblem(untold(conversation.chat, before));
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  const stop = async () => {
    setStopping(true);
    try {
      await conversation.stop();
    } catch {
      // The text is kept either way; only the server may go on for a while.
      setProblem(STOP_FAILED);
    } finally {
      setStopping(false);
    }
  };
  const isOnline = useOnline();
  // The return of the connection makes it untrue.
  useEffect(() => {
    if (isOnline) setProblem((told) => (told === OFFLINE ? undefined : told));
  }, [isOnline]);
  const acts = useStable({
    ask,
    stop,
    regenerate: () => attempt(() => conversation.regenerate()),
    continueAnswer: () => attempt(() => conversation.continueAnswer()),
    approve: async (answer: ApprovalAnswer) => {
      setProblem(undefined);
      await conversation.approve(answer).catch((error: Error) => setProblem(problemOfApproval(error)));
    },
    follow: () => attempt(() => conversation.catchUp()),
    giveBack,
    unqueue: () => {
      giveBack(queued ?? '');
      setQueued(undefined);
    },
  });
  return { ...acts, queued, setQueued, problem, isStopping };
}

/** A conversation as the page shows it, with the box below it. */
export function useConversation(conversation: Conversation) {
  const { messages, status, error } = useChat<ClervaMessage>({
    chat: conversation.chat,
    throttle: RENDER_MILLISECONDS,
  });
  const [draft, setDraft] = useState(conversation.draft);
  const { setQueued, problem, ...turns } = useTurns(conversation, setDraft);
  const { queued, isStopping, ask } = turns;
  const isTakingUp = useTakingUp(conversation);
  const isBusy = status === 'submitted' || status === 'streaming';
  useCatchUp(conversation);

  useKeptDraft(conversation, queued === undefined ? draft : `${queued}\n${draft}`.trim(), setDraft);

  useEffect(() => {
    conversation.draft = draft;
    conversation.queued = queued;
  }, [conversation, draft, queued]);

  useEffect(() => {
    if (isBusy || isStopping || queued === undefined || conversation.busy) return;
    // What the answer asks comes first: going on would pass it over unseen. What is shown may be a moment behind.
    const isAsked = [messages.at(-1), conversation.chat.lastMessage].some(
      (message) => questionsOf(message).length > 0,
    );
    if (isAsked) return;
    setQueued(undefined);
    void ask(queued);
  }, [isBusy, isStopping, queued, messages, setQueued, ask, conversation]);

  return {
    ...turns,
    messages,
    isBusy,
    /** Also while the stored answer is unfinished and it is not known yet whether it still runs. */
    isWriting: isBusy || isTakingUp,
    draft,
    setDraft,
    problem: problem ?? brokenAnswer(messages.at(-1), isBusy || isTakingUp, error),
  };
}
