import { FigureTable } from '@/components/ui/figure-table';
import { amount, counted, dollars, inWords } from '@/lib/calendar/words';
import type { OwnUse as Day } from '@/lib/db/queries/spending';

/** What the student's questions and documents took of the model. Without prices there is no cost to tell. */
export function OwnUse({ days }: { days: readonly Day[] }) {
  if (days.length === 0) return <p className="text-ink-2">Nothing in the last two weeks.</p>;
  const tokens = days.reduce((sum, day) => sum + day.tokens, 0);
  const costUsd = days.reduce((sum, day) => sum + day.costUsd, 0);
  const hasCost = costUsd > 0;
  return (
    <>
      <p className="mb-2 text-ink-2">
        In the last two weeks the model read and wrote {counted(tokens, 'token')} for you
        {hasCost && `, which cost ${dollars(costUsd)}`}. A token is about four letters.
      </p>
      <FigureTable
        caption="What I used, by day"
        columns={['Day', 'Calls', 'Tokens', ...(hasCost ? ['Cost'] : [])]}
        rows={days.map((day) => ({
          key: day.day,
          cells: [
            inWords(day.day, 'shortDayOfWeek'),
            amount(day.calls),
            amount(day.tokens),
            ...(hasCost ? [dollars(day.costUsd)] : []),
          ],
        }))}
      />
    </>
  );
}
