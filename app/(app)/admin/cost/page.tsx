import Link from 'next/link';
import { notFound } from 'next/navigation';
import { Page } from '@/components/shell/page';
import { buttonClass } from '@/components/ui/button';
import { FigureTable } from '@/components/ui/figure-table';
import { TextField } from '@/components/ui/text-field';
import { requireRole } from '@/lib/auth/session';
import { amount, dollars, spanOf } from '@/lib/calendar/words';
import { costReport, spanOfReport } from '@/lib/db/queries/spending';
import { COST_GROUPS, type CostGroup, type CostRow, costRequestSchema } from '@/lib/domain/spending';
import { readText, titled } from '@/lib/language/server-text';
import { type Message, text } from '@/lib/language/text';
import { api, paths } from '@/lib/links';

export const generateMetadata = titled('Cost');

const NAMES: Record<CostGroup, Message> = {
  day: text('Day'),
  model: text('Model'),
  student: text('Student'),
  tool: text('Tool'),
};

const totalOf = (rows: readonly CostRow[], figure: Exclude<keyof CostRow, 'key'>) =>
  rows.reduce((sum, row) => sum + row[figure], 0);

export default async function CostPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const t = await readText();
  const { db } = await requireRole('admin');
  const asked = costRequestSchema.safeParse(await searchParams);
  if (!asked.success) notFound();
  const { by } = asked.data;
  const span = spanOfReport(asked.data, new Date());
  const rows = await costReport(db, { ...span, by });
  return (
    <Page>
      <div className="mx-auto grid max-w-180 gap-6">
        <header>
          <h1 className="font-semibold text-xl">{t('Cost')}</h1>
          <p className="mt-1 text-ink-2">
            {t('{spanOf}, in UTC. A model without a price in the settings counts as 0.', {
              spanOf: spanOf(span.from, span.to, t.language),
            })}
          </p>
        </header>
        <nav aria-label={t('Add up by')} className="flex flex-wrap gap-2">
          {COST_GROUPS.map((group) => (
            <Link
              key={group}
              href={paths.costs({ ...span, by: group })}
              aria-current={group === by ? 'page' : undefined}
              className={buttonClass({ variant: group === by ? 'line' : 'quiet' })}
            >
              {t(NAMES[group])}
            </Link>
          ))}
        </nav>
        <form className="flex flex-wrap items-end gap-3" action={paths.costs()}>
          <input type="hidden" name="by" value={by} />
          <TextField label={t('From')} name="from" type="date" defaultValue={span.from} required />
          <TextField label={t('To')} name="to" type="date" defaultValue={span.to} required />
          <button type="submit" className={buttonClass()}>
            {t('Show')}
          </button>
          <a href={api.costs({ ...span, by, format: 'csv' })} download className={buttonClass()}>
            {t('Save as CSV')}
          </a>
        </form>
        {rows.length === 0 ? (
          <p className="text-ink-2">{t('Nothing was spent in this time.')}</p>
        ) : (
          <>
            <p>
              {t.rich('<strong>{dollars}</strong> for {count} calls and {count2} tokens.', {
                dollars: dollars(totalOf(rows, 'costUsd'), t.language),
                strong: (words) => <strong className="font-semibold">{words}</strong>,
                count: amount(totalOf(rows, 'calls'), t.language),
                count2: amount(totalOf(rows, 'inputTokens') + totalOf(rows, 'outputTokens'), t.language),
              })}
            </p>
            <FigureTable
              caption={t('Cost by {by}', { by })}
              columns={[t(NAMES[by]), t('Calls'), t('Failed'), t('Tokens in'), t('Tokens out'), t('Cost')]}
              rows={rows.map((row) => ({
                key: row.key,
                cells: [
                  row.key || t('Not named'),
                  amount(row.calls, t.language),
                  amount(row.failures, t.language),
                  amount(row.inputTokens, t.language),
                  amount(row.outputTokens, t.language),
                  dollars(row.costUsd, t.language),
                ],
              }))}
            />
          </>
        )}
      </div>
    </Page>
  );
}
