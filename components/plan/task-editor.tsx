'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/text-field';
import { MAX_TASK_MINUTES, MAX_TITLE_CHARACTERS } from '@/lib/domain/bounds';
import type { PlanTask, TaskEdit } from '@/lib/domain/plan';
import { changeTask } from './requests';
import type { PlanActions } from './use-plans';

type TaskEditorProps = {
  task: PlanTask;
  planId: string;
  today: string;
  /** The last day a task may stand on. */
  lastDay: string;
  actions: PlanActions;
  onClose: () => void;
};

/** Another day, other minutes, other words. */
export function TaskEditor({ task, planId, today, lastDay, actions, onClose }: TaskEditorProps) {
  const [error, setError] = useState<string>();

  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (actions.isBusy) return;
    const form = new FormData(event.currentTarget);
    const title = String(form.get('title') ?? '').trim();
    const date = String(form.get('date') ?? '');
    const etaMin = Number(form.get('minutes'));
    if (title === '') return setError('Give it a name.');
    const change: TaskEdit = {
      ...(title === task.title ? {} : { title }),
      ...(date === '' || date === task.date ? {} : { date }),
      ...(etaMin === task.etaMin || !Number.isInteger(etaMin) ? {} : { etaMin }),
    };
    if (Object.keys(change).length === 0 || (await actions.run(() => changeTask(planId, task.id, change)))) {
      onClose();
    }
  };

  return (
    <form
      onSubmit={save}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
      className="grid gap-3"
    >
      <TextField
        label="Day"
        name="date"
        type="date"
        min={today}
        max={lastDay}
        defaultValue={task.date < today ? today : task.date}
        autoFocus
        className="h-11! px-2!"
      />
      <TextField
        label="Task"
        name="title"
        defaultValue={task.title}
        maxLength={MAX_TITLE_CHARACTERS}
        autoComplete="off"
        {...(error === undefined ? {} : { error })}
        className="h-11! px-2!"
      />
      <TextField
        label="Minutes"
        name="minutes"
        type="number"
        min={1}
        max={MAX_TASK_MINUTES}
        defaultValue={task.etaMin}
        className="h-11! px-2!"
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" size="sm" busy={actions.isBusy}>
          Save
        </Button>
        <Button variant="quiet" size="sm" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
