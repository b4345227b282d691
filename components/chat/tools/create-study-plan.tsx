'use client';

import Link from 'next/link';
import { buttonClass } from '@/components/ui/button';
import { longDate, shortDate, shortWeekday, spanOf } from '@/lib/calendar/words';
import { paths } from '@/lib/links';
import type { ToolCardProps, ToolView } from './tool-view';

const SHOWN_TASKS = 5;

/** A plan that was made: whether it fits, how it begins, and the way to it. */
export function CreateStudyPlanCard({ part }: ToolCardProps<'createStudyPlan'>) {
  const { title, deadline, endsOn, timePerDayMin, daysPerWeek, weekBlocks, fits, warnings } = part.output;
  const until = deadline === null ? `until ${shortDate(endsOn)}` : longDate(deadline);
  const first = weekBlocks.find(({ tasks }) => tasks.length > 0);
  const shown = first?.tasks.slice(0, SHOWN_TASKS) ?? [];
  const later = weekBlocks.reduce((count, { tasks }) => count + tasks.length, 0) - shown.length;
  return (
    <section
      aria-label={`Study plan: ${title}`}
      className="my-4 rounded-3 border border-rule bg-page px-4.5 py-4"
    >
      <h3 className="font-semibold text-md wrap-anywhere">{title}</h3>
      <p className="mt-0.5 text-ink-2 tabular">
        {until} · {timePerDayMin} min a day, {daysPerWeek} {daysPerWeek === 1 ? 'day' : 'days'} a week
      </p>
      {/* The first of the warnings of a plan that does not fit says so and what was left out. */}
      <p className="mt-2 max-w-[60ch] text-ink-2">
        {fits.ok ? 'It fits, with time kept free.' : (warnings[0] ?? 'It does not all fit.')}
      </p>
      {first && (
        <>
          <h4 className="mt-3.5 font-semibold wrap-anywhere">
            {first.focus}
            <span className="ml-2 font-normal text-ink-3 text-xs tabular">
              {spanOf(first.startsOn, first.endsOn)}
            </span>
          </h4>
          <ul className="mt-1">
            {shown.map((task) => (
              <li
                key={task.id}
                className="grid grid-cols-[3.5rem_minmax(0,1fr)_auto] gap-2 border-rule border-t py-1.5"
              >
                <span className="text-ink-3 text-xs leading-5 tabular">{shortWeekday(task.date)}</span>
                <span className="wrap-anywhere">{task.title}</span>
                <span className="text-ink-3 text-xs leading-5 tabular">{task.etaMin} min</span>
              </li>
            ))}
          </ul>
          {later > 0 && (
            <p className="border-rule border-t pt-1.5 text-ink-3 text-xs">
              and {later} {later === 1 ? 'task' : 'tasks'} more
            </p>
          )}
        </>
      )}
      <div className="mt-3.5">
        <Link href={paths.plan} className={buttonClass({ variant: 'primary' })}>
          Open plan
        </Link>
      </div>
    </section>
  );
}

export const createStudyPlan: ToolView<'createStudyPlan'> = {
  verbs: { running: 'Planning the weeks', done: 'Planned the weeks', failed: 'Could not plan the weeks' },
  Card: CreateStudyPlanCard,
};
