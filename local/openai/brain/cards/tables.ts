import type { Passage } from '../answer/passages.ts';
import { FORMULA, plainWithMath } from '../text/plain.ts';
import { topicFor } from './from-facts.ts';
import type { Inside } from './inside.ts';
import type { Draft } from './types.ts';
import { unitAt } from './unit-at.ts';

const TABLE = /^[ \t]*(\|.*)\n[ \t]*(\|[ \t\r:|-]+)((?:\n[ \t]*\|.*)+)/gm;
const MOST_ROWS = 12;
const MOST_COLUMNS = 6;
const LONGEST_NAME = 40;
const LONGEST_CELL = 120;
const YES_NO = /^(?:yes|no)$/i;
/** Columns that name no property, and rows that name no thing. */
const GENERAL =
  /^(?:values?|results?|notes?|examples?|comments?|links?|names?|numbers?|no\.?|type|max(?:imum)?|min(?:imum)?|mean|average|totals?|sum|n|id|date|day|time|image|units?)\b|°|%/i;
const EXPLAINS = /^(?:description|definition|meaning|explanation)s?$/i;
const ONE_WORD = /^\p{L}[\p{L}-]+$/u;

/** "Worst case of heapsort?", "Is heapsort stable?": a cell, asked for by its row and its column. */
export function tableDrafts(passages: readonly Passage[], asked: string, inside: Inside): Draft[] {
  return passages.flatMap((passage) =>
    [...passage.text.matchAll(TABLE)].flatMap((table) => {
      const [, header = '', , body = ''] = table;
      const heading = headingAbove(passage.text.slice(0, table.index));
      const columns = cellsOf(header);
      const rows = body
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean);
      if (columns.length < 2 || columns.length > MOST_COLUMNS || rows.length > MOST_ROWS) return [];
      return rows.flatMap((row, i) => {
        const cells = cellsOf(row);
        if (cells.length !== columns.length) return [];
        return columns.slice(1).flatMap((column, j): Draft[] => {
          const sides = sidesOf(column, cells[0] ?? '', cells[j + 1] ?? '', inside);
          if (!sides) return [];
          return [
            {
              kind: 'basic',
              form: 'table',
              ...sides,
              quote: row,
              n: passage.n,
              topic: topicFor(unitAt(passage, row, heading), asked),
              // Every row and every column gets its turn before any gets a second one.
              weight: 2.3 - 0.25 * ((i + j) % Math.max(2, columns.length - 1)),
            },
          ];
        });
      });
    }),
  );
}

const headingAbove = (text: string): string => /.*^#{1,6} ([^\n]+)/ms.exec(text)?.[1] ?? '';

function sidesOf(
  column: string,
  name: string,
  cell: string,
  inside: Inside,
): { front: string; back: string } | null {
  if (GENERAL.test(column) || GENERAL.test(name)) return null;
  const isFit =
    column.length > 2 &&
    column.length <= LONGEST_NAME &&
    name.length > 1 &&
    name.length <= LONGEST_NAME &&
    cell.length > 0 &&
    cell.length <= LONGEST_CELL &&
    /\p{L}{2}/u.test(name) &&
    !/[?:]|https?/.test(`${column}${name}`) &&
    !/^[-–—?.]+$|https?:|!\[|\S{25,}/.test(cell.replace(FORMULA, 'x'));
  if (!isFit) return null;
  const row = inside(name);
  const back = cell.charAt(0).toUpperCase() + cell.slice(1);
  if (EXPLAINS.test(column))
    return cell.includes(' ') && !/\b(?:this|these|it|you|your)\b/i.test(cell) ? { front: name, back } : null;
  if (YES_NO.test(cell))
    return ONE_WORD.test(column) ? { front: `Is ${row} ${column.toLowerCase()}?`, back } : null;
  return { front: `${column.charAt(0).toUpperCase()}${column.slice(1)} of ${row}?`, back };
}

/** A bar inside a formula or behind a backslash does not part two cells. */
const cellsOf = (row: string): string[] =>
  row
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|(?=(?:[^$]*\$[^$]*\$)*[^$]*$)/)
    .map((cell) => plainWithMath(cell).trim());
