import { cellsOf, hasMarkup, TABLE } from '../text/plain.ts';
import { terms } from '../text/terms.ts';
import type { Passage } from './passages.ts';
import { blockAfter, type Candidate, type Ranking } from './rank.ts';

/** `text` stands in the passage letter for letter; only its line breaks may be spaces here. */
export type Quote = { n: number; text: string };

/** A stretch of the answer: its quotes, and how they are written with their numbers. */
export type Shown = { quotes: Quote[]; text: string; layout: 'sentence' | 'list' | 'table' };

/** Sentences run on, also into the one that opens a list; what follows a list or stands beside a table stands apart. */
export function joinShown(shown: Shown[]): string {
  let joined = '';
  for (const [i, { text, layout }] of shown.entries()) {
    const isApart = layout === 'table' || (shown[i - 1]?.layout ?? 'sentence') !== 'sentence';
    joined += i === 0 ? text : `${isApart ? '\n\n' : ' '}${text}`;
  }
  return joined;
}

/** Lines of a page end where the paper did, not where the sentence does. */
const HARD_WRAP = /[ \t]*\r?\n[ \t]*/g;

/** A sentence is shown with the formula or the code below it, and with its list when that was asked for or a colon opens it. */
export function showSentence(candidate: Candidate, kind: Ranking['kind']): Shown {
  const { sentence, passage, opensList } = candidate;
  const { n } = passage;
  const quote = { n, text: sentence.text.replace(HARD_WRAP, ' ') };
  const alone: Shown = { quotes: [quote], text: withMarkers(quote.text, n), layout: 'sentence' };
  const block = blockAfter(passage, sentence.end);
  if (block !== null) {
    const below = { n, text: passage.text.slice(sentence.end, block).trim() };
    // The mark stands on a line of its own: behind it, a fence or a display would not close.
    return { quotes: [quote, below], text: `${alone.text}\n\n${below.text}\n\n[${n}]`, layout: 'list' };
  }
  const isOpen = /:$/.test(sentence.text) || ((kind === 'list' || kind === 'manner') && opensList);
  const items = isOpen ? itemsAfter(passage, sentence.end) : [];
  if (items.length === 0 || items.some(hasMarkup)) return alone;
  const listed = items.map((item) => ({ n, text: item.replace(HARD_WRAP, ' ') }));
  const lines = listed.map(({ text }) => withMarkers(text, n)).join('\n');
  return { quotes: [quote, ...listed], text: `${alone.text}\n\n${lines}`, layout: 'list' };
}

const LONGEST_LIST = 1200;
/** A marker, its line, and the lines it runs on over. */
const ITEM = /\s*\n\s*((?:[-*•]|\d{1,2}[.)])\s+[^\n]*(?:\n(?!\s*(?:\n|[-*•#|>]|\d{1,2}[.)]\s))[^\n]+)*)/gy;

/** The items of the list that begins at `from`, as they stand. */
function itemsAfter({ text }: Passage, from: number): string[] {
  const items: string[] = [];
  for (const match of text.slice(from).matchAll(ITEM)) {
    if (match.index + match[0].length > LONGEST_LIST) break;
    items.push((match[1] ?? '').trimEnd());
  }
  return items;
}

/** Head and asked rows; the number stands in each row's last cell. */
export function showTable({ passage: { n }, header, rule, rows }: TableAnswer): Shown {
  const marked = rows.map((row) => row.replace(/\s*\|?\s*$/, ` [${n}] |`));
  return {
    quotes: rows.map((text) => ({ n, text })),
    text: [header, rule, ...marked].join('\n'),
    layout: 'table',
  };
}

/** Reference marks that papers carry in their text: `[12]`, `[3, 4]`, `[12] [13]`. Here they would pass for ours. */
const REFERENCE_MARK = /\s*\[\d[\d,;\s–-]*\](?:\s*,?\s*\[\d[\d,;\s–-]*\]?)*\]?/g;

/** The quote with its number after it, and in the place of every reference mark the text brought along. */
export function withMarkers(quote: string, n: number): string {
  const parts = quote.split(REFERENCE_MARK).map((part) => part.trim());
  const said = parts.filter((part) => /[\p{L}\p{N}].*[\p{L}\p{N}]/su.test(part));
  return said.map((part, i) => `${i > 0 && !/^[,.;:)]/.test(part) ? ' ' : ''}${part} [${n}]`).join('');
}

/** Lines of a table as they stand in the passage; `rows` are those that answer. */
type TableAnswer = { passage: Passage; header: string; rule: string; rows: string[] };

const LONGEST_TABLE = 12;

/** A row the question names, under a column it names; the whole table when it asks which rows a column holds for. */
export function findTableAnswer(
  question: string,
  { kind, units }: Ranking,
  passages: Passage[],
): TableAnswer | null {
  const tables = passages.flatMap((passage) =>
    [...passage.text.matchAll(TABLE)].map(([, header = '', rule = '', body = '']) => ({
      table: { passage, header: header.trim(), rule: rule.trim() },
      all: body.split('\n').flatMap((line) => line.trim() || []),
    })),
  );
  for (const { table, all } of tables) {
    const columns = cellsOf(table.header).map((cell) => terms(cell));
    const named = all.filter((row) => {
      const name = terms(cellsOf(row)[0] ?? '');
      const rest = units.filter((unit) => !unit.forms.some((form) => name.includes(form)));
      return name.length > 0 && name.every((term) => asks(units, term)) && answers(rest, columns.slice(1));
    });
    if (named.length > 0) return { ...table, rows: named.slice(0, LONGEST_TABLE) };
    const { heading, title } = table.passage;
    const about = [...columns.flat(), ...terms([heading, title, ...all].join(' '))];
    const isWhich = kind !== 'definition' && /^(?:which|what)\b/i.test(question);
    if (isWhich && all.length <= LONGEST_TABLE && answers(units, columns.slice(1), about))
      return { ...table, rows: all };
  }
  return null;
}

type Units = Ranking['units'];

export const asks = (units: Units, term: string): boolean => units.some(({ forms }) => forms.includes(term));

/** Some column is asked for, and nothing is asked that neither the columns nor the table's surroundings name. */
function answers(units: Units, columns: string[][], about: string[] = columns.flat()): boolean {
  const known = new Set(about);
  return (
    columns.some((column) => column.length > 0 && column.every((term) => asks(units, term))) &&
    units.every(({ forms }) => forms.some((form) => known.has(form)))
  );
}
