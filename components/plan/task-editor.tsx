'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Form, type ReadField } from '@/components/ui/form';
import { TextField } from '@/components/ui/text-field';
import type { PlanView } from '@/lib/db/queries/plan-actions';
import { MAX_TASK_MINUTES, MAX_TITLE_CHARACTERS } from '@/lib/domain/bounds';
import type { PlanTask, TaskEdit } from '@/lib/domain/plan';
import { changeTask } from './requests';
import type { PlanActions } from './use-plans';

type TaskEditorProps = { task: PlanTask; plan: PlanView; actions: PlanActions; onClose: () => void };

/** Another day, other minutes, other words. */
export function TaskEditor({ task, plan, actions, onClose }: TaskEditorProps) {
  const [error, setError] = useState<string>();

  const save = async (read: ReadField) => {
    if (actions.isBusy) return;
    const [title, date, etaMin] = [read('title'), read('date'), Number(read('minutes'))];
    if (title === '') return setError('Give it a name.');
    const change: TaskEdit = {
      ...(title === task.title ? {} : { title }),
      ...(date === '' || date === task.date ? {} : { date }),
      ...(etaMin === task.etaMin || !Number.isInteger(etaMin) ? {} : { etaMin }),
    };
    if (Object.keys(change).length === 0 || (await actions.run(() => changeTask(plan.id, task.id, change)))) {
      onClose();
    }
  };

  return (
    <Form onSend={save} onLeave={onClose} className="grid gap-3">
      <TextField
        label="Day"
        name="date"
        type="date"
        min={plan.today}
        max={plan.deadline ?? plan.endsOn}
        defaultValue={task.date < plan.today ? plan.today : task.date}
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
    </Form>
  );
}
