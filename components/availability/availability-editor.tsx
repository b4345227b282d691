'use client';

import { useEffect, useId, useState } from 'react';
import { useText } from '#use-text';
import { useAction } from '@/components/client/use-action';
import { Button } from '@/components/ui/button';
import { ProblemText } from '@/components/ui/problem-text';
import { Strip } from '@/components/ui/strip';
import type { Window } from '@/lib/domain/availability';
import { CopyDay } from './copy-day';
import { ImportCalendar } from './import-calendar';
import { saveWeek } from './requests';
import {
  DAYS,
  dayWords,
  EMPTY_WEEK,
  isSameWeek,
  lengthWords,
  SLOTS,
  type Week,
  weekOf,
  windowsOf,
} from './week';
import { WeekGrid } from './week-grid';

const cityOf = (zone: string) => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');

/** Six in the morning. Who is free before sees the whole day. */
const DAY_STARTS_AT = 12;

const hasNight = (week: Week) => week.some((free, index) => free && index % SLOTS < DAY_STARTS_AT);

type AvailabilityEditorProps = {
  windows: readonly Window[];
  timezone: string;
  /** A zone in which some of the windows were set before, if it is another one. */
  movedFrom: string | null;
};

/** The painted week beside the saved one, with the way back from what changed many cells at once. */
function useWeekEdit(windows: readonly Window[], timezone: string) {
  const t = useText();
  const [saved, setSaved] = useState<Week>(() => weekOf(windows));
  const [week, setWeek] = useState<Week>(saved);
  const [before, setBefore] = useState<{ what: string; week: Week }>();
  const [isFresh, setIsFresh] = useState(false);
  const isChanged = !isSameWeek(week, saved);
  const change = (next: Week, back?: { what: string; week: Week }) => {
    setWeek(next);
    setBefore(back);
    setIsFresh(false);
  };
  const save = useAction(async () => {
    setIsFresh(false);
    await saveWeek(windowsOf(week, timezone));
    setSaved(week);
    setBefore(undefined);
    setIsFresh(true);
  });

  useEffect(() => {
    if (!isChanged) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isChanged]);

  const state = isChanged ? (save.pending ? t('Saving') : t('Not saved yet')) : isFresh ? t('Saved') : '';
  return { week, before, change, save, state };
}

function WeekInWords({ week }: { week: Week }) {
  const t = useText();
  const title = useId();
  return (
    <section aria-labelledby={title}>
      <h3 id={title} className="font-semibold">
        {t.rich('In words <span>{lengthWords} a week</span>', {
          lengthWords: lengthWords(week),
          span: (words) => <span className="font-normal text-ink-3 text-xs">{words}</span>,
        })}
      </h3>
      <dl className="mt-1.5 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
        {DAYS.map(({ dow, name }) => (
          <div key={dow} className="contents">
            <dt className="text-ink-2">{t(name)}</dt>
            <dd className="tabular">{dayWords(week, dow, t)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** When the student is usually free: painted, copied, imported, and saved in one piece. */
export function AvailabilityEditor({ windows, timezone, movedFrom }: AvailabilityEditorProps) {
  const t = useText();
  const { week, before, change, save, state } = useWeekEdit(windows, timezone);
  const [showsNight, setShowsNight] = useState(() => hasNight(week));
  const apply = (what: string, next: Week) => {
    change(next, { what, week });
    if (hasNight(next)) setShowsNight(true);
  };
  return (
    <div className="grid gap-5">
      <p className="text-ink-2">
        {t('On the clock of {timezone}.', { timezone: cityOf(timezone) })}{' '}
        {movedFrom &&
          t('Some were set on the clock of {movedFrom} and are shown on yours; saving keeps them so.', {
            movedFrom: cityOf(movedFrom),
          })}
      </p>
      <div>
        <WeekGrid week={week} firstSlot={showsNight ? 0 : DAY_STARTS_AT} onPaint={change} />
        <div className="mt-2 flex flex-wrap items-center gap-1.5">
          <Button
            size="sm"
            variant="quiet"
            onClick={() => setShowsNight(!showsNight)}
            aria-pressed={showsNight}
          >
            {t('Show 00:00 to 06:00')}
          </Button>
          <Button size="sm" variant="quiet" onClick={() => apply(t('Cleared.'), EMPTY_WEEK)}>
            {t('Clear the week')}
          </Button>
        </div>
      </div>
      <CopyDay onCopy={(words, change) => apply(words, change(week))} />
      {before && (
        <Strip
          action={
            <button type="button" className="link min-h-6" onClick={() => change(before.week)}>
              {t('Undo')}
            </button>
          }
        >
          {before.what}
        </Strip>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button busy={save.pending} onClick={() => void save.run()}>
          {t('Save free times')}
        </Button>
        <span role="status" className="text-ink-2 text-xs">
          {state}
        </span>
      </div>
      <ProblemText problem={save.problem} />
      <WeekInWords week={week} />
      <ImportCalendar week={week} onApply={apply} />
    </div>
  );
}
