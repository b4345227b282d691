'use client';

import { Line, LineChart, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { inWords, percent } from '@/lib/calendar/words';
import type { Analytics } from '@/lib/study/mastery/profile';
import { historyHeadline, longDate } from './wording';

const HEIGHT_PIXELS = 120;

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
      <div className="sr-only">
        <table>
          <caption>Share right by week</caption>
          <thead>
            <tr>
              <th scope="col">Week of</th>
              <th scope="col">Right</th>
              <th scope="col">Answers</th>
            </tr>
          </thead>
          <tbody>
            {history.map(({ weekOf, average, answers }) => (
              <tr key={weekOf}>
                <th scope="row">{longDate(weekOf)}</th>
                <td>{percent(average)}</td>
                <td>{answers}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
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
              tick={{ fill: 'var(--ink-3)', fontSize: 13 }}
              tickLine={false}
              axisLine={{ stroke: 'var(--rule)' }}
              minTickGap={40}
              padding={{ left: 12, right: 12 }}
            />
            <YAxis
              domain={[0, 1]}
              ticks={[0, 0.5, 1]}
              tickFormatter={percent}
              tick={{ fill: 'var(--ink-3)', fontSize: 13 }}
              tickLine={false}
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
