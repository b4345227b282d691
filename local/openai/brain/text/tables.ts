/** A table as Markdown writes it: its head, the rule below it, and its rows. */
export const TABLE = /^[ \t]*(\|.*)\n[ \t]*(\|[ \t\r:|-]+)((?:\n[ \t]*\|.*)+)/gm;

/** A bar inside a formula or behind a backslash does not part two cells. */
export const cellsOf = (row: string): string[] =>
  row
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|(?=(?:[^$]*\$[^$]*\$)*[^$]*$)/)
    .map((cell) => cell.trim());
