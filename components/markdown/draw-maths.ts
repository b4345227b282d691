import type { Element, ElementContent, Root } from 'hast';
import { fromDom } from 'hast-util-from-dom';
// Chemistry: \ce and \pu.
import 'katex/contrib/mhchem';
import katex from 'katex';
import { DOLLAR_SIGN } from './dollars';
import { hasClass, isElement, textOf, visitElements } from './hast';

/** KaTeX writes what it does not know in this colour, which marks a formula that is not readable as drawn. */
const UNKNOWN = '#0bad0b';
const UNKNOWN_AS_DRAWN = /#0bad0b|rgb\(11, 173, 11\)/;

const SOURCE = 'application/x-tex';

/** The formula as it was written, where KaTeX left a word of it undrawn. */
function undrawnSource(element: Element): string | undefined {
  if (hasClass(element, 'katex-error')) return textOf(element);
  if (!hasClass(element, 'katex')) return undefined;
  let isUndrawn = false;
  let source: string | undefined;
  visitElements(element, ({ tagName, properties, children }) => {
    isUndrawn ||= UNKNOWN_AS_DRAWN.test(String(properties.style ?? '')) || properties.mathcolor === UNKNOWN;
    if (tagName === 'annotation' && properties.encoding === SOURCE) source = children.map(textOf).join('');
  });
  return isUndrawn ? source : undefined;
}

/** A formula that KaTeX cannot read whole is shown as it was written. */
function undraw(tree: Root): void {
  visitElements(tree, (element) => {
    const source = undrawnSource(element);
    if (source === undefined) return;
    element.tagName = 'code';
    element.properties = { dir: 'ltr' };
    element.children = [{ type: 'text', value: source.replaceAll(DOLLAR_SIGN, '\\$') }];
  });
}

/** Units as siunitx names them, as far as they are plain text. */
const UNITS = {
  '\\SI': '#1\\,\\mathrm{#2}',
  '\\qty': '#1\\,\\mathrm{#2}',
  '\\si': '\\mathrm{#1}',
  '\\unit': '\\mathrm{#1}',
  '\\num': '#1',
};
const MACROS = { ...UNITS, [DOLLAR_SIGN]: '\\$' };
/** Formulas may not load anything, run for long or draw over the page. */
const SETTINGS = {
  strict: 'ignore',
  trust: false,
  maxSize: 20,
  maxExpand: 500,
  errorColor: UNKNOWN,
} as const;

/** Draws into an element, style by style: no page takes styles that come as text, also where the text is only parsed. */
function drawInto(element: HTMLElement, tex: string, displayMode: boolean): void {
  katex.render(tex, element, { ...SETTINGS, macros: { ...MACROS }, displayMode, throwOnError: false });
}

/** The formula that an element stands for, as Markdown gives it: in a line, in a block of its own, or fenced as `math`. */
function formulaOf(element: Element): { tex: string; isDisplay: boolean } | undefined {
  const fenced = element.tagName === 'pre' && element.children.find((child) => isElement(child));
  const source = fenced && hasClass(fenced, 'language-math') ? fenced : element;
  const isDisplay = source !== element || hasClass(element, 'math-display');
  const isFormula = isDisplay || hasClass(element, 'math-inline') || hasClass(element, 'language-math');
  return isFormula ? { tex: textOf(source), isDisplay } : undefined;
}

function drawnWithin(children: readonly ElementContent[]): ElementContent[] {
  return children.flatMap((child): ElementContent[] => {
    if (!isElement(child)) return [child];
    const formula = formulaOf(child);
    if (!formula) return [{ ...child, children: drawnWithin(child.children) }];
    const place = document.createElement('span');
    drawInto(place, formula.tex, formula.isDisplay);
    return (fromDom(place) as Element).children;
  });
}

/** A tree with its formulas drawn; the one that is given stays as it is. */
export function drawFormulas(tree: Root): Root {
  const drawn = { ...tree, children: drawnWithin(tree.children as ElementContent[]) };
  undraw(drawn);
  return drawn;
}

/** Draws one formula into an element. Says whether it could be read whole. */
export function drawFormula(element: HTMLElement, tex: string, isDisplay: boolean): boolean {
  drawInto(element, tex, isDisplay);
  const isWhole = !element.querySelector('.katex-error') && !UNKNOWN_AS_DRAWN.test(element.innerHTML);
  if (!isWhole) element.replaceChildren();
  return isWhole;
}
