import type { Element, ElementContent, Root } from 'hast';
import type { Parents } from 'mdast';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { mathFromMarkdown } from 'mdast-util-math';
import { gfm } from 'micromark-extension-gfm';
import { math } from 'micromark-extension-math';
import type { Construct, Event, Extension } from 'micromark-util-types';
import remarkCjkFriendly from 'remark-cjk-friendly/parseOnly';
// Brings the types of the parser's extension list.
import type {} from 'remark-parse';
import type { PluggableList, Processor } from 'unified';
import { hasClass, textOf, visitElements } from './hast';

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
function dollarMath(): Extension {
  const extension = math();
  const construct = extension.text?.[DOLLAR];
  if (!construct || Array.isArray(construct)) return extension;
  return { ...extension, text: { ...extension.text, [DOLLAR]: withPriceRule(construct) } };
}

/** Tables, lists of tasks, footnotes and formulas. The packages' own plugins bring what writes Markdown, which no page needs. */
function remarkReading(this: Processor) {
  const data = this.data();
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []), gfm({ singleTilde: false }), dollarMath()];
  data.fromMarkdownExtensions = [
    ...(data.fromMarkdownExtensions ?? []),
    gfmFromMarkdown(),
    mathFromMarkdown(),
  ];
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

const OWN_DIRECTION = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'li', 'td', 'th']);
const FRAMES = new Set(['ul', 'ol', 'table', 'blockquote']);
const FIRST_LETTER = /\p{L}/u;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** The words of a block: what formulas and code begin with says nothing about them. */
const wordsOf = ({ children }: Element): string =>
  children
    .map((child) => {
      if (child.type === 'text') return child.value;
      return child.type === 'element' && child.tagName !== 'code' ? wordsOf(child) : '';
    })
    .join('');

/** Each block runs as its own first letter says; the marks of a list and the columns of a table stand on that side. */
function rehypeDirection() {
  return (tree: Root) => {
    visitElements(tree, (element) => {
      // What has a direction of its own is not asked for that of its block.
      if (element.tagName === 'code') element.properties.dir = 'ltr';
      if (OWN_DIRECTION.has(element.tagName)) element.properties.dir = 'auto';
      // A frame cannot ask its blocks by "auto": they have a direction of their own.
      if (FRAMES.has(element.tagName) && RIGHT_TO_LEFT.test(FIRST_LETTER.exec(wordsOf(element))?.[0] ?? ''))
        element.properties.dir = 'rtl';
    });
  };
}

/** A number in brackets is a citation, whatever is defined for it; words in brackets before it stay words. */
function remarkNumbersStay() {
  const rewrite = (parent: Parents): void => {
    parent.children = parent.children.flatMap((child) => {
      if ('children' in child) rewrite(child);
      if (child.type !== 'linkReference' || !/^\d{1,3}$/.test(child.identifier)) return [child];
      const { identifier, position, children, referenceType } = child;
      const text = (value: string, place = position) => ({
        type: 'text' as const,
        value,
        ...(place && { position: place }),
      });
      if (referenceType !== 'full') return [text(`[${identifier}]`)];
      const start = children.at(-1)?.position?.end;
      const rest = position && start && { ...position, start };
      return [text('['), ...children, text(`][${identifier}]`, rest)];
    }) as typeof parent.children;
  };
  return rewrite;
}

/** Markdown as it is read everywhere. */
export const remarkPlugins: PluggableList = [remarkReading, remarkCjkFriendly, remarkNumbersStay];
/** What every text goes through, before its formulas are drawn. */
export const rehypePlugins: PluggableList = [rehypeDirection, rehypeMathFigures];

/** Whether a text may hold a formula. */
export const mayHoldMaths = (markdown: string) => markdown.includes('$') || markdown.includes('\\');
