'use client';

import { Line, LineChart, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { DataTable } from '@/components/ui/data-table';
import { inWords, percent } from '@/lib/calendar/words';
import type { Analytics } from '@/lib/study/mastery/profile';
import { historyHeadline, longDate } from './wording';

const HEIGHT_PIXELS = 120;

const TICKS = { tick: { fill: 'var(--ink-3)', fontSize: 13 }, tickLine: false };

const shortDate = (date: string) => inWords(date, 'shortDay');

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
      <div aria-hidden="true" className="mt-4">
        <ResponsiveContainer width="100%" height={HEIGHT_PIXELS}>
          <LineChart
            data={history}
            margin={{ top: 8, right: 16, bottom: 0, left: 0 }}
            accessibilityLayer={false}
          >
            <XAxis
              dataKey="weekOf"
              tickFormatter={shortDate}
              {...TICKS}
              axisLine={{ stroke: 'var(--rule)' }}
              minTickGap={40}
              padding={{ left: 12, right: 12 }}
            />
            <YAxis
              domain={[0, 1]}
              ticks={[0, 0.5, 1]}
              tickFormatter={percent}
              {...TICKS}
              axisLine={false}
              width={44}
            />
            <Line
              dataKey="average"
              stroke="var(--ink)"
              strokeWidth={2}
              dot={{ r: 3.5, fill: 'var(--ink)', strokeWidth: 0 }}
              isAnimationActive={false}
            />
          </LineChart>
        </ResponsiveContainer>
      </div>
    </section>
  );
}
