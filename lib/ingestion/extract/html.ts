import { decodeEntities } from '../../html-entities.ts';
import { setOff } from '../../retrieval/raised.ts';
import { fenced, pictureText } from './clean.ts';
import { decodeText } from './encoding.ts';
import { latexOfMath } from './mathml.ts';
import { encodingAccount, sectionExtraction } from './text.ts';
import type { FormatRequest, ReadPages } from './types.ts';
import { escaped } from './xml.ts';

/** Elements whose content is not read, and those that have none. */
const UNSEEN = new Set(
  'script style template noscript head svg math nav iframe object video audio canvas'.split(' '),
);
const VOID = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));
/** Elements that end where the next of their kind begins. */
const OPEN_ENDED = /^(?:p|li|dt|dd|td|th|tr|option|rt|rp)$/;
const BLOCKS = new Set(
  'address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form header html main ol p pre section summary table tbody tfoot thead ul'.split(
    ' ',
  ),
);

const HEADING = /^h[1-6]$/;
const ROW_PARTS = /^(?:tr|td|th|caption)$/;
const TABLE_PARTS = /^(?:thead|tbody|tfoot|colgroup|col)$/;
const CONTROLS = /^(?:option|select|button|textarea|label)$/;
const HIDDEN =
  /\shidden(?=[\s=>/])(?!\s*=\s*["']?until-found)|\sstyle\s*=\s*["'][^"']*(?:display\s*:\s*none|visibility\s*:\s*hidden)/i;
/** What stands there for whoever edits the page, and a formula once more as it is drawn. */
const BESIDE = /\sclass\s*=\s*["'][^"']*\b(?:mw-editsection|katex-html)\b/i;
/** Elements within a hidden one that are told apart. */
const DEEPEST = 500;
/** The sign of a note, which stands in the line as any other number where it is not raised. */
const NOTE_SIGN = /\s(?:epub:type|role)\s*=\s*["'][^"']*noteref/i;

/** Lists within lists; a page of nothing but beginnings would be all blanks. */
const MOST_INDENTED = 12;

/** A cell over many rows is named in each of them, by so much of it and so often. */
const MOST_REPEATED = 200;
const MOST_ROWS = 1_000;
const MOST_COLUMNS = 100;
/** A table of nothing but cells over many rows would be all repetition. */
const MOST_REPEATS = 100_000;
const ROWSPAN = /\browspan\s*=\s*["']?(\d{1,6})/i;
const COLSPAN = /\bcolspan\s*=\s*["']?(\d{1,6})/i;

/** Of a longer line only the end is looked at while it grows: whatever looks at all of it copies it, each time. */
const LONG_LINE = 4_000;
const LINE_END = 1_000;

/** Text as it grows: breaks are kept apart from it, so that empty elements do not pile them up. */
class TextPage {
  #finished: string[] = [];
  /** The beginning of a long line, and its end. */
  #begun = '';
  #line = '';
  /** The beginning of what stands in the line since its last part began. */
  #section = '';
  /** What parts the text to come from what stands before it in the line. */
  #parting = '';

  write(html: string, level: 'raised' | 'lowered' | null): void {
    const decoded = decodeEntities(html).replace(/\s+/g, ' ');
    const flowing = level ? setOff(decoded, level, this.#line) : decoded;
    if (this.#parting !== '' && flowing.trim() !== '') this.#add(this.#parting);
    const added = this.#line === '' || this.#line.endsWith(' ') ? flowing.trimStart() : flowing;
    this.#line += added;
    if (this.#section.length < LINE_END) this.#section += added;
    if (this.#line.length < LONG_LINE) return;
    this.#begun += this.#line.slice(0, -LINE_END);
    this.#line = this.#line.slice(-LINE_END);
  }

  startLine(mark: string): void {
    const line = this.#whole();
    if (line !== '') this.#finished.push(line, '\n');
    this.#begun = this.#section = '';
    this.#line = mark;
    this.#parting = '';
  }

  /** A row without a word in it says nothing. */
  #whole(): string {
    const line = this.#begun + this.#line;
    return /[^\s|]/.test(line) ? line.trimEnd() : '';
  }

  startBlock(mark: string): void {
    this.startLine(mark);
    if (this.#finished.length > 0) this.#finished[this.#finished.length - 1] = '\n\n';
  }

  /** Goes on in the line, after a mark that parts it from what stands before. */
  part(mark: string): void {
    this.#add(mark);
    this.#section = '';
  }

  #add(mark: string): void {
    this.#line = this.#line.trimEnd() + mark;
    this.#section = this.#section.trimEnd() + mark;
    this.#parting = '';
  }

  /** Lines that stay as they are. */
  verbatim(text: string): void {
    this.startBlock('');
    this.#finished.push(text, '\n\n');
  }

  partIfMore(mark: string): void {
    this.#parting = mark;
  }

  /** How the last part of the line begins, and the line's last letter. */
  lastPart(): { beginning: string; end: string } {
    return { beginning: this.#section.trim(), end: this.#line.trimEnd().slice(-1) };
  }

  text(): string {
    return this.#finished.join('') + this.#whole();
  }
}

/** The rows of one table, each on a line of its own; what spans rows stands in each of them. */
class TableRows {
  readonly #page: TextPage;
  #column = 0;
  #repeats = 0;
  #cell: { rows: number; columns: number } | null = null;
  #spanning = new Map<number, { text: string; rows: number; columns: number }>();

  constructor(page: TextPage) {
    this.#page = page;
  }

  get isInCell(): boolean {
    return this.#cell !== null;
  }

  startRow(): void {
    this.endRow();
    this.#page.startLine('');
    this.#column = 0;
  }

  endRow(): void {
    this.endCell();
    while (this.#repeatSpanning());
  }

  startCell(attributes: string): void {
    this.endCell();
    while (this.#repeatSpanning());
    const span = (name: RegExp, most: number): number =>
      Math.min(most, Math.max(1, Number(name.exec(attributes)?.[1] ?? 1)));
    this.#startColumn();
    this.#cell = { rows: span(ROWSPAN, MOST_ROWS), columns: span(COLSPAN, MOST_COLUMNS) };
  }

  endCell(): void {
    if (!this.#cell) return;
    const { rows, columns } = this.#cell;
    const text = this.#page.lastPart().beginning.slice(0, MOST_REPEATED);
    if (rows > 1) this.#spanning.set(this.#column, { text, rows: rows - 1, columns });
    this.#column += columns;
    this.#cell = null;
  }

  /** Paragraphs, breaks and list items of a cell are parted, and stay in their row. */
  partCell(): void {
    if (!this.#cell) return;
    const { beginning, end } = this.#page.lastPart();
    if (beginning !== '') this.#page.partIfMore(/[.,;:!?。]/u.test(end) ? ' ' : '; ');
  }

  #startColumn(): void {
    this.#page.part(this.#column > 0 ? ' | ' : '');
  }

  #repeatSpanning(): boolean {
    const spanning = this.#spanning.get(this.#column);
    if (!spanning || this.#repeats > MOST_REPEATS) return false;
    this.#repeats += 1;
    this.#startColumn();
    this.#page.part(spanning.text);
    if (spanning.rows > 1) spanning.rows -= 1;
    else this.#spanning.delete(this.#column);
    this.#column += spanning.columns;
    return true;
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
  let next = -1;
  /** What has no end any more is not looked for again. */
  const endless = new Set<string>();
  while (at >= 0) {
    const isComment = html.startsWith('<!--', at);
    if (next < at) next = html.indexOf('>', at);
    const close = isComment ? html.indexOf('-->', at + 4) : next;
    if (close < 0) return;
    let end = close + (isComment ? 3 : 1);
    const name = /^<\/?([a-z][a-z0-9]*)/.exec(lower.slice(at, Math.min(end, at + 24)))?.[1];
    const isMarkup = name !== undefined || html[at + 1] === '!' || html[at + 1] === '?';
    if (isMarkup) {
      const isEnd = html[at + 1] === '/';
      if (name !== undefined && !isEnd && UNSEEN.has(name) && !endless.has(name)) {
        const finish = lower.indexOf(`</${name}`, end);
        if (finish >= 0) end = finish;
        else endless.add(name);
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
export const htmlToText = (html: string): string => readHtml(html, new Set()).text;

/** A page of the web or of a book, whose tables may be there for its looks. */
export const readPage = (html: string) => readHtml(html, layoutsIn(html));

/** Tables that headings stand in: old pages set their columns by them, and no row is one. */
function layoutsIn(html: string): ReadonlySet<number> {
  const layouts = new Set<number>();
  if (!/<table/i.test(html) || !/<h[1-6]\b/i.test(html)) return layouts;
  const open: number[] = [];
  let cell = '';
  for (const { name, isEnd, start } of tagsOf(html)) {
    if (name === 'table' && isEnd) open.pop();
    else if (name === 'table' && open.length < DEEPEST) open.push(start);
    else if (name === 'td' || name === 'th') cell = name;
    // In the head of a table one names its columns.
    else if (HEADING.test(name) && cell === 'td') for (const table of open) layouts.add(table);
  }
  return layouts;
}

function readHtml(html: string, layouts: ReadonlySet<number>): { text: string; hiddenText: number } {
  const reader = new HtmlReader(layouts);
  let at = 0;
  for (const tag of tagsOf(html)) {
    reader.write(html.slice(at, tag.start));
    reader.read(tag, html.slice(tag.start, tag.end));
    at = tag.end;
  }
  reader.write(html.slice(at));
  return { text: reader.text(), hiddenText: reader.hiddenText };
}

class HtmlReader {
  readonly #page = new TextPage();
  /** Counters of ordered lists; null stands for an unordered one. */
  readonly #lists: (number | null)[] = [];
  /** Tables within tables; null for one that sets columns of the page. */
  readonly #tables: (TableRows | null)[] = [];
  readonly #layouts: ReadonlySet<number>;
  #level: 'raised' | 'lowered' | null = null;
  /** Code, line by line, while it is read. */
  #code: string | null = null;
  /** What a person does not see: the element, and those within that are open. */
  readonly #hidden: string[] = [];
  /** How something is spoken, behind its signs; what stands there for older programs is left out. */
  #ruby: 'rt' | 'rp' | null = null;
  hiddenText = 0;

  constructor(layouts: ReadonlySet<number>) {
    this.#layouts = layouts;
  }

  write(html: string): void {
    if (this.#hidden.length > 0 || this.#ruby === 'rp') return;
    if (this.#code === null) this.#page.write(html, this.#level);
    else this.#code += decodeEntities(html);
  }

  text(): string {
    this.#endCode();
    return this.#page.text();
  }

  read(tag: Tag, source: string): void {
    if (!this.#isHidden(tag, source) && !this.#isCode(tag)) this.#seen(tag, source);
  }

  #isHidden({ name, isEnd }: Tag, source: string): boolean {
    const open = this.#hidden;
    if (open.length === 0) {
      const opening = source.slice(0, source.indexOf('>') + 1);
      if (isEnd || VOID.has(name) || !(HIDDEN.test(opening) || BESIDE.test(opening))) return false;
      if (!BESIDE.test(opening)) this.hiddenText += 1;
      if (!UNSEEN.has(name)) open.push(name);
      return true;
    }
    if (isEnd) {
      const at = open.lastIndexOf(name);
      // The end of what stands around it.
      open.length = Math.max(0, at);
      return at >= 0;
    }
    const last = open.at(-1) ?? '';
    if (
      (last === name && OPEN_ENDED.test(name)) ||
      (last === 'p' && (BLOCKS.has(name) || HEADING.test(name)))
    )
      open.pop();
    if (open.length === 0) return this.#isHidden({ name, isEnd, start: 0, end: 0 }, source);
    if (!VOID.has(name) && !UNSEEN.has(name) && open.length < DEEPEST) open.push(name);
    return true;
  }

  /** Within code only its end counts; in a cell it stays in its row. */
  #isCode({ name, isEnd }: Tag): boolean {
    if (name !== 'pre' || this.#tables.at(-1)?.isInCell) {
      if (this.#code !== null && name === 'br') this.#code += '\n';
      return this.#code !== null;
    }
    this.#endCode();
    if (!isEnd) this.#code = '';
    return true;
  }

  #endCode(): void {
    if (this.#code?.trim()) this.#page.verbatim(fenced(this.#code.replace(/^\r?\n/, '')));
    this.#code = null;
  }

  #seen({ name, isEnd, start }: Tag, source: string): void {
    const table = this.#tables.at(-1);
    if (name === 'img' || name === 'math') this.#described(name, isEnd, source);
    else if (name === 'rt' || name === 'rp' || name === 'ruby') this.#spoken(name, isEnd);
    else if (CONTROLS.test(name)) this.#page.write(' ', null);
    else if (name === 'a' && (isEnd || NOTE_SIGN.test(source))) this.#level = isEnd ? null : 'raised';
    else if (name === 'sup' || name === 'sub')
      this.#level = isEnd ? null : name === 'sup' ? 'raised' : 'lowered';
    else if (name === 'table') this.#table(isEnd, this.#layouts.has(start));
    else if (table === null && ROW_PARTS.test(name)) this.#page.startBlock('');
    else if (table && TABLE_PARTS.test(name)) table.endRow();
    else if (table && name === 'tr') isEnd ? table.endRow() : table.startRow();
    else if (table && (name === 'td' || name === 'th')) isEnd ? table.endCell() : table.startCell(source);
    else if (table?.isInCell) {
      if (name === 'br' || name === 'li' || BLOCKS.has(name) || HEADING.test(name)) table.partCell();
    } else this.#block(name, isEnd, source);
  }

  #spoken(name: 'rt' | 'rp' | 'ruby', isEnd: boolean): void {
    if (this.#ruby === 'rt') this.#page.write(')', null);
    this.#ruby = isEnd || name === 'ruby' ? null : name;
    if (this.#ruby === 'rt') this.#page.write(' (', null);
  }

  #table(isEnd: boolean, isLayout: boolean): void {
    const outer = this.#tables.at(-1);
    if (isEnd) this.#tables.pop()?.endRow();
    else {
      outer?.endCell();
      this.#tables.push(isLayout ? null : new TableRows(this.#page));
    }
    this.#page.startBlock('');
  }

  #block(name: string, isEnd: boolean, source: string): void {
    const depth = this.#lists.length;
    if (HEADING.test(name)) this.#page.startBlock(isEnd ? '' : `${'#'.repeat(Number(name[1]))} `);
    else if (name === 'ul' || name === 'ol') {
      if (isEnd) this.#lists.pop();
      else this.#lists.push(name === 'ol' ? 0 : null);
      if (this.#lists.length === 0 || (!isEnd && this.#lists.length === 1)) this.#page.startBlock('');
    } else if (name === 'li' && !isEnd) this.#item(source);
    else if (name === 'br') this.#page.startLine('');
    // A second paragraph of a list item goes on below the first.
    else if (BLOCKS.has(name) && depth > 0 && isEnd) this.#page.startLine('  '.repeat(indentOf(depth)));
    else if (BLOCKS.has(name) && depth === 0) this.#page.startBlock('');
  }

  /** An item may say what is printed before it, and how deep it stands. */
  #item(source: string): void {
    const counter = this.#lists.at(-1);
    const value = attributeOf(source, 'value');
    const number = value !== undefined && /^\d{1,6}$/.test(value) ? Number(value) : (counter ?? 0) + 1;
    if (typeof counter === 'number') this.#lists[this.#lists.length - 1] = number;
    const mark = attributeOf(source, 'data-mark') ?? (typeof counter === 'number' ? `${number}.` : '-');
    const depth = this.#lists.length + Number(attributeOf(source, 'data-depth') ?? 0);
    this.#page.startLine(`${'  '.repeat(indentOf(depth || 1) - 1)}${mark} `);
  }

  /** A picture by what its author says of it, a formula as it was typed. */
  #described(name: string, isEnd: boolean, source: string): void {
    if (isEnd) return;
    const opening = source.slice(0, source.indexOf('>') + 1);
    if (name === 'img') this.#page.write(pictureText(attributeOf(opening, 'alt')), null);
    else {
      const said = attributeOf(opening, 'alttext')?.trim();
      const formula = said || escaped(latexOfMath(source.slice(opening.length)));
      if (formula) this.#page.write(`$${formula}$`, null);
    }
  }
}

/** Still as HTML writes it. */
const attributeOf = (source: string, name: string): string | undefined => {
  const match = new RegExp(
    `\\s${name}\\s*=\\s*(?:"([^"]{0,2000})"|'([^']{0,2000})'|([^\\s"'>]{1,2000}))`,
    'i',
  ).exec(source);
  return match?.[1] ?? match?.[2] ?? match?.[3];
};

const indentOf = (lists: number): number => Math.min(MOST_INDENTED, Math.max(1, lists));

export async function extractHtml(request: FormatRequest): Promise<ReadPages> {
  const decoded = decodeText(request.bytes, request.encoding);
  const { text, hiddenText } = readPage(decoded.text);
  return sectionExtraction(text, request, { ...encodingAccount(decoded), hiddenText });
}
