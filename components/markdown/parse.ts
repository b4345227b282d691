import type { Element, ElementContent, Root } from 'hast';
import type { Parents } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { mathFromMarkdown } from 'mdast-util-math';
import { toHast } from 'mdast-util-to-hast';
import { cjkFriendlyExtension } from 'micromark-extension-cjk-friendly';
import { gfm } from 'micromark-extension-gfm';
import { math } from 'micromark-extension-math';
import type { Construct, Event, Extension } from 'micromark-util-types';
import { hasClass, textOf, visitElements } from './hast';

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

const isMath = (node: ElementContent | undefined, kind: 'math-inline' | 'math-display'): node is Element =>
  node?.type === 'element' && hasClass(node, kind);

/** `$$x$$` alone in its paragraph, which the parser takes for a formula in the line. */
function isDisplayInParagraph(paragraph: Element): boolean {
  const [only, ...others] = paragraph.children;
  if (paragraph.tagName !== 'p' || others.length > 0 || !isMath(only, 'math-inline')) return false;
  const { start, end } = only.position ?? {};
  return (end?.offset ?? 0) - (start?.offset ?? 0) >= textOf(only).length + 4;
}

/** Puts every display formula into a figure of its own, which scrolls inside itself. Runs before they are drawn. */
function intoFigures(tree: Root): void {
  visitElements(tree, (element) => {
    const [first] = element.children;
    const isFlow = element.tagName === 'pre' && isMath(first, 'math-display');
    if (!isFlow && !isDisplayInParagraph(element)) return;
    element.tagName = 'figure';
    if (first?.type === 'element') first.properties.className = ['language-math', 'math-display'];
  });
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
function directed(tree: Root): void {
  visitElements(tree, (element) => {
    // What has a direction of its own is not asked for that of its block.
    if (element.tagName === 'code') element.properties.dir = 'ltr';
    if (OWN_DIRECTION.has(element.tagName)) element.properties.dir = 'auto';
    // A frame cannot ask its blocks by "auto": they have a direction of their own.
    if (FRAMES.has(element.tagName) && RIGHT_TO_LEFT.test(FIRST_LETTER.exec(wordsOf(element))?.[0] ?? ''))
      element.properties.dir = 'rtl';
  });
}

/** A number in brackets is a citation, whatever is defined for it; words in brackets before it stay words. */
function keepNumbers(parent: Parents): void {
  parent.children = parent.children.flatMap((child) => {
    if ('children' in child) keepNumbers(child);
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
}

/** A step on the way from the words of a tree to what is shown of them. */
export type Step = (tree: Root) => void;

/** Markdown as it is read everywhere: tables, lists of tasks, footnotes and formulas, which are not drawn yet. */
export function treeOf(markdown: string, steps: readonly Step[] = []): Root {
  const read = fromMarkdown(markdown, {
    extensions: [gfm({ singleTilde: false }), dollarMath(), cjkFriendlyExtension()],
    mdastExtensions: [gfmFromMarkdown(), mathFromMarkdown()],
  });
  keepNumbers(read);
  const made = toHast(read, { allowDangerousHtml: true });
  const tree: Root = made.type === 'root' ? made : { type: 'root', children: [made as ElementContent] };
  for (const step of [...steps, directed, intoFigures]) step(tree);
  return tree;
}
