import type { Root } from 'hast';
import katex from 'katex';
import { type DrawnFormulas, type Formula, formulaKey, replaceFormulas } from './formulas';
import { asWritten, katexOptions, UNKNOWN } from './katex-options';

/** Longer ones, and what a page holds once so much of it is drawn, are left to the browser of whoever opens them. */
const MOST_LETTERS = 500;
const MOST_DRAWN_LETTERS = 300_000;
const UNREAD = new RegExp(`katex-error|${UNKNOWN}`);

/** As HTML with its lengths as data, since no page takes styles that come as text. Null where it cannot be read whole. */
function formulaHtml({ tex, isDisplay }: Formula): string | null {
  try {
    const html = katex.renderToString(tex, katexOptions(isDisplay));
    return UNREAD.test(html) ? null : html.replaceAll(' style="', ' data-style="');
  } catch {
    // What KaTeX has no words for stands as it was written too.
    return null;
  }
}

/** Draws each formula once, as long as there is room. */
function drawer() {
  const drawn: Record<string, string | null> = {};
  let left = MOST_DRAWN_LETTERS;
  const draw = (formula: Formula): string | null | undefined => {
    const key = formulaKey(formula);
    if (key in drawn || formula.tex.length > MOST_LETTERS || left <= 0) return drawn[key];
    const html = formulaHtml(formula);
    left -= html?.length ?? 0;
    drawn[key] = html;
    return html;
  };
  return { drawn, draw };
}

/** The formulas of a page as the server draws them, so that what draws them need not come with it. For the server. */
export function formulasAhead(formulas: Iterable<Formula>): DrawnFormulas {
  const { drawn, draw } = drawer();
  for (const formula of formulas) draw(formula);
  return drawn;
}

/** The same for trees. */
export function treesAhead(trees: Readonly<Record<string, Root>>): Record<string, Root> {
  const { draw } = drawer();
  const ahead = (tree: Root) =>
    replaceFormulas(tree, (formula, element) => {
      const html = draw(formula);
      if (html === undefined) return [element];
      if (html === null) return [asWritten(formula.tex)];
      return [{ type: 'element', tagName: 'data', properties: { value: html }, children: [] }];
    });
  return Object.fromEntries(Object.entries(trees).map(([key, tree]) => [key, ahead(tree)]));
}
