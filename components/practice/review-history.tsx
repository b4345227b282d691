import { useText } from '#use-text';
import { addDays, dateIn, MINUTE_MS } from '@/lib/calendar/dates';
import { inWords } from '@/lib/calendar/words';
import type { DueSummary } from '@/lib/db/queries/deck';
import type { Translate } from '@/lib/language/text';

type ReviewHistoryProps = {
  days: Readonly<DueSummary['history']>;
  now: Date;
  timezone: string;
  rolloverHour: number;
};

const DAYS = 14;

const weekday = (day: string, t: Translate) => inWords(day, 'weekdayAndDay', t.language);

/** Two weeks of reviews: one sentence, a bar a day, and the same in a table for who cannot see bars. */
export function ReviewHistory({ days, now, timezone, rolloverHour }: ReviewHistoryProps) {
  const t = useText();
  if (days.length === 0) return null;
  const known = new Map(days.map((day) => [day.day, day]));
  const today = dateIn(now, timezone, rolloverHour);
  const all = Array.from({ length: DAYS }, (_, index) => {
    const day = addDays(today, index - DAYS + 1);
    return known.get(day) ?? { day, reviews: 0, recalled: 0, durationMs: 0 };
  });
  const sum = (of: (day: DueSummary['history'][number]) => number) =>
    all.reduce((total, day) => total + of(day), 0);
  const [reviews, recalled] = [sum((day) => day.reviews), sum((day) => day.recalled)];
  const minutes = Math.max(1, Math.round(sum((day) => day.durationMs) / MINUTE_MS));
  const most = Math.max(...all.map((day) => day.reviews));
  return (
    <section aria-labelledby="history">
      <h2 id="history" className="font-semibold">
        {t('You recalled {recalled}% in two weeks', {
          recalled: Math.round((recalled / Math.max(1, reviews)) * 100),
        })}
      </h2>
      <p className="mt-0.5 text-ink-3 text-xs">{t('In about {minutes} min of reviews', { minutes })}</p>
      <svg aria-hidden="true" className="mt-4 h-16 w-full max-w-measure border-rule border-b">
        {all.map((day, index) => {
          const height = day.reviews === 0 ? 0 : Math.max(4, (day.reviews / most) * 100);
          return (
            <rect
              key={day.day}
              x={`${(index / DAYS) * 100}%`}
              y={`${100 - height}%`}
              width={`${80 / DAYS}%`}
              height={`${height}%`}
              className="fill-ink forced-colors:fill-[CanvasText]"
            >
              <title>{`${weekday(day.day, t)}: ${day.reviews}`}</title>
            </rect>
          );
        })}
      </svg>
      <div aria-hidden="true" className="mt-1 flex max-w-measure justify-between text-ink-3 text-xs">
        <span>{weekday(all[0]?.day ?? today, t)}</span>
        <span>{t('Today')}</span>
      </div>
      <table className="sr-only">
        <caption>{t('Reviews by day')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('Day')}</th>
            <th scope="col">{t('Reviews')}</th>
            <th scope="col">{t('Recalled')}</th>
          </tr>
        </thead>
        <tbody>
          {all.map((day) => (
            <tr key={day.day}>
              <th scope="row">{weekday(day.day, t)}</th>
              <td>{day.reviews}</td>
              <td>{day.recalled}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
