'use client';

import {
  type Dispatch,
  type SetStateAction,
  useCallback,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { useText } from '#use-text';
import { isGone, RequestError } from '@/components/client/request';
import { readStored, writeStored } from '@/components/client/stored';
import { useOnline } from '@/components/client/use-online';
import { useStable } from '@/components/client/use-stable';
import { useTold } from '@/components/live/live-provider';
import type { ClervaMessage } from '@/lib/agent/messages';
import { ERRORS, isWorthAgain } from '@/lib/errors';
import { sentence, type Translate } from '@/lib/language/text';
import { type AttachingFile, isArriving } from './attaching';
import { useAttaching } from './attachment-chips';
import type { Waiting } from './chat-transport';
import { type ApprovalAnswer, type Conversation, type Progress, questionsOf } from './conversation';
import { filesKey } from './kept-files';
import { BROKEN_OFF, type Problem, problemOf, problemOfApproval } from './problem-strip';
import { draftKey } from './thread-api';

/** What is fetched when it is first needed. */
type Code = { get: () => unknown; load: () => Promise<unknown> };

/** Often enough to read along, seldom enough for a slow phone. */
const RENDER_MILLISECONDS = 50;

const OFFLINE: Problem = {
  text: sentence('You are offline. Your question stays in the box.'),
  code: 'offline',
  action: 'retry',
};

const GONE: Problem = {
  text: sentence('This conversation was deleted on another page.'),
  code: 'not_found',
  action: 'none',
};

const STOP_FAILED: Problem = {
  text: sentence('The server did not hear the stop. The answer may be longer when you come back.'),
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
    void conversation
      .follow()
      .catch(() => undefined)
      .finally(() => setTakingUp(false));
  }, [conversation]);
  return isTakingUp;
}

/**
 * What stands in the box, or waits to be asked, outlives a reload and signing in again, on this device and for this
 * student. Only what this page kept is forgotten by it: another tab may hold words of its own.
 */
function useKeptDraft(
  conversation: Conversation,
  words: string,
  setDraft: Dispatch<SetStateAction<string>>,
): void {
  const key = () => draftKey(conversation.threadId);
  const kept = useRef<{ key: string; words: string }>(undefined);
  const keep = useEffectEvent(() => {
    const before = kept.current;
    const now = { key: key(), words };
    kept.current = now;
    if (!before) {
      const found = words === '' && readStored(now.key);
      // Behind it what is being typed already.
      if (found) setDraft((typed) => [found, typed].filter(Boolean).join('\n'));
      return;
    }
    const isLeft = words === '' || now.key !== before.key;
    if (isLeft && readStored(before.key) === before.words) writeStored(before.key, null);
    if (words !== '') writeStored(now.key, words);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed is what is kept.
  useEffect(() => keep(), [words]);
}

/** And so do the files that stand there; what another tab sent or removed of them is gone here as well. */
function useKeptFiles({ attaching, threadId }: Conversation, messages: readonly ClervaMessage[]): void {
  // A new conversation learns its name from its first answer.
  // biome-ignore lint/correctness/useExhaustiveDependencies: with what is said the name may be known.
  useEffect(() => attaching.keepAt(filesKey(threadId)), [attaching, threadId, messages]);
  useEffect(() => {
    window.addEventListener('storage', attaching.heed);
    return () => window.removeEventListener('storage', attaching.heed);
  }, [attaching]);
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

/** What this page did is told to it as well, a moment later. */
const OWN_MILLISECONDS = 1_000;

/** What is said, named and deleted on another page is here at once. Gives the name it has by now. */
function useOtherTabs(conversation: Conversation, onGone: () => void): string | undefined {
  const [title, setTitle] = useState<string>();
  useEffect(() => {
    conversation.onTitle = setTitle;
    return () => {
      conversation.onTitle = undefined;
    };
  }, [conversation]);
  useTold('thread', (payload) => {
    const { ids }: { ids?: unknown } = Object(payload);
    const { threadId, endedAt, busy } = conversation;
    const isOwn = busy || performance.now() - endedAt < OWN_MILLISECONDS;
    if (threadId === undefined || isOwn || !Array.isArray(ids) || !ids.includes(threadId)) return;
    conversation.catchUp().catch((error: unknown) => {
      // Any other failure mends itself with the next look.
      if (isGone(error)) onGone();
    });
  });
  return title;
}

/** What failed since `before` and says it nowhere else: an answer that began and broke off or failed speaks for itself. */
function untold(
  { error, lastMessage }: Conversation['chat'],
  before: ClervaMessage | undefined,
): Problem | undefined {
  const { status } = lastMessage?.metadata ?? {};
  const saysItself = status === 'streaming' || (status === 'error' && lastMessage !== before);
  return error && (error instanceof RequestError || !saysItself) ? problemOf(error) : undefined;
}

/** What happened; what to do about it is done by the page. */
const triedAgain = (reason: Waiting, t: Translate) => ({
  text: t('{what} I try again by myself.', { what: t.fault(reason).replace(/\. .*/s, '.') }),
});

/** What a conversation tells while it is shown: why it waits, and what it refuses. Gives how far its tools are. */
function useHeard(conversation: Conversation, setProblem: (problem: Problem | undefined) => void): Progress {
  const t = useText();
  const [progress, setProgress] = useState(conversation.progress);
  useEffect(() => {
    conversation.onWait = (reason) =>
      setProblem(reason && { ...triedAgain(reason, t), code: 'trying', action: 'none' });
    conversation.onRefused = (error) => setProblem(problemOfApproval(error));
    conversation.onProgress = setProgress;
    return () => {
      conversation.onProgress = undefined;
      conversation.onWait = undefined;
      conversation.onRefused = undefined;
    };
  }, [conversation, setProblem, t]);
  return progress;
}

/** What changes what was said before. */
const changing = (
  conversation: Conversation,
  attempt: (work: () => Promise<unknown>) => Promise<void>,
  setProblem: (problem: Problem | undefined) => void,
) => ({
  regenerate: (again?: Parameters<Conversation['regenerate']>[0]) =>
    attempt(() => conversation.regenerate(again)),
  show: (messageId: string) => attempt(() => conversation.show(messageId)),
  cancel: (toolCallId: string) => attempt(() => conversation.cancel(toolCallId)),
  /** Asks a question otherwise; false when that could not begin. */
  edit: async (edits: string, text: string) => {
    setProblem(undefined);
    const result = await conversation.ask(text.trim(), edits);
    if (result) setProblem(problemOf(conversation.chat.error));
    return !result;
  },
});

/** What a question waits for, of its files; undefined when all that are left can go with it. */
function waitFor(files: readonly AttachingFile[], t: Translate): string | undefined {
  const arriving = files.filter(isArriving);
  const failed = files.filter(({ phase }) => phase.name === 'failed');
  const named = (some: readonly AttachingFile[]) =>
    some.length === 1 ? (some[0]?.fileName ?? '') : t('{count} files', { count: some.length });
  if (arriving.length > 0)
    return t('Asked when {named} {count, plural, one {is} other {are}} read', {
      named: named(arriving),
      count: arriving.length,
    });
  return failed.length > 0
    ? t('Not asked yet: {named} cannot go with it', { named: named(failed) })
    : undefined;
}

/** What can be done with a conversation, and what is said of it when that failed. */
function useTurns(conversation: Conversation, setDraft: Dispatch<SetStateAction<string>>, isReady: boolean) {
  const [queued, setQueued] = useState(conversation.queued);
  const [problem, setProblem] = useState<Problem>();
  const [isStopping, setStopping] = useState(false);
  const progress = useHeard(conversation, setProblem);

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
    // Asked before its file is read, a question would be answered without it; and what sends it may be on its way itself.
    if (!isReady || conversation.busy || conversation.attaching.files().some(isArriving)) {
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
    ...changing(conversation, attempt, setProblem),
    continueAnswer: () => attempt(() => conversation.continueAnswer()),
    approve: async (answer: ApprovalAnswer) => {
      setProblem(undefined);
      await conversation.approve(answer).catch((error: Error) => setProblem(problemOfApproval(error)));
    },
    follow: () => attempt(() => conversation.catchUp()),
    askWithout: () => conversation.attaching.removeUnready(),
    giveBack,
    unqueue: () => {
      giveBack(queued ?? '');
      setQueued(undefined);
    },
  });
  return { ...acts, queued, setQueued, problem, isStopping, progress, setProblem };
}

/** What a conversation holds and how it stands, told often enough to read along. */
function useChatState(conversation: Conversation) {
  const { chat } = conversation;
  const onMessages = useCallback((hear: () => void) => chat.onMessages(hear, RENDER_MILLISECONDS), [chat]);
  const onState = useCallback((hear: () => void) => chat.onState(hear), [chat]);
  const messages = () => chat.messages;
  const status = () => chat.status;
  const error = () => chat.error;
  const isActing = () => conversation.busy;
  return {
    messages: useSyncExternalStore(onMessages, messages, messages),
    status: useSyncExternalStore(onState, status, status),
    error: useSyncExternalStore(onState, error, error),
    /** Also before an answer is on its way, and until it is settled how it ended. */
    isActing: useSyncExternalStore(onState, isActing, isActing),
  };
}

/**
 * Whether a question can be sent, and what fetches what sends it. It comes with the first key or press, so that reading
 * alone loads none of it.
 */
function useReadiness({ chat }: Conversation, messages: readonly ClervaMessage[], code: Code) {
  const [isReady, setReady] = useState(() => chat.isLoaded && code.get() !== undefined);
  const { prepare } = useStable({
    prepare: async () => {
      if (isReady) return;
      await Promise.all([chat.load(), code.load()]);
      setReady(true);
    },
  });
  // A yes is acted upon as it is given.
  const asks = questionsOf(messages.at(-1)).length > 0;
  useEffect(() => {
    if (asks) prepare().catch(() => undefined);
  }, [asks, prepare]);
  return { isReady, prepare };
}

/** A conversation as the page shows it, with the box below it. `code`: what shows questions and answers. */
export function useConversation(conversation: Conversation, code: Code) {
  const t = useText();
  const { messages, status, error, isActing } = useChatState(conversation);
  const [draft, setDraft] = useState(conversation.draft);
  const { isReady, prepare } = useReadiness(conversation, messages, code);
  const { setQueued, setProblem, problem, ...turns } = useTurns(conversation, setDraft, isReady);
  const { queued, isStopping, ask, unqueue } = turns;
  const isTakingUp = useTakingUp(conversation);
  const heldBy = waitFor(useAttaching(conversation.attaching), t);
  const isBusy = status === 'submitted' || status === 'streaming';
  useCatchUp(conversation);
  const title = useOtherTabs(conversation, () => setProblem(GONE));

  useKeptFiles(conversation, messages);
  useKeptDraft(conversation, queued === undefined ? draft : `${queued}\n${draft}`.trim(), setDraft);

  useEffect(() => {
    conversation.draft = draft;
    conversation.queued = queued;
  }, [conversation, draft, queued]);

  useEffect(() => {
    if (isBusy || isActing || isStopping || queued === undefined || heldBy !== undefined) return;
    if (!isReady) {
      prepare().catch((error: unknown) => {
        unqueue();
        setProblem(problemOf(error));
      });
      return;
    }
    // What the answer asks comes first: going on would pass it over unseen. What is shown may be a moment behind.
    const isAsked = [messages.at(-1), conversation.chat.lastMessage].some(
      (message) => questionsOf(message).length > 0,
    );
    if (isAsked) return;
    setQueued(undefined);
    void ask(queued);
  }, [
    isBusy,
    isActing,
    isStopping,
    queued,
    heldBy,
    messages,
    isReady,
    setQueued,
    ask,
    unqueue,
    prepare,
    setProblem,
    conversation,
  ]);

  return {
    ...turns,
    /** Fetches what sends and shows, for what is about to be asked. */
    prepare: () => void prepare().catch(() => undefined),
    isReady,
    tell: setProblem,
    messages,
    isBusy,
    /** Also while the stored answer is unfinished and it is not known yet whether it still runs. */
    isWriting: isBusy || isTakingUp,
    draft,
    /** What the question that waits needs of its files. */
    heldBy: isBusy ? undefined : heldBy,
    setDraft,
    title,
    problem: problem ?? brokenAnswer(messages.at(-1), isBusy || isTakingUp, error),
  };
}
