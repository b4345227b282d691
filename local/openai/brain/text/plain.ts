import { rewritten } from '../words.ts';
/** What a person reads of a passage: markup, links and reference marks removed. For scoring only, never for quoting. */
export const plain = (text: string): string => rewritten('plain', text).trim();

/** Marks that would show as symbols, or as something else, if the text were printed as it stands. */
export const hasMarkup = (text: string): boolean =>
  /<\/?[a-z][^>]*>|!\[|\]\(|\]\[|\||```|&(?:amp|lt|gt|nbsp);|\{[:.#]|\^\s*$/i.test(text);

/** Formulas as notes write them: $…$, $$…$$, \(…\) and \[…\]. A price ("$5 and $6") is none. */
export const FORMULA =
  /\$\$[\s\S]{1,600}?\$\$|\$(?![\s\d.,]+(?:\s|$))(?!\s)[^$\n]{1,300}?(?<!\s)\$(?!\d)|\\\([\s\S]{1,300}?\\\)|\\\[[\s\S]{1,600}?\\\]/g;

/** What a person reads of a passage, as `plain` has it, with formulas exactly as they stand in the notes. */
export function plainWithMath(text: string): string {
  const formulas: string[] = [];
  // Characters of the private use area stand in for a formula, so that nothing inside it is taken for markup.
  const shielded = text.replace(FORMULA, (formula) => {
    formulas.push(formula);
    return `\uE000${formulas.length - 1}\uE001`;
  });
  return plain(shielded).replace(/\uE000(\d+)\uE001/g, (_, at: string) => formulas[Number(at)] ?? '');
}

/** A text with its formulas taken out: what is left can be judged as prose. */
export const withoutMath = (text: string): string => text.replace(FORMULA, 'x');

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A table as Markdown writes it: its head, the rule below it, and its rows. */
export const TABLE = /^[ \t]*(\|.*)\n[ \t]*(\|[ \t\r:|-]+)((?:\n[ \t]*\|.*)+)/gm;

/** A bar inside a formula or behind a backslash does not part two cells. */
export const cellsOf = (row: string): string[] =>
  row
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|(?=(?:[^$]*\$[^$]*\$)*[^$]*$)/)
    .map((cell) => cell.trim());
