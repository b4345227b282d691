const CODE_OR_DELIMITER =
  /(`{3,}|~{3,})[\s\S]*?(?:\1|$)|(`+)[\s\S]*?\2|(?<!\\)\\([()[\]])|(?<![\\$])(\$(?=\S)(?:[^$\\\n]|\\.)*\\\$(?:[^$\\\n]|\\.)*\$)(?!\d)/g;

/** Stands for `\$` inside a formula: the parser of markdown would take that dollar for the end of it. */
export const DOLLAR_SIGN = '\\＄';

/**
 * Writes `\(x\)` and `\[x\]` as dollars, outside code, and keeps an escaped dollar inside a formula. Each keeps its two
 * characters, so offsets into the text stay true.
 */
export function dollarDelimiters(markdown: string): string {
  if (!markdown.includes('\\')) return markdown;
  return markdown.replace(CODE_OR_DELIMITER, (whole, _fence, _ticks, bracket, formula) => {
    if (formula) return whole.replaceAll('\\$', DOLLAR_SIGN);
    return bracket ? '$$' : whole;
  });
}

/** Whether a text may hold a formula. */
export const mayHoldMaths = (markdown: string) => markdown.includes('$') || markdown.includes('\\');
