'use client';

import { Check } from 'lucide-react';
import { useText } from '#use-text';
import { arrivesWords } from '@/components/client/arrival-words';
import { theirClock } from '@/components/people/best-times';
import { timesOf } from '@/components/people/draft';
import { AgendaSteps, Exchange, Facets } from '@/components/people/insight-parts';
import { PersonRow } from '@/components/people/person-row';
import { PersonAvatar, presenceWords } from '@/components/people/presence';
import { ButtonLink } from '@/components/ui/button';
import { minuteOfDay, weekdayAt } from '@/lib/calendar/words';
import type { Translate } from '@/lib/language/text';
import { told } from '@/lib/language/told';
import { paths } from '@/lib/links';
import { CARD, ToolCard } from './tool-card';
import type { ToolCardProps, ToolOutput } from './tool-view';

const PEOPLE_SHOWN = 5;
const TIMES_SHOWN = 3;
/** Below this a proposed time is only a maybe. */
const MAYBE = 0.6;
/** Weeks are read from Monday on. */
const WEEK = [1, 2, 3, 4, 5, 6, 0];

type Shown = Pick<
  ToolOutput<'matchCandidates'>['candidates'][number],
  'userId' | 'displayName' | 'currentActivity'
> & { reason: string | null; score: number | null };

const People = ({ people }: { people: readonly Shown[] }) => (
  <ul className="mt-1.5">
    {people.slice(0, PEOPLE_SHOWN).map(({ userId, displayName, currentActivity, reason, score }) => (
      <li key={userId}>
        <PersonRow
          userId={userId}
          name={displayName}
          activity={currentActivity}
          reason={reason}
          score={score}
        />
      </li>
    ))}
  </ul>
);

/** Students who fit, the best first, each a way to their page. */
export function MatchCandidatesCard({ part }: ToolCardProps<'matchCandidates'>) {
  const t = useText();
  const { candidates, hint, said } = part.output;
  const best = candidates[0];
  if (!best) {
    return (
      <ToolCard
        label={t('Study partners')}
        title={t('Nobody to show yet')}
        ways={[{ href: paths.you, label: t('Open You') }]}
      >
        {hint !== null && <p className="mt-1 max-w-[60ch] text-ink-2">{told(hint, said, t)}</p>}
      </ToolCard>
    );
  }
  return (
    <ToolCard
      label={t('Study partners')}
      title={
        candidates.length === 1
          ? t('1 student fits you')
          : t('{count} students fit you', { count: candidates.length })
      }
      ways={[
        {
          href: paths.person(best.userId),
          label: t('Plan with {displayName}', { displayName: best.displayName }),
        },
        {
          href: paths.people,
          label:
            candidates.length > PEOPLE_SHOWN
              ? t('All {count}', { count: candidates.length })
              : t('Open People'),
        },
      ]}
    >
      <People
        people={candidates.map((one) => ({ ...one, reason: told(one.reason, { ...said, ...one.said }, t) }))}
      />
    </ToolCard>
  );
}

/** Who is here now, with what they do. */
export function GetOnlineUsersCard({ part }: ToolCardProps<'getOnlineUsers'>) {
  const t = useText();
  const { users, total } = part.output;
  return (
    <ToolCard
      label={t('Here now')}
      title={
        total === 0
          ? t('Nobody you can see is here')
          : t('{total, plural, one {# student is} other {# students are}} here', { total })
      }
      ways={[
        {
          href: paths.people,
          label: total > PEOPLE_SHOWN ? t('See all {total}', { total }) : t('Open People'),
        },
      ]}
    >
      {total === 0 && (
        <p className="mt-1 max-w-[60ch] text-ink-2">{t('Students who are hidden are not counted.')}</p>
      )}
      <People
        people={users.map(({ profile, ...user }) => ({
          ...user,
          reason: profile?.subjects.slice(0, 2).join(', ') || null,
        }))}
      />
    </ToolCard>
  );
}

function byDay(windows: ToolOutput<'getAvailability'>['windows'], timezone: string, { language }: Translate) {
  return WEEK.flatMap((dow) => {
    const times = windows
      .filter((window) => window.dow === dow)
      .map((window) => {
        const zone = window.timezone === timezone ? '' : ` (${window.timezone})`;
        return `${minuteOfDay(window.startMin)}–${minuteOfDay(window.endMin)}${zone}`;
      });
    return times.length > 0 ? [{ day: weekdayAt(dow, 'weekday', language), times: times.join(', ') }] : [];
  });
}

/** When somebody can usually study, day by day, on the clock it was set on. */
export function GetAvailabilityCard({ part }: ToolCardProps<'getAvailability'>) {
  const t = useText();
  const { userId, displayName, isOwn, timezone, windows } = part.output;
  const title = isOwn ? t('Your free times') : t('Free times of {displayName}', { displayName });
  const days = byDay(windows, timezone, t);
  return (
    <ToolCard
      label={title}
      title={title}
      ways={[
        {
          href: isOwn ? paths.you : paths.person(userId),
          label: isOwn ? t('Change free times') : t('Find a time together'),
        },
      ]}
    >
      {days.length === 0 ? (
        <p className="mt-1 text-ink-2">{t('No free times are set.')}</p>
      ) : (
        <>
          <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5">
            {days.map(({ day, times }) => (
              <div key={day} className="contents">
                <dt className="text-ink-2">{day}</dt>
                <dd className="tabular">{times}</dd>
              </div>
            ))}
          </dl>
          <p className="mt-2 text-ink-3 text-xs">{t('Clock of {timezone}', { timezone })}</p>
        </>
      )}
    </ToolCard>
  );
}

function BestTimes({ insight }: { insight: ToolOutput<'matchInsight'> }) {
  const t = useText();
  const times = timesOf(insight, t);
  if (times.length === 0) return null;
  return (
    <>
      <h3 className="mt-4 font-semibold">{t('Best times, on your clock')}</h3>
      <ul className="mt-2 flex flex-wrap gap-1.5">
        {times.slice(0, TIMES_SHOWN).map(({ whenISO, whenMine, whenTheirs, confidence }) => (
          <li key={whenISO} className="rounded-full border border-rule px-3 py-1 tabular">
            {whenMine}
            {confidence < MAYBE && t(', maybe')}
            {whenTheirs !== whenMine && (
              <span className="text-ink-3">
                {' '}
                {t('· {theirClock} for them', { theirClock: theirClock(whenMine, whenTheirs) })}
              </span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** How two students fit, what to do together, and the way to ask. Nothing is sent from here. */
export function MatchInsightCard({ part: { output: insight } }: ToolCardProps<'matchInsight'>) {
  const t = useText();
  const { userId, displayName, canStudyNow, minutesNow, currentActivity, risks, said } = insight;
  return (
    <section aria-label={t('You and {displayName}', { displayName })} className={CARD}>
      <div className="flex items-center gap-3.5">
        <PersonAvatar name={displayName} activity={currentActivity} />
        <div className="min-w-0">
          <h2 className="font-semibold text-md wrap-anywhere">
            {displayName}: {told(insight.verdict, said, t)}
          </h2>
          <p className="text-ink-3 text-xs tabular">
            {t('{score}% fit · {state}', {
              score: Math.round(insight.compatibilityScore * 100),
              state:
                canStudyNow && minutesNow !== null
                  ? t('both free for {minutesNow} min', { minutesNow })
                  : presenceWords(currentActivity, t),
            })}
          </p>
        </div>
      </div>
      <div className="mt-3.5 grid gap-3.5">
        <Facets insight={insight} showsTotal={false} />
        <Exchange insight={insight} />
        <AgendaSteps insight={insight} />
      </div>
      {risks[0] && (
        <p className="mt-3 text-ink-3 text-xs wrap-anywhere">
          {t('Worth knowing: {risks}', { risks: told(risks[0], said, t) })}
        </p>
      )}
      <BestTimes insight={insight} />
      <blockquote className="mt-4 rounded-2 bg-sunk px-3.5 py-2.5 wrap-anywhere">
        {told(insight.draftMessage, said, t)}
      </blockquote>
      <p className="mt-1.5 mb-3.5 text-ink-3 text-xs">
        {t('A draft. Nothing is sent until you press Send.')}
      </p>
      <ButtonLink variant="primary" href={paths.person(userId)}>
        {canStudyNow ? t('Start now') : t('Schedule')}
      </ButtonLink>
    </section>
  );
}

/** What was sent, word for word, and to whom. */
export function SendNudgeCard({ part }: ToolCardProps<'sendNudge'>) {
  const t = useText();
  const { displayName, message, deliverAt, duplicate } = part.output;
  return (
    <ToolCard
      label={t('Message to {displayName}', { displayName })}
      titleClassName="flex items-start gap-2"
      title={
        <>
          <Check aria-hidden="true" className="mt-1 size-4 shrink-0 text-moss" />
          {duplicate
            ? t('Sent to {displayName} before', { displayName })
            : t('Sent to {displayName}', { displayName })}
        </>
      }
      actions={<ButtonLink href={paths.people}>{t('Open People')}</ButtonLink>}
    >
      <p className="mt-1.5 whitespace-pre-wrap text-md wrap-anywhere">“{message}”</p>
      {deliverAt && (
        <p className="mt-1.5 text-ink-3 text-xs wrap-anywhere">
          {t('{displayName} has quiet hours. It {arrivesWords}.', {
            displayName,
            arrivesWords: arrivesWords(deliverAt, undefined, t),
          })}
        </p>
      )}
      {duplicate && (
        <p className="mt-1.5 text-ink-3 text-xs">
          {t('The same text went out minutes ago. Nothing was sent again.')}
        </p>
      )}
    </ToolCard>
  );
}
