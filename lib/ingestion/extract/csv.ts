import Papa from 'papaparse';
import { AppError } from '../../errors.ts';
import { say } from '../../language/said.ts';
import { cleanCharacters } from './clean.ts';
import { decodeText } from './encoding.ts';
import { askedOf, checkLength, encodingAccount } from './text.ts';
import type { ExtractedPage, FormatRequest, ReadPages } from './types.ts';

/** Rows of one page of the reading view. */
const PAGE_CHARACTERS = 3_000;
const MAX_COLUMNS = 200;

const cell = (value: string | undefined): string => (value ?? '').replace(/\s+/g, ' ').trim();

/** A first row of names: all filled, all different, none a number. */
function isHeader(row: readonly string[]): boolean {
  const cells = row.map(cell);
  return (
    cells.every((value) => value !== '' && !/^[-+]?[\d.,]+%?$/.test(value)) &&
    new Set(cells.map((value) => value.toLowerCase())).size === cells.length
  );
}

/** One row as a sentence of its own, since a chunk has to be understood without the head of the table. */
function rowText(header: readonly string[], row: readonly string[], number: number): string {
  const width = Math.max(header.length, row.length);
  const values: string[] = [];
  for (let index = 0; index < width; index++) {
    const value = cell(row[index]);
    if (value !== '') values.push(`${header[index] ?? `Column ${index + 1}`}: ${value}`);
  }
  return `Row ${number}. ${values.join('; ')}`;
}

/** What spreadsheet programs write above a table to say what stands between its cells. */
const SEPARATOR = /^\s*"?sep=(.)"?[^\S\n]*\n/;

function parse(text: string): string[][] {
  const [head = '', delimiter = ''] = SEPARATOR.exec(text) ?? [];
  const { data, errors } = Papa.parse<string[]>(text.slice(head.length), {
    skipEmptyLines: 'greedy',
    delimiter,
  });
  // A file with one column has no delimiter to find, and that is no fault.
  const fault = errors.find(({ type, code }) => type === 'Quotes' && code === 'MissingQuotes');
  if (fault) {
    const { row } = fault;
    throw new AppError('file_damaged', {
      message: () =>
        row === undefined
          ? say(
              'A quotation mark is never closed, so the rows cannot be told apart. Save the file again and add it again.',
            )
          : say(
              'A quotation mark in row {row} is never closed, so the rows cannot be told apart. Save the file again and add it again.',
              { row: row + 1 },
            ),
    });
  }
  return data;
}

export async function extractCsv(request: FormatRequest): Promise<ReadPages> {
  const { bytes, limits, encoding } = request;
  const decoded = decodeText(bytes, encoding);
  const text = cleanCharacters(decoded.text);
  checkLength(text.length, limits);
  const rows = parse(text);
  const first = rows[0];
  if (!first) throw new AppError('file_empty');
  if (first.length > MAX_COLUMNS)
    throw new AppError('file_too_large', {
      message: () => say('This table has more than {most} columns.', { most: MAX_COLUMNS }),
    });
  const hasHeader = rows.length > 1 && isHeader(first);
  const header = hasHeader ? first.map(cell) : first.map((_, index) => `Column ${index + 1}`);
  return {
    ...askedOf(toPages(header, hasHeader ? rows.slice(1) : rows), request),
    account: encodingAccount(decoded),
  };
}

function toPages(header: readonly string[], rows: readonly string[][]): ExtractedPage[] {
  const pages: ExtractedPage[] = [];
  let lines: string[] = [];
  let from = 1;
  let length = 0;
  const flush = (to: number): void => {
    if (lines.length === 0) return;
    const label = from === to ? `Row ${from}` : `Rows ${from}–${to}`;
    pages.push({ page: pages.length + 1, label, content: lines.join('\n') });
    [lines, length, from] = [[], 0, to + 1];
  };
  rows.forEach((row, index) => {
    const line = rowText(header, row, index + 1);
    if (length > 0 && length + line.length > PAGE_CHARACTERS) flush(index);
    lines.push(line);
    length += line.length + 1;
  });
  flush(rows.length);
  return pages;
}
