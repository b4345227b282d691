import { AppError } from '../../errors.ts';
import { say, sayAmount, sayList } from '../../language/said.ts';
import { cleanCharacters } from './clean.ts';
import { askedOf, checkLength } from './text.ts';
import type { ExtractedPage, ExtractLimits, FormatRequest, ReadPages } from './types.ts';

/** Rows of one page of the reading view. */
const PAGE_CHARACTERS = 3_000;
/** Rows of titles and remarks may stand above the names of the columns. */
const HEADER_WITHIN = 10;
const MAX_COLUMNS = 200;
const MOST_CELLS = 400_000;

/** Day 0 of a sheet; one that counts from 1904 is of an old Macintosh. */
export const EPOCHS = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) } as const;

/** "2024-03-01", "2024-03-01 12:30", or the time alone. */
export function dateFrom(serial: number, epoch: keyof typeof EPOCHS): string {
  if (!(serial >= 0 && serial <= 2_958_466)) return String(serial);
  // The calendar of 1900 has a day that never was.
  const days = epoch === 1900 && serial < 60 ? serial + 1 : serial;
  const date = new Date(EPOCHS[epoch] + Math.round(days * 86_400) * 1_000);
  const [day = '', time = ''] = date.toISOString().split('T');
  const clock = time.slice(0, time.slice(6, 8) === '00' ? 5 : 8);
  if (serial < 1) return clock;
  return Math.round((serial % 1) * 86_400) % 86_400 === 0 ? day : `${day} ${clock}`;
}

/** A row, and how many columns those of its cells reach over that are joined. */
export type SheetRow = { number: number; cells: string[]; joined?: Map<number, number> };

/** "A", "AB": the name of a column in a sheet. */
export function columnName(index: number): string {
  let name = '';
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}

const NUMERIC = /^[-+]?[\d.,]+%?$/;
const isDate = (value: string) => /^\d{4}-\d\d-\d\d/.test(value);

/** Which of the first rows names the columns: texts, all different, as wide as the table. */
function headerOf(rows: readonly SheetRow[]): number {
  const head = rows.slice(0, HEADER_WITHIN);
  const filled = head.map(({ cells }) => cells.filter((cell) => cell !== ''));
  const width = Math.max(0, ...filled.map(({ length }) => length));
  const isNames = (cells: readonly string[]) =>
    cells.length >= Math.max(2, width * 0.6) &&
    cells.every((cell) => !NUMERIC.test(cell) && !isDate(cell) && cell.length <= 80) &&
    new Set(cells.map((cell) => cell.toLowerCase())).size === cells.length;
  const found = filled.findIndex(isNames);
  return rows.length > found + 1 ? found : -1;
}

const isYear = (value: string) => /^(?:19|20)\d\d$/.test(value);
const isName = (value: string) =>
  isYear(value) || !(NUMERIC.test(value) || isDate(value) || value.length > 80);

/** A name that reaches over several columns, and those below it, are the names of these columns. */
function withJoinedHeads(rows: readonly SheetRow[]): SheetRow[] {
  const at = rows
    .slice(0, HEADER_WITHIN)
    .findIndex(({ cells, joined }) => joined?.size && cells.filter(Boolean).length > 1);
  const [upper, lower] = [rows[at], rows[at + 1]];
  if (!upper?.joined || !lower?.cells.every(isName)) return [...rows];
  const names = [...upper.cells];
  for (const [column, columns] of upper.joined)
    for (let at = column; at < column + columns; at++) names[at] = upper.cells[column] ?? '';
  const width = Math.max(names.length, lower.cells.length);
  const cells = Array.from({ length: width }, (_, column) =>
    [...new Set([names[column], lower.cells[column]])].filter(Boolean).join(', '),
  );
  return [...rows.slice(0, at), { number: lower.number, cells }, ...rows.slice(at + 2)];
}

/** What is read although a person has to unfold it first, in a sentence for `notesOf`; nothing where there is none. */
export function hiddenNote(sheet: string, rows: number, columns: number): string[] {
  const parts = [
    rows > 0 && say('{count, plural, one {# row} other {# rows}}', { count: rows }),
    columns > 0 && say('{count, plural, one {# column} other {# columns}}', { count: columns }),
  ].filter((part) => part !== false);
  return parts.length === 0
    ? []
    : [
        say(
          '{parts} of the sheet “{name}” {count, plural, one {is} other {are}} hidden in the file and read all the same.',
          { parts: sayList(parts), name: sheet.slice(0, 100), count: rows + columns },
        ),
      ];
}

/** A sheet as pages of rows, each row a sentence of its own that names its columns. */
export class SheetPages {
  readonly #limits: ExtractLimits;
  readonly #pages: ExtractedPage[] = [];
  #characters = 0;
  #cells = 0;

  constructor(limits: ExtractLimits) {
    this.#limits = limits;
  }

  /** Counts what is read, so that a sheet of millions of cells ends early. */
  count(cells: number): void {
    this.#cells += cells;
    if (this.#cells > MOST_CELLS) {
      throw new AppError('file_too_large', {
        message: () =>
          say('This file has more than {most} filled cells. Save the part you need and add that.', {
            most: sayAmount(MOST_CELLS),
          }),
      });
    }
  }

  add(name: string, rows: readonly SheetRow[], extra: readonly string[] = []): void {
    const filled = withJoinedHeads(rows)
      .map(({ number, cells }) => ({
        number,
        cells: cells.map((cell) =>
          cleanCharacters(cell ?? '')
            .replace(/\s+/g, ' ')
            .trim(),
        ),
      }))
      .filter(({ cells }) => cells.some((cell) => cell !== ''));
    if (Math.max(0, ...filled.slice(0, HEADER_WITHIN).map(({ cells }) => cells.length)) > MAX_COLUMNS) {
      throw new AppError('file_too_large', {
        message: () => say('The sheet “{name}” has more than {most} columns.', { name, most: MAX_COLUMNS }),
      });
    }
    const at = headerOf(filled);
    const header = at < 0 ? [] : (filled[at]?.cells ?? []);
    const above = filled.slice(0, Math.max(0, at)).map(({ cells }) => cells.filter(Boolean).join(' | '));
    const lines = filled.slice(at + 1).map(({ number, cells }) => ({
      number,
      text: `Row ${number}. ${cells
        .flatMap((cell, index) =>
          cell === '' ? [] : [`${header[index] || `Column ${columnName(index)}`}: ${cell}`],
        )
        .join('; ')}`,
    }));
    // Also a column without a value, which no row names.
    const named = header.filter(Boolean).join(' | ');
    this.#write(name, [...above, ...(named === '' ? [] : [`Columns: ${named}`]), ...extra], lines);
  }

  #write(name: string, above: readonly string[], lines: readonly { number: number; text: string }[]): void {
    let held: { number: number; text: string }[] = [];
    let length = 0;
    const flush = (first: readonly string[]) => {
      const [from, to] = [held[0]?.number, held.at(-1)?.number];
      if (first.length === 0 && from === undefined) return;
      const rows = from === undefined ? '' : from === to ? `, row ${from}` : `, rows ${from}–${to}`;
      const content = [`# ${name}`, '', ...first, ...held.map(({ text }) => text)].join('\n');
      this.#characters += content.length;
      checkLength(this.#characters, this.#limits);
      this.#pages.push({ page: this.#pages.length + 1, label: `${name}${rows}`, content });
      [held, length] = [[], 0];
    };
    let first = above;
    for (const line of lines) {
      if (length > 0 && length + line.text.length > PAGE_CHARACTERS) {
        flush(first);
        first = [];
      }
      held.push(line);
      length += line.text.length + 1;
    }
    flush(first);
  }

  read(request: FormatRequest): ReadPages {
    return askedOf(this.#pages, request);
  }
}
