'use client';

import { type LucideIcon, Pause, Play, SkipForward, Timer as TimerIcon } from 'lucide-react';
import { useRef, useState } from 'react';
import { useText } from '#use-text';
import { Button, type ButtonVariant } from '@/components/ui/button';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '@/components/ui/menu';
import { type Durations, RHYTHMS, type TimerAction } from '@/lib/domain/room';
import type { Translate } from '@/lib/language/text';
import type { Moment } from '@/lib/study/room/timer';
import { RhythmDialog } from './rhythm-dialog';

const EXTRA_MINUTES = 5;

export const rhythmWords = ({ focusMinutes, breakMinutes, rounds }: Durations, t: Translate) =>
  t('{focusMinutes} min focus, {breakMinutes} min break, {rounds, plural, one {# round} other {# rounds}}', {
    focusMinutes,
    breakMinutes,
    rounds,
  });

type ClockControlsProps = {
  moment: Moment;
  durations: Durations;
  turnTo: (act: TimerAction) => Promise<unknown>;
};

/** What can be done to the clock now. Everybody in the room may: a clock must not wait for one who has gone. */
export function ClockControls({ moment, durations, turnTo }: ClockControlsProps) {
  const t = useText();
  const { row, busy, turn } = useTurns(turnTo);
  const isStopped = moment.phase === 'waiting' || moment.phase === 'done';
  return (
    <div ref={row} className="contents">
      {controlsOf(moment, t).map(({ place, act, label, icon: Icon, variant = 'quiet' }) => (
        <Button
          key={place}
          variant={variant}
          className={isStopped ? undefined : 'max-md:px-2.5'}
          busy={busy === act.action}
          onClick={() => void turn(act)}
        >
          {Icon && <Icon aria-hidden="true" className="size-4 max-md:hidden" />}
          {label}
        </Button>
      ))}
      {isStopped && (
        <Rhythm
          durations={durations}
          onChoose={(chosen) => void turn({ action: 'rhythm', durations: chosen })}
        />
      )}
    </div>
  );
}

type Control = {
  /** Where it stands: what is pressed there keeps the focus while it changes. */
  place: 'first' | 'skip' | 'extend';
  act: TimerAction;
  label: string;
  icon?: LucideIcon;
  variant?: ButtonVariant;
};

function controlsOf({ phase, isPaused, round, rounds }: Moment, t: Translate): Control[] {
  if (phase === 'waiting' || phase === 'done') {
    const label = phase === 'waiting' ? t('Start') : t('Start again');
    return [{ place: 'first', act: { action: 'start' }, label, variant: 'primary' }];
  }
  const skip =
    phase === 'break' ? t('End the break') : round === rounds ? t('End the round') : t('To the break');
  return [
    isPaused
      ? { place: 'first', act: { action: 'resume' }, label: t('Go on'), icon: Play, variant: 'line' }
      : { place: 'first', act: { action: 'pause' }, label: t('Pause'), icon: Pause },
    { place: 'skip', act: { action: 'skip' }, label: skip, icon: SkipForward },
    {
      place: 'extend',
      act: { action: 'extend', minutes: EXTRA_MINUTES },
      label: t('{value} min more', { value: EXTRA_MINUTES }),
    },
  ];
}

/** Two different presses in a row are both meant, one after the other; the same one twice is one. */
function useTurns(turnTo: ClockControlsProps['turnTo']) {
  const [busy, setBusy] = useState<TimerAction['action']>();
  const row = useRef<HTMLDivElement>(null);
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
  return { row, busy, turn };
}

function Rhythm({ durations, onChoose }: { durations: Durations; onChoose: (chosen: Durations) => void }) {
  const t = useText();
  const [isOwnOpen, setOwnOpen] = useState(false);
  return (
    <>
      <Menu>
        <MenuTrigger asChild>
          <Button
            variant="quiet"
            aria-label={t('Rhythm: {rhythmWords}. Change it', { rhythmWords: rhythmWords(durations, t) })}
          >
            <TimerIcon aria-hidden="true" className="size-4" />
            {durations.focusMinutes}/{durations.breakMinutes} × {durations.rounds}
          </Button>
        </MenuTrigger>
        <MenuContent align="center">
          {RHYTHMS.map((rhythm) => (
            <MenuItem key={rhythm.focusMinutes} onSelect={() => onChoose(rhythm)}>
              {rhythmWords(rhythm, t)}
            </MenuItem>
          ))}
          <MenuItem onSelect={() => setOwnOpen(true)}>{t('Another rhythm')}</MenuItem>
        </MenuContent>
      </Menu>
      <RhythmDialog open={isOwnOpen} onOpenChange={setOwnOpen} durations={durations} onChoose={onChoose} />
    </>
  );
}
