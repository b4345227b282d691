'use client';

import { clsx } from 'clsx';
import { useId } from 'react';
import { useText } from '#use-text';
import type { Insight } from '@/lib/matching/insight';
import { freeLength } from './ago';
import { NOW, timesOf } from './draft';

/** Below this a proposed time is only a maybe. */
export const MAYBE = 0.6;

/** The other's clock beside one's own: the day only where it is another one. */
export function theirClock(mine: string, theirs: string): string {
  const [myDay, theirDay, time] = [mine.split(', ')[0], ...theirs.split(', ')];
  return myDay === theirDay ? (time ?? theirs) : theirs;
}

type BestTimesProps = { insight: Insight; chosen: string | null; onChoose: (time: string) => void };

/** When both are free: now, and the next times on both clocks. Choosing one puts it into the message. */
export function BestTimes({ insight, chosen, onChoose }: BestTimesProps) {
  const t = useText();
  const group = useId();
  const { canStudyNow, minutesNow } = insight;
  const options = [
    ...(canStudyNow && minutesNow !== null
      ? [
          {
            value: NOW,
            mine: t('Now, {freeLength}', { freeLength: freeLength(minutesNow, t) }),
            theirs: null,
            maybe: false,
          },
        ]
      : []),
    ...timesOf(insight, t).map(({ whenISO, whenMine, whenTheirs, confidence }) => ({
      value: whenISO,
      mine: whenMine,
      theirs: whenMine === whenTheirs ? null : theirClock(whenMine, whenTheirs),
      maybe: confidence < MAYBE,
    })),
  ];
  if (options.length === 0) return null;
  return (
    <fieldset>
      <legend className="pb-2 font-semibold">
        {canStudyNow ? t('Start now, or later on your clock') : t('Best times, on your clock')}
      </legend>
      <div className="flex flex-wrap gap-1.5">
        {options.map(({ value, mine, theirs, maybe }) => (
          <label
            key={value}
            className={clsx(
              'inline-flex min-h-10 cursor-pointer items-center gap-1.5 rounded-full border px-3 tabular md:min-h-8',
              'has-focus-visible:outline-2 has-focus-visible:outline-pen has-focus-visible:outline-offset-2',
              value === NOW && 'bg-moss-wash',
              chosen === value
                ? 'border-ink font-semibold ring-1 ring-ink'
                : value === NOW
                  ? 'border-transparent'
                  : 'border-edge bg-page hover:bg-sunk',
            )}
          >
            <input
              type="radio"
              name={group}
              value={value}
              checked={chosen === value}
              onChange={() => onChoose(value)}
              className="sr-only"
            />
            {mine}
            {maybe && t(', maybe')}
            {theirs && <span className="font-normal text-ink-3">{t('· {theirs} for them', { theirs })}</span>}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
