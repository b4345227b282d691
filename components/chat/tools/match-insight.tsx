'use client';

import Link from 'next/link';
import { PersonAvatar, presenceWords } from '@/components/people/presence';
import { buttonClass } from '@/components/ui/button';
import { paths } from '@/lib/links';
import type { ToolCardProps, ToolOutput, ToolView } from './tool-view';

type Insight = ToolOutput<'matchInsight'>;

/** Below this a proposed time is only a maybe. */
const MAYBE = 0.6;
const SHOWN = 3;

const topics = (insight: Insight, by: 'you' | 'them') =>
  insight.complementarySkills.filter(({ explainedBy }) => explainedBy === by).map(({ topic }) => topic);

/** The four parts of the fit. What is not known is said to be so: its neutral half would look like a finding. */
function Facets({ facets }: Pick<Insight, 'facets'>) {
  return (
    <>
      <ul className="mt-3.5 grid gap-1.5">
        {facets.map(({ facet, label, score, known }) => (
          <li key={facet} className="grid grid-cols-[minmax(0,11rem)_1fr_4.5rem] items-center gap-3">
            <span>{label}</span>
            <span aria-hidden="true" className="h-1.5 overflow-hidden rounded-full bg-sunk">
              {known && (
                <span className="block h-full rounded-full bg-ink" style={{ width: `${score * 100}%` }} />
              )}
            </span>
            <span className="text-right text-ink-2 tabular">{known ? score.toFixed(2) : 'not known'}</span>
          </li>
        ))}
      </ul>
      <details className="mt-2 text-xs">
        <summary className="link inline-flex min-h-6 cursor-pointer items-center">How it is weighed</summary>
        <ul className="mt-1 grid gap-1 text-ink-2">
          {facets.map(({ facet, label, weight, reason }) => (
            <li key={facet} className="wrap-anywhere">
              {label}, {Math.round(weight * 100)}% of the fit: {reason}
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}

/** The other's clock beside one's own: the day only where it is another one. */
function theirClock(mine: string, theirs: string): string {
  const [myDay, theirDay, time] = [mine.split(', ')[0], ...theirs.split(', ')];
  return myDay === theirDay ? (time ?? theirs) : theirs;
}

/** What each can explain, on both sides of the margin line. */
function Exchange({ insight }: { insight: Insight }) {
  const [mine, theirs] = [topics(insight, 'you'), topics(insight, 'them')];
  if (mine.length + theirs.length === 0) return null;
  const sides = [
    { label: 'You explain', names: mine },
    { label: `${insight.displayName} explains`, names: theirs },
  ];
  return (
    <dl className="mt-4 grid grid-cols-2 rounded-3 border border-rule">
      {sides.map(({ label, names }, index) => (
        <div
          key={label}
          className={`min-w-0 px-4 py-3 ${index === 1 ? 'border-margin border-l-[1.5px]' : ''}`}
        >
          <dt className="text-ink-3 text-xs wrap-anywhere">{label}</dt>
          <dd className="mt-0.5 font-semibold wrap-anywhere">
            {names.slice(0, SHOWN).join(', ') || 'Nothing yet'}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function BestTimes({ insight }: { insight: Insight }) {
  if (insight.nextBestTimes.length === 0) return null;
  return (
    <>
      <h4 className="mt-4 font-semibold">Best times, on your clock</h4>
      <ul className="mt-2 flex flex-wrap gap-1.5">
        {insight.nextBestTimes.slice(0, SHOWN).map(({ whenISO, whenMine, whenTheirs, confidence }) => (
          <li key={whenISO} className="rounded-full border border-rule px-3 py-1 tabular">
            {whenMine}
            {confidence < MAYBE && ', maybe'}
            {whenTheirs !== whenMine && (
              <span className="text-ink-3"> · {theirClock(whenMine, whenTheirs)} for them</span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** How two students fit, what to do together, and the way to ask. Nothing is sent from here. */
export function MatchInsightCard({ part }: ToolCardProps<'matchInsight'>) {
  const insight = part.output;
  const { displayName, canStudyNow, minutesNow, currentActivity, compatibilityScore, risks } = insight;
  return (
    <section
      aria-label={`You and ${displayName}`}
      className="my-4 rounded-3 border border-rule bg-page px-4.5 py-4"
    >
      <div className="flex items-center gap-3.5">
        <PersonAvatar name={displayName} activity={currentActivity} />
        <div className="min-w-0">
          <h3 className="font-semibold text-md wrap-anywhere">
            {displayName}: {insight.verdict}
          </h3>
          <p className="text-ink-3 text-xs tabular">
            {Math.round(compatibilityScore * 100)}% fit ·{' '}
            {canStudyNow && minutesNow !== null
              ? `both free for ${minutesNow} min`
              : presenceWords(currentActivity)}
          </p>
        </div>
      </div>
      <Facets facets={insight.facets} />
      <Exchange insight={insight} />
      <ol className="mt-3.5 grid gap-2">
        {insight.jointStudyPlan.map(({ minutes, step }) => (
          <li key={step} className="grid grid-cols-[56px_minmax(0,1fr)] gap-2">
            <span className="text-ink-3 text-xs tabular leading-5">{minutes} min</span>
            <span className="wrap-anywhere">{step}</span>
          </li>
        ))}
      </ol>
      {risks[0] && <p className="mt-3 text-ink-3 text-xs wrap-anywhere">Worth knowing: {risks[0]}</p>}
      <BestTimes insight={insight} />
      <blockquote className="mt-4 rounded-2 bg-sunk px-3.5 py-2.5 wrap-anywhere">
        {insight.draftMessage}
      </blockquote>
      <p className="mt-1.5 text-ink-3 text-xs">A draft. Nothing is sent until you press Send.</p>
      <div className="mt-3.5">
        <Link href={paths.person(insight.userId)} className={buttonClass({ variant: 'primary' })}>
          {canStudyNow ? 'Start now' : 'Schedule'}
        </Link>
      </div>
    </section>
  );
}

export const matchInsight: ToolView<'matchInsight'> = {
  verbs: { running: 'Comparing subjects', done: 'Compared subjects', failed: 'Could not compare subjects' },
  Card: MatchInsightCard,
};
