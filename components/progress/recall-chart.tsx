import { DataTable } from '@/components/ui/data-table';
import { counted, percent } from '@/lib/calendar/words';
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

const Row = ({ topic, recall, low, high }: RecallRow) => (
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
      {percent(recall)}
      <span className="block text-ink-3 text-xs leading-3.5">
        {Math.round(low * 100)} to {Math.round(high * 100)}
      </span>
    </span>
  </div>
);

/** What the cards of each topic hold on the day of the exam by the forgetting curve, when nothing is reviewed until then. */
export function RecallChart({ analytics }: { analytics: Analytics }) {
  const { rows, thin } = recallRows(analytics);
  const exam = analytics.forecast?.exam;
  const [weakest] = rows;
  if (!exam || !weakest) return null;
  return (
    <section aria-labelledby="recall" className="mt-10">
      <h2 id="recall" className="font-semibold">
        Without reviews, {percent(weakest.recall)} of {weakest.topic} is left on {longDate(exam.date)}
      </h2>
      <p className="text-ink-3 text-xs">
        How much of its cards you would recall on the day. The bar holds it nine times out of ten: few cards,
        a long bar.
      </p>
      <DataTable
        caption={`Recalled on ${longDate(exam.date)}`}
        columns={['Topic', 'Recalled', 'Likely between', 'Cards']}
        rows={[...rows, ...thin].map(({ topic, recall, low, high, cards }) => [
          topic,
          percent(recall),
          `${percent(low)} and ${percent(high)}`,
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
            {counted(thin.length, 'topic')} with fewer than three answers, too few to say
          </summary>
          <p className="pt-1">
            {thin.map(({ topic, cards }) => `${topic} (${counted(cards, 'card')})`).join(', ')}
          </p>
        </details>
      )}
    </section>
  );
}
