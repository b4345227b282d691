'use client';

import { type ReactNode, useState } from 'react';
import { useText } from '#use-text';
import { Button, TextButton } from '@/components/ui/button';
import { Form, type ReadField } from '@/components/ui/form';
import { ProblemText } from '@/components/ui/problem-text';
import type { PlanView } from '@/lib/db/queries/plan-actions';
import { MAX_TASK_MINUTES, MAX_TITLE_CHARACTERS } from '@/lib/domain/bounds';
import type { PlanTask } from '@/lib/domain/plan';
import { told } from '@/lib/language/told';
import { addTask, changePlan, changeTask, dropTask, type PlanActions } from './use-plans';

type RemarksProps = { plan: PlanView; actions: PlanActions };

type RemarkProps = { title: string; className?: string; children: ReactNode };

const Remark = ({ title, className, children }: RemarkProps) => (
  <section className={className}>
    <h2 className="font-semibold">{title}</h2>
    <div className="mt-1 max-w-measure text-[0.9375rem] text-ink-2 leading-5.75">{children}</div>
  </section>
);

/** What to leave when time gets short, and why the goals come in this order. */
export function PlanRemarks({ plan, actions }: RemarksProps) {
  const t = useText();
  const { dropFirst, why, detail } = plan;
  const warnings = detail.fits.ok ? detail.warnings : detail.warnings.slice(1);
  if (dropFirst === null && why === null && warnings.length === 0) return null;
  return (
    <div className="grid gap-6 border-rule border-t pt-6 md:grid-cols-2 md:gap-12">
      {dropFirst && (
        <Remark title={t('If time gets short')}>
          <p>{told(dropFirst.sentence, detail.said, t)}</p>
          <TextButton
            className="mt-1 min-h-8 text-sm"
            onClick={() => void actions.run(() => changePlan(plan.id, { dropGoal: dropFirst.goal }))}
          >
            {t('Drop it now')}
          </TextButton>
        </Remark>
      )}
      {why && <Remark title={t('Why this order')}>{told(why, detail.said, t)}</Remark>}
      {warnings.length > 0 && (
        <Remark title={t('Worth knowing')} className="md:col-span-2">
          <ul>
            {warnings.map((warning) => (
              <li key={warning}>{told(warning, detail.said, t)}</li>
            ))}
          </ul>
        </Remark>
      )}
    </div>
  );
}

/** Tasks without a day: nothing is lost silently. */
export function SetAside({ plan, actions }: RemarksProps) {
  const t = useText();
  const { setAside, said } = plan.detail;
  const titleOf = (task: PlanTask) => told(task.title, said, t);
  if (setAside.length === 0) return null;
  const isOver = plan.today > (plan.deadline ?? plan.endsOn);
  return (
    <section className="mt-8">
      <h2 className="pb-2 font-semibold">{t('Set aside')}</h2>
      <ul>
        {setAside.map((task) => (
          <li
            key={task.id}
            className="flex flex-wrap items-center gap-x-3 border-rule border-t py-2 last:border-b"
          >
            <span className="min-w-0 flex-1 basis-48 wrap-anywhere">
              {titleOf(task)}
              <span className="ml-2 text-ink-3 text-xs tabular">
                {t('{etaMin} min', { etaMin: task.etaMin })}
              </span>
            </span>
            {!isOver && (
              <Button
                variant="quiet"
                size="sm"
                aria-label={t('Put {title} on today', { title: titleOf(task) })}
                onClick={() => void actions.run(() => changeTask(plan.id, task.id, { date: plan.today }))}
              >
                {t('Put on today')}
              </Button>
            )}
            <Button
              variant="quiet"
              size="sm"
              aria-label={t('Remove {title}', { title: titleOf(task) })}
              onClick={() => void actions.run(() => dropTask(plan.id, task.id))}
            >
              {t('Remove')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** One of the student's own, on the first day with room. */
export function AddTask({ actions }: { actions: PlanActions }) {
  const t = useText();
  const [error, setError] = useState<string>();

  const add = async (read: ReadField, form: HTMLFormElement) => {
    const [title, etaMin] = [read('title'), Number(read('minutes'))];
    if (title === '') return setError(t('Name the task.'));
    if (actions.isBusy) return;
    setError(undefined);
    if (await actions.run(() => addTask({ title, etaMin }, t))) form.reset();
  };

  return (
    <Form onSend={add} className="mt-3 mb-8 flex flex-wrap items-start gap-2">
      <input
        name="title"
        aria-label={t('A task of your own')}
        placeholder={t('A task of your own')}
        maxLength={MAX_TITLE_CHARACTERS}
        autoComplete="off"
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? 'add-task-error' : undefined}
        className="h-11 min-w-0 flex-1 basis-full rounded-2 border border-edge bg-page px-3 md:h-10 md:max-w-80 md:basis-48"
      />
      <label className="flex items-center gap-2 text-ink-3">
        <input
          name="minutes"
          type="number"
          min={1}
          max={MAX_TASK_MINUTES}
          required
          defaultValue={20}
          aria-label={t('Minutes')}
          className="h-11 w-18 rounded-2 border border-edge bg-page px-3 text-ink md:h-10"
        />
        {t('min')}
      </label>
      <Button type="submit" busy={actions.isBusy}>
        {t('Add')}
      </Button>
      <ProblemText id="add-task-error" problem={error} className="w-full" />
    </Form>
  );
}
