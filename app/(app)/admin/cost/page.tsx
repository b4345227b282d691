import type { Metadata } from 'next';
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
import { api, paths } from '@/lib/links';

export const metadata: Metadata = { title: 'Cost' };

const NAMES: Record<CostGroup, string> = { day: 'Day', model: 'Model', student: 'Student', tool: 'Tool' };

const totalOf = (rows: readonly CostRow[], figure: Exclude<keyof CostRow, 'key'>) =>
  rows.reduce((sum, row) => sum + row[figure], 0);

export default async function CostPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
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
          <h1 className="font-semibold text-xl">Cost</h1>
          <p className="mt-1 text-ink-2">
            {spanOf(span.from, span.to)}, in UTC. A model without a price in the settings counts as 0.
          </p>
        </header>
        <nav aria-label="Add up by" className="flex flex-wrap gap-2">
          {COST_GROUPS.map((group) => (
            <Link
              key={group}
              href={paths.costs({ ...span, by: group })}
              aria-current={group === by ? 'page' : undefined}
              className={buttonClass({ variant: group === by ? 'line' : 'quiet' })}
            >
              {NAMES[group]}
            </Link>
          ))}
        </nav>
        <form className="flex flex-wrap items-end gap-3" action={paths.costs()}>
          <input type="hidden" name="by" value={by} />
          <TextField label="From" name="from" type="date" defaultValue={span.from} required />
          <TextField label="To" name="to" type="date" defaultValue={span.to} required />
          <button type="submit" className={buttonClass()}>
            Show
          </button>
          <a href={api.costs({ ...span, by, format: 'csv' })} download className={buttonClass()}>
            Save as CSV
          </a>
        </form>
        {rows.length === 0 ? (
          <p className="text-ink-2">Nothing was spent in this time.</p>
        ) : (
          <>
            <p>
              <strong className="font-semibold">{dollars(totalOf(rows, 'costUsd'))}</strong> for{' '}
              {amount(totalOf(rows, 'calls'))} calls and{' '}
              {amount(totalOf(rows, 'inputTokens') + totalOf(rows, 'outputTokens'))} tokens.
            </p>
            <FigureTable
              caption={`Cost by ${by}`}
              columns={[NAMES[by], 'Calls', 'Failed', 'Tokens in', 'Tokens out', 'Cost']}
              rows={rows.map((row) => ({
                key: row.key,
                cells: [
                  row.key || 'Not named',
                  amount(row.calls),
                  amount(row.failures),
                  amount(row.inputTokens),
                  amount(row.outputTokens),
                  dollars(row.costUsd),
                ],
              }))}
            />
          </>
        )}
      </div>
    </Page>
  );
}
