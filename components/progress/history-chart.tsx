'use client';

import { useText } from '#use-text';
import { DataTable } from '@/components/ui/data-table';
import { inWords, percent } from '@/lib/calendar/words';
import { type Translate, text } from '@/lib/language/text';
import type { Analytics } from '@/lib/study/mastery/profile';
import { historyHeadline, longDate } from './wording';

const SHARES = [1, 0.5, 0];
/** Dates that stand side by side on a phone. */
const MAX_DATES = 5;

type Weeks = Analytics['history'];

/** Questions as a full line with full dots, reviews as a dashed line with open ones. */
const SERIES = [
  { kind: 'questions', name: text('questions right'), line: 'stroke-2', dot: 'fill-ink', dash: undefined },
  {
    kind: 'reviews',
    name: text('reviews recalled'),
    line: 'stroke-2',
    dot: 'fill-desk md:fill-page stroke-2',
    dash: '3 4',
  },
] as const;

const at = (index: number, weeks: Weeks) => `${(index / (weeks.length - 1)) * 100}%`;

function Line({ weeks, kind, line, dot, dash }: (typeof SERIES)[number] & { weeks: Weeks }) {
  const points = weeks.flatMap((week, index) => {
    const share = week[kind];
    return share === null ? [] : [{ week: week.weekOf, x: at(index, weeks), y: `${100 - share * 100}%` }];
  });
  return (
    <g>
      {points.slice(1).map(({ week, x, y }, index) => (
        <line
          key={week}
          x1={points[index]?.x}
          y1={points[index]?.y}
          x2={x}
          y2={y}
          strokeDasharray={dash}
          className={line}
        />
      ))}
      {points.map(({ week, x, y }) => (
        <circle key={week} cx={x} cy={y} r="3.5" className={dot} />
      ))}
    </g>
  );
}

/** The lines over the weeks, on the whole scale. */
function Lines({ weeks }: { weeks: Weeks }) {
  const t = useText();
  const last = weeks.length - 1;
  const step = Math.ceil(weeks.length / MAX_DATES);
  return (
    <div aria-hidden="true" className="mt-4 flex gap-3 pr-4 text-ink-3 text-xs">
      <div className="flex h-25 flex-col justify-between text-right leading-0">
        {SHARES.map((share) => (
          <span key={share}>{share === 1 ? percent(share, t.language) : share * 100}</span>
        ))}
      </div>
      <svg
        aria-hidden="true"
        className="h-25 min-w-0 flex-1 overflow-visible border-rule border-b fill-ink stroke-ink"
      >
        {SERIES.map((series) => (
          <Line key={series.kind} {...series} weeks={weeks} />
        ))}
        {weeks.map(
          ({ weekOf }, index) =>
            (last - index) % step === 0 && (
              <text
                key={weekOf}
                x={at(index, weeks)}
                y="100%"
                dy="19"
                textAnchor="middle"
                className="fill-ink-3 stroke-none"
              >
                {inWords(weekOf, 'shortDay', t.language)}
              </text>
            ),
        )}
      </svg>
    </div>
  );
}

const Sign = ({ name, dot, dash }: Pick<(typeof SERIES)[number], 'dot' | 'dash'> & { name: string }) => (
  <span className="inline-flex items-center gap-1.5">
    <svg aria-hidden="true" className="h-3 w-7 stroke-ink">
      <line x1="0" x2="100%" y1="50%" y2="50%" strokeDasharray={dash} className="stroke-2" />
      <circle cx="50%" cy="50%" r="3.5" className={dot} />
    </svg>
    {name}
  </span>
);

const shareWords = (share: number | null, t: Translate) =>
  share === null ? t('none') : percent(share, t.language);

/** The share that was right, week by week. Shown from the second week on: one point is no line. */
export function HistoryChart({ history }: { history: Analytics['history'] }) {
  const t = useText();
  const title = historyHeadline(history, t);
  if (title === null) return null;
  return (
    <section aria-labelledby="history" className="mt-10">
      <h2 id="history" className="font-semibold">
        {title}
      </h2>
      <p className="text-ink-3 text-xs">
        {t('Each week, whatever the topic; a card seen again in the same sitting does not count.')}
      </p>
      <DataTable
        caption={t('Share right by week')}
        columns={[t('Week of'), t('Questions'), t('Right'), t('Reviews'), t('Recalled')]}
        rows={history.map(({ weekOf, answers, questions, reviews, reviewed }) => [
          longDate(weekOf, t),
          answers - reviewed,
          shareWords(questions, t),
          reviewed,
          shareWords(reviews, t),
        ])}
      />
      <Lines weeks={history} />
      <p className="mt-7 flex flex-wrap gap-x-5 gap-y-1 text-ink-2 text-xs">
        {SERIES.filter(({ kind }) => history.some((week) => week[kind] !== null)).map((series) => (
          <Sign key={series.kind} {...series} name={t(series.name)} />
        ))}
      </p>
    </section>
  );
}
