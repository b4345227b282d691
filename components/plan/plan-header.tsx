'use client';

import { Archive, CalendarPlus, Pencil, Plus, Trash2 } from 'lucide-react';
import { useText } from '#use-text';
import { Button, buttonClass } from '@/components/ui/button';
import { MenuItem, MenuLink, MenuSeparator, MoreMenu } from '@/components/ui/menu';
import { daysBetween } from '@/lib/calendar/dates';
import { datedFrom, inDays, shortDate } from '@/lib/calendar/words';
import type { PlanView } from '@/lib/db/queries/plan-actions';
import type { Translate } from '@/lib/language/text';
import { told } from '@/lib/language/told';
import { api } from '@/lib/links';

type PlanHeaderProps = {
  plan: PlanView;
  onChange: () => void;
  onNew: () => void;
  onArchive: () => void;
  onDelete: () => void;
};

function termsOf(
  { deadline, today, endsOn, timePerDayMin, daysPerWeek, goals }: PlanView,
  t: Translate,
): string {
  const pace = t('{timePerDayMin} min a day, {daysPerWeek, plural, one {# day} other {# days}} a week', {
    timePerDayMin,
    daysPerWeek,
  });
  if (deadline === null)
    return goals.length === 0
      ? pace
      : t('until {date} · {pace}', { date: shortDate(endsOn, t.language), pace });
  const days = daysBetween(today, deadline);
  const left =
    days < 0
      ? []
      : [days === 0 ? inDays(0, t.language) : t('{days, plural, one {# day} other {# days}}', { days })];
  return [datedFrom(deadline, today, t.language), ...left, pace].join(' · ');
}

/** What the plan is for and by when, and what can be done with the whole of it. */
export function PlanHeader({ plan, onChange, onNew, onArchive, onDelete }: PlanHeaderProps) {
  const t = useText();
  const canChange = plan.goals.length > 0;
  return (
    <header className="mb-5 flex items-start gap-2 md:mb-6">
      <div className="min-w-0 flex-1">
        <h1 className="font-semibold text-lg wrap-anywhere md:text-xl">
          {told(plan.title, plan.detail.said, t)}
        </h1>
        <p className="mt-0.5 text-ink-3 text-sm tabular md:mt-1">{termsOf(plan, t)}</p>
      </div>
      <a
        href={api.planCalendar(plan.id)}
        download="study-plan.ics"
        className={buttonClass({ variant: 'quiet', className: 'max-md:hidden' })}
      >
        {t('To my calendar')}
      </a>
      {canChange && (
        <Button onClick={onChange} className="max-md:hidden">
          {t('Change the plan')}
        </Button>
      )}
      <MoreMenu about={t('this plan')} triggerClassName="-mr-2.5 md:mt-0.5">
        {canChange && (
          <MenuItem icon={Pencil} className="md:hidden" onSelect={onChange}>
            {t('Change the plan')}
          </MenuItem>
        )}
        <MenuLink
          icon={CalendarPlus}
          href={api.planCalendar(plan.id)}
          download="study-plan.ics"
          className="md:hidden"
        >
          {t('To my calendar')}
        </MenuLink>
        <MenuItem icon={Plus} onSelect={onNew}>
          {t('New plan')}
        </MenuItem>
        <MenuItem icon={Archive} onSelect={onArchive}>
          {t('Put it away')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={Trash2} brick onSelect={onDelete}>
          {t('Delete')}
        </MenuItem>
      </MoreMenu>
    </header>
  );
}
