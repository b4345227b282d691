import type { Cell, Fragment } from './pdf-lines.ts';

/** Edges of cells of one column lie within this many font sizes of each other. */
const ALIGNED = 1.2;
/** Rows of a table stand no further apart than this, in font sizes. */
const ROW_REACH = 4;
/** A line of its own that goes on in a cell stands closer. */
const NEXT_LINE = 1.6;
const LEAST_ROWS_OF_TWO = 3;
const LEAST_ROWS = 2;
/** Beyond it, what stands side by side are columns of prose. */
const LONG_CELL = 60;

type Table = { from: number; to: number; lines: string[] };

const isAligned = (left: Cell, right: Cell, size: number): boolean =>
  Math.min(
    Math.abs(left.x - right.x),
    Math.abs(left.right - right.right),
    Math.abs(left.x + left.right - right.x - right.right) / 2,
  ) <=
  ALIGNED * size;

const overlaps = (left: Cell, right: Cell): boolean => left.x < right.right && right.x < left.right;

/** Whether `line` can stand below `row` in a table: each of the fewer cells has one of the other line above or below it. */
function fits(row: Fragment, line: Fragment): boolean {
  const distance = row.y - line.y;
  if (distance <= 0 || distance > ROW_REACH * Math.max(row.size, line.size)) return false;
  const [fewer, more] =
    line.cells.length <= row.cells.length ? [line.cells, row.cells] : [row.cells, line.cells];
  const size = Math.max(row.size, line.size);
  const found = fewer.filter((cell) => more.some((other) => isAligned(cell, other, size)));
  return found.length === fewer.length || (found.length >= 2 && found.length >= 0.7 * fewer.length);
}

/** Where tables stand in the lines of a page, with each row as it is stored: cells between bars, below the row of names. */
export function tablesOf(lines: readonly Fragment[]): Table[] {
  const tables: Table[] = [];
  for (let from = 0; from < lines.length; from++) {
    const rows = rowsFrom(lines, from);
    const table = rows.length >= LEAST_ROWS ? tableOf(rows) : null;
    if (table) {
      tables.push({ from, to: from + rows.length, lines: table });
      from += rows.length - 1;
    }
  }
  return tables;
}

function rowsFrom(lines: readonly Fragment[], from: number): Fragment[] {
  const first = lines[from];
  if (!first || first.cells.length < 2) return [];
  const rows = [first];
  let widest = first;
  for (const line of lines.slice(from + 1)) {
    const last = rows.at(-1);
    if (!last) break;
    const isRow =
      line.cells.length > 1 &&
      (fits(last, line) || (widest !== last && fits({ ...widest, y: last.y }, line)));
    if (!isRow && !goesOnInCell(widest, last, line)) break;
    rows.push(line);
    if (line.cells.length > widest.cells.length) widest = line;
  }
  // What follows the last row alone is no part of it unless it stands within the table.
  while ((rows.at(-1)?.cells.length ?? 2) < 2 && rows.length > 1 && !isWithinCell(widest, rows.at(-1)))
    rows.pop();
  return rows;
}

/** The second line of a cell that is not the first of its row. */
function goesOnInCell(widest: Fragment, last: Fragment, line: Fragment): boolean {
  const distance = last.y - line.y;
  return distance > 0 && distance <= NEXT_LINE * line.size && isWithinCell(widest, line);
}

function isWithinCell(widest: Fragment, line: Fragment | undefined): boolean {
  const cell = line?.cells[0];
  const first = widest.cells[0];
  if (!line || !cell || !first || line.cells.length >= widest.cells.length) return false;
  return !overlaps(first, cell) && widest.cells.slice(1).some((column) => isAligned(column, cell, line.size));
}

function tableOf(rows: readonly Fragment[]): string[] | null {
  const widest = rows.reduce((best, row) => (row.cells.length > best.cells.length ? row : best));
  const columns = columnsOf(rows, widest);
  const full = rows.filter(({ cells }) => cells.length > 1);
  if (full.length < (columns.length === 2 ? LEAST_ROWS_OF_TWO : LEAST_ROWS)) return null;
  const texts = full.flatMap(({ cells }) => cells.map(({ text }) => text));
  const long = texts.filter(({ length }) => length > LONG_CELL).length;
  if (long > 0.4 * texts.length) return null;
  const grid: string[][] = [];
  for (const row of rows) {
    const cells = columns.map(() => '');
    for (const cell of row.cells) {
      const at = nearest(columns, cell);
      cells[at] = `${cells[at]} ${cell.text}`.trim();
    }
    const above = grid.at(-1);
    if (above && cells[0] === '' && row.cells.length < columns.length && isWithinCell(widest, row))
      cells.forEach((text, at) => {
        above[at] = `${above[at]} ${text}`.trim();
      });
    else grid.push(cells);
  }
  const lines = grid.map((cells) => cells.join(' | ').trim());
  return isHeader(grid) ? [lines[0] ?? '', columns.map(() => '---').join(' | '), ...lines.slice(1)] : lines;
}

/** Columns as wide as anything in them, by the row with the most cells. */
function columnsOf(rows: readonly Fragment[], widest: Fragment): Cell[] {
  return widest.cells.map((column) => {
    const same = rows.flatMap(({ cells, size }) =>
      cells
        .filter((cell) => isAligned(cell, column, size))
        .filter((cell) => crossed(widest.cells, cell) === 1),
    );
    const all = [column, ...same];
    return {
      ...column,
      x: Math.min(...all.map(({ x }) => x)),
      right: Math.max(...all.map(({ right }) => right)),
    };
  });
}

const crossed = (columns: readonly Cell[], cell: Cell): number =>
  columns.filter((column) => overlaps(column, cell)).length;

const nearest = (columns: readonly Cell[], cell: Cell): number => {
  const distances = columns.map(({ x, right }) =>
    overlaps({ text: '', x, right }, cell)
      ? Math.max(cell.x, x) - Math.min(cell.right, right)
      : distance(x, right, cell),
  );
  return distances.indexOf(Math.min(...distances));
};
const distance = (x: number, right: number, cell: Cell): number => Math.max(x - cell.right, cell.x - right);

/** Names above figures: words, where what stands below holds numbers, in a column at least. */
function isHeader(grid: readonly string[][]): boolean {
  const [first = [], ...rest] = grid;
  if (first.some((text) => text !== '' && !/\p{L}/u.test(text)) || first.filter(Boolean).length < 2)
    return false;
  const isFigure = (text: string) => /\p{Nd}/u.test(text) && (text.match(/\p{L}/gu)?.length ?? 0) <= 3;
  return first.some(
    (name, column) =>
      !isFigure(name) && rest.filter((row) => isFigure(row[column] ?? '')).length > 0.5 * rest.length,
  );
}
