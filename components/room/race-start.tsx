'use client';

import { Flag } from 'lucide-react';
import { type Ref, useId, useState } from 'react';
import { useText } from '#use-text';
import { Button } from '@/components/ui/button';
import { Strip } from '@/components/ui/strip';
import { RACE_MINUTES } from '@/lib/domain/bounds';
import { AskOnce } from './ask-once';
import type { RaceRun } from './use-race';

type RaceStartProps = { run: RaceRun; isAlone: boolean; ref?: Ref<HTMLButtonElement> };

/** Begins a race after its student was told what the others see of their notes; says why it cannot while nobody else is here. */
export function RaceStart({ run: { starting, shown, last, open }, isAlone, ref }: RaceStartProps) {
  const t = useText();
  const reasonId = useId();
  const [isAsking, setAsking] = useState(false);
  return (
    <div className="min-w-0">
      <div className="flex flex-wrap items-center justify-center gap-x-2">
        <Button
          ref={ref}
          variant="quiet"
          busy={starting.pending}
          disabled={isAlone}
          aria-describedby={isAlone ? reasonId : undefined}
          onClick={() => setAsking(true)}
        >
          {!starting.pending && <Flag aria-hidden="true" className="size-4" />}
          {starting.pending ? t('Making the questions') : shown ? t('Race again') : t('Race: five questions')}
        </Button>
        {last && !shown && (
          <Button variant="quiet" onClick={open}>
            {t('Last race')}
          </Button>
        )}
        {isAlone && (
          <span id={reasonId} className="text-ink-3 text-xs">
            {t('takes two who are here')}
          </span>
        )}
      </div>
      <Strip tone="bad" className="mt-1">
        {starting.problem}
      </Strip>
      <p role="status" className="sr-only">
        {starting.pending ? t('Making the questions') : ''}
      </p>
      <AskOnce
        question={
          isAsking
            ? {
                title: t('Race: five questions'),
                text: t(
                  'Clerva makes them from your notes on what all of you share. The others see the questions and the titles of your files, not the passages. You have {minutes} minutes; right answers decide, then who was quicker.',
                  { minutes: RACE_MINUTES },
                ),
                yes: t('Start the race'),
                no: t('Not now'),
                canBeUndone: true,
                onYes: () => void starting.run(),
              }
            : undefined
        }
        onClose={() => setAsking(false)}
      />
    </div>
  );
}
