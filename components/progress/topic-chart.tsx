'use client';

import Link from 'next/link';
import {
  Bar,
  BarChart,
  type BarShapeProps,
  ReferenceLine,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from 'recharts';
import { DataTable } from '@/components/ui/data-table';
import { percent } from '@/lib/calendar/words';
import { paths } from '@/lib/links';
import { AIM } from '@/lib/study/mastery/focus';
import type { Analytics } from '@/lib/study/mastery/profile';
import { type ChartRow, chartData, placeOn } from './chart-rows';
import { longDate } from './wording';

const ROW_PIXELS = 40;
const UNPRACTISED_SHOWN = 5;
const TICKS = [0, 0.2, 0.4, 0.6];
const COLUMNS =
  'grid grid-cols-[6.75rem_minmax(0,1fr)_3.9rem] gap-x-3 md:grid-cols-[10.5rem_minmax(0,1fr)_5.25rem] md:gap-x-4';

/** A row of the chart: the likely range, a line from today to the exam, an open dot and a filled one. */
function DotPair({ x, y, width, height, payload, start }: BarShapeProps & { start: number }) {
  // The rows are our own; the chart only hands them back.
  const { average: today, examDay, low, high } = payload as ChartRow;
  const middle = Number(y) + Number(height) / 2;
  const from = Math.max(low, start);
  const perShare = Number(width) / Math.max(high - from, 1e-6);
  const at = (share: number) => Number(x) + (share - from) * perShare;
  return (
    <g>
      <path
        d={`M${at(from)} ${middle}H${at(high)}`}
        stroke="var(--rule)"
        strokeWidth="5"
        strokeLinecap="round"
      />
      {examDay !== null && (
        <path
          d={`M${at(today)} ${middle}H${at(examDay)}`}
          stroke="var(--ink)"
          strokeWidth="3"
          strokeLinecap="round"
        />
      )}
      {examDay !== null && <circle cx={at(examDay)} cy={middle} r="5.5" fill="var(--ink)" />}
      <circle
        cx={at(today)}
        cy={middle}
        r="4.5"
        stroke="var(--ink)"
        strokeWidth="2"
        className="fill-desk md:fill-page"
      />
    </g>
  );
}

/** A wave before figures that rest on few answers. */
const figuresOf = ({ average, examDay, isUnsure }: ChartRow) =>
  `${isUnsure ? '~' : ''}${examDay === null ? percent(average) : `${Math.round(average * 100)} → ${Math.round(examDay * 100)}`}`;

function Figures({ rows, exam }: { rows: readonly ChartRow[]; exam: string | null }) {
  const examOf = (examDay: number | null) => (examDay === null ? 'not known' : percent(examDay));
  return (
    <DataTable
      caption="Average by topic"
      columns={['Topic', 'Today', ...(exam ? [exam] : []), 'Likely between', 'Answers', 'How sure']}
      rows={rows.map(({ topic, average, examDay, low, high, answers, certainty }) => [
        topic,
        percent(average),
        ...(exam ? [examOf(examDay)] : []),
        `${percent(low)} and ${percent(high)}`,
        answers,
        percent(certainty),
      ])}
    />
  );
}

type ChartProps = { rows: readonly ChartRow[]; start: number };

const NAME = 'line-clamp-2 text-xs leading-4.25 md:text-sm md:leading-5';

const Chart = ({ rows, start }: ChartProps) => (
  <div aria-hidden="true" className="relative">
    {rows.map((row) => (
      <div key={row.topic} className={`${COLUMNS} h-10 items-center border-rule border-t`}>
        <span className={`${NAME} font-medium`} title={row.topic}>
          {row.topic}
        </span>
        <span />
        <span className="text-right text-ink-2 tabular">
          {figuresOf(row)}
          {row.isUnsure && (
            <span className="hidden text-ink-3 text-xs leading-3.5 md:block">few answers</span>
          )}
        </span>
      </div>
    ))}
    <div className={`${COLUMNS} pointer-events-none absolute inset-0 [&_svg]:overflow-visible`}>
      <span />
      <ResponsiveContainer width="100%" height={rows.length * ROW_PIXELS}>
        <BarChart
          layout="vertical"
          data={rows.map((row) => ({ ...row, range: [Math.max(row.low, start), row.high] }))}
          margin={{ top: 0, right: 0, bottom: 0, left: 0 }}
          barCategoryGap={0}
          accessibilityLayer={false}
        >
          <XAxis type="number" domain={[start, 1]} hide />
          <YAxis type="category" dataKey="topic" hide />
          <ReferenceLine x={AIM} stroke="var(--edge)" strokeDasharray="3 3" />
          <Bar
            dataKey="range"
            isAnimationActive={false}
            shape={(props: BarShapeProps) => <DotPair {...props} start={start} />}
          />
        </BarChart>
      </ResponsiveContainer>
    </div>
  </div>
);

const Axis = ({ start }: Pick<ChartProps, 'start'>) => (
  <div aria-hidden="true" className={`${COLUMNS} border-rule border-t`}>
    <span />
    <div className="relative h-6 text-ink-3 text-xs">
      {TICKS.filter((tick) => tick > start).map((tick) => (
        <span
          key={tick}
          className="absolute top-1.5 hidden -translate-x-1/2 md:inline"
          style={{ left: `${placeOn(tick, start)}%` }}
        >
          {tick * 100}
        </span>
      ))}
      <span
        className="absolute top-1.5 -translate-x-1/2 whitespace-nowrap"
        style={{ left: `${placeOn(AIM, start)}%` }}
      >
        aim {AIM * 100}
      </span>
      <span className="absolute top-1.5 right-0 hidden md:inline">100%</span>
    </div>
  </div>
);

const Sign = ({ shape, name }: { shape: string; name: string }) => (
  <span className="inline-flex items-center gap-1.5">
    <span aria-hidden="true" className={`rounded-full ${shape}`} />
    {name}
  </span>
);

const Unpractised = ({ topic }: { topic: string }) => (
  <div className={`${COLUMNS} min-h-10 items-center border-rule border-t py-1`}>
    <span className={`${NAME} text-ink-3`}>{topic}</span>
    <span className="col-span-2 text-ink-3 text-xs">
      not practised yet.{' '}
      <Link href={paths.asking(`Quiz me on ${topic}, 5 questions`)} className="link inline-block py-1">
        Five questions would tell
      </Link>
    </span>
  </div>
);

/** One row a topic: where it stands today, how sure that is, and where it leads. What is not known is said in words. */
export function TopicChart({ analytics }: { analytics: Analytics }) {
  const { rows, more, start } = chartData(analytics);
  const { forecast, unpractised } = analytics;
  const exam = forecast?.exam
    ? `${longDate(forecast.exam.date)}${forecast.plan === null ? '' : ', with the plan'}`
    : null;
  if (rows.length === 0 && unpractised.length === 0) return null;
  return (
    <figure className="mt-4 md:mt-7">
      <Figures rows={rows} exam={exam} />
      {rows.length > 0 && <Chart rows={rows} start={start} />}
      {unpractised.slice(0, UNPRACTISED_SHOWN).map((topic) => (
        <Unpractised key={topic} topic={topic} />
      ))}
      {rows.length > 0 && <Axis start={start} />}
      <figcaption className="mt-1.5 flex flex-wrap items-center gap-x-5 gap-y-1 text-ink-2 text-xs">
        {rows.length > 0 && (
          <>
            <Sign shape="size-2.75 border-2 border-ink" name="today" />
            {exam && <Sign shape="size-2.75 bg-ink" name={exam} />}
            <Sign shape="h-1.25 w-5 bg-rule" name="likely range" />
          </>
        )}
        {more > 0 && <span>{more} more topics are not shown.</span>}
        {unpractised.length > UNPRACTISED_SHOWN && (
          <span>{unpractised.length - UNPRACTISED_SHOWN} more topics are not practised yet.</span>
        )}
      </figcaption>
    </figure>
  );
}
