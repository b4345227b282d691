import { useText } from '#use-text';
import { DataTable } from '@/components/ui/data-table';
import { percent } from '@/lib/calendar/words';
import type { Analytics } from '@/lib/study/mastery/profile';
import type { RecallForecast } from '@/lib/study/mastery/recall';
import { topicKey } from '@/lib/study/mastery/topic';
import { TOO_FEW } from './chart-rows';
import { longDate } from './wording';

const MAX_ROWS = 24;

export type RecallRow = RecallForecast & { topic: string };

/** What fades most first; topics with too few answers stand apart. */
export function recallRows({ forecast, topicBreakdown }: Pick<Analytics, 'forecast' | 'topicBreakdown'>) {
  const answersOf = new Map(topicBreakdown.map(({ topic, answers }) => [topicKey(topic), answers]));
  const rows = (forecast?.topics ?? []).flatMap(({ topic, cards }): RecallRow[] =>
    cards ? [{ topic, ...cards }] : [],
  );
  const isThin = ({ topic }: RecallRow) => (answersOf.get(topicKey(topic)) ?? 0) < TOO_FEW;
  return {
    rows: rows
      .filter((row) => !isThin(row))
      .sort((left, right) => left.recall - right.recall)
      .slice(0, MAX_ROWS),
    thin: rows.filter(isThin),
  };
}

const at = (share: number) => `${share * 100}%`;

const Row = ({ topic, recall, low, high }: RecallRow) => {
  const t = useText();
  return (
    <div className="grid grid-cols-[6.75rem_minmax(0,1fr)_3.9rem] items-center gap-x-3 border-rule border-t md:grid-cols-[10.5rem_minmax(0,1fr)_6.5rem] md:gap-x-4">
      <span className="line-clamp-2 font-medium text-xs leading-4.25 md:text-sm md:leading-5" title={topic}>
        {topic}
      </span>
      <svg aria-hidden="true" className="h-9.75 w-full overflow-visible">
        <line x1="0" x2="100%" y1="50%" y2="50%" className="stroke-rule" />
        <line x1={at(low)} x2={at(high)} y1="50%" y2="50%" className="stroke-5 stroke-rule" />
        <circle cx={at(recall)} cy="50%" r="5.5" className="fill-ink" />
      </svg>
      <span className="text-right text-ink-2 text-sm tabular">
        {percent(recall, t.language)}
        <span className="block text-ink-3 text-xs leading-3.5">
          {t('{low} to {high}', { low: Math.round(low * 100), high: Math.round(high * 100) })}
        </span>
      </span>
    </div>
  );
};

/** What the cards of each topic hold on the day of the exam by the forgetting curve, when nothing is reviewed until then. */
export function RecallChart({ analytics }: { analytics: Analytics }) {
  const t = useText();
  const { rows, thin } = recallRows(analytics);
  const exam = analytics.forecast?.exam;
  const [weakest] = rows;
  if (!exam || !weakest) return null;
  return (
    <section aria-labelledby="recall" className="mt-10">
      <h2 id="recall" className="font-semibold">
        {t('Without reviews, {percent} of {topic} is left on {date}', {
          percent: percent(weakest.recall, t.language),
          topic: weakest.topic,
          date: longDate(exam.date, t),
        })}
      </h2>
      <p className="text-ink-3 text-xs">
        {t(
          'How much of its cards you would recall on the day. The bar holds it nine times out of ten: few cards, a long bar.',
        )}
      </p>
      <DataTable
        caption={t('Recalled on {date}', { date: longDate(exam.date, t) })}
        columns={[t('Topic'), t('Recalled'), t('Likely between'), t('Cards')]}
        rows={[...rows, ...thin].map(({ topic, recall, low, high, cards }) => [
          topic,
          percent(recall, t.language),
          t('{percent} and {percent2}', {
            percent: percent(low, t.language),
            percent2: percent(high, t.language),
          }),
          cards,
        ])}
      />
      <div aria-hidden="true" className="mt-3 border-rule border-b">
        {rows.map((row) => (
          <Row key={row.topic} {...row} />
        ))}
      </div>
      {thin.length > 0 && (
        <details className="py-2 text-ink-2 text-xs">
          <summary className="w-fit cursor-pointer py-1">
            {t(
              '{count, plural, one {# topic} other {# topics}} with fewer than three answers, too few to say',
              { count: thin.length },
            )}
          </summary>
          <p className="pt-1">
            {thin
              .map(({ topic, cards }) =>
                t('{topic} ({cards, plural, one {# card} other {# cards}})', { topic, cards }),
              )
              .join(', ')}
          </p>
        </details>
      )}
    </section>
  );
}
