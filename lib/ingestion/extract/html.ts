import { decodeEntities } from '../../html-entities.ts';
import { decodeText, sectionExtraction } from './text.ts';
import type { FormatRequest, ReadPages } from './types.ts';

/** Elements whose content is not read. */
const UNSEEN = new Set('script style template noscript head svg math nav iframe object'.split(' '));
const BLOCKS = new Set(
  'address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form header html main ol p pre section summary table tbody tfoot thead ul'.split(
    ' ',
  ),
);

/** Lists within lists; a page of nothing but beginnings would be all blanks. */
const MOST_INDENTED = 12;

/** Text as it grows: breaks are kept apart from it, so that empty elements do not pile them up. */
class TextPage {
  #finished: string[] = [];
  #line = '';

  write(html: string): void {
    const flowing = decodeEntities(html).replace(/\s+/g, ' ');
    this.#line += this.#line === '' || this.#line.endsWith(' ') ? flowing.trimStart() : flowing;
  }

  startLine(mark: string): void {
    if (this.#line.trim() !== '') this.#finished.push(this.#line.trimEnd(), '\n');
    this.#line = mark;
  }

  startBlock(mark: string): void {
    this.startLine(mark);
    if (this.#finished.length > 0) this.#finished[this.#finished.length - 1] = '\n\n';
  }

  startCell(): void {
    this.#line = `${this.#line.trimEnd()} | `;
  }

  text(): string {
    return this.#finished.join('') + this.#line.trimEnd();
  }
}

type Tag = { name: string; isEnd: boolean; start: number; end: number };

/**
 * The tags of a page in order. Written as one pass over the text because a pattern that looks for the end of every tag and
 * comment takes quadratic time on a page made of nothing but beginnings.
 */
function* tagsOf(html: string): Generator<Tag> {
  const lower = html.toLowerCase();
  let at = lower.indexOf('<');
  while (at >= 0) {
    const isComment = html.startsWith('<!--', at);
    const close = isComment ? html.indexOf('-->', at + 4) : html.indexOf('>', at);
    if (close < 0) return;
    let end = close + (isComment ? 3 : 1);
    const name = /^<\/?([a-z][a-z0-9]*)/.exec(lower.slice(at, Math.min(end, at + 24)))?.[1];
    const isMarkup = name !== undefined || html[at + 1] === '!' || html[at + 1] === '?';
    if (isMarkup) {
      const isEnd = html[at + 1] === '/';
      if (name !== undefined && !isEnd && UNSEEN.has(name)) {
        const finish = lower.indexOf(`</${name}`, end);
        if (finish >= 0) end = finish;
      }
      yield { name: name ?? '', isEnd, start: at, end };
    }
    at = lower.indexOf('<', isMarkup ? end : at + 1);
  }
}

/**
 * Reads HTML as text with markdown marks for headings, lists and table rows. It is a reader, not a sanitiser: its result
 * is plain text and is never used as HTML.
 */
export function htmlToText(html: string): string {
  const page = new TextPage();
  let at = 0;
  /** Counters of ordered lists; null stands for an unordered one. */
  const lists: (number | null)[] = [];
  let rowCells = 0;
  for (const { name, isEnd, start, end } of tagsOf(html)) {
    page.write(html.slice(at, start));
    at = end;
    if (/^h[1-6]$/.test(name)) page.startBlock(isEnd ? '' : `${'#'.repeat(Number(name[1]))} `);
    else if (name === 'ul' || name === 'ol') {
      if (isEnd) lists.pop();
      else lists.push(name === 'ol' ? 0 : null);
      if (lists.length === 0 || (!isEnd && lists.length === 1)) page.startBlock('');
    } else if (name === 'li') {
      if (isEnd) continue;
      const counter = lists.at(-1);
      if (typeof counter === 'number') lists[lists.length - 1] = counter + 1;
      const mark = typeof counter === 'number' ? `${counter + 1}.` : '-';
      page.startLine(`${'  '.repeat(Math.min(MOST_INDENTED, Math.max(0, lists.length - 1)))}${mark} `);
    } else if (name === 'tr') {
      rowCells = 0;
      if (!isEnd) page.startLine('');
    } else if (name === 'td' || name === 'th') {
      if (!isEnd && rowCells++ > 0) page.startCell();
    } else if (name === 'br') page.startLine('');
    // Inside a list item or a cell a paragraph is not a block of its own.
    else if (BLOCKS.has(name) && lists.length === 0 && rowCells === 0) page.startBlock('');
    else if (BLOCKS.has(name) && name === 'table') {
      rowCells = 0;
      page.startBlock('');
    }
  }
  page.write(html.slice(at));
  return page.text();
}

/** A page may name its encoding; without valid UTF-8 the Western one is what old pages use. */
export async function extractHtml(request: FormatRequest): Promise<ReadPages> {
  return sectionExtraction(htmlToText(decodeText(request.bytes)), request);
}
