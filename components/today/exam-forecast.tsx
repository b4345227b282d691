import Link from 'next/link';
import { useText } from '#use-text';
import { inWords, percent } from '@/lib/calendar/words';
import { paths } from '@/lib/links';
import type { Analytics } from '@/lib/study/mastery/profile';
import { sparkline } from './sparkline';

const WIDTH = 240;
const HEIGHT = 56;

type ExamForecastProps = { forecast: NonNullable<Analytics['forecast']> };

const PEN = { fill: 'none', stroke: 'var(--ink)', strokeWidth: 2 };

/** Solid for what was measured, dotted for what the plan would make of it. */
function Picture({ forecast }: ExamForecastProps) {
  const t = useText();
  const { due, plan } = forecast;
  const weeks = forecast.trend.map(({ average }) => average);
  const line = sparkline({ measured: [...weeks, forecast.today], ahead: plan ?? due }, WIDTH, HEIGHT);
  const figures = {
    today: percent(forecast.today, t.language),
    later: percent(plan ?? due, t.language),
  };
  const said =
    weeks[0] === undefined
      ? t('{today} today, {later} forecast for the exam', figures)
      : t('From {first} to {today} today, {later} forecast for the exam', {
          ...figures,
          first: percent(weeks[0], t.language),
        });
  return (
    <svg
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={said}
      className="mt-3.5 mb-2 max-w-full"
    >
      <path {...PEN} d={line.measured} strokeLinecap="round" strokeLinejoin="round" />
      <path {...PEN} d={line.ahead} strokeDasharray="1 5" strokeLinecap="round" />
      <circle
        cx={line.today.x}
        cy={line.today.y}
        r="4"
        fill="var(--page)"
        stroke="var(--ink)"
        strokeWidth="2"
      />
      <circle cx={line.exam.x} cy={line.exam.y} r="4" fill="var(--ink)" />
    </svg>
  );
}

/** Where the exam stands. */
export function ExamForecast({ forecast }: ExamForecastProps) {
  const t = useText();
  const { exam, due, plan } = forecast;
  if (!exam) return null;
  return (
    <section aria-labelledby="exam-forecast">
      <h2 id="exam-forecast" className="mb-1 text-ink-3 text-xs">
        {exam.title}, {inWords(exam.date, 'shortDay', t.language)}
      </h2>
      <p>
        <span className="font-semibold text-[1.875rem] leading-8.5 tracking-[-0.02em] tabular">
          {percent(due, t.language)}
        </span>{' '}
        <span className="text-ink-3 text-xs">{t('forecast')}</span>
      </p>
      <Picture forecast={forecast} />
      <p className="text-ink-3 text-xs">
        {plan === null
          ? t('A plan would show what more practice adds.')
          : t('Keep to the plan and it reaches {percent}.', { percent: percent(plan, t.language) })}{' '}
        <Link href={paths.progress} className="link">
          {t('How this is counted')}
        </Link>
      </p>
    </section>
  );
}
