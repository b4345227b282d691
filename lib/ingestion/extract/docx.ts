import type { Account } from '../../domain/account.ts';
import { sentence } from '../../language/text.ts';
import { pictureText } from './clean.ts';
import { decodeText } from './encoding.ts';
import { withEquations } from './equations.ts';
import { htmlToText } from './html.ts';
import { htmlOfMht } from './mht.ts';
import { drawnHtml, mainPart, partOf, type Relationship, relationshipsOf, titleOf } from './office.ts';
import { rtfToText } from './rtf.ts';
import { signIn } from './symbols.ts';
import { sectionExtraction } from './text.ts';
import type { FormatRequest, ReadPages } from './types.ts';
import { WordNumbers, WordStyles } from './word-styles.ts';
import {
  allOf,
  childOf,
  childrenOf,
  eachOutermost,
  elementsOf,
  escaped,
  isOn,
  textOf,
  type XmlElement,
} from './xml.ts';
import { type Archive, openZip } from './zip-guard.ts';

/** Elements that only wrap what they hold. */
const WRAPPERS = new Set(
  'hyperlink smartTag sdt sdtContent ins moveTo customXml fldSimple dir bdo body rubyBase'.split(' '),
);
/** What a later version took out, and what is no text. */
const REMOVED = new Set(['del', 'moveFrom']);
const BLOCKS = new Set(['p', 'tbl', 'altChunk']);
/** Documents put into documents. */
const DEEPEST_CHUNK = 3;

function symbolOf({ attributes: { font = '', char = '' } }: XmlElement): string {
  const code = Number.parseInt(char, 16);
  if (!Number.isFinite(code)) return '';
  const sign = signIn(font, code);
  return sign ?? (code >= 0xe000 && code <= 0xf8ff ? '' : String.fromCodePoint(code));
}

type Notes = ReadonlyMap<string, XmlElement>;

function notesOf(archive: Archive, part: string, count: (equations: number) => void): Notes {
  const stored = archive.text(part);
  const notes = new Map<string, XmlElement>();
  if (stored === undefined) return notes;
  const { xml, equations } = withEquations(stored, 'w');
  count(equations);
  eachOutermost(xml, new Set(['footnote', 'endnote']), (note) => {
    // Separators are notes, too.
    if (note.attributes.type === undefined || note.attributes.type === 'normal')
      notes.set(note.attributes.id ?? '', note);
  });
  return notes;
}

class WordReader {
  readonly #archive: Archive;
  readonly #relationships: Map<string, Relationship>;
  readonly #styles: WordStyles;
  readonly #numbers: WordNumbers;
  readonly #notes: { footnoteReference: Notes; endnoteReference: Notes };
  readonly #depth: number;
  readonly #html: string[] = [];
  /** Notes and text boxes that are read where they are named, and stand behind the block. */
  #behind: string[] = [];
  #noteCount = 0;
  #isInList = false;
  /** Whether the style of the paragraph hides what does not say otherwise. */
  #isHiddenHere = false;
  /** Of a paragraph whose end was taken out: the next goes on in it. */
  #carried = '';
  readonly account = {
    equations: 0,
    annotations: 0,
    hiddenText: 0,
    droppedPictures: 0,
    notes: [] as string[],
  };

  constructor(archive: Archive, part: string, depth: number) {
    this.#archive = archive;
    this.#depth = depth;
    this.#relationships = relationshipsOf(archive, part);
    const folder = part.slice(0, part.lastIndexOf('/') + 1);
    const partNamed = (type: string) => partOf(this.#relationships, type) ?? `${folder}${type}.xml`;
    this.#styles = new WordStyles(archive.text(partNamed('styles')));
    this.#numbers = new WordNumbers(archive, partNamed('numbering'));
    const count = (equations: number) => {
      this.account.equations += equations;
    };
    this.#notes = {
      footnoteReference: notesOf(archive, partNamed('footnotes'), count),
      endnoteReference: notesOf(archive, partNamed('endnotes'), count),
    };
    const { xml, equations } = withEquations(archive.text(part) ?? '', 'w');
    count(equations);
    eachOutermost(xml, BLOCKS, (block, around) => {
      if (around.some(({ name }) => REMOVED.has(name))) return;
      this.#html.push(this.#block(block));
    });
    this.#html.push(this.#endList());
  }

  html(): string {
    return this.#html.join('');
  }

  #block(block: XmlElement): string {
    const html =
      block.name === 'p'
        ? this.#paragraph(block)
        : block.name === 'tbl'
          ? this.#endList() + this.#table(block)
          : this.#endList() + this.#chunk(block);
    if (this.#behind.length === 0) return html;
    const behind = this.#behind;
    this.#behind = [];
    return html + this.#endList() + behind.join('');
  }

  #endList(): string {
    const end = this.#isInList ? '</ul>' : '';
    this.#isInList = false;
    return end;
  }

  #paragraph(paragraph: XmlElement): string {
    const properties = childOf(paragraph, 'pPr');
    this.#isHiddenHere = this.#styles.isHidden(childOf(properties, 'pStyle')?.attributes.val);
    const text = this.#carried + this.#inline(paragraph);
    this.#carried = '';
    if (childOf(properties, 'rPr', 'del')) {
      this.#carried = text;
      return '';
    }
    const list = this.#styles.listOf(properties);
    const isEmpty = text.trim() === '';
    const mark = list && !isEmpty ? this.#numbers.markOf(list) : '';
    const level = this.#styles.headingLevel(properties);
    if (level !== null && !isEmpty) {
      const number = /\d/.test(mark) ? `${escaped(mark)} ` : '';
      return `${this.#endList()}<h${level}>${number}${text}</h${level}>`;
    }
    if (!list || mark === '') return isEmpty ? '' : `${this.#endList()}<p>${text}</p>`;
    const start = this.#isInList ? '' : '<ul>';
    this.#isInList = true;
    return `${start}<li data-mark="${escaped(mark)}" data-depth="${list.level}">${text}</li>`;
  }

  #inline(element: XmlElement): string {
    return elementsOf(element)
      .map((child) => {
        if (child.name === 'r') return this.#run(child);
        if (child.name === 'AlternateContent') return this.#inline(chosen(child));
        if (child.name === 'ruby')
          return `${this.#inline({ ...child, children: childrenOf(child, 'rubyBase') })} (${this.#inline(childOf(child, 'rt') ?? child)})`;
        return WRAPPERS.has(child.name) ? this.#inline(child) : '';
      })
      .join('');
  }

  #run(run: XmlElement): string {
    const properties = childOf(run, 'rPr');
    const vanish = childOf(properties, 'vanish');
    const isHidden = vanish
      ? isOn(vanish)
      : this.#isHiddenHere || this.#styles.isHidden(childOf(properties, 'rStyle')?.attributes.val);
    if (isHidden) {
      this.account.hiddenText += 1;
      return '';
    }
    const text = elementsOf(run)
      .map((child) => this.#piece(child))
      .join('');
    const level = childOf(properties, 'vertAlign')?.attributes.val;
    if (text === '' || (level !== 'superscript' && level !== 'subscript')) return text;
    const tag = level === 'superscript' ? 'sup' : 'sub';
    return `<${tag}>${text}</${tag}>`;
  }

  #piece(piece: XmlElement): string {
    switch (piece.name) {
      case 't':
        return escaped(textOf(piece));
      case 'tab':
      case 'ptab':
        return ' ';
      case 'br':
      case 'cr':
        return '<br>';
      case 'noBreakHyphen':
        return '-';
      case 'sym':
        return escaped(symbolOf(piece));
      case 'footnoteReference':
      case 'endnoteReference':
        return this.#note(this.#notes[piece.name].get(piece.attributes.id ?? ''));
      case 'commentReference':
        this.account.annotations += 1;
        return '';
      case 'AlternateContent':
        return elementsOf(chosen(piece))
          .map((child) => this.#piece(child))
          .join('');
      case 'ruby':
        return this.#inline({ ...piece, children: [piece] });
      case 'drawing':
      case 'pict':
      case 'object':
        return this.#drawing(piece);
      default:
        return '';
    }
  }

  #note(note: XmlElement | undefined): string {
    if (!note) return '';
    this.#noteCount += 1;
    const mark = `[${this.#noteCount}]`;
    const place = this.#behind.length;
    this.#behind.splice(place, 0, `<p>${mark} ${this.#within(note).replace(/^<p>/, '')}`);
    return mark;
  }

  /** The blocks of a note, a box or a cell, without the list and the notes around it. */
  #within(element: XmlElement): string {
    const [isInList, carried] = [this.#isInList, this.#carried];
    [this.#isInList, this.#carried] = [false, ''];
    const html = this.#blocksIn(element) + this.#endList();
    [this.#isInList, this.#carried] = [isInList, carried];
    return html;
  }

  #blocksIn(element: XmlElement): string {
    return elementsOf(element)
      .map((child) => {
        if (child.name === 'p') return this.#paragraph(child);
        if (child.name === 'tbl') return this.#endList() + this.#table(child);
        if (child.name === 'altChunk') return this.#chunk(child);
        if (child.name === 'AlternateContent') return this.#blocksIn(chosen(child));
        return WRAPPERS.has(child.name) ? this.#blocksIn(child) : '';
      })
      .join('');
  }

  #drawing(drawing: XmlElement): string {
    const boxes = [...allOf(drawing, 'txbxContent')];
    for (const box of boxes) this.#behind.push(this.#within(box));
    const drawn = drawnHtml(drawing, this.#archive, this.#relationships);
    if (drawn !== '') this.#behind.push(drawn);
    if (boxes.length > 0 || drawn !== '') return '';
    this.account.droppedPictures += 1;
    const said = [...allOf(drawing, 'docPr')]
      .map(({ attributes }) => pictureText(attributes.descr))
      .find(Boolean);
    return said === undefined ? '' : ` ${escaped(said)} `;
  }

  #table(table: XmlElement): string {
    const rows = rowsOf(table).map((row) => gridOf(row));
    const html = rows.map((cells, index) => {
      const written = cells.map(({ cell, from, columns, merge }) => {
        if (merge === 'goesOn') return '';
        const goesOn = (row: number) =>
          merge === 'begins' && rows[row]?.find((one) => one.from === from)?.merge === 'goesOn';
        let height = 1;
        while (goesOn(index + height)) height += 1;
        return `<td colspan="${columns}" rowspan="${height}">${this.#within(cell)}</td>`;
      });
      return `<tr>${written.join('')}</tr>`;
    });
    return `<table>${html.join('')}</table>`;
  }

  /** Another file put in as it is. */
  #chunk({ attributes }: XmlElement): string {
    const target = this.#relationships.get(attributes.id ?? attributes['r:id'] ?? '')?.target ?? '';
    const bytes = this.#archive.bytes(target);
    const kind = /\.(\w+)$/.exec(target)?.[1]?.toLowerCase();
    if (!bytes) return '';
    if (kind === 'docx' || kind === 'dat') {
      if (this.#depth < DEEPEST_CHUNK && bytes[0] === 0x50) {
        const archive = openZip(bytes);
        const inner = new WordReader(archive, mainPart(archive), this.#depth + 1);
        return inner.html();
      }
    }
    const text = decodeText(bytes).text;
    if (kind === 'rtf') return plainHtml(rtfToText(bytes).text);
    if (kind === 'txt') return plainHtml(text);
    if (/^x?html?$/.test(kind ?? '')) return `<div>${text}</div>`;
    if (/^mht(?:ml)?$/.test(kind ?? '')) return `<div>${htmlOfMht(bytes)}</div>`;
    this.account.notes.push(sentence('A document that was put into this one could not be read.'));
    return '';
  }
}

const plainHtml = (text: string): string =>
  text
    .split(/\n+/)
    .map((line) => `<p>${escaped(line)}</p>`)
    .join('');

/** Of several ways to write the same, the first; the last is for old programs. */
const chosen = (alternatives: XmlElement): XmlElement =>
  childOf(alternatives, 'Choice') ?? childOf(alternatives, 'Fallback') ?? { ...alternatives, children: [] };

type Cell = { cell: XmlElement; from: number; columns: number; merge: 'begins' | 'goesOn' | null };

/** Rows and cells may be wrapped in controls. */
const unwrapped = (element: XmlElement, name: string): XmlElement[] =>
  elementsOf(element).flatMap((child) =>
    child.name === name ? [child] : WRAPPERS.has(child.name) ? unwrapped(child, name) : [],
  );

const rowsOf = (table: XmlElement): XmlElement[] =>
  unwrapped(table, 'tr').filter((row) => !childOf(row, 'trPr', 'del'));

function gridOf(row: XmlElement): Cell[] {
  const number = (element: XmlElement | undefined) =>
    Math.min(100, Math.max(0, Number(element?.attributes.val ?? 0) || 0));
  let from = number(childOf(row, 'trPr', 'gridBefore'));
  return unwrapped(row, 'tc').map((cell) => {
    const columns = number(childOf(cell, 'tcPr', 'gridSpan')) || 1;
    const vertical = childOf(cell, 'tcPr', 'vMerge');
    const merge: Cell['merge'] = !vertical
      ? null
      : vertical.attributes.val === 'restart'
        ? 'begins'
        : 'goesOn';
    const placed: Cell = { cell, from, columns, merge };
    from += columns;
    return placed;
  });
}

export async function extractDocx(request: FormatRequest): Promise<ReadPages> {
  const archive = openZip(request.bytes);
  const reader = new WordReader(archive, mainPart(archive), 0);
  const account: Partial<Account> = reader.account;
  const read = await sectionExtraction(htmlToText(reader.html()), request, account);
  return { ...read, title: titleOf(archive) };
}
