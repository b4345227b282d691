'use client';

import Link from 'next/link';
import { buttonClass } from '@/components/ui/button';
import { minuteOfDay } from '@/lib/calendar/words';
import { WEEKDAYS } from '@/lib/domain/availability';
import { paths } from '@/lib/links';
import type { ToolCardProps, ToolOutput, ToolView } from './tool-view';

/** Weeks are read from Monday on. */
const ORDER = [1, 2, 3, 4, 5, 6, 0];

function byDay(windows: ToolOutput<'getAvailability'>['windows'], timezone: string) {
  return ORDER.flatMap((dow) => {
    const times = windows
      .filter((window) => window.dow === dow)
      .map((window) => {
        const zone = window.timezone === timezone ? '' : ` (${window.timezone})`;
        return `${minuteOfDay(window.startMin)}–${minuteOfDay(window.endMin)}${zone}`;
      });
    return times.length > 0 ? [{ day: WEEKDAYS[dow] ?? '', times: times.join(', ') }] : [];
  });
}

/** When somebody can usually study, day by day, on the clock it was set on. */
export function GetAvailabilityCard({ part }: ToolCardProps<'getAvailability'>) {
  const { userId, displayName, isOwn, timezone, windows } = part.output;
  const title = isOwn ? 'Your free times' : `Free times of ${displayName}`;
  const days = byDay(windows, timezone);
  return (
    <section aria-label={title} className="my-4 rounded-3 border border-rule bg-page px-4.5 py-4">
      <h3 className="font-semibold text-md wrap-anywhere">{title}</h3>
      {days.length === 0 ? (
        <p className="mt-1 text-ink-2">No free times are set.</p>
      ) : (
        <>
          <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5">
            {days.map(({ day, times }) => (
              <div key={day} className="contents">
                <dt className="text-ink-2">{day}</dt>
                <dd className="tabular">{times}</dd>
              </div>
            ))}
          </dl>
          <p className="mt-2 text-ink-3 text-xs">Clock of {timezone}</p>
        </>
      )}
      <div className="mt-3.5">
        <Link href={isOwn ? paths.you : paths.person(userId)} className={buttonClass({ variant: 'primary' })}>
          {isOwn ? 'Change free times' : 'Find a time together'}
        </Link>
      </div>
    </section>
  );
}

export const getAvailability: ToolView<'getAvailability'> = {
  verbs: { running: 'Reading free times', done: 'Read free times', failed: 'Could not read free times' },
  Card: GetAvailabilityCard,
};
