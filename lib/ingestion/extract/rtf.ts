import type { Account } from '../../domain/account.ts';
import { AppError } from '../../errors.ts';
import { setOff } from '../../retrieval/raised.ts';
import { signIn } from './symbols.ts';
import { sectionExtraction } from './text.ts';
import type { FormatRequest, ReadPages } from './types.ts';

/** Groups whose text is no text of the document. */
const UNSEEN = new Set(
  'fonttbl colortbl stylesheet info pict object themedata colorschememapping latentstyles datastore listtable listoverridetable rsidtbl generator xmlnstbl header headerl headerr headerf footer footerl footerr footerf fldinst bkmkstart bkmkend filetbl pgptbl nonshppict pntxtb pntxta annotation atnid atnauthor atrfstart atrfend atndate atnref mmathPr wgrffmtfilter revtbl sp sn sv shpinst upr comment private passwordhash'.split(
    ' ',
  ),
);
/** Groups that a reader may leave out when it does not know them, and that hold text all the same. */
const KNOWN = new Set('shptxt footnote ud shppict mmath moMath mr'.split(' '));
const CHARACTERS: Readonly<Record<string, string>> = {
  par: '\n',
  line: '\n',
  sect: '\n\n',
  page: '\n\n',
  row: '\n',
  cell: ' | ',
  nestcell: ' | ',
  nestrow: '\n',
  tab: ' ',
  emdash: '—',
  endash: '–',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
  emspace: ' ',
  enspace: ' ',
  qmspace: ' ',
  ltrmark: '',
  rtlmark: '',
  zwj: '',
  zwnj: '',
};
/** Character sets of fonts, by their numbers, as code pages. */
const CHARSETS: Readonly<Record<number, number>> = {
  0: 1252,
  77: 10000,
  128: 932,
  129: 949,
  134: 936,
  136: 950,
  161: 1253,
  162: 1254,
  163: 1258,
  177: 1255,
  178: 1256,
  186: 1257,
  204: 1251,
  222: 874,
  238: 1250,
};
const LABELS: Readonly<Record<number, string>> = {
  437: 'ibm866',
  850: 'windows-1252',
  866: 'ibm866',
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  10000: 'macintosh',
  10007: 'x-mac-cyrillic',
  65001: 'utf-8',
};
const labelOf = (page: number): string =>
  LABELS[page] ?? (page >= 1250 && page <= 1258 ? `windows-${page}` : 'windows-1252');

const DEEPEST = 500;

type Group = {
  isUnseen: boolean;
  /** How many characters stand for one in Unicode, for older readers. */
  skips: number;
  font: number;
  level: 'raised' | 'lowered' | null;
  isHidden: boolean;
  isNote: boolean;
  isTable: boolean;
  /** What stands before an item of a list: its number, or a sign of some font. */
  isMark: boolean;
  /** The names and levels of styles. */
  isStyles: boolean;
  isFonts: boolean;
};

const MOST_INDENTED = 8;
/** Stands before an item of a list until all is read. */
const ITEM = '\u0001';

const TOKEN = /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([\da-f]{2})|\\([^a-z])|([{}])|[\r\n]+|[^\\{}\r\n]+/gi;

/** A number with what belongs to it ("2.", "a)", "Article I"); a letter alone is a sign of some font. */
function numberIn(mark: string): string | undefined {
  const text = mark.trim();
  const isNumber = /^[\p{L}\p{N}.()§ -]{1,20}$/u.test(text) && /\p{N}|[.):]$|\S \S/u.test(text);
  return isNumber ? text : undefined;
}

class RtfReader {
  readonly #written: string[] = [];
  readonly #fonts = new Map<number, number>();
  readonly #fontNames = new Map<number, string>();
  #page = 1252;
  #fontBeingNamed: number | null = null;
  #pending: number[] = [];
  #toSkip = 0;
  #open: Group[] = [
    {
      isUnseen: false,
      skips: 1,
      font: 0,
      level: null,
      isHidden: false,
      isNote: false,
      isTable: false,
      isMark: false,
      isStyles: false,
      isFonts: false,
    },
  ];
  /** Levels of headings by the number of their style, and what is told of the style that is read. */
  readonly #headings = new Map<number, number>();
  #style = { number: null as number | null, level: null as number | null, name: '' };
  /** What the paragraph is that has not begun yet: its heading's level, its place in a list. */
  #paragraph = { heading: null as number | null, mark: null as string | null, depth: 0 };
  #isStarred = false;
  #line = '';
  /** What a note says while it is read, and those that wait for the end of their paragraph. */
  #note: string | null = null;
  #notes: string[] = [];
  #noteCount = 0;
  readonly account = { annotations: 0, hiddenText: 0, droppedPictures: 0 };

  read(source: string): string {
    // Raw bytes stand behind `bin`, as many as it says: nothing of them is read.
    const tokens = new RegExp(TOKEN);
    for (let match = tokens.exec(source); match; match = tokens.exec(source)) {
      const [token, word, parameter, hex, sign, brace] = match;
      if (hex !== undefined) this.#byte(Number.parseInt(hex, 16));
      else if (brace === '{') this.#begin();
      else if (brace === '}') this.#end();
      else if (word !== undefined) {
        const value = parameter === undefined ? null : Number(parameter);
        if (word === 'bin') tokens.lastIndex += Math.max(0, value ?? 0);
        else this.#word(word, value);
      } else if (sign !== undefined) this.#sign(sign);
      else if (!/^[\r\n]/.test(token)) this.#plain(token);
    }
    this.#flush();
    return [...this.#written, ...this.#notes].join('');
  }

  get #group(): Group {
    return this.#open.at(-1) as Group;
  }

  #begin(): void {
    this.#flush();
    if (this.#open.length >= DEEPEST) throw new AppError('file_too_heavy');
    this.#open.push({ ...this.#group, isNote: false });
    this.#isStarred = false;
  }

  #end(): void {
    this.#flush();
    const closed = this.#group;
    if (closed.isStyles) this.#endStyle();
    if (this.#open.length > 1) this.#open.pop();
    if (closed.isNote && this.#note !== null) {
      this.#notes.push(`\n[${this.#noteCount}] ${this.#note.replace(/\s+/g, ' ').trim()}\n`);
      this.#note = null;
    }
    this.#toSkip = 0;
  }

  /** Text goes out in one piece, since what it stands behind decides how raised signs are written. */
  #write(text: string): void {
    const { isUnseen, isHidden, isMark, level } = this.#group;
    if (isUnseen || text === '') return;
    if (isMark) {
      this.#paragraph.mark = (this.#paragraph.mark ?? '') + text;
      return;
    }
    if (isHidden) {
      this.account.hiddenText += 1;
      return;
    }
    const written = level ? setOff(text, level, this.#line) : text;
    if (this.#note !== null) {
      this.#note += written;
      return;
    }
    if (written.trim() !== '') this.#written.push(this.#beginning());
    this.#written.push(written);
    this.#line = written.includes('\n')
      ? written.slice(written.lastIndexOf('\n') + 1)
      : (this.#line + written).slice(-20);
  }

  /** What is written before the first words of a paragraph, once. */
  #beginning(): string {
    const { heading, mark, depth } = this.#paragraph;
    this.#paragraph = { heading: null, mark: null, depth: 0 };
    const number = numberIn(mark ?? '');
    if (this.#group.isTable) return number === undefined ? '' : `${number} `;
    if (heading !== null) return `${'#'.repeat(heading + 1)} ${number === undefined ? '' : `${number} `}`;
    return mark === null ? '' : `${ITEM}${'  '.repeat(Math.min(MOST_INDENTED, depth))}${number ?? '-'} `;
  }

  /** A style is a heading by its level in the outline, or else by its name. */
  #endStyle(): void {
    const { number, level, name } = this.#style;
    const [, named] = /^\s*heading (\d)/i.exec(name) ?? [];
    const found = level ?? (named ? Number(named) - 1 : /^\s*title\s*;/i.test(name) ? 0 : null);
    if (number !== null && found !== null && found < 6) this.#headings.set(number, found);
    this.#style = { number: null, level: null, name: '' };
  }

  #byte(byte: number): void {
    if (this.#toSkip > 0) this.#toSkip -= 1;
    else if (!this.#group.isUnseen) this.#pending.push(byte);
  }

  /** Bytes of one code page together: a character may be two of them. */
  #flush(): void {
    if (this.#pending.length === 0) return;
    const bytes = new Uint8Array(this.#pending);
    this.#pending = [];
    const page = this.#fonts.get(this.#group.font) ?? this.#page;
    const name = this.#fontNames.get(this.#group.font) ?? '';
    const signs = Array.from(bytes, (byte) => signIn(name, byte));
    this.#write(signs[0] === null ? new TextDecoder(labelOf(page)).decode(bytes) : signs.join(''));
  }

  #plain(text: string): void {
    const skipped = Math.min(this.#toSkip, text.length);
    this.#toSkip -= skipped;
    const rest = text.slice(skipped);
    if (this.#group.isStyles) this.#style.name += rest;
    const font = this.#group.isFonts ? this.#fontBeingNamed : null;
    if (font !== null && rest.trim() !== '' && !this.#fontNames.has(font)) this.#fontNames.set(font, rest);
    // The second byte of a character may be written as the letter that it is in ASCII.
    if (rest !== '' && !this.#group.isUnseen)
      for (let at = 0; at < rest.length; at++) this.#pending.push(rest.charCodeAt(at) & 0xff);
  }

  #sign(sign: string): void {
    if (sign === '*') this.#isStarred = true;
    else if (this.#toSkip > 0) this.#toSkip -= 1;
    else {
      this.#flush();
      if (sign === '~') this.#write(' ');
      else if (sign === '_') this.#write('-');
      else if (sign === '\n' || sign === '\r') this.#write('\n');
      else if (/[\\{}]/.test(sign)) this.#write(sign);
    }
  }

  #word(word: string, value: number | null): void {
    this.#flush();
    const group = this.#group;
    const isOn = value !== 0;
    if (word === 'u' && value !== null) {
      const code = value < 0 ? value + 0x10000 : value;
      const sign = code >= 0xf000 ? signIn(this.#fontNames.get(group.font) ?? '', code) : null;
      this.#write(sign ?? String.fromCharCode(code));
      this.#toSkip = group.skips;
      return;
    }
    if (UNSEEN.has(word) || (this.#isStarred && !KNOWN.has(word))) {
      if (word === 'pict' && !group.isUnseen) this.account.droppedPictures += 1;
      if (word === 'annotation') this.account.annotations += 1;
      // Fields, colours and fonts are named in groups of their own; a destination hides its group alone.
      group.isUnseen = true;
      if (word === 'stylesheet') group.isStyles = true;
      // Beside a font's own name stand its looks and another name, in groups that may be left out.
      group.isFonts = word === 'fonttbl' || (group.isFonts && !this.#isStarred);
    }
    this.#isStarred = false;
    if (this.#styled(word, value, group)) return;
    if (word === 'shptxt') group.isUnseen = false;
    else if (word === 'footnote') {
      group.isNote = true;
      if (group.isUnseen) return;
      this.#noteCount += 1;
      this.#write(`[${this.#noteCount}]`);
      this.#note = '';
    } else if (word === 'uc') group.skips = Math.min(10, Math.max(0, value ?? 1));
    else if (word === 'v') group.isHidden = isOn;
    else if (word === 'deleted') group.isHidden = isOn;
    else if (word === 'super') group.level = isOn ? 'raised' : null;
    else if (word === 'sub') group.level = isOn ? 'lowered' : null;
    else if (word === 'nosupersub' || word === 'plain')
      [group.level, group.isHidden] = [null, word === 'plain' ? false : group.isHidden];
    else if (word === 'intbl') group.isTable = true;
    else if (word === 'pard') group.isTable = false;
    else if (!this.#encoding(word, value) && Object.hasOwn(CHARACTERS, word)) {
      // Paragraphs of one cell stay in their row.
      const sign = word === 'par' && group.isTable ? '; ' : (CHARACTERS[word] ?? '');
      this.#write(sign);
      if (sign.includes('\n') && word !== 'line') this.#paragraph.mark = null;
      // Notes stand behind the paragraph or the row that names them.
      if (!sign.includes('\n') || this.#note !== null || group.isUnseen) return;
      this.#written.push(...this.#notes);
      this.#notes = [];
    }
  }

  /** What a paragraph is: a heading, an item of a list. */
  #styled(word: string, value: number | null, group: Group): boolean {
    if (group.isStyles) {
      if (word === 's') this.#style.number = value ?? 0;
      else if (word === 'outlinelevel') this.#style.level = value ?? 0;
      return true;
    }
    if (group.isUnseen) return false;
    const paragraph = this.#paragraph;
    if (word === 'listtext' || word === 'pntext') [group.isMark, paragraph.mark] = [true, ''];
    else if (group.isMark) return false;
    else if (word === 'pard') [paragraph.heading, paragraph.depth] = [null, 0];
    else if (word === 's') paragraph.heading = this.#headings.get(value ?? 0) ?? null;
    else if (word === 'outlinelevel') paragraph.heading = value !== null && value < 6 ? value : null;
    else if (word === 'ilvl') paragraph.depth = value ?? 0;
    return false;
  }

  /** What says which letters bytes stand for. */
  #encoding(word: string, value: number | null): boolean {
    if (word === 'ansicpg' && value !== null) this.#page = value;
    else if (word === 'mac') this.#page = 10000;
    else if (word === 'f' && value !== null) this.#group.font = this.#fontBeingNamed = value;
    else if (word === 'fcharset' && value !== null && this.#fontBeingNamed !== null) {
      const page = CHARSETS[value];
      if (page !== undefined) this.#fonts.set(this.#fontBeingNamed, page);
    } else return false;
    return true;
  }
}

export function rtfToText(bytes: Uint8Array): { text: string; account: Partial<Account> } {
  const reader = new RtfReader();
  const text = reader.read(new TextDecoder('latin1').decode(bytes)).replaceAll('\0', '');
  const tidy = text
    .replace(/(?: \|\s*|; )+(?=\n|$)/g, '')
    .replace(/; (?=\|)/g, ' ')
    .replace(/\n/g, '\n\n')
    .replace(new RegExp(`(${ITEM}[^\n]*)\n\n(?=${ITEM})`, 'g'), '$1\n')
    .replaceAll(ITEM, '')
    .replace(/(\|[^\n]*)\n\n(?=[^\n]*\|)/g, '$1\n');
  return { text: tidy, account: reader.account };
}

export async function extractRtf(request: FormatRequest): Promise<ReadPages> {
  const { text, account } = rtfToText(request.bytes);
  return sectionExtraction(text, request, account);
}
