'use client';

import { clsx } from 'clsx';
import { Check, Ellipsis } from 'lucide-react';
import Link from 'next/link';
import { useRef, useState } from 'react';
import { iconButtonClass } from '@/components/ui/button';
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from '@/components/ui/menu';
import { spokenDate } from '@/lib/calendar/words';
import type { PlanTask } from '@/lib/domain/plan';
import { dropTask } from './requests';
import { TaskEditor } from './task-editor';
import type { PlanActions } from './use-plans';

type TaskRowProps = { task: PlanTask; planId: string; today: string; lastDay: string; actions: PlanActions };

const metaOf = (task: PlanTask, today: string) =>
  [
    `${task.etaMin} min`,
    // Where a later task was pushed from says nothing; where a missed one comes from does.
    task.movedFrom === null || task.movedFrom >= today ? null : `from ${spokenDate(task.movedFrom, today)}`,
    task.reason,
  ]
    .filter((part) => part !== null)
    .join(' · ');

/** A tick, a verb and its topic, the minutes, and why it is there. */
export function TaskRow({ task, planId, today, lastDay, actions }: TaskRowProps) {
  const [isEditing, setIsEditing] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const movesFocus = useRef(false);
  const { completed, title, link } = task;
  const metaId = `meta-${task.id}`;

  if (isEditing) {
    return (
      <li className="py-2">
        <TaskEditor
          task={task}
          planId={planId}
          today={today}
          lastDay={lastDay}
          actions={actions}
          onClose={() => {
            setIsEditing(false);
            requestAnimationFrame(() => trigger.current?.focus());
          }}
        />
      </li>
    );
  }
  return (
    <li className="group relative grid grid-cols-[24px_minmax(0,1fr)_auto] items-start gap-x-2.5 py-1.75 xl:grid-cols-[20px_minmax(0,1fr)] xl:gap-x-2">
      <span className="relative -m-1 grid size-8 place-items-center xl:-m-1.5 xl:size-8">
        <input
          type="checkbox"
          checked={completed}
          onChange={(event) => void actions.tick(planId, task.id, event.target.checked)}
          aria-label={title}
          aria-describedby={metaId}
          className={clsx(
            'peer size-5.5 cursor-pointer appearance-none rounded-[6px] border-[1.5px] forced-colors:appearance-auto xl:size-4.5 xl:rounded-[5px]',
            completed ? 'border-transparent bg-sunk' : 'border-edge bg-page',
          )}
        />
        {completed && (
          <Check
            aria-hidden="true"
            strokeWidth={2.5}
            className="pointer-events-none absolute size-3.5 text-ink-2 forced-colors:hidden"
          />
        )}
      </span>
      <span className={clsx('min-w-0 pt-px wrap-anywhere', completed && 'text-ink-3')}>
        {link === null ? (
          <span className="font-medium text-[0.9375rem] leading-5.25 xl:text-sm xl:leading-4.75">
            {title}
          </span>
        ) : (
          <Link
            href={link}
            prefetch={false}
            className="font-medium text-[0.9375rem] leading-5.25 hover:underline hover:underline-offset-3 xl:text-sm xl:leading-4.75"
          >
            {title}
          </Link>
        )}
        <span id={metaId} className="mt-px block text-ink-3 text-xs tabular">
          {metaOf(task, today)}
        </span>
      </span>
      {!completed && (
        <Menu>
          <MenuTrigger
            ref={trigger}
            aria-label={`More for ${title}`}
            className={iconButtonClass(
              'quiet',
              '-my-2 size-11! md:size-9! xl:absolute! xl:top-0 xl:right-0 xl:my-0 xl:size-7! xl:bg-page! xl:opacity-0 xl:group-focus-within:opacity-100 xl:group-hover:opacity-100 xl:data-[state=open]:opacity-100',
            )}
          >
            <Ellipsis aria-hidden="true" className="size-4" />
          </MenuTrigger>
          <MenuContent
            onCloseAutoFocus={(event) => {
              // The editor takes the focus: the button it would go back to is no longer there.
              if (movesFocus.current) event.preventDefault();
              movesFocus.current = false;
            }}
          >
            <MenuItem
              onSelect={() => {
                movesFocus.current = true;
                setIsEditing(true);
              }}
            >
              Move or change
            </MenuItem>
            <MenuSeparator />
            <MenuItem onSelect={() => void actions.run(() => dropTask(planId, task.id))}>Set aside</MenuItem>
          </MenuContent>
        </Menu>
      )}
    </li>
  );
}
