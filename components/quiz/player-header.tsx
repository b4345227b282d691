'use client';

import { clsx } from 'clsx';
import { Flag, X } from 'lucide-react';
import Link from 'next/link';
import { buttonClass, IconButton } from '@/components/ui/button';
import type { AttemptAnswer } from '@/lib/domain/quiz';
import { paths } from '@/lib/links';

type StepState = 'right' | 'wrong' | 'skipped' | 'now' | 'open';

const LOOKS: Record<StepState, string> = {
  right: 'bg-moss',
  wrong: 'bg-brick',
  skipped: 'bg-edge',
  now: 'bg-ink',
  open: 'bg-[color-mix(in_srgb,var(--ink)_13%,transparent)]',
};

function stateOf(id: string, openId: string | undefined, answers: readonly AttemptAnswer[]): StepState {
  const answer = answers.find(({ itemId }) => itemId === id);
  if (!answer) return id === openId ? 'now' : 'open';
  if (answer.correct) return 'right';
  return answer.optionId === null ? 'skipped' : 'wrong';
}

type StepsProps = { order: readonly string[]; openId: string | undefined; answers: readonly AttemptAnswer[] };

/** Green and solid right, red and dashed wrong, ink the present one, grey what comes. */
function Steps({ order, openId, answers }: StepsProps) {
  const position = openId === undefined ? order.length : order.indexOf(openId) + 1;
  const isLong = order.length > 20;
  return (
    <div
      role="progressbar"
      aria-label={`Question ${position} of ${order.length}`}
      aria-valuemin={0}
      aria-valuemax={order.length}
      aria-valuenow={answers.length}
      className={clsx('flex w-full md:w-97.5', isLong ? 'gap-0.5' : 'gap-1.25')}
    >
      {order.map((id) => {
        const state = stateOf(id, openId, answers);
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

type PlayerHeaderProps = StepsProps & {
  report?: { isReported: boolean; toggle: () => void };
};

export function PlayerHeader({ report, ...steps }: PlayerHeaderProps) {
  const { order, openId } = steps;
  const position = openId === undefined ? order.length : order.indexOf(openId) + 1;
  return (
    <header className="grid min-h-14 shrink-0 grid-cols-[2.75rem_minmax(0,1fr)_2.75rem] items-center gap-2 px-2 md:min-h-16 md:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)] md:px-5">
      <Link
        href={paths.practice}
        className={buttonClass({ variant: 'quiet', className: 'w-fit max-md:size-11 max-md:p-0' })}
      >
        <X aria-hidden="true" className="size-4.5" />
        <span className="max-md:sr-only">Leave, keep my place</span>
      </Link>
      <Steps {...steps} />
      <span className="flex items-center gap-2 justify-self-end">
        <span className="text-ink-3 text-xs tabular max-md:hidden">
          {position} of {order.length}
        </span>
        {report && (
          <IconButton
            label={report.isReported ? 'Take the report back' : 'Report this question'}
            aria-pressed={report.isReported}
            aria-keyshortcuts="F"
            onClick={report.toggle}
          >
            <Flag
              aria-hidden="true"
              className={clsx('size-4', report.isReported && 'fill-current text-ink')}
            />
          </IconButton>
        )}
      </span>
    </header>
  );
}
