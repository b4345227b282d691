import { zipSync } from 'fflate';
import Papa from 'papaparse';
import { FORMULA } from './cards/deck-text.ts';

/** A table as a spreadsheet program opens it. The first row names the columns. */
export type Sheet = { name: string; rows: readonly (readonly Cell[])[] };
export type Cell = string | number | null;

const shown = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);
/** A cell holds no more. */
const MOST_CHARACTERS = 32_767;

export const sheetCsv = ({ rows }: Sheet): string =>
  Papa.unparse(
    rows.map((row) => row.map((cell) => (typeof cell === 'string' ? shown(cell) : cell))),
    { newline: '\r\n' },
  );

// Signs that XML cannot say at all are left out.
const escaped = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    // An end of line of its own kind would be read as the usual one.
    .replace(/\r/g, '&#13;');

function columnOf(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? columnOf(rest - 1) : '') + String.fromCharCode(65 + (index % 26));
}

function cellXml(cell: Cell, place: string): string {
  if (cell === null || cell === '') return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? `<c r="${place}"><v>${cell}</v></c>` : '';
  const text = escaped(shown(cell).slice(0, MOST_CHARACTERS));
  return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The smallest workbook of one sheet that programs open. */
export function sheetXlsx({ name, rows }: Sheet): Uint8Array {
  const body = rows
    .map(
      (row, at) =>
        `<row r="${at + 1}">${row.map((cell, index) => cellXml(cell, `${columnOf(index)}${at + 1}`)).join('')}</row>`,
    )
    .join('');
  const title = escaped(name.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31));
  const relation = (type: string, target: string) =>
    `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/${type}" Target="${target}"/></Relationships>`;
  const parts = {
    '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/></Types>`,
    '_rels/.rels': relation('officeDocument', 'xl/workbook.xml'),
    'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${title}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relation('worksheet', 'worksheets/sheet1.xml'),
    'xl/worksheets/sheet1.xml': `${HEAD}<worksheet xmlns="${MAIN}"><sheetData>${body}</sheetData></worksheet>`,
  };
  const encoder = new TextEncoder();
  return zipSync(Object.fromEntries(Object.entries(parts).map(([path, xml]) => [path, encoder.encode(xml)])));
}
