'use client';

import { clsx } from 'clsx';
import { useText } from '#use-text';
import { addDays, datesBetween, mondayOf, weekdayOf } from '@/lib/calendar/dates';
import { dayOfMonth, inDays, listOf, shortWeekday, spokenDate } from '@/lib/calendar/words';
import type { PlanView } from '@/lib/db/queries/plan-actions';
import type { PlanTask, WeekBlock } from '@/lib/domain/plan';
import type { Translate } from '@/lib/language/text';
import { told } from '@/lib/language/told';
import { TaskRow } from './task-row';
import type { PlanActions } from './use-plans';

type PlanWeekProps = {
  plan: PlanView;
  /** The week to show; the seven days from today on without one. */
  block?: WeekBlock | undefined;
  actions: PlanActions;
};

const minutesOf = (tasks: readonly PlanTask[]) => tasks.reduce((sum, { etaMin }) => sum + etaMin, 0);
/** Where the days that come begin: today, or the day on which a plan of later begins. */
const firstDay = ({ today, startsOn }: PlanView) => (today < startsOn ? startsOn : today);

/** Why a day is empty. */
function restOf(plan: PlanView, date: string, t: Translate): string | null {
  if (date === plan.deadline) return t('The day it is for');
  const movedTo = new Set(
    plan.weekBlocks
      .flatMap(({ tasks }) => tasks)
      .filter(({ movedFrom }) => movedFrom === date)
      .map((task) => task.date),
  );
  if (movedTo.size > 0 && date < plan.today) {
    return t('Moved to {list}', {
      list: listOf(
        [...movedTo]
          .sort()
          .map((day) => (day === plan.today ? inDays(0, t.language) : shortWeekday(day, t.language))),
        t.language,
      ),
    });
  }
  if (date < plan.startsOn || date > (plan.deadline ?? plan.endsOn)) return null;
  return plan.weekdays.includes(weekdayOf(date)) ? t('Free') : t('Day off');
}

/** Seven columns, or on narrow screens rows: today first as the one page, then the days to come, then those that were. */
export function PlanWeek({ plan, block, actions }: PlanWeekProps) {
  const t = useText();
  const first = block ? mondayOf(block.startsOn) : firstDay(plan);
  const dates = datesBetween(first, addDays(first, 6));
  const all = plan.weekBlocks.flatMap(({ tasks }) => tasks);
  const hasToday = dates.includes(plan.today);
  return (
    <ol
      aria-label={
        block
          ? t('Week {week}: {focus}', { week: block.week, focus: told(block.focus, plan.detail.said, t) })
          : t('The next seven days')
      }
      // Today gets three parts where other days get two: it is what the page is opened for.
      className={clsx(
        'flex flex-col xl:grid xl:border-rule xl:border-y',
        hasToday ? 'xl:grid-cols-15' : 'xl:grid-cols-14',
      )}
    >
      {dates.map((date, index) => {
        const tasks = all.filter((task) => task.date === date);
        const rest = tasks.length === 0 ? restOf(plan, date, t) : null;
        const isPast = date < plan.today;
        return (
          <Day
            key={date}
            date={date}
            today={plan.today}
            isFirst={index === 0}
            minutes={minutesOf(tasks.filter(({ completed }) => !completed))}
            className={clsx(
              tasks.length === 0 && date !== plan.today && 'max-xl:hidden',
              // In rows the past comes last; in columns it keeps its place.
              hasToday && isPast && 'order-last xl:order-none',
            )}
          >
            {tasks.length > 0 ? (
              <ul>
                {tasks.map((task) => (
                  <TaskRow key={task.id} task={task} plan={plan} actions={actions} />
                ))}
              </ul>
            ) : (
              rest && <p className="text-ink-3 text-xs">{rest}</p>
            )}
          </Day>
        );
      })}
    </ol>
  );
}

type DayProps = {
  date: string;
  today: string;
  isFirst: boolean;
  minutes: number;
  className: string;
  children: React.ReactNode;
};

function Day({ date, today, isFirst, minutes, className, children }: DayProps) {
  const t = useText();
  const isToday = date === today;
  return (
    <li
      aria-current={isToday ? 'date' : undefined}
      className={clsx(
        'min-w-0 border-rule border-b py-3 xl:min-h-82 xl:border-b-0 xl:px-3.5 xl:pt-3.5 xl:pb-6',
        isToday
          ? 'margin-line my-2 xl:col-span-3 rounded-4 border bg-page py-3.5 pr-4 pl-8 [--margin-at:1.125rem] xl:my-0 xl:rounded-none xl:border-0 xl:bg-transparent xl:px-3.5 xl:[--margin-at:0]'
          : clsx('xl:col-span-2', !isFirst && 'xl:border-l'),
        isFirst && !isToday && 'xl:pl-0',
        className,
      )}
    >
      <h3
        className={clsx(
          'mb-1.5 flex items-baseline gap-1.5 text-xs xl:mb-3.5',
          isToday ? 'font-semibold' : 'font-normal text-ink-3',
        )}
      >
        <span className={clsx('font-semibold text-[0.9375rem] tabular', !isToday && 'text-ink-2')}>
          {dayOfMonth(date)}
        </span>
        {isToday ? t('Today') : shortWeekday(date, t.language)}
        <span className="sr-only">, {spokenDate(date, today, t.language)}</span>
        {isToday && minutes > 0 && (
          <span className="ml-auto font-normal text-ink-3 tabular">{t('{minutes} min', { minutes })}</span>
        )}
      </h3>
      {children}
    </li>
  );
}
