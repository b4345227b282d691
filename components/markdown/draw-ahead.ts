import type { Root } from 'hast';
import katex from 'katex';
import { SaxesParser } from 'saxes';
import { type Drawn, type DrawnFormulas, type Formula, formulaKey, replaceFormulas } from './formulas';
import { asWritten, katexOptions, UNKNOWN } from './katex-options';

/** Longer ones, and what a page holds once so much of it is drawn, are left to the browser of whoever opens them. */
const MOST_LETTERS = 500;
const MOST_DRAWN_LETTERS = 150_000;
const UNREAD = new RegExp(`katex-error|${UNKNOWN}`);

/** By the names of React. Lengths go as data, since no page takes styles that come as text. */
const NAMES: Readonly<Record<string, string>> = { class: 'className', style: 'data-style' };

type Open = [tag: string, attributes: Record<string, string>, ...inside: Drawn[]];

/** What KaTeX writes, which is XML, as elements. */
function elementsOf(markup: string): Drawn {
  const parser = new SaxesParser();
  const open: Open[] = [['span', {}]];
  parser.on('opentag', ({ name, attributes }) => {
    const named = Object.entries(attributes).map(([key, value]) => [NAMES[key] ?? key, value]);
    open.push([name, Object.fromEntries(named)]);
  });
  parser.on('text', (text) => open.at(-1)?.push(text));
  parser.on('closetag', () => {
    const closed = open.pop();
    if (closed) open.at(-1)?.push(closed);
  });
  parser.write(`<span>${markup}</span>`).close();
  return open[0]?.[2] ?? '';
}

/** Draws each formula once, as long as there is room: null where it cannot be read whole, undefined where it is left. */
function drawer() {
  const drawn: Record<string, Drawn | null> = {};
  let left = MOST_DRAWN_LETTERS;
  const draw = (formula: Formula): Drawn | null | undefined => {
    const key = formulaKey(formula);
    if (key in drawn || formula.tex.length > MOST_LETTERS || left <= 0) return drawn[key];
    drawn[key] = null;
    try {
      const markup = katex.renderToString(formula.tex, katexOptions(formula.isDisplay));
      left -= markup.length;
      if (!UNREAD.test(markup)) drawn[key] = elementsOf(markup);
    } catch {
      // It holds what no page can, such as a control character out of a file: it stands as it was written.
    }
    return drawn[key];
  };
  return { drawn, draw };
}

/** The formulas of a page as the server draws them, so that what draws them need not come with it. For the server. */
export function formulasAhead(formulas: Iterable<Formula>): DrawnFormulas {
  const { drawn, draw } = drawer();
  for (const formula of formulas) draw(formula);
  return drawn;
}

/** The same for trees, in which they become `data`. */
export function treesAhead(trees: Readonly<Record<string, Root>>): Record<string, Root> {
  const { draw } = drawer();
  const ahead = (tree: Root) =>
    replaceFormulas(tree, (formula, element) => {
      const drawn = draw(formula);
      if (drawn === undefined) return [element];
      if (drawn === null) return [asWritten(formula.tex)];
      return [{ type: 'element', tagName: 'data', properties: {}, children: [], data: { drawn } }];
    });
  return Object.fromEntries(Object.entries(trees).map(([key, tree]) => [key, ahead(tree)]));
}
