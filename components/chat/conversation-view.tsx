'use client';

import { useText } from '#use-text';
import './chat.css';
import { ArrowDown } from 'lucide-react';
import { useRouter } from 'next/navigation';
import {
  type ComponentProps,
  type ComponentType,
  type ReactNode,
  useContext,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useAction } from '@/components/client/use-action';
import { useStable } from '@/components/client/use-stable';
import { Button } from '@/components/ui/button';
import { Strip } from '@/components/ui/strip';
import { useHotkeys } from '@/components/ui/use-hotkeys';
import { type ClervaMessage, messageText } from '@/lib/agent/messages';
import { MESSAGES_SHOWN } from '@/lib/domain/message';
import { paths } from '@/lib/links';
import { AttachingChips } from './attachment-chips';
import { Composer, type ComposerHandle } from './composer';
import type { ApprovalAnswer, Conversation } from './conversation';
import { ConversationHeader } from './conversation-header';
import { NoticeContext } from './conversation-keeper';
import { filesKey } from './kept-files';
import type { MessagesProps } from './messages';
import { ModelMenu } from './model-menu';
import { type Problem, ProblemStrip } from './problem-strip';
import { WaitingQuestion } from './question';
import { ScopeChoice } from './scope-choice';
import { goOn } from './thread-api';
import { useAnnouncement } from './use-announcement';
import { useConversation } from './use-conversation';
import { passagePanel, usePassages } from './use-passages';
import { useScope } from './use-scope';
import { useStickToBottom } from './use-stick-to-bottom';

/** What shows questions and answers, and what fetches it; a page that has none yet comes without. */
export type MessagesCode = {
  get: () => { Messages: ComponentType<MessagesProps> } | undefined;
  load: () => Promise<unknown>;
};

type ConversationViewProps = {
  conversation: Conversation;
  messagesCode: MessagesCode;
  threadId: string | undefined;
  title: string | null;
  /** Asked at once, once. */
  question?: string | undefined;
  /** Shown while nothing was asked; gets the way to ask. */
  empty?: (ask: (text: string) => void) => ReactNode;
};

type Ask = (text: string) => void;
type Passages = ReturnType<typeof usePassages>;

/** Brackets walk the passages while one is open; Escape closes it, or else stops what is on its way. */
function useConversationKeys({ source, previous, next, close }: Passages, stop: (() => void) | undefined) {
  const isOpen = source !== undefined;
  useHotkeys(
    {
      '[': previous,
      ']': next,
      // The panel's own link knows where the words were found.
      o: () => document.querySelector<HTMLElement>('[data-open-document]')?.click(),
    },
    { enabled: isOpen },
  );
  const onEscape = useEffectEvent((event: KeyboardEvent) => {
    const act = isOpen ? close : stop;
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || !act) return;
    act();
    event.preventDefault();
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => onEscape(event);
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** Gives the focus to the box, where the button that was pressed goes away with what it was for. */
function useBox() {
  const composer = useRef<ComposerHandle>(null);
  const toBox = () => {
    // On a phone the keyboard would cover what is read.
    if (window.matchMedia('(pointer: fine)').matches) requestAnimationFrame(() => composer.current?.focus());
  };
  return { composer, toBox };
}

/** Begins at the end of what is there, and asks what the address asks. */
function useBeginning(
  question: string | undefined,
  begin: { jump: () => void; focus: () => void; ask: Ask },
) {
  const enter = useEffectEvent(() => {
    begin.jump();
    begin.focus();
  });
  const askOnce = useEffectEvent((text: string) => {
    window.history.replaceState(null, '', paths.ask);
    begin.ask(text);
  });
  useEffect(() => {
    if (question === undefined) return;
    // A timer, so that a development double mount asks once.
    const timer = setTimeout(() => askOnce(question), 0);
    return () => clearTimeout(timer);
  }, [question]);
  useEffect(() => enter(), []);
}

type State = ReturnType<typeof useConversation>;

const NO_MESSAGES: readonly ClervaMessage[] = [];

/** What was said before the messages that were loaded, a page at a time. */
function useEarlier(messages: readonly ClervaMessage[]) {
  const first = messages[0]?.id;
  const [read, setRead] = useState<{ before: string | undefined; pages: ClervaMessage[]; isAll: boolean }>();
  // Pages that do not end where the conversation now begins would leave a gap.
  const known = read?.before === first ? read : undefined;
  const { run, pending, problem } = useAction(async (threadId: string) => {
    const oldest = known?.pages[0]?.id ?? first;
    if (oldest === undefined) return;
    const { loadEarlier } = await import('./stored-thread');
    const page = await loadEarlier(threadId, oldest);
    setRead({
      before: first,
      pages: [...page, ...(known?.pages ?? [])],
      isAll: page.length < MESSAGES_SHOWN,
    });
  });
  return {
    messages: known?.pages ?? NO_MESSAGES,
    hasMore: known ? !known.isAll : messages.length >= MESSAGES_SHOWN,
    load: run,
    pending,
    problem,
  };
}

/** What is done from the answers and from the box. */
function useActs(
  state: State,
  { openSource, pickProof }: Passages,
  jump: () => void,
  { composer, toBox }: ReturnType<typeof useBox>,
) {
  const ask = (text: string) => {
    void state.ask(text);
    requestAnimationFrame(jump);
  };
  const actions = useStable({
    openSource,
    pickProof,
    regenerate: (again?: Parameters<State['regenerate']>[0]) => {
      void state.regenerate(again);
      toBox();
    },
    show: (messageId: string) => void state.show(messageId),
    cancel: (toolCallId: string) => void state.cancel(toolCallId),
    askOtherwise: (id: string, text: string) => {
      toBox();
      return state.edit(id, text);
    },
    unqueue: () => {
      state.unqueue();
      toBox();
    },
    approve: (answer: ApprovalAnswer) => void state.approve(answer),
    edit: (text: string) => {
      state.giveBack(text);
      composer.current?.focus();
    },
    ask: (text: string) => ask(text),
  });
  return { actions, ask };
}

// In the flow: floating over the conversation it would lie on a card's own buttons.
const JumpToLatest = ({ onJump }: { onJump: () => void }) => {
  const t = useText();
  return (
    <div className="flex justify-center pb-2">
      <Button size="sm" onClick={onJump} className="rounded-full! bg-page">
        <ArrowDown aria-hidden="true" className="size-4" />
        {t('Jump to latest')}
      </Button>
    </div>
  );
};

/** What was asked and is not on its way yet. */
function Waiting({ state, onRemove }: { state: State; onRemove: () => void }) {
  const t = useText();
  const { queued, heldBy, isReady, askWithout } = state;
  if (queued === undefined) return null;
  return (
    <WaitingQuestion
      text={queued}
      reason={heldBy ?? (isReady ? t('Asked when this answer is done') : t('Asked in a moment'))}
      onAskWithout={heldBy === undefined ? undefined : askWithout}
      onRemove={onRemove}
    />
  );
}

/** What went wrong, or else what is said above every box. */
function Told({
  problem,
  verbs,
}: { problem: Problem | undefined } & Pick<ComponentProps<typeof ProblemStrip>, 'verbs'>) {
  const notice = useContext(NoticeContext);
  if (problem) return <ProblemStrip problem={problem} verbs={verbs} />;
  return notice && <Strip className="mb-3">{notice}</Strip>;
}

/** The way from a full conversation to the next one, with what stands in the box. */
function useGoingOn({ threadId, attaching }: Conversation) {
  const router = useRouter();
  return async (draft: string) => {
    if (threadId === undefined) return;
    const next = await goOn(threadId, draft);
    attaching.leaveTo(filesKey(next));
    router.push(paths.thread(next));
  };
}

/** A thread is called after its first question until it has a name of its own. */
const firstWords = (messages: readonly ClervaMessage[]): string | null => {
  const first = messages.find(({ role }) => role === 'user');
  return first ? messageText(first.parts) : null;
};

/** The conversation on one page and, when a proof is open, its passage on a second. */
export function ConversationView({
  conversation,
  messagesCode,
  threadId,
  title,
  question,
  empty,
}: ConversationViewProps) {
  const t = useText();
  const state = useConversation(conversation, messagesCode);
  const { messages, isBusy, setDraft, problem, draft, queued, heldBy, prepare } = state;
  const { scroller, content, isAtBottom, jump, onScroll } = useStickToBottom(state.isWriting);
  const earlier = useEarlier(messages);
  const shown = useMemo(() => [...earlier.messages, ...messages], [earlier.messages, messages]);
  const passages = usePassages(shown, scroller, state.tell);
  const box = useBox();
  const { scope, choose } = useScope(conversation, messages, box.toBox);
  const announcement = useAnnouncement(isBusy, messages.at(-1));
  const hasStarted = messages.length > 0 || isBusy || queued !== undefined;
  const last = messages.findLast(({ role }) => role === 'user');
  const Messages = messagesCode.get()?.Messages;
  const Panel = passagePanel.get()?.PassagePanel;
  const goOnElsewhere = useGoingOn(conversation);
  const { actions, ask } = useActs(state, passages, jump, box);
  useBeginning(question, { jump, ask, focus: box.toBox });
  const takeBack = queued === undefined ? undefined : actions.unqueue;
  useConversationKeys(passages, isBusy ? () => void state.stop() : takeBack);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what is pressed or typed anywhere here will soon be sent.
    <div className="flex h-full min-h-0 gap-2" onPointerDown={prepare} onKeyDown={prepare}>
      <section
        aria-label={t('Conversation')}
        className="relative flex min-w-0 flex-1 flex-col overflow-hidden md:rounded-4 md:border md:border-rule md:bg-page"
      >
        <ConversationHeader threadId={threadId} title={state.title ?? title ?? firstWords(shown)} />
        <div ref={scroller} onScroll={onScroll} className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
          <div ref={content} className="mx-auto max-w-[42.5rem] px-5 pt-4 pb-6 md:px-8 md:pt-6">
            {!hasStarted && empty?.(ask)}
            {Messages && <Messages {...{ threadId, state, shown, earlier, passages, actions }} />}
            <Waiting state={state} onRemove={actions.unqueue} />
          </div>
        </div>
        <div className="shrink-0 px-4 pt-2 pb-[calc(0.75rem+env(safe-area-inset-bottom))] md:px-8 md:pb-5">
          {!isAtBottom && hasStarted && <JumpToLatest onJump={jump} />}
          <div className="mx-auto max-w-[38.5rem]">
            <Told
              problem={problem}
              verbs={{
                retry: () => ask(draft),
                follow: state.follow,
                continue: state.continueAnswer,
                'go-on': () => goOnElsewhere(draft),
              }}
            />
            <ScopeChoice scope={scope} onChoose={choose} />
            <AttachingChips attaching={conversation.attaching} onRemoved={box.toBox} />
            <Composer
              ref={box.composer}
              attaching={conversation.attaching}
              draft={draft}
              onDraft={setDraft}
              onAsk={ask}
              onStop={() => void state.stop()}
              isBusy={isBusy}
              isStopping={state.isStopping}
              onRecall={() => last && setDraft(messageText(last.parts))}
              isFirst={!hasStarted}
              isHeld={queued !== undefined && heldBy !== undefined}
            />
            <ModelMenu conversation={conversation} />
          </div>
        </div>
        <div role="status" className="sr-only">
          {announcement}
        </div>
      </section>
      {passages.source && Panel && <Panel {...passages} source={passages.source} />}
    </div>
  );
}
