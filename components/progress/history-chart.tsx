'use client';

import { DataTable } from '@/components/ui/data-table';
import { inWords, percent } from '@/lib/calendar/words';
import type { Analytics } from '@/lib/study/mastery/profile';
import { historyHeadline, longDate } from './wording';

const SHARES = [1, 0.5, 0];
/** Dates that stand side by side on a phone. */
const MAX_DATES = 5;

/** The line over the weeks, on the whole scale. */
function Line({ history }: Pick<Analytics, 'history'>) {
  const last = history.length - 1;
  const points = history.map(({ weekOf, average }, index) => ({
    weekOf,
    x: `${(index / last) * 100}%`,
    y: `${100 - average * 100}%`,
  }));
  const step = Math.ceil(history.length / MAX_DATES);
  return (
    <div aria-hidden="true" className="mt-4 flex gap-3 pr-4 text-ink-3 text-xs">
      <div className="flex h-25 flex-col justify-between text-right leading-0">
        {SHARES.map((share) => (
          <span key={share}>{share === 1 ? percent(share) : share * 100}</span>
        ))}
      </div>
      <svg
        aria-hidden="true"
        className="h-25 min-w-0 flex-1 overflow-visible border-rule border-b fill-ink stroke-ink"
      >
        {points.slice(1).map(({ weekOf, x, y }, index) => (
          <line key={weekOf} x1={points[index]?.x} y1={points[index]?.y} x2={x} y2={y} className="stroke-2" />
        ))}
        {points.map(({ weekOf, x, y }) => (
          <circle key={weekOf} cx={x} cy={y} r="3" />
        ))}
        {points.map(
          ({ weekOf, x }, index) =>
            (last - index) % step === 0 && (
              <text
                key={weekOf}
                x={x}
                y="100%"
                dy="19"
                textAnchor="middle"
                className="fill-ink-3 stroke-none"
              >
                {inWords(weekOf, 'shortDay')}
              </text>
            ),
        )}
      </svg>
    </div>
  );
}

/** The share that was right, week by week. Shown from the second week on: one point is no line. */
export function HistoryChart({ history }: { history: Analytics['history'] }) {
  const title = historyHeadline(history);
  if (title === null) return null;
  return (
    <section aria-labelledby="history" className="mt-10">
      <h2 id="history" className="font-semibold">
        {title}
      </h2>
      <p className="text-ink-3 text-xs">Answers and reviews of each week, whatever the topic.</p>
      <DataTable
        caption="Share right by week"
        columns={['Week of', 'Right', 'Answers']}
        rows={history.map(({ weekOf, average, answers }) => [longDate(weekOf), percent(average), answers])}
      />
      <Line history={history} />
    </section>
  );
}
