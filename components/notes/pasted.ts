import type { Nodes } from 'hast';
import { fromDom } from 'hast-util-from-dom';
import type { Root as MarkdownRoot, RootContent } from 'mdast';
import rehypeRemark from 'rehype-remark';
import remarkGfm from 'remark-gfm';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';

const UNSEEN =
  'script, style, meta, link, title, template, noscript, [hidden], [style*="mso-hide:all"], [style*="display:none"]';

/** Word writes a list as paragraphs that look like one: with their marks as text, and their depth in a style. */
function joinWordLists(page: Document) {
  for (const item of page.querySelectorAll<HTMLElement>(
    'p[style*="mso-list"], p[class*="MsoListParagraph"]',
  )) {
    const style = item.getAttribute('style') ?? '';
    const mark = item.querySelector('[style*="mso-list:Ignore"], [style*="mso-list: Ignore"]');
    if (!mark && !/mso-list:\s*l\d/.test(style)) continue;
    const level = Number(/level(\d)/.exec(style)?.[1] ?? 1);
    const tag = /^\s*[\da-z]{1,4}[.)]/i.test(mark?.textContent ?? '') ? 'ol' : 'ul';
    mark?.remove();
    const li = page.createElement('li');
    li.append(...item.childNodes);
    let list = item.previousElementSibling;
    if (!list?.hasAttribute('data-word')) {
      list = page.createElement(tag);
      list.setAttribute('data-word', '');
      item.before(list);
    }
    for (let depth = 1; depth < level; depth++) {
      const parent: Element = list.lastElementChild ?? list.appendChild(page.createElement('li'));
      let inner: Element | null = parent.querySelector(':scope > ul, :scope > ol');
      if (!inner) inner = parent.appendChild(page.createElement(tag));
      list = inner;
    }
    list.append(li);
    item.remove();
  }
}

/** What editors and pages put around the words. */
function clean(page: Document) {
  for (const node of page.querySelectorAll(UNSEEN)) node.remove();
  joinWordLists(page);
  // Bold by style; Google Docs wraps everything in a bold that is none.
  for (const node of page.querySelectorAll<HTMLElement>('b, strong, span')) {
    const weight = /font-weight:\s*([a-z\d]+)/.exec(node.getAttribute('style') ?? '')?.[1];
    const isBold = weight !== undefined && (weight === 'bold' || Number(weight) >= 600);
    const tag =
      node.localName === 'span'
        ? isBold
          ? 'strong'
          : undefined
        : weight === 'normal' || weight === '400'
          ? 'span'
          : undefined;
    if (!tag) continue;
    const other = page.createElement(tag);
    other.append(...node.childNodes);
    node.replaceWith(other);
  }
  // A picture of another host would be a link to it; one in the text itself would be longer than the note.
  for (const picture of page.querySelectorAll('img')) {
    const words = picture.getAttribute('alt')?.trim();
    picture.replaceWith(words ? page.createTextNode(words) : '');
  }
  for (const link of page.querySelectorAll('a')) {
    if (!/^(?:https?|mailto):/i.test(link.getAttribute('href') ?? '')) link.replaceWith(...link.childNodes);
  }
}

/** A formula of a page as it was written, where the page still says so. */
function keepFormulas(page: Document) {
  for (const drawn of page.querySelectorAll('.katex, mjx-container, math')) {
    const source = drawn.querySelector('annotation[encoding="application/x-tex"]')?.textContent?.trim();
    if (!source) continue;
    const display = drawn.closest('.katex-display, [display="block"]');
    const code = page.createElement('code');
    code.setAttribute('data-formula', '');
    code.textContent = display ? `$$${source}$$` : `$${source}$`;
    (display ?? drawn).replaceWith(code);
  }
}

/** A list of single lines has no empty ones between them, however its page was spaced. */
function tighten(node: MarkdownRoot | RootContent) {
  if (!('children' in node)) return;
  if (
    node.type === 'list' &&
    node.children.every(({ children }) => children.filter(({ type }) => type === 'paragraph').length < 2)
  ) {
    node.spread = false;
    for (const item of node.children) item.spread = false;
  }
  for (const child of node.children) tighten(child);
}

const writer = unified()
  .use(rehypeRemark)
  .use(remarkGfm)
  .use(remarkStringify, { bullet: '-', emphasis: '*', fences: true, rule: '-', incrementListMarker: true });

/** What was copied from a page or from Word, as Markdown. The document is inert: nothing of it runs or is loaded. */
export function markdownOfHtml(html: string): string {
  const page = new DOMParser().parseFromString(html, 'text/html');
  keepFormulas(page);
  clean(page);
  const tree = writer.runSync(fromDom(page.body) as Nodes as never) as MarkdownRoot;
  tighten(tree);
  return (
    writer
      .stringify(tree as never)
      .replace(/`(\$\$?[^`]+\$\$?)`/g, '$1')
      // Spaces that hold words together in Word hold nothing together here.
      .replace(/&#x20;|&nbsp;|\u00a0/g, ' ')
      .replace(/\\(?=\[\[|\])/g, '')
      .trim()
  );
}
