'use client';

import { useState } from 'react';
import { useText } from '#use-text';
import { Button } from '@/components/ui/button';
import { ProblemText } from '@/components/ui/problem-text';
import { type ClervaMessage, messageText } from '@/lib/agent/messages';
import type { Verdict } from '@/lib/domain/citation';
import { Answer, type AnswerActions } from './answer';
import { attachedIn } from './attachment-chips';
import { idAt, type Progress, versionsAt } from './conversation';
import { Question } from './question';

/** What a message answers. */
const questionOf = (messages: readonly ClervaMessage[], index: number): string => {
  const asked = messages.slice(0, index).findLast(({ role }) => role === 'user');
  return asked ? messageText(asked.parts) : '';
};

export type MessagesProps = {
  threadId: string | undefined;
  state: { isWriting: boolean; isBusy: boolean; progress: Progress };
  shown: readonly ClervaMessage[];
  /** What was said before the messages that were loaded. */
  earlier: {
    hasMore: boolean;
    pending: boolean;
    problem: string | undefined;
    load: (threadId: string) => Promise<unknown>;
  };
  /** Whose passage is open, and of which kind those are that are walked. */
  passages: { messageId: string | undefined; source: { n: number } | undefined; filter: Verdict | undefined };
  actions: AnswerActions & { askOtherwise: (id: string, words: string) => Promise<boolean> };
};

/** What was asked and answered. */
export function Messages({ threadId, state, shown, earlier, passages, actions }: MessagesProps) {
  const t = useText();
  const { isWriting, isBusy, progress } = state;
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
            {t('Show what was said before')}
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
    </>
  );
}
