'use client';

import { clsx } from 'clsx';
import { useId } from 'react';
import { useText } from '#use-text';
import { minuteOfDay } from '@/lib/calendar/words';
import { usePainting } from './use-painting';
import { DAYS, isFree, SLOT_MINUTES, SLOTS, type Week } from './week';

type WeekGridProps = {
  week: Week;
  /** The first half hour that is drawn: the night may be folded away. */
  firstSlot: number;
  onPaint: (week: Week) => void;
};

/** A week to paint: half hours down, days across. One cell at a time can be reached by Tab, the others by arrows. */
export function WeekGrid({ week, firstSlot, onPaint }: WeekGridProps) {
  const t = useText();
  const hint = useId();
  const { grid, focus, handlers } = usePainting(week, firstSlot, onPaint);
  const slots = Array.from({ length: SLOTS - firstSlot }, (_, index) => firstSlot + index);
  const tabSlot = Math.max(focus.slot, firstSlot);
  return (
    <>
      <p id={hint} className="mb-2 text-ink-3 text-xs">
        {t(
          'Drag over the times you are usually free; on a phone, hold a moment, then drag. Keys: arrows move, Space switches, Shift with arrows carries on.',
        )}
      </p>
      <table
        ref={grid}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is a table that is worked in.
        role="grid"
        aria-label={t('Free times of a week')}
        aria-describedby={hint}
        aria-multiselectable="true"
        className="w-full table-fixed select-none border-separate border-spacing-0 [-webkit-touch-callout:none]"
        {...handlers}
      >
        <thead>
          <tr>
            <th scope="col" className="w-11">
              <span className="sr-only">{t('Time')}</span>
            </th>
            {DAYS.map(({ dow, name, short }) => (
              <th
                key={dow}
                scope="col"
                abbr={t(name)}
                className="sticky top-0 z-10 bg-desk py-1 text-center font-medium text-xs md:bg-page"
              >
                {t(short)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {slots.map((slot) => (
            <HalfHour key={slot} week={week} slot={slot} tabColumn={slot === tabSlot ? focus.column : null} />
          ))}
        </tbody>
      </table>
    </>
  );
}

/** One half hour of every day. One cell of the whole week is reached by Tab. */
function HalfHour({ week, slot, tabColumn }: { week: Week; slot: number; tabColumn: number | null }) {
  const t = useText();
  const isHour = slot % 2 === 0;
  const time = minuteOfDay(slot * SLOT_MINUTES);
  return (
    <tr>
      <th
        scope="row"
        className="relative h-6 p-0 text-right align-top font-normal text-chip text-ink-3 tabular"
      >
        {isHour ? (
          <span className="absolute -top-2 right-2">{time}</span>
        ) : (
          <span className="sr-only">{time}</span>
        )}
      </th>
      {DAYS.map(({ dow, name }, column) => {
        const free = isFree(week, { column, slot });
        return (
          <td
            key={dow}
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: as above.
            role="gridcell"
            tabIndex={column === tabColumn ? 0 : -1}
            aria-selected={free}
            aria-label={`${t(name)} ${time}, ${free ? t('free') : t('not free')}`}
            data-column={column}
            data-slot={slot}
            className={clsx(
              'h-6 cursor-pointer border-rule border-l p-0 focus-visible:relative focus-visible:z-10 focus-visible:outline-offset-0',
              isHour && 'border-t',
              column === DAYS.length - 1 && 'border-r',
              slot === SLOTS - 1 && 'border-b',
              free ? 'bg-moss forced-colors:bg-[Highlight]' : 'hover:bg-sunk',
            )}
          />
        );
      })}
    </tr>
  );
}
