'use client';

import { clsx } from 'clsx';
import { usePathname } from 'next/navigation';
import { useText } from '#use-text';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { ProblemText } from '@/components/ui/problem-text';
import type { Nudge, NudgeAnswer } from '@/lib/domain/nudge';
import { isFocusMode } from '@/lib/links';
import { mute } from './quiet-store';
import { endOfDay, toastOf } from './toast-choice';
import { useAnswering } from './use-answering';
import { useNudges, usePutOff } from './use-nudges';
import { aboutWords } from './words';

/**
 * A message that has just come, one at a time, until it is answered. Others wait in People, and while a quiz, a review
 * or a room has the screen, or in quiet hours, all of them do.
 */
export function NudgeToasts() {
  const t = useText();
  const pathname = usePathname();
  const inFocus = isFocusMode(pathname);
  const { inbox } = useNudges();
  const { give, problem } = useAnswering();
  const putOff = usePutOff();
  const nudge = toastOf(inbox, { ...putOff, now: Date.now(), inFocus });

  return (
    // The region is always there: one that comes together with its text is not announced everywhere.
    <section
      aria-live="polite"
      aria-label={t('New message')}
      className={clsx(
        'pointer-events-none fixed inset-x-3 z-30 md:inset-x-auto md:right-5 md:w-92',
        // At the bottom of these pages something is being written, which must not be covered; at the top of a telephone stand
        // files on their way.
        /^\/(?:ask|people\/)/.test(pathname)
          ? 'top-15 max-md:[top:calc(anchor(--files_bottom,3.25rem)+0.5rem)] md:top-20'
          : 'bottom-[calc(4.75rem+env(safe-area-inset-bottom))] md:bottom-5',
      )}
    >
      {nudge && (
        <NudgeToast
          key={nudge.id}
          nudge={nudge}
          now={putOff.now}
          problem={problem?.id === nudge.id ? problem.text : undefined}
          onAnswer={(given) => void give(given, nudge)}
          onMute={() => mute(endOfDay(Date.now()))}
        />
      )}
    </section>
  );
}

type NudgeToastProps = {
  nudge: Nudge;
  now: number;
  problem: string | undefined;
  onAnswer: (answer: NudgeAnswer) => void;
  onMute: () => void;
};

function NudgeToast({ nudge, now, problem, onAnswer, onMute }: NudgeToastProps) {
  const t = useText();
  const isOwn = nudge.direction === 'own';
  const about = aboutWords(nudge, now, t);
  return (
    <div className="pointer-events-auto animate-rise rounded-3 border border-rule bg-page p-4 shadow-float">
      <div className="flex items-start gap-3">
        <Avatar name={isOwn ? t('You') : nudge.otherName} className="size-9 rounded-[11px]" />
        <div className="min-w-0 flex-1">
          <p className="truncate font-semibold">{isOwn ? t('A reminder of yours') : nudge.otherName}</p>
          <p className="mt-0.5 line-clamp-4 whitespace-pre-wrap text-md wrap-anywhere">{nudge.message}</p>
          {about && <p className="mt-0.5 text-ink-3 text-xs wrap-anywhere">{about}</p>}
        </div>
      </div>
      <ProblemText problem={problem} className="mt-2" />
      <div className="settle mt-3 flex flex-wrap gap-1.5">
        <Button size="sm" variant="primary" onClick={() => onAnswer('accepted')}>
          {isOwn ? t('Done') : t('Yes, now')}
        </Button>
        <Button size="sm" onClick={() => onAnswer('read')}>
          {t('Not now')}
        </Button>
        <Button size="sm" variant="quiet" onClick={onMute}>
          {t('Mute for today')}
        </Button>
      </div>
    </div>
  );
}
