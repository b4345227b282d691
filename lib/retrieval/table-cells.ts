/** A stored table read back from its lines: every row with its number and its cells by column. */
export type TableRow = { number: number; cells: ReadonlyMap<string, string> };
export type Table = { columns: string[]; rows: TableRow[] };

/** A key stands in at least this share of the rows; what only looks like one inside a value does not. */
const COLUMN_SHARE = 0.1;
const NO_VALUE = /^(?:n\/?a|null|none|nan|-+|–|\?)?$/i;

/** The rows as `extract/csv.ts` writes them: "Row 3. species: Adelie; island: Dream". */
export function readTable(pages: readonly string[]): Table {
  const lines = pages
    .flatMap((page) => page.split('\n'))
    .flatMap((line) => {
      const match = /^Row (\d+)\. (.*)$/.exec(line);
      return match ? [{ number: Number(match[1]), text: match[2] ?? '' }] : [];
    });
  const counts = new Map<string, number>();
  for (const { text } of lines)
    for (const part of text.split('; ')) {
      const key = /^([^:]{1,80}): /.exec(part)?.[1];
      if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  const columns = [...counts].filter(([, count]) => count >= COLUMN_SHARE * lines.length).map(([key]) => key);
  const known = new Set(columns);
  const rows = lines.map(({ number, text }) => {
    const cells = new Map<string, string>();
    let last: string | undefined;
    for (const part of text.split('; ')) {
      const key = /^([^:]{1,80}): /.exec(part)?.[1];
      if (key !== undefined && known.has(key)) {
        cells.set(key, part.slice(key.length + 2));
        last = key;
      } else if (last !== undefined) cells.set(last, `${cells.get(last)}; ${part}`);
    }
    for (const [key, value] of cells) if (NO_VALUE.test(value.trim())) cells.delete(key);
    return { number, cells };
  });
  return { columns, rows };
}

const BARE_NUMBER = /^[^\d\p{L}+-]*([+-]?\d[\d.,'’\s\u00A0\u202F]*)(?:\s*[^\d]*)$/u;

/**
 * How a column writes its numbers: where one cell shows which sign is the decimal one, all are read so. "1,200" alone is
 * a thousand two hundred, "1.200" alone is one and a fifth.
 */
export function numberReader(values: readonly string[]): (value: string) => number | null {
  const digits = (value: string) =>
    BARE_NUMBER.exec(value.trim())?.[1]?.replace(/['’\s\u00A0\u202F]/g, '') ?? null;
  const isCommaDecimal = values.some((value) => {
    const text = digits(value) ?? '';
    if (text.includes('.') && text.includes(',')) return text.lastIndexOf(',') > text.lastIndexOf('.');
    return (
      /^[+-]?\d+,(?:\d{1,2}|\d{4,})$/.test(text) || /^[+-]?0,\d+$/.test(text) || /\.\d{3}\.\d{3}/.test(text)
    );
  });
  return (value) => {
    const text = digits(value);
    if (text === null) return null;
    const plain = isCommaDecimal ? text.replaceAll('.', '').replace(',', '.') : text.replaceAll(',', '');
    const number = Number(plain);
    return Number.isFinite(number) ? number : null;
  };
}

/** A date, year first or day first; null for anything else. */
export function dateOf(value: string): { year: number; month: number } | null {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b/.exec(value.trim());
  const european = /^(\d{1,2})[./](\d{1,2})[./](\d{4})\b/.exec(value.trim());
  const [year, month] = (iso ? [iso[1], iso[2]] : european ? [european[3], european[2]] : []).map(Number);
  return year === undefined || month === undefined ? null : { year, month };
}
