'use client';

import Link from 'next/link';
import { useText } from '#use-text';
import { clockTime, shortWhen } from '@/components/client/arrival-words';
import { StartTogether } from '@/components/room/start-together';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { HOUR_MS } from '@/lib/calendar/dates';
import type { Nudge, NudgeAnswer } from '@/lib/domain/nudge';
import { paths } from '@/lib/links';
import { snooze, wake } from './quiet-store';
import { aboutWords, isOpen, momentOf, stateWords } from './words';

type NudgeRowProps = {
  nudge: Nudge;
  now: number;
  /** Until when this device keeps it back. */
  snoozedUntil: number | undefined;
  onAnswer: (answer: NudgeAnswer) => void;
};

function Answers({ nudge: { id, direction, status }, now, snoozedUntil, onAnswer }: NudgeRowProps) {
  const t = useText();
  const isOwn = direction === 'own';
  const isSnoozed = snoozedUntil !== undefined && snoozedUntil > now;
  return (
    <div className="mt-2 flex flex-wrap gap-1.5">
      <Button size="sm" onClick={() => onAnswer('accepted')}>
        {isOwn ? t('Done') : t('Yes')}
      </Button>
      <Button size="sm" onClick={() => onAnswer('declined')}>
        {isOwn ? t('Drop') : t('Not this time')}
      </Button>
      <Button
        size="sm"
        variant="quiet"
        onClick={() => (isSnoozed ? wake(id) : snooze(id, Date.now() + HOUR_MS, Date.now()))}
      >
        {isSnoozed
          ? t('Snoozed here until {time}. Undo', { time: clockTime(new Date(snoozedUntil).toISOString(), t) })
          : t('In an hour')}
      </Button>
      {status === 'sent' && (
        <Button size="sm" variant="quiet" onClick={() => onAnswer('read')}>
          {t('Mark as read')}
        </Button>
      )}
    </div>
  );
}

/** One message: who, the words, what it is about, what became of it, and what can be done. */
export function NudgeRow({ nudge, now, snoozedUntil, onAnswer }: NudgeRowProps) {
  const t = useText();
  const { direction, otherName, otherId, message, status } = nudge;
  const isOwn = direction === 'own';
  const about = aboutWords(nudge, now, t);
  return (
    <li className="border-rule border-t py-3.5 first:border-t-0">
      <div className="flex items-start gap-3.5">
        <Avatar name={isOwn ? t('You') : otherName} className="size-9 rounded-[11px]" />
        <div className="min-w-0 flex-1">
          <p className="flex flex-wrap items-baseline gap-x-2">
            {isOwn ? (
              <span className="font-semibold">{t('A reminder of yours')}</span>
            ) : (
              <Link
                href={paths.person(otherId)}
                className="reach font-semibold hover:underline wrap-anywhere"
              >
                {direction === 'sent' ? t('To {otherName}', { otherName }) : otherName}
              </Link>
            )}
            <span className="text-ink-3 text-xs tabular">
              {shortWhen(momentOf(nudge), now, t)} · {stateWords(nudge, now, t)}
            </span>
          </p>
          <p className="mt-0.5 whitespace-pre-wrap text-md wrap-anywhere">{message}</p>
          {about && <p className="mt-0.5 text-ink-3 text-xs wrap-anywhere">{about}</p>}
          {isOpen(nudge) && (
            <Answers nudge={nudge} now={now} snoozedUntil={snoozedUntil} onAnswer={onAnswer} />
          )}
          {!isOwn && status === 'accepted' && (
            <div className="mt-1.5 flex flex-wrap items-center gap-x-4 gap-y-1.5 text-xs">
              {nudge.type === 'study_invite' && <StartTogether nudgeId={nudge.id} size="sm" />}
              <Link href={paths.person(otherId)} className="link inline-flex min-h-6 items-center">
                {direction === 'sent' ? t('Plan it together') : t('Write back, or plan a time')}
              </Link>
            </div>
          )}
        </div>
      </div>
    </li>
  );
}
