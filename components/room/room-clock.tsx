'use client';

import { clsx } from 'clsx';
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useText } from '#use-text';
import { Bar } from '@/components/ui/progress-bar';
import type { Timer } from '@/lib/domain/room';
import type { Translate } from '@/lib/language/text';
import { clockFace, type Moment, momentOf } from '@/lib/study/room/timer';
import { isChimeOn, ring } from './chime';

function phaseWords({ phase, round, rounds, isPaused }: Moment, t: Translate): string {
  if (phase === 'waiting')
    return rounds === 1 ? t('One round, not started') : t('{rounds} rounds, not started', { rounds });
  if (phase === 'done')
    return rounds === 1 ? t('The round is done') : t('All {rounds} rounds are done', { rounds });
  const words =
    phase === 'focus'
      ? t('Focus, round {round} of {rounds}', { round, rounds })
      : t('Break after round {round} of {rounds}', { round, rounds });
  return isPaused ? t('{words}, paused', { words }) : words;
}

/** One bar for each round: full, as far as it is, or to come. */
function Rounds({ moment: { phase, round, rounds, remainingMs, lengthMs } }: { moment: Moment }) {
  const filled = (index: number) => {
    if (phase === 'waiting') return 0;
    if (phase === 'done' || index < round - 1 || (index === round - 1 && phase === 'break')) return 1;
    return index === round - 1 && lengthMs > 0 ? 1 - remainingMs / lengthMs : 0;
  };
  return (
    <div aria-hidden="true" className="flex justify-center gap-1.5">
      {Array.from({ length: rounds }, (_, index) => index).map((index) => (
        <Bar
          key={index}
          share={Math.round(filled(index) * 1000) / 1000}
          className="h-1 w-10 bg-[color-mix(in_srgb,var(--ink)_15%,transparent)]"
        />
      ))}
    </div>
  );
}

/** Calls when something is another than before. */
function useChange(value: string, onChange: () => void): void {
  const before = useRef(value);
  const tell = useEffectEvent(onChange);
  useEffect(() => {
    if (before.current === value) return;
    before.current = value;
    tell();
  }, [value]);
}

/** What the clock shows, drawn anew when its seconds change. Nothing is asked of the server for it. */
function useMoment(timer: Timer, nowMs: () => number, pageNowMs: number): Moment {
  const [moment, setMoment] = useState(() => momentOf(timer, pageNowMs));

  useEffect(() => {
    let pending: ReturnType<typeof setTimeout> | undefined;
    const draw = () => {
      clearTimeout(pending);
      const next = momentOf(timer, nowMs());
      setMoment(next);
      if (next.isPaused || next.phase === 'waiting' || next.phase === 'done') return;
      // At the next whole second; a little late rather than a little early, or the same second would be drawn twice.
      pending = setTimeout(draw, (next.remainingMs % 1000 || 1000) + 5);
    };
    draw();
    // A sleeping tab runs its timers late.
    document.addEventListener('visibilitychange', draw);
    return () => {
      clearTimeout(pending);
      document.removeEventListener('visibilitychange', draw);
    };
  }, [timer, nowMs]);

  return moment;
}

type RoomClockProps = {
  timer: Timer;
  nowMs: () => number;
  pageNowMs: number;
  /** Who did what to the clock last. */
  note: string | null;
  controls: (moment: Moment) => ReactNode;
};

/** The one thing in the product that moves by itself. */
export function RoomClock({ timer, nowMs, pageNowMs, note, controls }: RoomClockProps) {
  const t = useText();
  const moment = useMoment(timer, nowMs, pageNowMs);
  // Only that another phase began is said; the seconds are nobody's business who listens.
  const phase = phaseWords(moment, t);
  const [said, setSaid] = useState('');
  useChange(phase, () => setSaid(phase));
  useChange(`${moment.phase} ${moment.round}`, () => {
    if (isChimeOn()) ring();
  });
  const { minutes, seconds } = clockFace(moment.remainingMs);

  return (
    <section
      aria-label={t('Clock')}
      className="grid place-content-center px-5 text-center max-md:pt-1 max-md:pb-4"
    >
      <p className="mb-1 text-ink-2 text-sm md:mb-3 md:text-md">{phase}</p>
      <p
        role="timer"
        aria-label={t('{value} minutes {value2} seconds left', {
          value: Number(minutes),
          value2: Number(seconds),
        })}
        data-clock={`${minutes}:${seconds}`}
        className="font-[550] text-[4rem] leading-16 tracking-[-0.02em] tabular md:text-[7rem] md:leading-28"
      >
        <span aria-hidden="true" className={clsx(moment.isPaused && 'text-ink-2')}>
          {minutes}
          <span className="relative top-[-0.06em] mx-[0.04em]">:</span>
          {seconds}
        </span>
      </p>
      <div className="mt-3.5 md:mt-6">
        <Rounds moment={moment} />
      </div>
      <div className="mt-4 flex min-h-11 flex-wrap justify-center gap-1.5 md:mt-7">{controls(moment)}</div>
      <p className="min-h-4.5 text-ink-3 text-xs md:mt-2">{note}</p>
      <p role="status" className="sr-only">
        {said}
      </p>
    </section>
  );
}
