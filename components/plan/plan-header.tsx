'use client';

import { Archive, CalendarPlus, Pencil, Plus, Trash2 } from 'lucide-react';
import { Button, buttonClass } from '@/components/ui/button';
import { MenuItem, MenuLink, MenuSeparator, MoreMenu } from '@/components/ui/menu';
import { daysBetween } from '@/lib/calendar/dates';
import { counted, datedFrom, shortDate } from '@/lib/calendar/words';
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
  const pace = `${timePerDayMin} min a day, ${counted(daysPerWeek, 'day')} a week`;
  if (deadline === null) return goals.length === 0 ? pace : `until ${shortDate(endsOn)} · ${pace}`;
  const days = daysBetween(today, deadline);
  const left = days < 0 ? [] : [days === 0 ? 'today' : counted(days, 'day')];
  return [datedFrom(deadline, today), ...left, pace].join(' · ');
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
      <MoreMenu about="this plan" triggerClassName="-mr-2.5 md:mt-0.5">
        {canChange && (
          <MenuItem icon={Pencil} className="md:hidden" onSelect={onChange}>
            Change the plan
          </MenuItem>
        )}
        <MenuLink
          icon={CalendarPlus}
          href={api.planCalendar(plan.id)}
          download="study-plan.ics"
          className="md:hidden"
        >
          To my calendar
        </MenuLink>
        <MenuItem icon={Plus} onSelect={onNew}>
          New plan
        </MenuItem>
        <MenuItem icon={Archive} onSelect={onArchive}>
          Put it away
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={Trash2} brick onSelect={onDelete}>
          Delete
        </MenuItem>
      </MoreMenu>
    </header>
  );
}
