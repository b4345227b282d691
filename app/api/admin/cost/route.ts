import Papa from 'papaparse';
import { costReport, spanOfReport } from '@/lib/db/queries/spending';
import { costRequestSchema } from '@/lib/domain/spending';
import { parseQuery, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** What all students have spent, by day, model, student or tool, as JSON or as a table for a spreadsheet. */
export const GET = withUser(
  async ({ request, db }) => {
    const { by, format, ...asked } = parseQuery(request, costRequestSchema);
    const span = spanOfReport(asked, new Date());
    const rows = await costReport(db, { ...span, by });
    if (format === 'json') return Response.json({ ...span, by, rows });
    const table = rows.map(({ key, ...figures }) => ({ [by]: key, ...figures }));
    return new Response(Papa.unparse(table, { newline: '\r\n', escapeFormulae: true }), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="cost-by-${by}-${span.from}-${span.to}.csv"`,
      },
    });
  },
  { role: 'admin' },
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
