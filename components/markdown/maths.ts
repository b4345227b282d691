import type { Element, ElementContent, Root } from 'hast';
import type { Construct, Event } from 'micromark-util-types';
import rehypeKatex from 'rehype-katex';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
// Brings the types of the parser's extension list.
import type {} from 'remark-parse';
import type { PluggableList, Processor } from 'unified';
import { hasClass, textOf, visitElements } from './hast';

const CODE_OR_DELIMITER = /(`{3,}|~{3,})[\s\S]*?(?:\1|$)|(`+)[\s\S]*?\2|(?<!\\)\\([()[\]])/g;

/**
 * Writes `\(x\)` and `\[x\]` as dollars, outside code. Each delimiter keeps its two characters, so offsets into the
 * text stay true.
 */
export function dollarDelimiters(markdown: string): string {
  if (!markdown.includes('\\')) return markdown;
  return markdown.replace(CODE_OR_DELIMITER, (whole, _fence, _ticks, bracket) => (bracket ? '$$' : whole));
}

const DOLLAR = 36;
const isDigit = (code: number | null) => code !== null && code >= 48 && code <= 57;
const isSpace = (event: Event | undefined) => event?.[1].type === 'space' || event?.[1].type === 'lineEnding';

/** Refuses what pandoc refuses: `$ x$`, `$x $` and `$5 and $6`, so that prices stay text. */
function withPriceRule(construct: Construct): Construct {
  return {
    ...construct,
    tokenize(effects, ok, nok) {
      const opened = this.events.length;
      return construct.tokenize.call(
        this,
        effects,
        (code) => {
          // One construct leaves these events: enter, the opening dollars in two, the content, the closing dollars in two, exit.
          const own = this.events.slice(opened);
          const dollars = own[1]?.[1];
          const isSingle = dollars !== undefined && dollars.end.offset - dollars.start.offset === 1;
          const isPrice = isSpace(own[3]) || isSpace(own.at(-4)) || isDigit(code);
          return isSingle && isPrice ? nok(code) : ok(code);
        },
        nok,
      );
    },
  };
}

/** Dollar maths with pandoc's rule. */
function remarkDollarMath(this: Processor) {
  remarkMath.call(this);
  const text = this.data().micromarkExtensions?.at(-1)?.text;
  const construct = text?.[DOLLAR];
  if (text && construct && !Array.isArray(construct)) text[DOLLAR] = withPriceRule(construct);
}

const isMath = (node: ElementContent | undefined, kind: 'math-inline' | 'math-display'): node is Element =>
  node?.type === 'element' && hasClass(node, kind);

/** `$$x$$` alone in its paragraph, which the parser takes for a formula in the line. */
function isDisplayInParagraph(paragraph: Element): boolean {
  const [only, ...others] = paragraph.children;
  if (paragraph.tagName !== 'p' || others.length > 0 || !isMath(only, 'math-inline')) return false;
  const { start, end } = only.position ?? {};
  return (end?.offset ?? 0) - (start?.offset ?? 0) >= textOf(only).length + 4;
}

/** Puts every display formula into a figure of its own, which scrolls inside itself. Runs before KaTeX. */
function rehypeMathFigures() {
  return (tree: Root) => {
    visitElements(tree, (element) => {
      const [first] = element.children;
      const isFlow = element.tagName === 'pre' && isMath(first, 'math-display');
      if (!isFlow && !isDisplayInParagraph(element)) return;
      element.tagName = 'figure';
      if (first?.type === 'element') first.properties.className = ['language-math', 'math-display'];
    });
  };
}

/** A formula that KaTeX cannot read is shown as it was written. Runs after KaTeX. */
function rehypeMathSource() {
  return (tree: Root) => {
    visitElements(tree, (element) => {
      if (!hasClass(element, 'katex-error')) return;
      const source = textOf(element);
      element.tagName = 'code';
      element.properties = {};
      element.children = [{ type: 'text', value: source }];
    });
  };
}

/** Markdown as it is read everywhere. */
export const remarkPlugins: PluggableList = [[remarkGfm, { singleTilde: false }], remarkDollarMath];
/** Formulas may not load anything, run for long or draw over the page. */
export const mathPlugins: PluggableList = [
  rehypeMathFigures,
  [rehypeKatex, { strict: 'ignore', trust: false, maxSize: 20, maxExpand: 500 }],
  rehypeMathSource,
];
