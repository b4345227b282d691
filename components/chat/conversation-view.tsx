'use client';

import { paths } from '@/lib/links';
import './chat.css';
import { ArrowDown } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react';
import { PassagePanel } from '@/components/passage/passage-panel';
import { Button } from '@/components/ui/button';
import { useHotkeys } from '@/components/ui/use-hotkeys';
import { messageText } from '@/lib/agent/messages';
import { titleFromQuestion } from '@/lib/agent/title';
import { Answer, type AnswerActions } from './answer';
import { Composer, type ComposerHandle } from './composer';
import type { Conversation } from './conversation';
import { ConversationHeader } from './conversation-header';
import { ProblemStrip } from './problem-strip';
import { Question, WaitingQuestion } from './question';
import { useAnnouncement } from './use-announcement';
import { useConversation } from './use-conversation';
import { usePassages } from './use-passages';
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

/** The conversation on one page and, when a proof is open, its passage on a second. */
export function ConversationView({ conversation, threadId, title, question, empty }: ConversationViewProps) {
  const state = useConversation(conversation);
  const { messages, isBusy, ask, stop, regenerate, approve, setDraft, problem, draft } = state;
  const { scroller, content, isAtBottom, jump, onScroll } = useStickToBottom(isBusy || state.isTakingUp);
  const passages = usePassages(messages, scroller);
  const composer = useRef<ComposerHandle>(null);
  const announcement = useAnnouncement(isBusy, messages.at(-1));
  // The server names a thread by the same rule when its first answer is finished.
  const first = messages.find(({ role }) => role === 'user');
  const name = title ?? (first ? titleFromQuestion(messageText(first.parts)) : null);

  const askAndShow = useCallback(
    (text: string) => {
      void ask(text);
      requestAnimationFrame(jump);
    },
    [ask, jump],
  );

  useEffect(() => {
    if (question === undefined) return;
    // A timer, so that a development double mount asks once.
    const timer = setTimeout(() => {
      window.history.replaceState(null, '', paths.ask);
      askAndShow(question);
    }, 0);
    return () => clearTimeout(timer);
  }, [question, askAndShow]);

  useEffect(() => {
    jump();
    // On a phone the keyboard would cover what was opened.
    if (window.matchMedia('(pointer: fine)').matches) composer.current?.focus();
  }, [jump]);

  const { source, close } = passages;
  useHotkeys(
    {
      '[': passages.previous,
      ']': passages.next,
      // The panel's own link knows where the words were found.
      o: () => document.querySelector<HTMLElement>('[data-open-document]')?.click(),
    },
    { enabled: source !== undefined },
  );

  const isOpen = source !== undefined;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
      if (isOpen) close();
      else if (isBusy) void stop();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [isOpen, close, isBusy, stop]);

  const recall = useCallback(() => {
    const last = messages.findLast(({ role }) => role === 'user');
    if (last) setDraft(messageText(last.parts));
  }, [messages, setDraft]);

  const { openSource, pickProof } = passages;
  const actions = useMemo<AnswerActions>(
    () => ({
      openSource,
      pickProof,
      regenerate: () => void regenerate(),
      approve: (answer) => void approve(answer),
      edit: (text) => {
        setDraft(text);
        composer.current?.focus();
      },
    }),
    [openSource, pickProof, regenerate, approve, setDraft],
  );

  const isWriting = isBusy || state.isTakingUp;
  const hasStarted = messages.length > 0 || isBusy;
  return (
    <div className="flex h-full min-h-0 gap-2">
      <section
        aria-label="Conversation"
        className="relative flex min-w-0 flex-1 flex-col overflow-hidden md:rounded-4 md:border md:border-rule md:bg-page"
      >
        <ConversationHeader threadId={threadId} title={name} />
        <div ref={scroller} onScroll={onScroll} className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
          <div ref={content} className="mx-auto max-w-[42.5rem] px-5 pt-4 pb-6 md:px-8 md:pt-6">
            {!hasStarted && empty?.(askAndShow)}
            {messages.map((message, index) =>
              message.role === 'user' ? (
                <Question key={message.id}>{messageText(message.parts)}</Question>
              ) : (
                <Answer
                  key={message.id}
                  message={message}
                  isLast={index === messages.length - 1}
                  isWriting={isWriting && index === messages.length - 1}
                  activeSource={passages.messageId === message.id ? source?.n : undefined}
                  filter={passages.messageId === message.id ? passages.filter : undefined}
                  actions={actions}
                />
              ),
            )}
            {state.queued !== undefined && <WaitingQuestion text={state.queued} onRemove={state.unqueue} />}
          </div>
        </div>
        <div className="shrink-0 px-4 pt-2 pb-[calc(0.75rem+env(safe-area-inset-bottom))] md:px-8 md:pb-5">
          {!isAtBottom && hasStarted && (
            // In the flow: floating over the conversation it would lie on a card's own buttons.
            <div className="flex justify-center pb-2">
              <Button size="sm" onClick={jump} className="rounded-full! bg-page">
                <ArrowDown aria-hidden="true" className="size-4" />
                Jump to latest
              </Button>
            </div>
          )}
          <div className="mx-auto max-w-[38.5rem]">
            {problem && (
              <ProblemStrip
                problem={problem}
                onRetry={() => askAndShow(draft)}
                onFollow={() => void state.follow()}
                onContinue={() => void state.continueAnswer()}
              />
            )}
            <Composer
              ref={composer}
              draft={draft}
              onDraft={setDraft}
              onAsk={askAndShow}
              onStop={() => void stop()}
              onRecall={recall}
              isBusy={isBusy}
              isStopping={state.isStopping}
              isFirst={!hasStarted}
            />
          </div>
        </div>
        <div role="status" className="sr-only">
          {announcement}
        </div>
      </section>
      {source && (
        <PassagePanel
          source={source}
          position={passages.position}
          count={passages.count}
          onPrevious={passages.previous}
          onNext={passages.next}
          onClose={close}
        />
      )}
    </div>
  );
}
