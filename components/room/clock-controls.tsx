'use client';

import { Pause, Play, SkipForward, Timer as TimerIcon } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '@/components/ui/menu';
import { type Durations, RHYTHMS, type TimerAction } from '@/lib/domain/room';
import type { Moment } from '@/lib/study/room/timer';
import { RhythmDialog } from './rhythm-dialog';

const EXTRA_MINUTES = 5;

export const rhythmWords = ({ focusMinutes, breakMinutes, rounds }: Durations) =>
  `${focusMinutes} min focus, ${breakMinutes} min break, ${rounds === 1 ? '1 round' : `${rounds} rounds`}`;

type ClockControlsProps = {
  moment: Moment;
  durations: Durations;
  turnTo: (act: TimerAction) => Promise<unknown>;
};

/** What can be done to the clock now. Everybody in the room may: a clock must not wait for one who has gone. */
export function ClockControls({ moment, durations, turnTo }: ClockControlsProps) {
  const [busy, setBusy] = useState<TimerAction['action']>();
  const row = useRef<HTMLDivElement>(null);
  // Two different presses in a row are both meant, one after the other; the same one twice is one.
  const underway = useRef<{ action: TimerAction['action'] | null; done: Promise<unknown> }>({
    action: null,
    done: Promise.resolve(),
  });
  const turn = async (act: TimerAction) => {
    if (underway.current.action === act.action) return;
    const done = underway.current.done.then(() => turnTo(act));
    underway.current = { action: act.action, done };
    setBusy(act.action);
    await done;
    if (underway.current.done === done) {
      underway.current.action = null;
      setBusy(undefined);
    }
    // The button that was pressed may be gone; whoever uses the keys goes on beside it.
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) row.current?.querySelector('button')?.focus();
    });
  };
  const inRow = (controls: ReactNode) => (
    <div ref={row} className="contents">
      {controls}
    </div>
  );

  if (moment.phase === 'waiting' || moment.phase === 'done') {
    return inRow(
      <>
        <Button variant="primary" busy={busy === 'start'} onClick={() => void turn({ action: 'start' })}>
          {moment.phase === 'waiting' ? 'Start' : 'Start again'}
        </Button>
        <Rhythm
          durations={durations}
          onChoose={(chosen) => void turn({ action: 'rhythm', durations: chosen })}
        />
      </>,
    );
  }
  const isLastRound = moment.phase === 'focus' && moment.round === moment.rounds;
  return inRow(
    <>
      {moment.isPaused ? (
        <Button
          className="max-md:px-2.5"
          busy={busy === 'resume'}
          onClick={() => void turn({ action: 'resume' })}
        >
          <Play aria-hidden="true" className="size-4 max-md:hidden" />
          Go on
        </Button>
      ) : (
        <Button
          variant="quiet"
          className="max-md:px-2.5"
          busy={busy === 'pause'}
          onClick={() => void turn({ action: 'pause' })}
        >
          <Pause aria-hidden="true" className="size-4 max-md:hidden" />
          Pause
        </Button>
      )}
      <Button
        variant="quiet"
        className="max-md:px-2.5"
        busy={busy === 'skip'}
        onClick={() => void turn({ action: 'skip' })}
      >
        <SkipForward aria-hidden="true" className="size-4 max-md:hidden" />
        {moment.phase === 'break' ? 'End the break' : isLastRound ? 'End the round' : 'To the break'}
      </Button>
      <Button
        variant="quiet"
        className="max-md:px-2.5"
        busy={busy === 'extend'}
        onClick={() => void turn({ action: 'extend', minutes: EXTRA_MINUTES })}
      >
        {EXTRA_MINUTES} min more
      </Button>
    </>,
  );
}

function Rhythm({ durations, onChoose }: { durations: Durations; onChoose: (chosen: Durations) => void }) {
  const [isOwnOpen, setOwnOpen] = useState(false);
  return (
    <>
      <Menu>
        <MenuTrigger asChild>
          <Button variant="quiet" aria-label={`Rhythm: ${rhythmWords(durations)}. Change it`}>
            <TimerIcon aria-hidden="true" className="size-4" />
            {durations.focusMinutes}/{durations.breakMinutes} × {durations.rounds}
          </Button>
        </MenuTrigger>
        <MenuContent align="center">
          {RHYTHMS.map((rhythm) => (
            <MenuItem key={rhythm.focusMinutes} onSelect={() => onChoose(rhythm)}>
              {rhythmWords(rhythm)}
            </MenuItem>
          ))}
          <MenuItem onSelect={() => setOwnOpen(true)}>Another rhythm</MenuItem>
        </MenuContent>
      </Menu>
      <RhythmDialog open={isOwnOpen} onOpenChange={setOwnOpen} durations={durations} onChoose={onChoose} />
    </>
  );
}
