'use client';

import { clsx } from 'clsx';
import { Flag } from 'lucide-react';
import { useText } from '#use-text';
import { useFirstPress } from '@/components/client/use-first-press';
import { IconButton } from '@/components/ui/button';
import { LeaveLink } from '@/components/ui/leave-link';
import type { AttemptAnswer } from '@/lib/domain/quiz';
import type { QuizRun } from './use-quiz-run';

type StepState = 'right' | 'partly' | 'wrong' | 'skipped' | 'now' | 'open';

const LOOKS: Record<StepState, string> = {
  right: 'bg-moss',
  partly: 'bg-[color-mix(in_srgb,var(--moss)_45%,transparent)]',
  wrong: 'bg-brick',
  skipped: 'bg-edge',
  now: 'bg-ink',
  open: 'bg-[color-mix(in_srgb,var(--ink)_13%,transparent)]',
};

function stateOf(id: string, openId: string | undefined, answers: readonly AttemptAnswer[]): StepState {
  const answer = answers.find(({ itemId }) => itemId === id);
  if (!answer) return id === openId ? 'now' : 'open';
  if (answer.correct) return 'right';
  if (answer.optionId === null) return 'skipped';
  return (answer.credit ?? 0) > 0 ? 'partly' : 'wrong';
}

type StepsProps = Pick<QuizRun, 'order' | 'item' | 'answers'>;

/** Green and solid right, red and dashed wrong, ink the present one, grey what comes. */
function Steps({ order, item, answers }: StepsProps) {
  const t = useText();
  return (
    <div
      role="progressbar"
      aria-label={t('Question {placeOf} of {count}', {
        placeOf: placeOf({ order, item }),
        count: order.length,
      })}
      aria-valuemin={0}
      aria-valuemax={order.length}
      aria-valuenow={answers.length}
      className={clsx('flex w-full md:w-97.5', order.length > 20 ? 'gap-0.5' : 'gap-1.25')}
    >
      {order.map((id) => {
        const state = stateOf(id, item?.id, answers);
        return (
          <i
            key={id}
            data-state={state}
            className={clsx('quiz-step h-1 min-w-0.5 flex-1 rounded-full forced-colors:border', LOOKS[state])}
          />
        );
      })}
    </div>
  );
}

const placeOf = ({ order, item }: Pick<QuizRun, 'order' | 'item'>) =>
  item === undefined ? order.length : order.indexOf(item.id) + 1;

type PlayerHeaderProps = { run: QuizRun; isReported: boolean; onReport: () => void };

export function PlayerHeader({ run, isReported, onReport }: PlayerHeaderProps) {
  const t = useText();
  const isFirstPress = useFirstPress();
  return (
    <header className="grid min-h-14 shrink-0 grid-cols-[2.75rem_minmax(0,1fr)_2.75rem] items-center gap-2 px-2 md:min-h-16 md:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)] md:px-5">
      <LeaveLink />
      <Steps {...run} />
      <span className="flex items-center gap-2 justify-self-end">
        <span className="text-ink-3 text-xs tabular max-md:hidden">
          {t('{placeOf} of {count}', { placeOf: placeOf(run), count: run.order.length })}
        </span>
        <IconButton
          label={isReported ? t('Take the report back') : t('Report this question')}
          aria-pressed={isReported}
          aria-keyshortcuts="F"
          onClick={(event) => isFirstPress(event) && onReport()}
        >
          <Flag aria-hidden="true" className={clsx('size-4', isReported && 'fill-current text-ink')} />
        </IconButton>
      </span>
    </header>
  );
}
