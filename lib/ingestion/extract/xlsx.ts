import { AppError } from '../../errors.ts';
import { say } from '../../language/said.ts';
import { notesOf } from '../../study/account.ts';
import { htmlToText } from './html.ts';
import { drawnHtml, mainPart, partOf, relationshipsOf } from './office.ts';
import { dateFrom, type EPOCHS, hiddenNote, SheetPages, type SheetRow } from './sheets.ts';
import type { FormatRequest, ReadPages } from './types.ts';
import {
  allOf,
  childOf,
  childrenOf,
  eachOutermost,
  elementsOf,
  textOf,
  type XmlElement,
  xmlTree,
} from './xml.ts';
import { type Archive, openZip } from './zip-guard.ts';

/** Formats that every program knows without being told: dates and times. */
const DATE_FORMATS = new Set([
  14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 36, 45, 46, 47, 50, 51, 52, 53, 54, 55, 56, 57, 58,
]);

/** A share of a hundred by how many digits of it are shown. */
type Kind = 'date' | 'plain' | { digits: number };

/** What each style of a cell makes of a number. */
function numberKinds(xml: string | undefined): Kind[] {
  if (xml === undefined) return [];
  const styles = childOf(xmlTree(xml), 'styleSheet');
  const own = new Map(
    childrenOf(childOf(styles, 'numFmts'), 'numFmt').map(({ attributes }) => [
      Number(attributes.numFmtId),
      // What stands in quotes or brackets is written, not computed.
      (attributes.formatCode ?? '').replace(/"[^"]*"|\[(?!h|m|s)[^\]]*\]|\\./gi, ''),
    ]),
  );
  return childrenOf(childOf(styles, 'cellXfs'), 'xf').map(({ attributes }): Kind => {
    const id = Number(attributes.numFmtId ?? 0);
    const code = own.get(id)?.split(';')[0];
    if (DATE_FORMATS.has(id) || (code && /[ymdhs]/i.test(code) && !/[#?]/.test(code))) return 'date';
    if (id === 9 || id === 10) return { digits: id === 9 ? 0 : 2 };
    return code?.includes('%')
      ? { digits: Math.min(10, /\.([0#?]+)/.exec(code)?.[1]?.length ?? 0) }
      : 'plain';
  });
}

const twelveDigits = (value: number): string => String(Number(value.toPrecision(12)));

/** Text without the reading aids of Japanese cells. */
const stringOf = (item: XmlElement): string =>
  elementsOf(item)
    .map((part) =>
      part.name === 't' ? textOf(part) : part.name === 'r' ? textOf(childOf(part, 't') ?? '') : '',
    )
    .join('');

function placeOf(reference: string | undefined): { column: number; row: number } | null {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference ?? '');
  if (!match) return null;
  const column = [...(match[1] ?? '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { column, row: Number(match[2]) };
}

const LAST_COLUMN = 16_384;
const MOST_JOINED = 200;

type Book = { strings: string[]; kinds: Kind[]; epoch: keyof typeof EPOCHS };

function cellValue(cell: XmlElement, { strings, kinds, epoch }: Book): string {
  const { t: type = 'n', s: style = '0' } = cell.attributes;
  if (type === 'inlineStr') return stringOf(childOf(cell, 'is') ?? cell);
  const value = textOf(childOf(cell, 'v') ?? '');
  if (type === 's') return strings[Number(value)] ?? '';
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  if (type === 'd') return value.replace('T', ' ').replace(/ 00:00:00(?:\.0*)?Z?$/, '');
  if (type !== 'n' || value === '' || !Number.isFinite(Number(value))) return value;
  const kind = kinds[Number(style)];
  if (kind === 'date') return dateFrom(Number(value), epoch);
  // A share is shown as people say it, any other number with all its digits.
  return typeof kind === 'object'
    ? `${Number((Number(value) * 100).toFixed(kind.digits))}%`
    : twelveDigits(Number(value));
}

/** The label of cells merged over rows stands in each of them; how far it reaches to the side is noted. */
function merge(xml: string, rows: readonly SheetRow[]): void {
  const byNumber = new Map(rows.map((row) => [row.number, row]));
  for (const { 1: from, 2: to } of xml.matchAll(/<(?:\w+:)?mergeCell [^>]*ref="([A-Z]+\d+):([A-Z]+\d+)"/g)) {
    const [first, last] = [placeOf(from), placeOf(to)];
    if (!first || !last || last.row - first.row > 1_000) continue;
    const begins = byNumber.get(first.row);
    const label = begins?.cells[first.column];
    if (!begins || !label) continue;
    if (last.column > first.column && last.column < MOST_JOINED) {
      begins.joined ??= new Map();
      begins.joined.set(first.column, last.column - first.column + 1);
    }
    for (let row = first.row + 1; row <= last.row; row++) {
      const cells = byNumber.get(row)?.cells;
      if (cells && !cells[first.column]) cells[first.column] = label;
    }
  }
}

const isHidden = ({ attributes }: XmlElement) => /^(?:1|true)$/.test(attributes.hidden ?? '');

function readRows(xml: string, book: Book, pages?: SheetPages) {
  const rows: SheetRow[] = [];
  const hidden = { rows: 0, columns: 0 };
  eachOutermost(xml, new Set(['row', 'col']), (row) => {
    if (row.name === 'col') {
      const { min = '1', max = min } = row.attributes;
      // The rest of a sheet that is folded away to its edge holds nothing.
      if (isHidden(row) && Number(max) < LAST_COLUMN) hidden.columns += Number(max) - Number(min) + 1;
      return;
    }
    const number = Number(row.attributes.r ?? (rows.at(-1)?.number ?? 0) + 1);
    const cells: string[] = [];
    for (const cell of childrenOf(row, 'c')) {
      const column = placeOf(cell.attributes.r)?.column ?? cells.length;
      const value = cellValue(cell, book);
      if (value !== '') cells[column] = value;
    }
    pages?.count(cells.reduce((filled) => filled + 1, 0));
    if (cells.length === 0) return;
    if (isHidden(row)) hidden.rows += 1;
    rows.push({ number, cells: Array.from(cells, (cell) => cell ?? '') });
  });
  merge(xml, rows);
  return { rows, hidden };
}

/** Charts and boxes of text that lie over a sheet. */
function drawnOver(archive: Archive, part: string): { lines: string[]; comments: number } {
  const relationships = relationshipsOf(archive, part);
  const comments = archive.text(partOf(relationships, 'comments') ?? '');
  const drawing = partOf(relationships, 'drawing');
  const xml = drawing === undefined ? undefined : archive.text(drawing);
  const count = comments === undefined ? 0 : [...allOf(xmlTree(comments), 'comment')].length;
  if (drawing === undefined || xml === undefined) return { lines: [], comments: count };
  const tree = xmlTree(xml);
  const boxes = [...allOf(tree, 'txBody')].flatMap((box) =>
    childrenOf(box, 'p').map((one) => [...allOf(one, 't')].map(textOf).join('')),
  );
  const charts = htmlToText(drawnHtml(tree, archive, relationshipsOf(archive, drawing)));
  return { lines: [...boxes, ...charts.split('\n')].filter((line) => line.trim() !== ''), comments: count };
}

function openBook(bytes: Uint8Array) {
  const archive = openZip(bytes);
  const main = mainPart(archive);
  const relationships = relationshipsOf(archive, main);
  const workbook = childOf(xmlTree(archive.text(main) ?? ''), 'workbook');
  const strings: string[] = [];
  const shared = archive.text(partOf(relationships, 'sharedStrings') ?? '');
  if (shared !== undefined) eachOutermost(shared, new Set(['si']), (item) => strings.push(stringOf(item)));
  const is1904 = /^(?:1|true)$/.test(childOf(workbook, 'workbookPr')?.attributes.date1904 ?? '');
  const book: Book = {
    strings,
    kinds: numberKinds(archive.text(partOf(relationships, 'styles') ?? '')),
    epoch: is1904 ? 1904 : 1900,
  };
  const sheets = childrenOf(childOf(workbook, 'sheets'), 'sheet').map(({ attributes }) => {
    const { name = 'Sheet', state = '' } = attributes;
    const part = relationships.get(attributes['r:id'] ?? '')?.target;
    return { name, part, isShown: state !== 'hidden' && state !== 'veryHidden' };
  });
  return { archive, book, sheets };
}

/** The rows of the first sheet that is shown. */
export function firstSheet(bytes: Uint8Array): string[][] {
  const { archive, book, sheets } = openBook(bytes);
  const part = sheets.find(({ isShown }) => isShown)?.part;
  return readRows(archive.text(part ?? '') ?? '', book).rows.map(({ cells }) => cells);
}

export async function extractXlsx(request: FormatRequest): Promise<ReadPages> {
  const { archive, book, sheets } = openBook(request.bytes);
  const pages = new SheetPages(request.limits);
  let annotations = 0;
  const notes: (() => string[])[] = [];
  let missing = 0;
  for (const { name, part, isShown } of sheets) {
    const xml = part && archive.text(part);
    if (!part || xml === undefined) {
      missing += 1;
      notes.push(() => [say('The sheet “{name}” is missing from the file.', { name: name.slice(0, 100) })]);
      continue;
    }
    if (!isShown)
      notes.push(() => [say('The sheet “{name}” is hidden in the file.', { name: name.slice(0, 100) })]);
    const { lines, comments } = drawnOver(archive, part);
    annotations += comments;
    const { rows, hidden } = readRows(xml, book, pages);
    notes.push(() => hiddenNote(name, hidden.rows, hidden.columns));
    pages.add(name, rows, lines);
  }
  if (missing > 0 && missing === sheets.length) throw new AppError('file_damaged');
  return {
    ...pages.read(request),
    account: { annotations, ...notesOf(() => notes.flatMap((make) => make())) },
  };
}
