'use client';

import Link from 'next/link';
import { useText } from '#use-text';
import { DataTable } from '@/components/ui/data-table';
import { inDays, percent } from '@/lib/calendar/words';
import type { Translate } from '@/lib/language/text';
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

/** The likely range, a line from today to the exam, an open dot and a filled one. */
const Drawn = ({ average, examDay, low, high }: ChartRow) => (
  <svg aria-hidden="true" className="h-9.75 w-full overflow-visible">
    <line x1={at(AIM)} x2={at(AIM)} y2="100%" strokeDasharray="3" className="stroke-edge" />
    <line x1={at(low)} x2={at(high)} y1="50%" y2="50%" className="stroke-5 stroke-rule" />
    {examDay !== null && (
      <>
        <line x1={at(average)} x2={at(examDay)} y1="50%" y2="50%" className="stroke-3 stroke-ink" />
        <circle cx={at(examDay)} cy="50%" r="5.5" className="fill-ink" />
      </>
    )}
    <circle cx={at(average)} cy="50%" r="4.5" className="fill-desk stroke-2 stroke-ink md:fill-page" />
  </svg>
);

/** A wave before figures that rest on few answers. */
const figuresOf = ({ average, examDay, isUnsure }: ChartRow, t: Translate) =>
  `${isUnsure ? '~' : ''}${examDay === null ? percent(average, t.language) : `${Math.round(average * 100)} → ${Math.round(examDay * 100)}`}`;

function Figures({ rows, exam }: { rows: readonly ChartRow[]; exam: string | null }) {
  const t = useText();
  const examOf = (examDay: number | null) =>
    examDay === null ? t('not known') : percent(examDay, t.language);
  return (
    <DataTable
      caption={t('Average by topic')}
      columns={[
        t('Topic'),
        t('Today'),
        ...(exam ? [exam] : []),
        t('Likely between'),
        t('Questions'),
        t('Reviews'),
        t('How sure'),
      ]}
      rows={rows.map(({ topic, average, examDay, low, high, answers, reviews, certainty }) => [
        topic,
        percent(average, t.language),
        ...(exam ? [examOf(examDay)] : []),
        t('{percent} and {percent2}', {
          percent: percent(low, t.language),
          percent2: percent(high, t.language),
        }),
        answers - reviews,
        reviews,
        percent(certainty, t.language),
      ])}
    />
  );
}

const NAME = 'line-clamp-2 text-xs leading-4.25 md:text-sm md:leading-5';

const Chart = ({ rows }: { rows: readonly ChartRow[] }) => {
  const t = useText();
  return (
    <div aria-hidden="true">
      {rows.map((row) => (
        <div key={row.topic} className={`${COLUMNS} h-10 items-center border-rule border-t`}>
          <span className={`${NAME} font-medium`} title={row.topic}>
            {row.topic}
          </span>
          <Drawn {...row} />
          <span className="text-right text-ink-2 tabular">
            {figuresOf(row, t)}
            {row.isUnsure && (
              <span className="hidden text-ink-3 text-xs leading-3.5 md:block">{t('few answers')}</span>
            )}
          </span>
        </div>
      ))}
    </div>
  );
};

const Axis = () => {
  const t = useText();
  return (
    <div aria-hidden="true" className={`${COLUMNS} border-rule border-t`}>
      <span />
      <svg aria-hidden="true" className="h-6 w-full overflow-visible fill-ink-3 text-xs">
        {TICKS.map((tick) => (
          <text key={tick} x={at(tick)} y="18" textAnchor="middle" className="hidden md:inline">
            {tick * 100}
          </text>
        ))}
        <text x={at(AIM)} y="18" textAnchor="middle">
          {t('aim {value}', { value: AIM * 100 })}
        </text>
        <text x="100%" y="18" textAnchor="end" className="hidden md:inline">
          100%
        </text>
      </svg>
    </div>
  );
};

/** One or two answers make no average; the topics are named all the same. */
const Thin = ({ rows }: { rows: readonly ChartRow[] }) => {
  const t = useText();
  return (
    <details className="border-rule border-t py-2 text-ink-2 text-xs">
      <summary className="w-fit cursor-pointer py-1">
        {t('{count, plural, one {# topic} other {# topics}} with fewer than three answers, too few to say', {
          count: rows.length,
        })}
      </summary>
      <p className="pt-1">{rows.map(({ topic, answers }) => `${topic} (${answers})`).join(', ')}</p>
    </details>
  );
};

const Sign = ({ shape, name }: { shape: string; name: string }) => (
  <span className="inline-flex items-center gap-1.5">
    <span aria-hidden="true" className={`rounded-full ${shape}`} />
    {name}
  </span>
);

const Unpractised = ({ topic }: { topic: string }) => {
  const t = useText();
  return (
    <div className={`${COLUMNS} min-h-10 items-center border-rule border-t py-1`}>
      <span className={`${NAME} text-ink-3`}>{topic}</span>
      <span className="col-span-2 text-ink-3 text-xs">
        {t.rich('not practised yet. <link>Five questions would tell</link>', {
          link: (words) => (
            <Link
              href={paths.asking(t('Quiz me on {topic}, 5 questions', { topic }))}
              className="link inline-block py-1"
            >
              {words}
            </Link>
          ),
        })}
      </span>
    </div>
  );
};

/** One row a topic: where it stands today, how sure that is, and where it leads. What is not known is said in words. */
export function TopicChart({ analytics }: { analytics: Analytics }) {
  const t = useText();
  const { rows, more, thin } = chartData(analytics);
  const { forecast, unpractised } = analytics;
  const exam = forecast?.exam
    ? `${longDate(forecast.exam.date, t)}${forecast.plan === null ? '' : t(', with the plan')}`
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
            <Sign shape="size-2.75 border-2 border-ink" name={inDays(0, t.language)} />
            {exam && <Sign shape="size-2.75 bg-ink" name={exam} />}
            <Sign shape="h-1.25 w-5 bg-rule" name={t('likely range')} />
          </>
        )}
        {more > 0 && <span>{t('{more} more topics are not shown.', { more })}</span>}
        {unpractised.length > UNPRACTISED_SHOWN && (
          <span>
            {t('{count} more topics are not practised yet.', {
              count: unpractised.length - UNPRACTISED_SHOWN,
            })}
          </span>
        )}
      </figcaption>
    </figure>
  );
}
