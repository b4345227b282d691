import type { Passage } from '../answer/passages.ts';
import { isFitText, standsAlone } from '../facts/clause.ts';
import { topicOf } from '../quiz/index.ts';
import { capitalised, cellsOf, FORMULA, plainWithMath, TABLE, withoutMath } from '../text/plain.ts';
import { sentences } from '../text/sentences.ts';
import { says } from '../words.ts';
import type { Draft, Sides } from './write-cards.ts';

const MOST_ROWS = 12;
const MOST_COLUMNS = 6;
const LONGEST_NAME = 40;
const LONGEST_CELL = 120;

const readableCells = (row: string): string[] => cellsOf(row).map((cell) => plainWithMath(cell).trim());

/** "Worst case of heapsort?", "Is heapsort stable?": a cell, asked for by its row and its column. */
export function tableDrafts(passages: readonly Passage[], asked: string): Draft[] {
  return passages.flatMap((passage) =>
    [...passage.text.matchAll(TABLE)].flatMap((table) => {
      const heading = /.*^#{1,6} ([^\n]+)/ms.exec(passage.text.slice(0, table.index))?.[1] ?? '';
      const columns = readableCells(table[1] ?? '');
      const rows = (table[3] ?? '')
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean);
      if (columns.length < 2 || columns.length > MOST_COLUMNS || rows.length > MOST_ROWS) return [];
      return rows.flatMap((quote, i) => {
        const [name = '', ...cells] = readableCells(quote);
        if (cells.length !== columns.length - 1) return [];
        return cells.flatMap((cell, j): Draft[] => {
          const sides = cellSides(columns[j + 1] ?? '', name, cell);
          // Every row and every column gets its turn before any gets a second one.
          const weight = 2.3 - 0.25 * ((i + j) % Math.max(2, columns.length - 1));
          const topic = topicOf({ heading, passage }, asked);
          return sides
            ? [{ kind: 'basic', form: 'table', ...sides, quote, n: passage.n, topic, weight }]
            : [];
        });
      });
    }),
  );
}

function cellSides(column: string, name: string, cell: string): Pick<Sides, 'front' | 'back'> | null {
  const isFit =
    [column, name].every(
      (text) => text.length > 1 && text.length <= LONGEST_NAME && !says('column-not', text),
    ) &&
    /\p{L}{2}/u.test(name) &&
    cell.length > 0 &&
    cell.length <= LONGEST_CELL &&
    !/^[-–—?.]+$|https?:|!\[|\S{25,}/.test(cell.replace(FORMULA, 'x'));
  if (!isFit) return null;
  const back = capitalised(cell);
  if (/^(?:description|definition|meaning|explanation)s?$/i.test(column))
    return cell.includes(' ') && !/\b(?:this|these|it|you|your)\b/i.test(cell) ? { front: name, back } : null;
  if (!/^(?:yes|no)$/i.test(cell)) return { front: `${capitalised(column)} of ${name}?`, back };
  return /^\p{L}[\p{L}-]+$/u.test(column) ? { front: `Is ${name} ${column.toLowerCase()}?`, back } : null;
}

const LONGEST = 220;
const RELATION = /=|\\(?:approx|propto|leq|geq|le|ge|equiv|to|rightarrow)\b|[<>≤≥≈∝→]/;
/** A bound is told as much as a relation: "$O(n \log n)$". */
const BOUND = /^\$+\s*(?:O|o|\\(?:Theta|Omega|mathcal\{O\}))\s*(?:\\left)?\(/;
/** "The kinetic energy is $E = …$.": the formula is what is to be remembered, so it is what is hidden. */
export function formulaDrafts(passages: readonly Passage[], asked: string): Draft[] {
  return passages.flatMap((passage) =>
    sentences(passage.text).flatMap(({ kind, text, heading }): Draft[] => {
      // A row of a table is asked cell by cell.
      if (kind === 'heading' || text.startsWith('|')) return [];
      const said = plainWithMath(text);
      const prose = withoutMath(said);
      const formulas = said.match(FORMULA) ?? [];
      const telling = formulas.filter((formula) => RELATION.test(formula));
      const formula = telling[0] ?? formulas.find((other) => BOUND.test(other));
      // The same formula a second time would give the first one away.
      const isOnce = telling.length <= 1 && formulas.filter((other) => other === formula).length === 1;
      if (!formula || !isOnce || said.length > LONGEST || !standsAlone(prose) || !isFitText(prose)) return [];
      // A replacement text would read the dollar signs of the formula as its own.
      const front = said.replace(formula, () => `{{c1::${formula}}}`);
      const topic = topicOf({ heading, passage }, asked);
      return [
        { kind: 'cloze', form: 'cloze', front, back: '', quote: text, n: passage.n, topic, weight: 2.4 },
      ];
    }),
  );
}
