'use client';

import { clsx } from 'clsx';
import { Check } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useText } from '#use-text';
import { Button } from '@/components/ui/button';
import { useInPlace } from '@/components/ui/editable-row';
import { Form, type ReadField } from '@/components/ui/form';
import { MenuItem, MenuSeparator, MoreMenu } from '@/components/ui/menu';
import { TextField } from '@/components/ui/text-field';
import { spokenDate } from '@/lib/calendar/words';
import type { PlanView } from '@/lib/db/queries/plan-actions';
import { MAX_TASK_MINUTES, MAX_TITLE_CHARACTERS } from '@/lib/domain/bounds';
import type { PlanTask, TaskEdit } from '@/lib/domain/plan';
import type { Translate } from '@/lib/language/text';
import { told } from '@/lib/language/told';
import { changeTask, dropTask, type PlanActions } from './use-plans';

type TaskRowProps = { task: PlanTask; plan: PlanView; actions: PlanActions };

const metaOf = (task: PlanTask, today: string, t: Translate) =>
  [
    `${task.etaMin} min`,
    // Where a later task was pushed from says nothing; where a missed one comes from does.
    task.movedFrom === null || task.movedFrom >= today
      ? null
      : t('from {date}', { date: spokenDate(task.movedFrom, today, t.language) }),
    task.reason,
  ]
    .filter((part) => part !== null)
    .join(' · ');

function Tick({ task, plan, actions, describedBy }: TaskRowProps & { describedBy: string }) {
  return (
    <label className="relative -m-2.5 grid size-11 cursor-pointer place-items-center xl:-m-1.5 xl:size-8">
      <input
        type="checkbox"
        checked={task.completed}
        onChange={(event) => void actions.tick(plan.id, task.id, event.target.checked)}
        aria-label={task.title}
        aria-describedby={describedBy}
        className={clsx(
          'peer size-5.5 cursor-pointer appearance-none rounded-[6px] border-[1.5px] forced-colors:appearance-auto xl:size-4.5 xl:rounded-[5px]',
          task.completed ? 'border-transparent bg-sunk' : 'border-edge bg-page',
        )}
      />
      {task.completed && (
        <Check
          aria-hidden="true"
          strokeWidth={2.5}
          className="pointer-events-none absolute size-3.5 text-ink-2 forced-colors:hidden"
        />
      )}
    </label>
  );
}

const TITLE = 'font-medium text-[0.9375rem] leading-5.25 xl:text-sm xl:leading-4.75';

/** A tick, a verb and its topic, the minutes, and why it is there. */
export function TaskRow({ task: planned, plan, actions }: TaskRowProps) {
  const t = useText();
  const said = (words: string) => told(words, plan.detail.said, t);
  const task = { ...planned, title: said(planned.title), reason: planned.reason && said(planned.reason) };
  const editor = useInPlace();
  const { completed, title, link } = task;
  const metaId = `meta-${task.id}`;

  if (editor.isOpen) {
    return (
      <li className="py-2">
        <TaskEditor task={task} plan={plan} actions={actions} onClose={editor.close} />
      </li>
    );
  }
  return (
    <li className="group relative grid grid-cols-[24px_minmax(0,1fr)_auto] items-start gap-x-2.5 py-1.75 xl:grid-cols-[20px_minmax(0,1fr)] xl:gap-x-2">
      <Tick task={task} plan={plan} actions={actions} describedBy={metaId} />
      <span className={clsx('min-w-0 pt-px wrap-anywhere', completed && 'text-ink-3')}>
        {link === null ? (
          <span className={TITLE}>{title}</span>
        ) : (
          <Link href={link} prefetch={false} className={`${TITLE} hover:underline hover:underline-offset-3`}>
            {title}
          </Link>
        )}
        <span id={metaId} className="mt-px block text-ink-3 text-xs tabular">
          {metaOf(task, plan.today, t)}
        </span>
      </span>
      {!completed && (
        <MoreMenu
          about={title}
          ref={editor.opener}
          triggerClassName="-my-2 size-11! [&_svg]:size-4 md:size-9! xl:absolute! xl:top-0 xl:right-0 xl:my-0 xl:size-7! xl:bg-page! xl:opacity-0 xl:group-focus-within:opacity-100 xl:group-hover:opacity-100 xl:data-[state=open]:opacity-100"
        >
          <MenuItem onSelect={editor.open}>{t('Move or change')}</MenuItem>
          <MenuSeparator />
          <MenuItem onSelect={() => void actions.run(() => dropTask(plan.id, task.id))}>
            {t('Set aside')}
          </MenuItem>
        </MoreMenu>
      )}
    </li>
  );
}

/** Another day, other minutes, other words. */
function TaskEditor({ task, plan, actions, onClose }: TaskRowProps & { onClose: () => void }) {
  const t = useText();
  const [error, setError] = useState<string>();

  const save = async (read: ReadField) => {
    if (actions.isBusy) return;
    const [title, date, etaMin] = [read('title'), read('date'), Number(read('minutes'))];
    if (title === '') return setError(t('Give it a name.'));
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
        label={t('Day')}
        name="date"
        type="date"
        min={plan.today}
        max={plan.deadline ?? plan.endsOn}
        defaultValue={task.date < plan.today ? plan.today : task.date}
        autoFocus
        className="h-11! px-2!"
      />
      <TextField
        label={t('Task')}
        name="title"
        defaultValue={task.title}
        maxLength={MAX_TITLE_CHARACTERS}
        autoComplete="off"
        {...(error === undefined ? {} : { error })}
        className="h-11! px-2!"
      />
      <TextField
        label={t('Minutes')}
        name="minutes"
        type="number"
        min={1}
        max={MAX_TASK_MINUTES}
        defaultValue={task.etaMin}
        className="h-11! px-2!"
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" size="sm" busy={actions.isBusy}>
          {t('Save')}
        </Button>
        <Button variant="quiet" size="sm" onClick={onClose}>
          {t('Cancel')}
        </Button>
      </div>
    </Form>
  );
}
