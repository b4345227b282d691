import Papa from 'papaparse';
import type { DatabaseClient } from '../db/clients.ts';
import { type AuditLine, readAudit } from '../db/queries/audit.ts';
import { type AuditFilter, auditFilterSchema } from '../domain/audit.ts';
import { AppError } from '../errors.ts';

const PAGE = 100;
/** What a spreadsheet opens at once; whoever needs more asks by days. */
const CSV_ROWS = 10_000;

const readFilter = (given: object): AuditFilter => {
  const filled = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
  const parsed = auditFilterSchema.safeParse(filled);
  if (parsed.success) return parsed.data;
  const [field] = parsed.error.issues.map(({ path }) => path.join('.'));
  throw new AppError('invalid_request', { message: `The filter does not hold: ${field}.` });
};

const DAY_MS = 86_400_000;
const dayStart = (day: string | undefined, daysAfter = 0) =>
  day && new Date(Date.parse(day) + daysAfter * DAY_MS).toISOString();

/** A page of the record by a filter, and where the next one begins. Days are those of UTC, as the lines show them. */
export async function auditPage(
  db: DatabaseClient,
  params: { everybody: boolean; filter: object },
): Promise<{ lines: AuditLine[]; nextBefore: number | null; filter: AuditFilter }> {
  const filter = readFilter(params.filter);
  const size = filter.format === 'csv' ? CSV_ROWS : PAGE;
  const { who, action, outcome, before } = filter;
  const lines = await readAudit(db, {
    everybody: params.everybody,
    ...{ who, action, outcome, before },
    from: dayStart(filter.from),
    to: dayStart(filter.to, 1),
    limit: size + 1,
  });
  const shown = lines.slice(0, size);
  return { lines: shown, nextBefore: lines.length > size ? (shown.at(-1)?.id ?? null) : null, filter };
}

/** For a spreadsheet; a cell that would be taken for a formula is text there. */
const auditCsv = (lines: readonly AuditLine[]) =>
  Papa.unparse(
    lines.map(({ metadata, ...line }) => ({ ...line, metadata: JSON.stringify(metadata) })),
    { escapeFormulae: true, newline: '\r\n' },
  );

/** The same as the answer of a route. */
export async function auditResponse(
  db: DatabaseClient,
  params: { everybody: boolean; request: Request },
): Promise<Response> {
  const fields = Object.fromEntries(new URL(params.request.url).searchParams);
  const { lines, nextBefore, filter } = await auditPage(db, { everybody: params.everybody, filter: fields });
  if (filter.format === 'json') return Response.json({ lines, nextBefore });
  return new Response(auditCsv(lines), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="clerva-audit.csv"',
    },
  });
}
