'use client';

import { WifiOff } from 'lucide-react';
import type { Ref } from 'react';
import { useText } from '#use-text';
import { Button } from '@/components/ui/button';
import { Kbd } from '@/components/ui/kbd';
import { Strip } from '@/components/ui/strip';
import { CONFIDENCES, type Confidence, type QuizFormat } from '@/lib/domain/quiz';
import { type Message, type Translate, text } from '@/lib/language/text';
import type { QuizRun } from './use-quiz-run';

const NAMES: Record<Confidence, Message> = {
  guessing: text('Guessing'),
  fairly: text('Fairly'),
  certain: text('Certain'),
};

const ASKS: Record<QuizFormat, Message> = {
  choice: text('Choose an answer.'),
  typed: text('Write the answer.'),
  truth: text('True or false?'),
  matching: text('Match every pair.'),
  ordering: text('Move the steps into their order.'),
};

type PlayerFooterProps = { run: QuizRun; onNext: () => void; nextButton: Ref<HTMLButtonElement> };

/** In the thumb's third: first how sure, then on. */
export function PlayerFooter({ run, onNext, nextButton }: PlayerFooterProps) {
  const t = useText();
  const { answer, selected, problem, isSending, isLast, commit, retry } = run;
  return (
    <footer className="shrink-0 border-rule border-t bg-desk pb-[env(safe-area-inset-bottom)]">
      <div className="mx-auto flex max-w-measure flex-col gap-2.5 px-5 pt-3.5 pb-5 md:min-h-19 md:flex-row md:flex-wrap md:items-center md:gap-3 md:px-0 md:py-3.5">
        {problem && (
          <Strip
            tone={problem.isOffline ? 'calm' : 'bad'}
            {...(problem.isOffline ? { icon: WifiOff } : {})}
            className="md:w-full"
            onRetry={retry}
          >
            {t.fault({ message: problem.text })}
            {problem.traceId && (
              <span className="text-ink-3"> {t('Code {traceId}', { traceId: problem.traceId })}</span>
            )}
          </Strip>
        )}
        {answer ? (
          <div key="told" className="settle flex flex-1 items-center justify-between gap-3">
            <p className="min-w-0 text-ink-3 text-xs">{footnote(run, t)}</p>
            <Button
              ref={nextButton}
              variant="primary"
              size="lg"
              className="max-md:flex-1"
              aria-keyshortcuts="Enter"
              onClick={onNext}
            >
              {isLast ? t('See how it went') : t('Next')}
              <span className="max-md:hidden">
                <Kbd onInk>↵</Kbd>
              </span>
            </Button>
          </div>
        ) : selected === null ? (
          <div key="asked" className="settle flex flex-1 items-center justify-between gap-3">
            <p className="text-ink-2">
              {t(ASKS[run.item?.format ?? 'choice'])} {t('Then say how sure you are.')}
            </p>
            <Button variant="quiet" busy={isSending} onClick={() => commit(null, null)}>
              {t('Skip')}
            </Button>
          </div>
        ) : (
          <HowSure isSending={isSending} onSay={(confidence) => commit(selected, confidence)} />
        )}
      </div>
    </footer>
  );
}

type HowSureProps = { isSending: boolean; onSay: (confidence: Confidence) => void };

const HowSure = ({ isSending, onSay }: HowSureProps) => {
  const t = useText();
  return (
    // biome-ignore lint/a11y/useSemanticElements: three buttons with a common question, not fields of a form.
    <div
      role="group"
      aria-labelledby="quiz-sure"
      className="settle flex flex-1 flex-col gap-2.5 md:flex-row md:items-center md:gap-4"
    >
      <h2 id="quiz-sure" className="font-semibold text-sm">
        {t('How sure are you?')}
      </h2>
      <div className="grid flex-1 grid-cols-3 gap-2">
        {CONFIDENCES.map((confidence, index) => (
          <Button
            key={confidence}
            busy={isSending}
            className="min-w-0 px-1!"
            aria-keyshortcuts={String(index + 1)}
            onClick={() => onSay(confidence)}
          >
            {t(NAMES[confidence])}
          </Button>
        ))}
      </div>
    </div>
  );
};

/** What follows from how sure the student was; only what really happens. */
function footnote({ answer }: QuizRun, t: Translate): string {
  if (!answer) return '';
  if (answer.optionId === null)
    return t('Skipped. No point for it here, and nothing said of it in your progress.');
  if (!answer.correct && answer.confidence === 'certain')
    return t('Certain and wrong comes first in the results.');
  return answer.correct && answer.confidence === 'guessing'
    ? t('A guess counts, and is listed to look at again.')
    : '';
}
