'use client';

import { DataTable } from '@/components/ui/data-table';
import { inWords, percent } from '@/lib/calendar/words';
import type { Analytics } from '@/lib/study/mastery/profile';
import { historyHeadline, longDate } from './wording';

const SHARES = [1, 0.5, 0];
/** Dates that stand side by side on a phone. */
const MAX_DATES = 5;

/** The line over the weeks, on the whole scale. Stretched to the width there is; dots and words are not. */
function Line({ history }: Pick<Analytics, 'history'>) {
  const last = history.length - 1;
  const left = (index: number) => `${(index / last) * 100}%`;
  const step = Math.ceil(history.length / MAX_DATES);
  return (
    <div aria-hidden="true" className="mt-4 flex gap-3 pr-4 text-ink-3 text-xs">
      <div className="flex h-25 flex-col justify-between text-right leading-0">
        {SHARES.map((share) => (
          <span key={share}>{share === 1 ? percent(share) : share * 100}</span>
        ))}
      </div>
      <div className="relative h-25 flex-1 border-rule border-b">
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" className="absolute size-full overflow-visible">
          <title>Share right by week</title>
          <polyline
            points={history
              .map(({ average }, index) => `${(index / last) * 100},${100 - average * 100}`)
              .join(' ')}
            vectorEffect="non-scaling-stroke"
            className="fill-none stroke-2 stroke-ink"
          />
        </svg>
        {history.map(({ weekOf, average }, index) => (
          <span
            key={weekOf}
            className="absolute size-1.75 -translate-x-1/2 translate-y-1/2 rounded-full bg-ink"
            style={{ left: left(index), bottom: `${average * 100}%` }}
          />
        ))}
        {history.map(
          ({ weekOf }, index) =>
            (last - index) % step === 0 && (
              <span
                key={weekOf}
                className="absolute top-full -translate-x-1/2 whitespace-nowrap pt-1.5"
                style={{ left: left(index) }}
              >
                {inWords(weekOf, 'shortDay')}
              </span>
            ),
        )}
      </div>
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
