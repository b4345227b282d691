'use client';

import { useEffect, useId, useState } from 'react';
import { sentenceOf } from '@/components/client/request';
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

/** Six in the morning. Who is free before sees the whole day. */
const DAY_STARTS_AT = 12;

const isNight = (_: boolean, index: number) => index % SLOTS < DAY_STARTS_AT;

type AvailabilityEditorProps = {
  windows: readonly Window[];
  timezone: string;
  /** A zone in which some of the windows were set before, if it is another one. */
  movedFrom: string | null;
};

type SaveState = 'same' | 'saving' | 'saved';

/** When the student is usually free: painted, copied, imported, and saved in one piece. */
export function AvailabilityEditor({ windows, timezone, movedFrom }: AvailabilityEditorProps) {
  const listTitle = useId();
  const [saved, setSaved] = useState<Week>(() => weekOf(windows));
  const [week, setWeek] = useState<Week>(saved);
  const [before, setBefore] = useState<{ what: string; week: Week }>();
  const [state, setState] = useState<SaveState>('same');
  const [problem, setProblem] = useState<string>();
  const [showsNight, setShowsNight] = useState(() => saved.filter(isNight).some(Boolean));
  const isChanged = !isSameWeek(week, saved);

  useEffect(() => {
    if (!isChanged) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isChanged]);

  const paint = (next: Week) => {
    setWeek(next);
    setBefore(undefined);
    setState('same');
  };
  /** A change of many cells at once, which can be taken back. */
  const apply = (what: string, next: Week) => {
    setBefore({ what, week });
    setWeek(next);
    setState('same');
    if (next.filter(isNight).some(Boolean)) setShowsNight(true);
  };
  const save = async () => {
    setState('saving');
    setProblem(undefined);
    try {
      await saveWeek(windowsOf(week, timezone));
      setSaved(week);
      setBefore(undefined);
      setState('saved');
    } catch (error) {
      setState('same');
      setProblem(sentenceOf(error));
    }
  };

  return (
    <div className="grid gap-5">
      <p className="text-ink-2">
        On the clock of {timezone.replaceAll('_', ' ')}.{' '}
        {movedFrom &&
          `Some were set on the clock of ${movedFrom.replaceAll('_', ' ')} and are shown on yours; saving keeps them so.`}
      </p>
      <div>
        <WeekGrid week={week} firstSlot={showsNight ? 0 : DAY_STARTS_AT} onPaint={paint} />
        <div className="mt-2 flex flex-wrap items-center gap-1.5">
          <Button
            size="sm"
            variant="quiet"
            onClick={() => setShowsNight(!showsNight)}
            aria-pressed={showsNight}
          >
            Show 00:00 to 06:00
          </Button>
          <Button size="sm" variant="quiet" onClick={() => apply('Cleared.', EMPTY_WEEK)}>
            Clear the week
          </Button>
        </div>
      </div>
      <CopyDay onCopy={(words, change) => apply(words, change(week))} />
      {before && (
        <Strip
          action={
            <button
              type="button"
              className="link min-h-6"
              onClick={() => {
                setWeek(before.week);
                setBefore(undefined);
              }}
            >
              Undo
            </button>
          }
        >
          {before.what}
        </Strip>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button busy={state === 'saving'} onClick={() => void save()}>
          Save free times
        </Button>
        <span role="status" className="text-ink-2 text-xs">
          {isChanged ? (state === 'saving' ? 'Saving' : 'Not saved yet') : state === 'saved' ? 'Saved' : ''}
        </span>
      </div>
      <ProblemText problem={problem} />
      <section aria-labelledby={listTitle}>
        <h3 id={listTitle} className="font-semibold">
          In words <span className="font-normal text-ink-3 text-xs">{lengthWords(week)} a week</span>
        </h3>
        <dl className="mt-1.5 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
          {DAYS.map(({ dow, name }) => (
            <div key={dow} className="contents">
              <dt className="text-ink-2">{name}</dt>
              <dd className="tabular">{dayWords(week, dow)}</dd>
            </div>
          ))}
        </dl>
      </section>
      <ImportCalendar week={week} onApply={apply} />
    </div>
  );
}
