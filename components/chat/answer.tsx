'use client';

import { clsx } from 'clsx';
import { RotateCcw } from 'lucide-react';
import { Component, memo, type ReactNode, Suspense, useMemo } from 'react';
import { useText } from '#use-text';
import { Markdown } from '@/components/markdown/markdown';
import { ProofContext } from '@/components/markdown/proof-context';
import { ButtonLink, IconButton, TextButton } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Strip } from '@/components/ui/strip';
import { Tooltip } from '@/components/ui/tooltip';
import { type ClervaMessage, contentOf, type MessageContent, type ToolPart } from '@/lib/agent/messages';
import type { Verdict } from '@/lib/domain/citation';
import type { Notice } from '@/lib/domain/message';
import type { TurnSettings } from '@/lib/domain/turn';
import { told } from '@/lib/language/told';
import { paths } from '@/lib/links';
import { isToolFailure } from '@/lib/tools/tool-failure';
import { AnswerActs } from './answer-acts';
import { AnswerReading } from './answer-reading';
import { answerWithSources } from './answer-text';
import { Confirmation } from './confirmation';
import type { ApprovalAnswer, Progress } from './conversation';
import { asksWhich, DocumentAnswers } from './document-answers';
import { NudgeMenu, nudgeWord } from './nudge-menu';
import { countProof, ProofLine } from './proof-line';
import { readActivity } from './tool-activity';
import { ToolLine } from './tool-line';
import { viewOf } from './tools';
import { Versions } from './versions';

/** A shorter answer that cites nothing is no note worth keeping. */
const NOTE_CHARACTERS = 200;
const OFFLINE_BRAIN = 'clerva-study-brain';

export type AnswerActions = {
  openSource: (messageId: string, n: number, opener: HTMLElement) => void;
  pickProof: (messageId: string, kind: Verdict, opener: HTMLElement) => void;
  regenerate: (again?: Again) => void;
  show: (messageId: string) => void;
  cancel: (toolCallId: string) => void;
  approve: (answer: ApprovalAnswer) => void;
  edit: (text: string) => void;
  ask: (text: string) => void;
};

type Again = { messageId?: string; nudge?: TurnSettings['nudge'] };

type AnswerProps = {
  message: ClervaMessage;
  /** The question it answers. */
  asked: string;
  /** It and the other answers to its question, oldest first. */
  versions: readonly string[];
  /** Some answer is being written: nothing is begun meanwhile. */
  isBusy: boolean;
  /** How far its tools are. */
  progress: Progress;
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
  asked,
  versions,
  isBusy,
  progress,
  isWriting,
  isLast,
  activeSource,
  filter,
  actions,
}: AnswerProps) {
  const t = useText();
  const content = useMemo(() => contentOf(message.parts), [message]);
  const { text, citations, unsupported, notices, tools } = content;
  const activity = readActivity(content, { isWriting, isPassedOver: !isLast, progress }, t);
  const proof = useMemo(
    () => ({
      citations,
      active: activeSource,
      open: (n: number, chip: HTMLElement) => actions.openSource(message.id, n, chip),
    }),
    [citations, activeSource, actions, message.id],
  );
  return (
    <article aria-label={t('Answer')} data-message={message.id} className="mb-10">
      {message.metadata?.model === OFFLINE_BRAIN && (
        <p className="mb-2">
          <span className="tag" title={t('No model key is set, so the offline study brain answers.')}>
            {t('offline brain')}
          </span>
        </p>
      )}
      {message.metadata?.imported && (
        <p className="mb-2">
          <span className="tag" title={t('It was brought from elsewhere, and nothing of it was checked.')}>
            {t('imported')}
          </span>
        </p>
      )}
      {activity && <ToolLine activity={activity} onCancel={actions.cancel} />}
      <ProofContext value={proof}>
        <div className={clsx('answer', isWriting && 'is-writing')}>
          <Markdown text={text} known={citations} unsupported={unsupported} isStreaming={isWriting} />
        </div>
      </ProofContext>
      <ToolCards tools={tools} threadId={message.metadata?.threadId} />
      {!isWriting && <Notices notices={notices} hasText={text.trim() !== ''} />}
      {tools.map((part) => (
        <Confirmation
          key={part.toolCallId}
          part={part}
          isPassedOver={!isLast}
          onAnswer={actions.approve}
          onEdit={actions.edit}
        />
      ))}
      {!isWriting && message.metadata?.status === 'stopped' && (
        <Stopped isEmpty={text.trim() === ''} onAgain={isLast ? () => actions.regenerate() : undefined} />
      )}
      {!isWriting && isLast && tools.length === 0 && asksWhich(text) && (
        <DocumentAnswers onAnswer={actions.ask} />
      )}
      {!isWriting && (text !== '' || isLast) && (
        <Foot
          {...{ message, content, versions, isBusy, isLast, filter, actions }}
          onPick={(kind, button) => actions.pickProof(message.id, kind, button)}
        />
      )}
      {!isWriting && (citations.size > 0 || (isLast && text.length > NOTE_CHARACTERS)) && (
        <AnswerActs content={content} asked={asked} />
      )}
      {!isWriting && (text.trim() !== '' || tools.length > 0) && (
        <AnswerReading metadata={message.metadata} />
      )}
    </article>
  );
});

function Stopped({ isEmpty, onAgain }: { isEmpty: boolean; onAgain: (() => void) | undefined }) {
  const t = useText();
  return (
    <p className="mt-3 text-ink-3 text-xs">
      {isEmpty ? t('Stopped before an answer.') : t('stopped here')}
      {isEmpty && onAgain && (
        <>
          {' '}
          <TextButton onClick={onAgain}>{t('Ask again')}</TextButton>
        </>
      )}
    </p>
  );
}

type FootProps = Pick<AnswerProps, 'message' | 'versions' | 'isBusy' | 'isLast' | 'filter' | 'actions'> & {
  content: MessageContent;
  onPick: (kind: Verdict, button: HTMLElement) => void;
};

/** The proof of an answer, and what can be done with it. */
function Foot({ message, content, versions, isBusy, isLast, filter, actions, onPick }: FootProps) {
  const t = useText();
  const { nudge } = message.metadata ?? {};
  // The last answer needs no name, also one that never began.
  const named = isLast ? {} : { messageId: message.id };
  return (
    <footer className="mt-5 flex flex-wrap items-start justify-end gap-x-2 border-rule border-t pt-2">
      <ProofLine counts={countProof(content)} filter={filter} onPick={onPick} />
      <div className="-mr-2 flex flex-wrap items-center justify-end">
        {nudge && <span className="mr-1 text-ink-3 text-xs">{nudgeWord(nudge, t)}</span>}
        <Versions of="answer" ids={versions} current={message.id} isBusy={isBusy} onShow={actions.show} />
        {content.text !== '' && (
          <CopyButton
            label={content.citations.size > 0 ? t('Copy with sources') : t('Copy')}
            text={() => answerWithSources(content, t)}
          />
        )}
        {!isBusy && (
          <>
            <Tooltip text={t('Answer again')}>
              <IconButton label={t('Answer again')} onClick={() => actions.regenerate(named)}>
                <RotateCcw aria-hidden="true" className="size-4" />
              </IconButton>
            </Tooltip>
            <NudgeMenu onPick={(picked) => actions.regenerate({ ...named, nudge: picked })} />
          </>
        )}
      </div>
    </footer>
  );
}

/** What stands beside an answer: the way to more notes, where the notes were the limit, or that it was cut. */
function Notices({ notices, hasText }: { notices: readonly Notice[]; hasText: boolean }) {
  const t = useText();
  return notices.map(({ kind, text: english, said }) => {
    const text = told(english, said, t);
    // The tag above the answer says it already.
    if (kind === 'offline_brain') return null;
    const isCut = kind === 'cut_short';
    if (kind === 'read_as' || kind === 'not_seen')
      return (
        <p key={kind} className="mt-3 text-ink-3 text-sm">
          {text}
        </p>
      );
    return (
      <div key={kind} className="mt-4">
        {/* The answer itself says that it found nothing; saying it twice would only be louder. */}
        {(isCut || !hasText) && <Strip>{text}</Strip>}
        {!isCut && (
          <ButtonLink size="sm" className="mt-3" href={paths.library}>
            {t('Add notes on it')}
          </ButtonLink>
        )}
      </div>
    );
  });
}

/** An old conversation may hold a result of an older shape. Its card is left out; the answer's words stay. */
class CardBoundary extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    return this.state.hasFailed ? null : this.props.children;
  }
}

/** The cards of an answer, in the order their tools ran. */
function ToolCards({ tools, threadId }: { tools: readonly ToolPart[]; threadId: string | undefined }) {
  return tools.map((part) => {
    const Card = viewOf(part)?.Card;
    if (!Card || part.state !== 'output-available' || isToolFailure(part.output)) return null;
    return (
      <CardBoundary key={part.toolCallId}>
        <Suspense>
          <Card part={part} threadId={threadId} />
        </Suspense>
      </CardBoundary>
    );
  });
}
