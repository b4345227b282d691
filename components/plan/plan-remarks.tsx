'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import type { PlanView } from '@/lib/db/queries/plan-actions';
import { MAX_TASK_MINUTES, MAX_TITLE_CHARACTERS } from '@/lib/domain/bounds';
import type { PlanTask } from '@/lib/domain/plan';
import { addTask, changePlan, changeTask, dropTask } from './requests';
import type { PlanActions } from './use-plans';

type RemarksProps = { plan: PlanView; actions: PlanActions };

/** What to leave when time gets short, and why the goals come in this order. */
export function PlanRemarks({ plan, actions }: RemarksProps) {
  const { dropFirst, why, detail } = plan;
  const warnings = detail.fits.ok ? detail.warnings : detail.warnings.slice(1);
  if (dropFirst === null && why === null && warnings.length === 0) return null;
  return (
    <div className="grid gap-6 border-rule border-t pt-6 md:grid-cols-2 md:gap-12">
      {dropFirst && (
        <section>
          <h2 className="font-semibold">If time gets short</h2>
          <p className="mt-1 text-[0.9375rem] text-ink-2 leading-5.75">{dropFirst.sentence}</p>
          <button
            type="button"
            className="link mt-1 min-h-8"
            onClick={() => void actions.run(() => changePlan(plan.id, { dropGoal: dropFirst.goal }))}
          >
            Drop it now
          </button>
        </section>
      )}
      {why && (
        <section>
          <h2 className="font-semibold">Why this order</h2>
          <p className="mt-1 text-[0.9375rem] text-ink-2 leading-5.75">{why}</p>
        </section>
      )}
      {warnings.length > 0 && (
        <section className="md:col-span-2">
          <h2 className="font-semibold">Worth knowing</h2>
          <ul className="mt-1 max-w-measure text-[0.9375rem] text-ink-2 leading-5.75">
            {warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

/** Tasks without a day: nothing is lost silently. */
export function SetAside({ plan, actions }: RemarksProps) {
  const { setAside } = plan.detail;
  if (setAside.length === 0) return null;
  const isOver = plan.today > (plan.deadline ?? plan.endsOn);
  const remove = (task: PlanTask) => actions.run(() => dropTask(plan.id, task.id));
  const putToday = (task: PlanTask) => actions.run(() => changeTask(plan.id, task.id, { date: plan.today }));
  return (
    <section className="mt-8">
      <h2 className="pb-2 font-semibold">Set aside</h2>
      <ul>
        {setAside.map((task) => (
          <li
            key={task.id}
            className="flex flex-wrap items-center gap-x-3 border-rule border-t py-2 last:border-b"
          >
            <span className="min-w-0 flex-1 basis-48 wrap-anywhere">
              {task.title}
              <span className="ml-2 text-ink-3 text-xs tabular">{task.etaMin} min</span>
            </span>
            {!isOver && (
              <Button
                variant="quiet"
                size="sm"
                aria-label={`Put ${task.title} on today`}
                onClick={() => void putToday(task)}
              >
                Put on today
              </Button>
            )}
            <Button
              variant="quiet"
              size="sm"
              aria-label={`Remove ${task.title}`}
              onClick={() => void remove(task)}
            >
              Remove
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** One of the student's own, on the first day with room. */
export function AddTask({ actions }: { actions: PlanActions }) {
  const [error, setError] = useState<string>();

  const add = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const values = new FormData(form);
    const title = String(values.get('title') ?? '').trim();
    const etaMin = Number(values.get('minutes'));
    if (title === '') return setError('Name the task.');
    if (actions.isBusy) return;
    setError(undefined);
    let note: string | null = null;
    const isDone = await actions.run(async () => {
      note = (await addTask({ title, etaMin })).note;
      return undefined;
    });
    if (!isDone) return;
    form.reset();
    actions.setNote(note ?? `“${title}” is on the first day with room.`);
  };

  return (
    <form onSubmit={add} className="mt-3 mb-8 flex flex-wrap items-start gap-2">
      <input
        name="title"
        aria-label="A task of your own"
        placeholder="A task of your own"
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
          aria-label="Minutes"
          className="h-11 w-18 rounded-2 border border-edge bg-page px-3 text-ink md:h-10"
        />
        min
      </label>
      <Button type="submit" busy={actions.isBusy}>
        Add
      </Button>
      {error && (
        <p id="add-task-error" role="alert" className="w-full text-brick text-xs">
          {error}
        </p>
      )}
    </form>
  );
}
