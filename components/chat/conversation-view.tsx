'use client';

import './chat.css';
import { ArrowDown } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type ReactNode, useContext, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { useAction } from '@/components/client/use-action';
import { useStable } from '@/components/client/use-stable';
import { PassagePanel } from '@/components/passage/passage-panel';
import { Button } from '@/components/ui/button';
import { ProblemText } from '@/components/ui/problem-text';
import { Strip } from '@/components/ui/strip';
import { useHotkeys } from '@/components/ui/use-hotkeys';
import { type ClervaMessage, messageText } from '@/lib/agent/messages';
import { titleFromQuestion } from '@/lib/agent/title';
import { MESSAGES_SHOWN } from '@/lib/domain/message';
import { paths } from '@/lib/links';
import { Answer } from './answer';
import { AttachingChips, attachedIn } from './attachment-chips';
import { Composer, type ComposerHandle } from './composer';
import { type ApprovalAnswer, type Conversation, idAt, versionsAt } from './conversation';
import { ConversationHeader } from './conversation-header';
import { NoticeContext } from './conversation-keeper';
import { filesKey } from './kept-files';
import { ModelMenu } from './model-menu';
import { ProblemStrip } from './problem-strip';
import { Question, WaitingQuestion } from './question';
import { ScopeChoice } from './scope-choice';
import { goOn, loadEarlier } from './thread-api';
import { useAnnouncement } from './use-announcement';
import { useConversation } from './use-conversation';
import { usePassages } from './use-passages';
import { useScope } from './use-scope';
import { useStickToBottom } from './use-stick-to-bottom';

type ConversationViewProps = {
  conversation: Conversation;
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

/** What a message answers. */
const questionOf = (messages: readonly ClervaMessage[], index: number): string => {
  const asked = messages.slice(0, index).findLast(({ role }) => role === 'user');
  return asked ? messageText(asked.parts) : '';
};

type MessagesProps = {
  threadId: string | undefined;
  state: State;
  shown: readonly ClervaMessage[];
  earlier: ReturnType<typeof useEarlier>;
  passages: Passages;
  actions: ReturnType<typeof useActs>['actions'];
};

function Messages({ threadId, state, shown, earlier, passages, actions }: MessagesProps) {
  const { isWriting, isBusy, queued, heldBy, progress } = state;
  // Kept here: a question that is on its way in other words is not on the page, and comes back when it cannot begin.
  const [edited, setEdited] = useState<{ id: string | undefined; words: string }>();
  const askOtherwise = async (id: string, words: string) => {
    if (await actions.askOtherwise(id, words)) setEdited(undefined);
  };
  return (
    <>
      {threadId !== undefined && earlier.hasMore && (
        <div className="mb-6 flex flex-col items-center gap-1">
          <Button size="sm" busy={earlier.pending} onClick={() => void earlier.load(threadId)}>
            Show what was said before
          </Button>
          <ProblemText problem={earlier.problem} />
        </div>
      )}
      {shown.map((message, index) => {
        const versions = versionsAt(shown, index);
        // One place in the conversation, whichever version stands there: what is focused stays so.
        const place = message.metadata?.versions?.[0] ?? message.id;
        if (message.role === 'user') {
          const id = idAt(shown, index);
          return (
            <Question
              key={place}
              {...{ id, versions, isBusy }}
              text={messageText(message.parts)}
              files={attachedIn(message)}
              onShow={actions.show}
              edited={id !== undefined && edited?.id === id ? edited.words : undefined}
              onEdit={(words) => setEdited(words === undefined ? undefined : { id, words })}
              onAsk={(of, words) => void askOtherwise(of, words)}
            />
          );
        }
        const isLast = index === shown.length - 1;
        const isOpen = passages.messageId === message.id;
        return (
          <Answer
            key={place}
            {...{ message, versions, isBusy, progress }}
            isLast={isLast}
            isWriting={isWriting && isLast}
            activeSource={isOpen ? passages.source?.n : undefined}
            filter={isOpen ? passages.filter : undefined}
            actions={actions}
            asked={questionOf(shown, index)}
          />
        );
      })}
      {queued !== undefined && (
        <WaitingQuestion
          text={queued}
          reason={heldBy ?? 'Asked when this answer is done'}
          onAskWithout={heldBy === undefined ? undefined : state.askWithout}
          onRemove={actions.unqueue}
        />
      )}
    </>
  );
}

// In the flow: floating over the conversation it would lie on a card's own buttons.
const JumpToLatest = ({ onJump }: { onJump: () => void }) => (
  <div className="flex justify-center pb-2">
    <Button size="sm" onClick={onJump} className="rounded-full! bg-page">
      <ArrowDown aria-hidden="true" className="size-4" />
      Jump to latest
    </Button>
  </div>
);

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

/** The conversation on one page and, when a proof is open, its passage on a second. */
export function ConversationView({ conversation, threadId, title, question, empty }: ConversationViewProps) {
  const notice = useContext(NoticeContext);
  const state = useConversation(conversation);
  const { messages, isBusy, setDraft, problem, draft, queued } = state;
  const { scroller, content, isAtBottom, jump, onScroll } = useStickToBottom(state.isWriting);
  const earlier = useEarlier(messages);
  const shown = useMemo(() => [...earlier.messages, ...messages], [earlier.messages, messages]);
  const passages = usePassages(shown, scroller);
  const box = useBox();
  const { scope, choose } = useScope(conversation, messages, box.toBox);
  const announcement = useAnnouncement(isBusy, messages.at(-1));
  const hasStarted = messages.length > 0 || isBusy || queued !== undefined;
  // The server names a thread by the same rule when its first answer is finished.
  const first = messages.find(({ role }) => role === 'user');
  const last = messages.findLast(({ role }) => role === 'user');
  const name = state.title ?? title ?? (first ? titleFromQuestion(messageText(first.parts)) : null);

  const goOnElsewhere = useGoingOn(conversation);
  const { actions, ask } = useActs(state, passages, jump, box);
  useBeginning(question, { jump, ask, focus: box.toBox });
  const takeBack = queued === undefined ? undefined : actions.unqueue;
  useConversationKeys(passages, isBusy ? () => void state.stop() : takeBack);
  return (
    <div className="flex h-full min-h-0 gap-2">
      <section
        aria-label="Conversation"
        className="relative flex min-w-0 flex-1 flex-col overflow-hidden md:rounded-4 md:border md:border-rule md:bg-page"
      >
        <ConversationHeader threadId={threadId} title={name} />
        <div ref={scroller} onScroll={onScroll} className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
          <div ref={content} className="mx-auto max-w-[42.5rem] px-5 pt-4 pb-6 md:px-8 md:pt-6">
            {!hasStarted && empty?.(ask)}
            <Messages {...{ threadId, state, shown, earlier, passages, actions }} />
          </div>
        </div>
        <div className="shrink-0 px-4 pt-2 pb-[calc(0.75rem+env(safe-area-inset-bottom))] md:px-8 md:pb-5">
          {!isAtBottom && hasStarted && <JumpToLatest onJump={jump} />}
          <div className="mx-auto max-w-[38.5rem]">
            {notice && !problem && <Strip className="mb-3">{notice}</Strip>}
            {problem && (
              <ProblemStrip
                problem={problem}
                verbs={{
                  retry: () => ask(draft),
                  follow: state.follow,
                  continue: state.continueAnswer,
                  'go-on': () => goOnElsewhere(draft),
                }}
              />
            )}
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
              isHeld={queued !== undefined && state.heldBy !== undefined}
            />
            <ModelMenu conversation={conversation} />
          </div>
        </div>
        <div role="status" className="sr-only">
          {announcement}
        </div>
      </section>
      {passages.source && <PassagePanel {...passages} source={passages.source} />}
    </div>
  );
}
