import { useText } from '#use-text';
import { FigureTable } from '@/components/ui/figure-table';
import { amount, dollars, inWords } from '@/lib/calendar/words';
import type { OwnUse as Day } from '@/lib/db/queries/spending';

/** What the student's questions and documents took of the model. Without prices there is no cost to tell. */
export function OwnUse({ days }: { days: readonly Day[] }) {
  const t = useText();
  if (days.length === 0) return <p className="text-ink-2">{t('Nothing in the last two weeks.')}</p>;
  const tokens = days.reduce((sum, day) => sum + day.tokens, 0);
  const costUsd = days.reduce((sum, day) => sum + day.costUsd, 0);
  const hasCost = costUsd > 0;
  return (
    <>
      <p className="mb-2 text-ink-2">
        {hasCost
          ? t(
              'In the last two weeks the model read and wrote {tokens, plural, one {# token} other {# tokens}} for you, which cost {sum}.',
              { tokens, sum: dollars(costUsd, t.language) },
            )
          : t(
              'In the last two weeks the model read and wrote {tokens, plural, one {# token} other {# tokens}} for you.',
              { tokens },
            )}{' '}
        {t('A token is about four letters.')}
      </p>
      <FigureTable
        caption={t('What I used, by day')}
        columns={[t('Day'), t('Calls'), t('Tokens'), ...(hasCost ? [t('Cost')] : [])]}
        rows={days.map((day) => ({
          key: day.day,
          cells: [
            inWords(day.day, 'shortDayOfWeek', t.language),
            amount(day.calls, t.language),
            amount(day.tokens, t.language),
            ...(hasCost ? [dollars(day.costUsd, t.language)] : []),
          ],
        }))}
      />
    </>
  );
}
