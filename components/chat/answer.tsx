'use client';

import { clsx } from 'clsx';
import { RotateCcw } from 'lucide-react';
import { memo, useMemo } from 'react';
import { Markdown } from '@/components/markdown/markdown';
import { ProofContext } from '@/components/markdown/proof-context';
import { IconButton } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Tooltip } from '@/components/ui/tooltip';
import { contentOf } from '@/lib/agent/message-codec';
import type { ClervaMessage } from '@/lib/agent/messages';
import type { Verdict } from '@/lib/domain/citation';
import { answerWithSources } from './answer-text';
import { Confirmation } from './confirmation';
import { Notices } from './notices';
import { countProof } from './proof-counts';
import { ProofLine } from './proof-line';
import { readActivity } from './tool-activity';
import { ToolCards } from './tool-cards';
import { ToolLine } from './tool-line';

const OFFLINE_BRAIN = 'clerva-study-brain';

export type AnswerActions = {
  openSource: (messageId: string, n: number, opener: HTMLElement) => void;
  pickProof: (messageId: string, kind: Verdict, opener: HTMLElement) => void;
  regenerate: () => void;
  approve: (answer: { id: string; approved: boolean; reason?: string }) => void;
  edit: (text: string) => void;
};

type AnswerProps = {
  message: ClervaMessage;
  isWriting: boolean;
  isLast: boolean;
  /** The source of this message whose passage is open. */
  activeSource: number | undefined;
  filter: Verdict | undefined;
  actions: AnswerActions;
};

/** What Clerva says: text on the page, without bubble or face, with its proof below. */
export const Answer = memo(function Answer({
  message,
  isWriting,
  isLast,
  activeSource,
  filter,
  actions,
}: AnswerProps) {
  const content = useMemo(() => contentOf(message.parts), [message]);
  const { text, citations, unsupported, notices, tools } = content;
  const activity = readActivity(content);
  const proof = useMemo(
    () => ({
      citations,
      active: activeSource,
      open: (n: number, chip: HTMLElement) => actions.openSource(message.id, n, chip),
    }),
    [citations, activeSource, actions, message.id],
  );
  const status = message.metadata?.status;
  return (
    <article aria-label="Answer" data-message={message.id} className="mb-10">
      {message.metadata?.model === OFFLINE_BRAIN && (
        <p className="mb-2">
          <span className="tag" title="No model key is set, so the offline study brain answers.">
            offline brain
          </span>
        </p>
      )}
      {activity && <ToolLine activity={activity} />}
      <ProofContext value={proof}>
        <div className={clsx('answer', isWriting && 'is-writing')}>
          <Markdown text={text} known={citations} unsupported={unsupported} isStreaming={isWriting} />
        </div>
      </ProofContext>
      <ToolCards tools={tools} threadId={message.metadata?.threadId} />
      {!isWriting && <Notices notices={notices} hasText={text.trim() !== ''} />}
      {tools.map((part) => (
        <Confirmation key={part.toolCallId} part={part} onAnswer={actions.approve} onEdit={actions.edit} />
      ))}
      {!isWriting && status === 'stopped' && <p className="mt-3 text-ink-3 text-xs">stopped here</p>}
      {!isWriting && (text !== '' || isLast) && (
        <footer className="mt-5 flex items-start justify-end gap-2 border-rule border-t pt-2">
          <ProofLine
            counts={countProof(content)}
            filter={filter}
            onPick={(kind, button) => actions.pickProof(message.id, kind, button)}
          />
          <div className="-mr-2 flex shrink-0">
            {text !== '' && (
              <CopyButton
                label={citations.size > 0 ? 'Copy with sources' : 'Copy'}
                text={() => answerWithSources(content)}
              />
            )}
            {isLast && (
              <Tooltip text="Answer again">
                <IconButton label="Answer again" onClick={actions.regenerate}>
                  <RotateCcw aria-hidden="true" className="size-4" />
                </IconButton>
              </Tooltip>
            )}
          </div>
        </footer>
      )}
    </article>
  );
});
