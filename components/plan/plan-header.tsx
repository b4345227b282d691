'use client';

import { Archive, CalendarPlus, Ellipsis, Pencil, Plus, Trash2 } from 'lucide-react';
import { Button, buttonClass, iconButtonClass } from '@/components/ui/button';
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from '@/components/ui/menu';
import { daysBetween } from '@/lib/calendar/dates';
import { datedFrom, shortDate } from '@/lib/calendar/words';
import type { PlanView } from '@/lib/db/queries/plan-actions';
import { api } from '@/lib/links';

type PlanHeaderProps = {
  plan: PlanView;
  onChange: () => void;
  onNew: () => void;
  onArchive: () => void;
  onDelete: () => void;
};

function termsOf({ deadline, today, endsOn, timePerDayMin, daysPerWeek, goals }: PlanView): string {
  const days = deadline === null ? 0 : daysBetween(today, deadline);
  const until =
    deadline === null
      ? goals.length === 0
        ? null
        : `until ${shortDate(endsOn)}`
      : datedFrom(deadline, today);
  const left =
    deadline === null || days < 0 ? null : days === 0 ? 'today' : days === 1 ? '1 day' : `${days} days`;
  const pace = `${timePerDayMin} min a day, ${daysPerWeek} ${daysPerWeek === 1 ? 'day' : 'days'} a week`;
  return [until, left, pace].filter((part) => part !== null).join(' · ');
}

/** What the plan is for and by when, and what can be done with the whole of it. */
export function PlanHeader({ plan, onChange, onNew, onArchive, onDelete }: PlanHeaderProps) {
  const canChange = plan.goals.length > 0;
  return (
    <header className="mb-5 flex items-start gap-2 md:mb-6">
      <div className="min-w-0 flex-1">
        <h1 className="font-semibold text-lg wrap-anywhere md:text-xl">{plan.title}</h1>
        <p className="mt-0.5 text-ink-3 text-sm tabular md:mt-1">{termsOf(plan)}</p>
      </div>
      <a
        href={api.planCalendar(plan.id)}
        download="study-plan.ics"
        className={buttonClass({ variant: 'quiet', className: 'max-md:hidden' })}
      >
        To my calendar
      </a>
      {canChange && (
        <Button onClick={onChange} className="max-md:hidden">
          Change the plan
        </Button>
      )}
      <Menu>
        <MenuTrigger
          aria-label="More for this plan"
          className={iconButtonClass('quiet', '-mr-2.5 md:mt-0.5')}
        >
          <Ellipsis aria-hidden="true" className="size-4.5" />
        </MenuTrigger>
        <MenuContent>
          {canChange && (
            <MenuItem className="md:hidden" onSelect={onChange}>
              <Pencil aria-hidden="true" className="size-4" />
              Change the plan
            </MenuItem>
          )}
          <MenuItem asChild className="md:hidden">
            <a href={api.planCalendar(plan.id)} download="study-plan.ics">
              <CalendarPlus aria-hidden="true" className="size-4" />
              To my calendar
            </a>
          </MenuItem>
          <MenuItem onSelect={onNew}>
            <Plus aria-hidden="true" className="size-4" />
            New plan
          </MenuItem>
          <MenuItem onSelect={onArchive}>
            <Archive aria-hidden="true" className="size-4" />
            Put it away
          </MenuItem>
          <MenuSeparator />
          <MenuItem brick onSelect={onDelete}>
            <Trash2 aria-hidden="true" className="size-4" />
            Delete
          </MenuItem>
        </MenuContent>
      </Menu>
    </header>
  );
}
