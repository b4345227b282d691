import { terms } from '../text/terms.ts';
import type { Ranking } from './candidates.ts';
import type { Passage } from './passages.ts';

/** Lines of a table as they stand in the passage; `rows` are those that answer. */
export type TableAnswer = { passage: Passage; header: string; rule: string; rows: string[] };

const TABLE = /^[ \t]*(\|.*)\n[ \t]*(\|[ \t\r:|-]+)((?:\n[ \t]*\|.*)+)/gm;
const LONGEST_TABLE = 12;

/** A row the question names, under a column it names; the whole table when it asks which rows a column holds for. */
export function findTableAnswer(
  question: string,
  { kind, units }: Ranking,
  passages: Passage[],
): TableAnswer | null {
  for (const passage of passages) {
    for (const [, header = '', rule = '', body = ''] of passage.text.matchAll(TABLE)) {
      const lines = body.split('\n').map((line) => line.trim());
      const all = lines.filter((line) => line !== '');
      const columns = cellsOf(header).map((cell) => terms(cell));
      const named = all.filter((row) => {
        const name = terms(cellsOf(row)[0] ?? '');
        const rest = units.filter((unit) => !unit.forms.some((form) => name.includes(form)));
        return name.length > 0 && name.every((term) => asks(units, term)) && answers(rest, columns.slice(1));
      });
      const table = { passage, header: header.trim(), rule: rule.trim() };
      if (named.length > 0) return { ...table, rows: named.slice(0, LONGEST_TABLE) };
      const about = [...columns.flat(), ...terms(`${passage.heading} ${passage.title} ${body}`)];
      const isWhich =
        kind !== 'definition' &&
        /^(?:which|what)\b/i.test(question) &&
        answers(units, columns.slice(1), about);
      if (isWhich && all.length <= LONGEST_TABLE) return { ...table, rows: all };
    }
  }
  return null;
}

type Units = Ranking['units'];

const asks = (units: Units, term: string): boolean => units.some(({ forms }) => forms.includes(term));

/** Some column is asked for, and nothing is asked that neither the columns nor the table's surroundings name. */
function answers(units: Units, columns: string[][], about: string[] = columns.flat()): boolean {
  const known = new Set(about);
  return (
    columns.some((column) => column.length > 0 && column.every((term) => asks(units, term))) &&
    units.every(({ forms }) => forms.some((form) => known.has(form)))
  );
}

/** A bar inside a formula or behind a backslash does not part two cells. */
const cellsOf = (row: string): string[] =>
  row
    .replace(/^\s*\||\|\s*$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
