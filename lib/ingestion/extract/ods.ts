import { notesOf } from '../../study/account.ts';
import { openOdf } from './odf.ts';
import { hiddenNote, SheetPages, type SheetRow } from './sheets.ts';
import type { FormatRequest, ReadPages } from './types.ts';
import { childrenOf, eachOutermost, elementsOf, type XmlElement } from './xml.ts';

/** Repeated cells and rows fill a sheet to its edge; only those with something in them are counted out. */
const MOST_REPEATED = 1_000;

function cellText(cell: XmlElement): string {
  const { attributes } = cell;
  const shown = childrenOf(cell, 'p').map(paragraphText).join(' ').trim();
  const type = attributes['office:value-type'] ?? attributes['value-type'];
  if (type === 'date')
    return toTheSecond(attributes['date-value'] ?? shown)
      .replace('T', ' ')
      .replace(/ 00:00:00$/, '')
      .replace(/(:\d\d):00$/, '$1');
  if (type === 'time') {
    const [, hours, minutes, seconds = '0'] =
      /^PT(\d+)H(\d+)M([\d.]+)S$/.exec(attributes['time-value'] ?? '') ?? [];
    if (hours === undefined || minutes === undefined) return shown;
    const rest = Math.round(Number(seconds));
    return `${hours}:${minutes}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
  }
  // A share is shown as people say it, any other number with all its digits.
  if (type === 'float') return attributes['office:value'] ?? attributes.value ?? shown;
  return shown;
}

/** Parts of a second are what is left of a reckoning: 9.9999999 of them are 10. */
function toTheSecond(date: string): string {
  const [, whole, part] = /^(.*T\d\d:\d\d:\d\d)(\.\d+)$/.exec(date) ?? [];
  const time = Date.parse(`${whole}Z`);
  if (part === undefined || Number.isNaN(time)) return date;
  return new Date(time + Math.round(Number(part)) * 1_000).toISOString().slice(0, 19);
}

const paragraphText = (element: XmlElement): string =>
  element.children
    .map((child) => {
      if (typeof child === 'string') return child;
      if (child.name === 's' || child.name === 'tab' || child.name === 'line-break') return ' ';
      return child.name === 'annotation' ? '' : paragraphText(child);
    })
    .join('');

const repeated = (element: XmlElement, name: string): number =>
  Math.max(1, Number(element.attributes[name] ?? 1) || 1);

export async function extractOds(request: FormatRequest): Promise<ReadPages> {
  const { xml } = openOdf(request.bytes);
  const pages = new SheetPages(request.limits);
  const sheets: { element: XmlElement; name: string; rows: SheetRow[]; next: number; hidden: number }[] = [];
  /** Labels of cells that reach over rows below. */
  let spanning = new Map<number, { text: string; rows: number }>();
  let annotations = 0;
  eachOutermost(xml, new Set(['table-row', 'tracked-changes']), (row, around) => {
    const table = around.findLast(({ name }) => name === 'table');
    if (row.name !== 'table-row' || !table) return;
    let sheet = sheets.at(-1);
    if (sheet?.element !== table) {
      sheet = {
        element: table,
        name: table.attributes['table:name'] ?? table.attributes.name ?? 'Sheet',
        rows: [],
        next: 1,
        hidden: 0,
      };
      sheets.push(sheet);
      spanning = new Map();
    }
    const isHidden = /^(?:collapse|filter)$/.test(row.attributes.visibility ?? '');
    const cells: string[] = [];
    const joined = new Map<number, number>();
    let column = 0;
    for (const cell of elementsOf(row)) {
      const times = repeated(cell, 'number-columns-repeated');
      annotations += childrenOf(cell, 'annotation').length;
      const above = cell.name === 'covered-table-cell' ? spanning.get(column) : undefined;
      const text = above && above.rows > 0 ? above.text : cellText(cell);
      if (above) above.rows -= 1;
      const down = repeated(cell, 'number-rows-spanned') - 1;
      const across = repeated(cell, 'number-columns-spanned');
      if (across > 1 && text !== '') joined.set(column, Math.min(MOST_REPEATED, across));
      if (down > 0) spanning.set(column, { text, rows: Math.min(MOST_REPEATED, down) });
      if (text !== '') for (let at = 0; at < Math.min(times, MOST_REPEATED); at++) cells[column + at] = text;
      // A sheet so wide is refused, and not filled up to there first.
      column = Math.min(MOST_REPEATED, column + times);
    }
    const times = repeated(row, 'number-rows-repeated');
    if (cells.length > 0) {
      const copies = Math.min(times, MOST_REPEATED);
      if (isHidden) sheet.hidden += copies;
      pages.count(cells.reduce((filled) => filled + 1, 0) * copies);
      for (let at = 0; at < copies; at++)
        sheet.rows.push({ number: sheet.next + at, cells: Array.from(cells, (cell) => cell ?? ''), joined });
    }
    sheet.next += times;
  });
  for (const { name, rows } of sheets) pages.add(name, rows);
  const notes = notesOf(() => sheets.flatMap(({ name, hidden }) => hiddenNote(name, hidden, 0)));
  return { ...pages.read(request), account: { annotations, ...notes } };
}
