import { useId } from 'react';
import { useText } from '#use-text';
import { Bar } from '@/components/ui/progress-bar';
import { percent } from '@/lib/calendar/words';
import { told } from '@/lib/language/told';
import type { Insight } from '@/lib/matching/insight';

const SHOWN = 3;

/** The four parts of the fit. What is not known is said to be so: its neutral half would look like a finding. */
export function Facets({
  insight: { facets, compatibilityScore },
  showsTotal = true,
}: {
  insight: Insight;
  showsTotal?: boolean;
}) {
  const t = useText();
  return (
    <div>
      <ul className="grid gap-2.5">
        {facets.map(({ facet, label, score, known, said }) => (
          <li
            key={facet}
            className="grid grid-cols-[minmax(0,10.75rem)_minmax(0,1fr)_auto] items-center gap-3"
          >
            <span>{told(label, said, t)}</span>
            <Bar share={known ? score : 0} className="h-1.5 w-full bg-sunk" />
            <span className="min-w-9 text-right text-ink-2 tabular">
              {known ? percent(score, t.language) : t('not known')}
            </span>
          </li>
        ))}
      </ul>
      <details className="mt-2 text-ink-3 text-xs">
        <summary className="inline-flex min-h-6 cursor-pointer items-center gap-1 tabular">
          {showsTotal && `${t('{score} in all.', { score: percent(compatibilityScore, t.language) })} `}
          <span className="link">{t('How it is weighed')}</span>
        </summary>
        <ul className="mt-1 grid gap-1 text-ink-2">
          {facets.map(({ facet, label, weight, reason, said }) => (
            <li key={facet} className="wrap-anywhere">
              {t('{label}, {weight}% of the fit: {reason}', {
                label: told(label, said, t),
                weight: Math.round(weight * 100),
                reason: told(reason, said, t),
              })}
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}

const topics = (insight: Insight, by: 'you' | 'them') =>
  insight.complementarySkills
    .filter(({ explainedBy }) => explainedBy === by)
    .map(({ topic }) => topic)
    .slice(0, SHOWN);

/** What each can explain, on both sides of the margin line. */
export function Exchange({ insight }: { insight: Insight }) {
  const t = useText();
  const [mine, theirs] = [topics(insight, 'you'), topics(insight, 'them')];
  if (mine.length + theirs.length === 0) return null;
  const sides = [
    { label: t('You explain'), names: mine },
    { label: t('{displayName} explains', { displayName: insight.displayName }), names: theirs },
  ];
  return (
    <dl className="grid grid-cols-2 rounded-3 border border-rule">
      {sides.map(({ label, names }, index) => (
        <div
          key={label}
          className={`min-w-0 px-4 py-3 ${index === 1 ? 'border-margin border-l-[1.5px]' : ''}`}
        >
          <dt className="text-ink-3 text-xs wrap-anywhere">{label}</dt>
          <dd className="mt-0.5 font-semibold wrap-anywhere">{names.join(', ') || t('Nothing yet')}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What to do together, minute by minute. */
export const AgendaSteps = ({ insight: { jointStudyPlan, said } }: { insight: Insight }) => {
  const t = useText();
  return (
    <ol className="grid gap-2">
      {jointStudyPlan.map(({ minutes, step }) => (
        <li key={step} className="grid grid-cols-[56px_minmax(0,1fr)] gap-2">
          <span className="text-ink-3 text-xs leading-5 tabular">{t('{minutes} min', { minutes })}</span>
          <span className="wrap-anywhere">{told(step, said, t)}</span>
        </li>
      ))}
    </ol>
  );
};

/** The same under how long it takes. */
export function Agenda({ insight }: { insight: Insight }) {
  const t = useText();
  const title = useId();
  const minutes = insight.jointStudyPlan.reduce((sum, step) => sum + step.minutes, 0);
  return (
    <section aria-labelledby={title}>
      <h3 id={title} className="pb-1.5 font-semibold">
        {t('{minutes} minutes together', { minutes })}
      </h3>
      <AgendaSteps insight={insight} />
    </section>
  );
}
