'use client';

import { Check, ChevronDown, X } from 'lucide-react';
import { useText } from '#use-text';
import { TextButton } from '@/components/ui/button';
import { Spinner } from '@/components/ui/spinner';
import type { Activity, ActivityState, ActivityStep } from './tool-activity';

function StateIcon({ state, quiet = false }: { state: ActivityState; quiet?: boolean }) {
  if (state === 'running') return <Spinner />;
  if (state === 'failed') return <X aria-hidden="true" className="size-4 shrink-0 text-brick" />;
  return <Check aria-hidden="true" className={`size-4 shrink-0 ${quiet ? '' : 'text-moss'}`} />;
}

type RunningStepsProps = { steps: readonly ActivityStep[]; onCancel: (toolCallId: string) => void };

/** A line for each tool that runs, with the way to end it. */
const RunningSteps = ({ steps, onCancel }: RunningStepsProps) => {
  const t = useText();
  return steps.map(
    ({ state, text, toolCallId }) =>
      state === 'running' && (
        <p key={toolCallId} className="mb-3.5 flex min-h-6 items-center gap-2 text-ink-3 text-xs">
          <StateIcon state={state} quiet />
          <span className="min-w-0">{text}</span>
          {toolCallId !== undefined && (
            <TextButton
              className="-my-2.5 min-h-11 px-1 md:min-h-6"
              aria-label={t('Cancel: {text}', { text })}
              onClick={() => onCancel(toolCallId)}
            >
              {t('Cancel')}
            </TextButton>
          )}
        </p>
      ),
  );
};

/** One grey line that says what was done, and opens to its steps. */
export function ToolLine({
  activity,
  onCancel,
}: {
  activity: Activity;
  onCancel: (toolCallId: string) => void;
}) {
  const { state, summary, steps } = activity;
  const isShort = steps.length <= 1 && !steps[0]?.details?.length;
  if (state === 'running') return <RunningSteps steps={steps} onCancel={onCancel} />;
  if (isShort) {
    return (
      <p className="mb-3.5 flex min-h-6 items-center gap-2 text-ink-3 text-xs">
        <StateIcon state={state} quiet />
        <span>{summary}</span>
      </p>
    );
  }
  return (
    <details className="group mb-3.5 text-ink-3 text-xs">
      <summary className="inline-flex min-h-6 max-w-full cursor-pointer list-none items-center gap-2 rounded-1 [&::-webkit-details-marker]:hidden">
        <StateIcon state={state} quiet />
        <span>{summary}</span>
        <ChevronDown aria-hidden="true" className="size-4 shrink-0 group-open:rotate-180" />
      </summary>
      <ul className="mt-2 grid gap-1.5 rounded-3 border border-rule px-4 py-3 text-ink-2">
        {steps.map((step) => (
          <li key={step.key} className="grid grid-cols-[16px_1fr] items-start gap-x-2.5">
            <span className="grid h-4.5 place-items-center">
              <StateIcon state={step.state} />
            </span>
            <span className="min-w-0">
              {step.text}
              {step.details && step.details.length > 0 && (
                <span className="mt-0.5 block text-ink-3">
                  {step.details.map((title) => (
                    <span key={title} className="block truncate font-notes">
                      {title}
                    </span>
                  ))}
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
