import type { Element, Root } from 'hast';
// Chemistry: \ce and \pu.
import 'katex/contrib/mhchem';
import katex from 'katex';
import rehypeKatex from 'rehype-katex';
import type { PluggableList } from 'unified';
import { hasClass, textOf, visitElements } from './hast';
import { DOLLAR_SIGN } from './maths';

/** KaTeX writes what it does not know in this colour, which marks a formula that is not readable as drawn. */
const UNKNOWN = '#0bad0b';

const SOURCE = 'application/x-tex';

/** The formula as it was written, where KaTeX left a word of it undrawn. */
function undrawnSource(element: Element): string | undefined {
  if (hasClass(element, 'katex-error')) return textOf(element);
  if (!hasClass(element, 'katex')) return undefined;
  let isUndrawn = false;
  let source: string | undefined;
  visitElements(element, ({ tagName, properties, children }) => {
    isUndrawn ||= String(properties.style ?? '').includes(UNKNOWN) || properties.mathcolor === UNKNOWN;
    if (tagName === 'annotation' && properties.encoding === SOURCE) source = children.map(textOf).join('');
  });
  return isUndrawn ? source : undefined;
}

/** A formula that KaTeX cannot read whole is shown as it was written. Runs after KaTeX. */
function rehypeMathSource() {
  return (tree: Root) => {
    visitElements(tree, (element) => {
      const source = undrawnSource(element);
      if (source === undefined) return;
      element.tagName = 'code';
      element.properties = { dir: 'ltr' };
      element.children = [{ type: 'text', value: source.replaceAll(DOLLAR_SIGN, '\\$') }];
    });
  };
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
export const drawingPlugins: PluggableList = [
  [rehypeKatex, { ...SETTINGS, macros: MACROS }],
  rehypeMathSource,
];

const UNKNOWN_AS_DRAWN = /#0bad0b|rgb\(11, 173, 11\)/;

/** Draws one formula into an element, style by style, since no page takes styles that come as text. Says whether it could be read whole. */
export function drawFormula(element: HTMLElement, tex: string, isDisplay: boolean): boolean {
  const settings = { ...SETTINGS, macros: { ...MACROS }, displayMode: isDisplay, throwOnError: false };
  katex.render(tex, element, settings);
  const isWhole = !element.querySelector('.katex-error') && !UNKNOWN_AS_DRAWN.test(element.innerHTML);
  if (!isWhole) element.replaceChildren();
  return isWhole;
}
