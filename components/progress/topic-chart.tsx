'use client';

import Link from 'next/link';
import { DataTable } from '@/components/ui/data-table';
import { counted, percent } from '@/lib/calendar/words';
import { paths } from '@/lib/links';
import { AIM } from '@/lib/study/mastery/focus';
import type { Analytics } from '@/lib/study/mastery/profile';
import { type ChartRow, chartData } from './chart-rows';
import { longDate } from './wording';

const UNPRACTISED_SHOWN = 5;
const TICKS = [0, 0.2, 0.4, 0.6];
const COLUMNS =
  'grid grid-cols-[6.75rem_minmax(0,1fr)_3.9rem] gap-x-3 md:grid-cols-[10.5rem_minmax(0,1fr)_5.25rem] md:gap-x-4';

const at = (share: number) => `${share * 100}%`;
/** From one share to another, whichever is larger. */
const between = (from: number, to: number) => ({
  left: at(Math.min(from, to)),
  width: at(Math.abs(to - from)),
});
const LINE = 'absolute top-1/2 -translate-y-1/2 rounded-full';

/** The likely range, a line from today to the exam, an open dot and a filled one. */
const Drawn = ({ average, examDay, low, high }: ChartRow) => (
  <span className="relative h-full">
    <span className="absolute inset-y-0 border-edge border-l border-dashed" style={{ left: at(AIM) }} />
    <span className={`${LINE} h-1.25 bg-rule`} style={between(low, high)} />
    {examDay !== null && (
      <>
        <span className={`${LINE} h-0.75 bg-ink`} style={between(average, examDay)} />
        <span className={`${LINE} size-2.75 -translate-x-1/2 bg-ink`} style={{ left: at(examDay) }} />
      </>
    )}
    <span
      className={`${LINE} size-2.75 -translate-x-1/2 border-2 border-ink bg-desk md:bg-page`}
      style={{ left: at(average) }}
    />
  </span>
);

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

const NAME = 'line-clamp-2 text-xs leading-4.25 md:text-sm md:leading-5';

const Chart = ({ rows }: { rows: readonly ChartRow[] }) => (
  <div aria-hidden="true">
    {rows.map((row) => (
      <div key={row.topic} className={`${COLUMNS} h-10 items-center border-rule border-t`}>
        <span className={`${NAME} font-medium`} title={row.topic}>
          {row.topic}
        </span>
        <Drawn {...row} />
        <span className="text-right text-ink-2 tabular">
          {figuresOf(row)}
          {row.isUnsure && (
            <span className="hidden text-ink-3 text-xs leading-3.5 md:block">few answers</span>
          )}
        </span>
      </div>
    ))}
  </div>
);

const Axis = () => (
  <div aria-hidden="true" className={`${COLUMNS} border-rule border-t`}>
    <span />
    <div className="relative h-6 text-ink-3 text-xs">
      {TICKS.map((tick) => (
        <span
          key={tick}
          className="absolute top-1.5 hidden -translate-x-1/2 md:inline"
          style={{ left: at(tick) }}
        >
          {tick * 100}
        </span>
      ))}
      <span className="absolute top-1.5 -translate-x-1/2 whitespace-nowrap" style={{ left: at(AIM) }}>
        aim {AIM * 100}
      </span>
      <span className="absolute top-1.5 right-0 hidden md:inline">100%</span>
    </div>
  </div>
);

/** One or two answers make no average; the topics are named all the same. */
const Thin = ({ rows }: { rows: readonly ChartRow[] }) => (
  <details className="border-rule border-t py-2 text-ink-2 text-xs">
    <summary className="w-fit cursor-pointer py-1">
      {counted(rows.length, 'topic')} with fewer than three answers, too few to say
    </summary>
    <p className="pt-1">{rows.map(({ topic, answers }) => `${topic} (${answers})`).join(', ')}</p>
  </details>
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
  const { rows, more, thin } = chartData(analytics);
  const { forecast, unpractised } = analytics;
  const exam = forecast?.exam
    ? `${longDate(forecast.exam.date)}${forecast.plan === null ? '' : ', with the plan'}`
    : null;
  if (rows.length === 0 && unpractised.length === 0) return null;
  return (
    <figure className="mt-4 md:mt-7">
      <Figures rows={[...rows, ...thin]} exam={exam} />
      {rows.length > 0 && <Chart rows={rows} />}
      {thin.length > 0 && <Thin rows={thin} />}
      {unpractised.slice(0, UNPRACTISED_SHOWN).map((topic) => (
        <Unpractised key={topic} topic={topic} />
      ))}
      {rows.length > 0 && <Axis />}
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
