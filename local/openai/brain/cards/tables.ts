import type { Passage } from '../answer/passages.ts';
import { capitalised, FORMULA, plainWithMath, withoutMath } from '../text/plain.ts';
import { sentences } from '../text/sentences.ts';
import { type Draft, type Inside, unitAt } from './draft.ts';
import { nameSubject } from './from-clause.ts';
import { topicFor } from './from-facts.ts';

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
  const back = capitalised(cell);
  if (EXPLAINS.test(column))
    return cell.includes(' ') && !/\b(?:this|these|it|you|your)\b/i.test(cell) ? { front: name, back } : null;
  if (YES_NO.test(cell))
    return ONE_WORD.test(column) ? { front: `Is ${row} ${column.toLowerCase()}?`, back } : null;
  return { front: `${capitalised(column)} of ${row}?`, back };
}

/** A bar inside a formula or behind a backslash does not part two cells. */
const cellsOf = (row: string): string[] =>
  row
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|(?=(?:[^$]*\$[^$]*\$)*[^$]*$)/)
    .map((cell) => plainWithMath(cell).trim());

const LONGEST = 220;
const FEWEST_WORDS = 4;
const RELATION = /=|\\(?:approx|propto|leq|geq|le|ge|equiv|to|rightarrow)\b|[<>≤≥≈∝→]/;
/** A bound is told as much as a relation: "$O(n \log n)$". */
const BOUND = /^\$+\s*(?:O|o|\\(?:Theta|Omega|mathcal\{O\}))\s*(?:\\left)?\(/;
const LEANS =
  /^(?:It|They|This|These|That|Those|Here|There|Then|Now|So|We|You|If|When|Where|Thus|Hence|Therefore|Let|Consider|Suppose|For example|Note|Using|Substitut\w+|Solv\w+|Find|Calculate|Show|Prove)\b|\b(?:we|you|our|your|above|below|figure|equation \d)\b|\?$/i;

/** "The kinetic energy is $E = …$.": the formula is what is to be remembered, so it is what is hidden. */
export function formulaDrafts(passages: readonly Passage[], asked: string, inside: Inside): Draft[] {
  return passages.flatMap((passage) => {
    const all = sentences(passage.text);
    return all.flatMap((sentence, i): Draft[] => {
      // A row of a table is asked cell by cell.
      if (sentence.kind === 'heading' || sentence.text.startsWith('|')) return [];
      const previous = all[i - 1];
      const before = previous && previous.kind !== 'heading' ? plainWithMath(previous.text) : null;
      const named = nameSubject(
        plainWithMath(sentence.text),
        before,
        sentence.heading || passage.heading,
        inside,
      );
      if (!named) return [];
      const { said } = named;
      const formulas = said.match(FORMULA) ?? [];
      const telling = formulas.filter((formula) => RELATION.test(formula));
      const bounds = formulas.filter((formula) => BOUND.test(formula));
      const formula = telling[0] ?? bounds[0];
      const words = withoutMath(said).match(/\p{L}{2,}/gu)?.length ?? 0;
      const isCard =
        formula !== undefined &&
        telling.length <= 1 &&
        // The same formula a second time would give the first one away.
        formulas.filter((other) => other === formula).length === 1 &&
        said.length <= LONGEST &&
        words >= FEWEST_WORDS &&
        !LEANS.test(said);
      if (!isCard) return [];
      return [
        {
          kind: 'cloze',
          form: 'cloze',
          // A replacement text would read the dollar signs of the formula as its own.
          front: said.replace(formula, () => `{{c1::${formula}}}`),
          back: '',
          quote: sentence.text,
          n: passage.n,
          topic: topicFor(unitAt(passage, sentence.text, sentence.heading), asked),
          weight: 2.4,
        },
      ];
    });
  });
}
