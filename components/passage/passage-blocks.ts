import type { Formula } from '@/components/markdown/formulas';
import { decodeEntities } from '@/lib/html-entities';
import { readTable } from '@/lib/retrieval/table-cells';
import { isShouted, shoutedWords } from '@/lib/study/sentence-case';

/**
 * Light markdown and plain text as blocks that keep every character. The ranges of all pieces, in order, are the whole
 * text without gap or overlap, so a mark given in offsets of the text falls on exactly its words.
 */
/** `page`: plain text whose headings are marked; `rows`: a table, a row a line. */
export type PassageFormat = 'markdown' | 'text' | 'page' | 'rows';

const FORMATS: Readonly<Record<string, PassageFormat>> = {
  section: 'markdown',
  slide: 'markdown',
  page: 'page',
  row: 'rows',
  sheet: 'rows',
};
/** Only what is kept as sections keeps all of its signs. */
export const formatOf = ({ locator }: { locator: string }): PassageFormat => FORMATS[locator] ?? 'text';

/**
 * `syntax` is kept in the page for the offsets but not shown: the hashes of a heading, the stars of bold. `glyph`: what is
 * drawn in its place, such as the quotation mark that it writes by name.
 */
export type Piece = {
  start: number;
  end: number;
  role: 'text' | 'syntax';
  glyph?: string;
  /** `lower` and `first` are words of a heading in capitals, read as others are; `moment` is when a line was said. */
  style?: 'strong' | 'emphasis' | 'code' | 'lower' | 'first' | 'moment';
  /** A formula, which is drawn in its place. */
  maths?: Formula;
};

export type PassageBlock = { start: number; end: number } & (
  | { type: 'gap' }
  | { type: 'heading'; level: number; pieces: Piece[] }
  | { type: 'paragraph' | 'quote' | 'code' | 'formula' | 'comment'; pieces: Piece[] }
  | { type: 'item'; depth: number; marker: string; pieces: Piece[] }
  | { type: 'figure'; source: string; pieces: Piece[] }
  /** A rule stands in the second row, below the head, or nowhere. */
  | { type: 'table'; isRuled: boolean; rows: Piece[][][] }
  /** Rows of a file of rows; a row's first cell is its number. */
  | { type: 'rows'; columns: string[]; rows: Piece[][][] }
);

export type Line = { start: number; end: number; text: string };

const FENCE = /^\s*(`{3,}|~{3,})/;
const HEADING = /^ {0,3}(#{1,6})[ \t]+/;
const ITEM = /^([ \t]*)([-*+•‣▪◦]|\d{1,3}(?:\.\d{1,3}){0,4}[.)]|\(?(?:[a-zA-Z]|[ivx]{2,5})\))[ \t]+(?=\S)/;
const QUOTE = /^ {0,3}>[ \t]?/;
const TABLE_RULE = /^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?\s*$/;
/** Bars between the cells of a row: with room on both sides, and in no bracket. */
const BAR = / \| |^\| /g;
const FIGURE = /^\s*!\[([\s\S]*?)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)?)(?:\s+"[\s\S]*?")?\s*\)/;
const ROW = /^Row \d+\. /;
/** What a writer leaves beside the text and Markdown does not show. */
const COMMENT = /^\s*<!--/;
const ENTITY = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]\w{1,30});/gi;
/** Dollars with pandoc's rule, so that prices stay text, and the brackets of LaTeX. */
const MATHS = String.raw`(?<![\\$])\$\$(?<display>[^$\n]+?)\$\$|(?<![\\$\w])\$(?=[^\s$])(?<inline>(?:[^$\\\n]|\\.)*?(?<=[^\s\\]))\$(?![\d$])|\\\((?<round>[^\n]+?)\\\)|\\\[(?<square>[^\n]+?)\\\]`;
const OPENED_FORMULA = /^\s*(\$\$|\\\[)(?![\s\S]*(?:\$\$|\\\])\s*$)|^\s*(?:\$\$|\\\[)\s*$/;
const CLOSED_FORMULA = /(?:\$\$|\\\])\s*$/;
const MOMENT_HEAD = /^\[\d{2,3}:[0-5]\d:[0-5]\d\](?= )/;
const INLINE_WORDS =
  /!?\[(?<link>[^\]\n]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?:[ \t]+"[^"\n]*")?\)|(?<bold>\*\*|__)(?=\S)(?:.+?)(?<=\S)\k<bold>|(?<![\w*])(?<slant>[*_])(?=[^\s*_])(?:.+?)(?<=[^\s*_])\k<slant>(?![\w*])|(?<tick>`+)(?:[^`]+)\k<tick>/;
const INLINE = new RegExp(`${MATHS}|${INLINE_WORDS.source}`, 'g');

/** A line shorter than this share of the longest one ends where its writer ended it, not where the page did. */
const FULL_LINE_SHARE = 0.62;

function linesOf(content: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const text of content.split(/(?<=\n)/)) {
    lines.push({ start, end: start + text.length, text });
    start += text.length;
  }
  return lines;
}

const isBlank = (line: Line) => line.text.trim() === '';

/** Plain text, in which characters that are written by name are drawn as they are. */
function plainPieces(content: string, start: number, end: number): Piece[] {
  const pieces: Piece[] = [];
  let position = start;
  const text = (until: number) => {
    if (until > position) pieces.push({ start: position, end: until, role: 'text' });
    position = until;
  };
  for (const { index, 0: name } of content.slice(start, end).matchAll(ENTITY)) {
    const glyph = decodeEntities(name);
    if (glyph === name || glyph === '') continue;
    text(start + index);
    position += name.length;
    pieces.push({ start: start + index, end: position, role: 'syntax', glyph });
  }
  text(end);
  return pieces;
}

/** Bold, emphasis, code and the words of links inside a range; everything else is plain text. */
function inlinePieces(content: string, start: number, end: number): Piece[] {
  const pieces: Piece[] = [];
  let position = start;
  for (const match of content.slice(start, end).matchAll(INLINE)) {
    const { link, bold, slant, tick, display, inline, round, square } = match.groups ?? {};
    const tex = display ?? inline ?? round ?? square;
    const from = start + match.index;
    const to = from + match[0].length;
    pieces.push(...plainPieces(content, position, from));
    position = to;
    if (tex !== undefined) {
      const isDisplay = display !== undefined || square !== undefined;
      pieces.push({ start: from, end: to, role: 'text', maths: { tex, isDisplay } });
      continue;
    }
    if (link !== undefined) {
      const words = from + match[0].indexOf('[') + 1;
      pieces.push(
        { start: from, end: words, role: 'syntax' },
        ...plainPieces(content, words, words + link.length),
        { start: words + link.length, end: to, role: 'syntax' },
      );
      continue;
    }
    const { length } = bold ?? slant ?? tick ?? '';
    const style = bold ? 'strong' : slant ? 'emphasis' : 'code';
    pieces.push(
      { start: from, end: from + length, role: 'syntax' },
      { start: from + length, end: to - length, role: 'text', style },
      { start: to - length, end: to, role: 'syntax' },
    );
  }
  return [...pieces, ...plainPieces(content, position, end)];
}

/** The words of a heading in capitals, each told apart that is read as others are. */
function inSentenceCase(content: string, pieces: readonly Piece[]): Piece[] {
  const shown = pieces.filter(({ role }) => role === 'text');
  const [start, end] = [shown[0]?.start ?? 0, shown.at(-1)?.end ?? 0];
  const text = content.slice(start, end);
  if (!isShouted(text)) return [...pieces];
  const words = shoutedWords(text);
  return pieces.flatMap((piece) => {
    if (piece.role !== 'text' || piece.style !== undefined || piece.maths) return [piece];
    const cut: Piece[] = [];
    let position = piece.start;
    for (const word of words) {
      const [from, to] = [start + word.start, start + word.end];
      if (from < position || to > piece.end) continue;
      if (from > position) cut.push({ start: position, end: from, role: 'text' });
      cut.push({ start: from, end: to, role: 'text', style: word.isFirst ? 'first' : 'lower' });
      position = to;
    }
    return position < piece.end ? [...cut, { start: position, end: piece.end, role: 'text' }] : cut;
  });
}

/** The syntax at the head of a line, then what it introduces, then its line break. */
function linePieces(content: string, line: Line, head: number): Piece[] {
  const bodyEnd = line.end - (line.text.length - line.text.trimEnd().length);
  const moment = MOMENT_HEAD.exec(line.text.slice(head))?.[0].length ?? 0;
  const from = line.start + head + moment;
  return [
    ...(head > 0 ? [{ start: line.start, end: line.start + head, role: 'syntax' as const }] : []),
    ...(moment > 0
      ? [{ start: line.start + head, end: from, role: 'text' as const, style: 'moment' as const }]
      : []),
    ...inlinePieces(content, from, Math.max(from, bodyEnd)),
    ...(line.end > Math.max(from, bodyEnd)
      ? [{ start: Math.max(from, bodyEnd), end: line.end, role: 'text' as const }]
      : []),
  ];
}

/** Joins plain neighbours, so that words on both sides of a line break are one run. */
function joinPlain(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    const isPlain = (one: Piece | undefined) =>
      one?.role === 'text' && one.style === undefined && one.maths === undefined;
    if (last && isPlain(piece) && isPlain(last)) last.end = piece.end;
    else joined.push({ ...piece });
  }
  return joined;
}

function tableCells(content: string, line: Line, isRuled: boolean): Piece[][] {
  if (isRuled && TABLE_RULE.test(line.text)) return [[{ start: line.start, end: line.end, role: 'syntax' }]];
  const cells: Piece[][] = [];
  const bars = [...line.text.matchAll(/(?<!\\)\|/g)].map((match) => match.index);
  // Without a rule between them rows have no bar around them: the first cell of one that begins with it is empty.
  const edges = isRuled && line.text.trimStart().startsWith('|') ? bars : [-1, ...bars];
  const isClosed = isRuled && edges.length > 1 && line.text.trimEnd().length - 1 === edges.at(-1);
  const closed = isClosed ? edges.slice(0, -1) : edges;
  closed.forEach((edge, index) => {
    const next = closed[index + 1] ?? line.text.length;
    const from = index === 0 ? 0 : edge;
    const raw = line.text.slice(edge + 1, next);
    const body = raw.replace(/\s*\|?\s*$/, '');
    const lead = body.length - body.trimStart().length;
    const bodyStart = line.start + edge + 1 + lead;
    const bodyEnd = Math.max(bodyStart, line.start + edge + 1 + body.length);
    cells.push(
      [
        { start: line.start + from, end: bodyStart, role: 'syntax' as const },
        ...inlinePieces(content, bodyStart, bodyEnd),
        { start: bodyEnd, end: line.start + next, role: 'syntax' as const },
      ].filter((piece) => piece.end > piece.start),
    );
  });
  return cells;
}

function tableOf(content: string, lines: readonly Line[]): { isRuled: boolean; rows: Piece[][][] } {
  const isRuled = TABLE_RULE.test(lines[1]?.text ?? '');
  return { isRuled, rows: lines.map((line) => tableCells(content, line, isRuled)) };
}

type Part = { key: string; start: number; value: number; end: number };

/** The parts of a row by their columns: "species: Adelie; island: Dream". What only looks like a column goes on its cell. */
function partsOf(line: Line, known: ReadonlySet<string>): Part[] {
  const parts: Part[] = [];
  let at = ROW.exec(line.text)?.[0].length ?? 0;
  for (const text of line.text.trimEnd().slice(at).split('; ')) {
    const key = /^([^:]{1,80}): /.exec(text)?.[1];
    const last = parts.at(-1);
    const end = line.start + at + text.length;
    if ((key === undefined || !known.has(key)) && last) last.end = end;
    else {
      const start = line.start + at;
      parts.push({ key: key ?? '', start, value: key === undefined ? start : start + key.length + 2, end });
    }
    at += text.length + 2;
  }
  return parts;
}

/** Rows as a table: the columns in the order in which the rows name them, and every character in its place. */
function rowsOf(content: string, lines: readonly Line[]): { columns: string[]; rows: Piece[][][] } {
  const known = new Set(readTable([content.slice(lines[0]?.start, lines.at(-1)?.end)]).columns);
  const parted = lines.map((line) => partsOf(line, known));
  const columns: string[] = [];
  for (const parts of parted) {
    let behind = -1;
    for (const { key } of parts) {
      const place = columns.indexOf(key);
      if (place === -1) columns.splice(behind + 1, 0, key);
      behind = place === -1 ? behind + 1 : Math.max(behind, place);
    }
  }
  const rows = lines.map((line, index) => {
    const number = line.start + (/^Row \d+/.exec(line.text)?.[0].length ?? 0);
    const cells: Piece[][] = [
      [
        { start: line.start, end: line.start + 4, role: 'syntax' },
        { start: line.start + 4, end: number, role: 'text' },
      ],
      ...columns.map(() => []),
    ];
    let [position, column] = [number, 0];
    for (const part of parted[index] ?? []) {
      // A row that names its columns in another order keeps its own.
      column = Math.max(column, columns.indexOf(part.key) + 1);
      const own: Piece[] = [
        { start: position, end: part.value, role: 'syntax' },
        { start: part.value, end: part.end, role: 'text' },
      ];
      cells[column]?.push(...own.filter(({ start, end }) => end > start));
      position = part.end;
    }
    if (line.end > position) cells[column]?.push({ start: position, end: line.end, role: 'syntax' });
    return cells;
  });
  return { columns, rows };
}

type Kind = Exclude<PassageBlock['type'], 'gap'>;

/** How many cells a row without a rule has: none where its bars are those of a formula. */
function barsIn(line: Line | undefined): number {
  const text = line?.text.trimEnd() ?? '';
  const bars = [...text.matchAll(BAR)];
  const isOpen = bars.some(({ index }) => {
    const before = text.slice(0, index);
    return (before.match(/[([{]/g)?.length ?? 0) !== (before.match(/[)\]}]/g)?.length ?? 0);
  });
  return isOpen ? 0 : (text.match(/(?<!\\)\|/g)?.length ?? 0) * Number(bars.length > 0);
}

/** Rows below each other with as many cells, as files of other programs are read. */
const isBareTable = (line: Line, next: Line | undefined): boolean =>
  barsIn(line) > 0 && barsIn(line) === barsIn(next);

/** How many lines a picture takes whose words begin here; none where it never ends. */
function figureLines(lines: readonly Line[], first: number): number {
  if (!lines[first]?.text.trimStart().startsWith('![')) return 0;
  const end = lines.findIndex((line, index) => index > first && isBlank(line));
  const own = lines.slice(first, end < 0 ? undefined : end);
  const count = own.findIndex((_, index) =>
    FIGURE.test(
      own
        .slice(0, index + 1)
        .map(({ text }) => text)
        .join(''),
    ),
  );
  return count + 1;
}

/** How many lines a formula takes that is opened here and closed in a later line, before the paragraph ends. */
function formulaLines(lines: readonly Line[], first: number): number {
  if (!OPENED_FORMULA.test(lines[first]?.text ?? '')) return 0;
  const end = lines.findIndex(
    (line, index) => index > first && (isBlank(line) || CLOSED_FORMULA.test(line.text)),
  );
  const closing = lines[end];
  return closing === undefined || isBlank(closing) ? 0 : end - first + 1;
}

function kindOf(lines: readonly Line[], index: number, format: PassageFormat): Kind {
  const [line, next] = [lines[index], lines[index + 1]];
  if (line === undefined) return 'paragraph';
  if (format === 'rows' && ROW.test(line.text)) return 'rows';
  if (formulaLines(lines, index) > 0) return 'formula';
  if (format !== 'text' && format !== 'markdown' && HEADING.test(line.text)) return 'heading';
  if (ITEM.test(line.text)) return 'item';
  if (format !== 'text' && line.text.includes('|') && next && TABLE_RULE.test(next.text)) return 'table';
  if (format !== 'text' && isBareTable(line, next)) return 'table';
  if (format !== 'markdown') return 'paragraph';
  if (COMMENT.test(line.text)) return 'comment';
  if (figureLines(lines, index) > 0) return 'figure';
  if (FENCE.test(line.text)) return 'code';
  if (HEADING.test(line.text)) return 'heading';
  if (QUOTE.test(line.text)) return 'quote';
  return 'paragraph';
}

/** How many lines, from `first`, belong to one block of this kind. */
function extent(lines: readonly Line[], first: number, kind: Kind, format: PassageFormat): number {
  const after = lines.slice(first + 1);
  if (kind === 'heading') return 1;
  if (kind === 'figure') return figureLines(lines, first);
  if (kind === 'formula') return formulaLines(lines, first);
  if (kind === 'comment') {
    const last = lines.slice(first).findIndex(({ text }) => text.includes('-->'));
    return last < 0 ? 1 : last + 1;
  }
  if (kind === 'code') {
    const fence = FENCE.exec(lines[first]?.text ?? '')?.[1] ?? '';
    const last = after.findIndex(({ text }) => text.trim().startsWith(fence));
    return last < 0 ? after.length + 1 : last + 2;
  }
  const goesOn = kind === 'quote' || kind === 'rows' ? kind : 'paragraph';
  const end = after.findIndex((line, index) => {
    if (isBlank(line)) return true;
    return kind === 'table' ? !line.text.includes('|') : kindOf(after, index, format) !== goesOn;
  });
  return end < 0 ? after.length + 1 : end + 1;
}

function build(content: string, lines: readonly Line[], kind: Kind): PassageBlock {
  const [first] = lines;
  const start = first?.start ?? 0;
  const range = { start, end: lines.at(-1)?.end ?? start };
  const headOf = (line: Line, head: RegExp) => head.exec(line.text)?.[0].length ?? 0;
  const pieces = (heads: (line: Line, index: number) => number) =>
    joinPlain(lines.flatMap((line, index) => linePieces(content, line, heads(line, index))));
  const onlyFirst = (head: RegExp) => (line: Line, index: number) => (index === 0 ? headOf(line, head) : 0);
  switch (kind) {
    case 'heading': {
      const level = HEADING.exec(first?.text ?? '')?.[1]?.length ?? 1;
      return { ...range, type: kind, level, pieces: inSentenceCase(content, pieces(onlyFirst(HEADING))) };
    }
    case 'item': {
      const [, indent = '', bullet = ''] = ITEM.exec(first?.text ?? '') ?? [];
      const depth = Math.min(3, Math.floor(indent.replaceAll('\t', '  ').length / 2));
      const marker = /[\da-z]/i.test(bullet) ? bullet : '•';
      return { ...range, type: kind, depth, marker, pieces: pieces(onlyFirst(ITEM)) };
    }
    case 'quote':
      return { ...range, type: kind, pieces: pieces((line) => headOf(line, QUOTE)) };
    case 'code': {
      const roleOf = ({ text }: Line) => (FENCE.test(text) ? 'syntax' : 'text');
      const own = lines.map((line): Piece => ({ start: line.start, end: line.end, role: roleOf(line) }));
      return { ...range, type: kind, pieces: own };
    }
    case 'comment': {
      const end = content.indexOf('-->', range.start) + 3;
      // Without an end it is text.
      const shown = end > 2 && end <= range.end ? end : range.start;
      const own: Piece[] = [
        { start: range.start, end: shown, role: 'syntax' },
        { start: shown, end: range.end, role: 'text' },
      ];
      return { ...range, type: kind, pieces: own.filter((piece) => piece.end > piece.start) };
    }
    case 'formula': {
      const text = content.slice(range.start, range.end);
      const end = range.start + text.trimEnd().length;
      const tex = text.trim().slice(2, -2).trim();
      const own: Piece[] = [
        { start: range.start, end, role: 'text', maths: { tex, isDisplay: true } },
        ...(range.end > end ? [{ start: end, end: range.end, role: 'text' as const }] : []),
      ];
      return { ...range, type: kind, pieces: own };
    }
    case 'figure': {
      const text = content.slice(range.start, range.end);
      const [whole = '', caption = '', source = ''] = FIGURE.exec(text) ?? [];
      const from = range.start + whole.indexOf('![') + 2;
      const to = from + caption.length;
      const behind = range.start + whole.length;
      const own: Piece[] = [
        { start: range.start, end: from, role: 'syntax' },
        ...plainPieces(content, from, to),
        { start: to, end: behind, role: 'syntax' },
        ...plainPieces(content, behind, range.end),
      ];
      return { ...range, type: kind, source, pieces: own.filter((piece) => piece.end > piece.start) };
    }
    case 'rows':
      return { ...range, type: kind, ...rowsOf(content, lines) };
    case 'table':
      return { ...range, type: kind, ...tableOf(content, lines) };
    default:
      return { ...range, type: kind, pieces: pieces(() => 0) };
  }
}

/** Plain text out of a PDF breaks every line; a short line is a break that was meant. */
function splitShortLines(lines: readonly Line[], longest: number): Line[][] {
  const groups: Line[][] = [[]];
  for (const line of lines) {
    groups.at(-1)?.push(line);
    if (line.text.trimEnd().length < longest * FULL_LINE_SHARE) groups.push([]);
  }
  return groups.filter((group) => group.length > 0);
}

export function passageBlocks(content: string, format: PassageFormat): PassageBlock[] {
  const lines = linesOf(content).filter((line) => line.text !== '');
  const longest = Math.max(0, ...lines.map((line) => line.text.trimEnd().length));
  const blocks: PassageBlock[] = [];
  let index = 0;
  while (index < lines.length) {
    const line = lines[index];
    if (line === undefined) break;
    if (isBlank(line)) {
      blocks.push({ type: 'gap', start: line.start, end: line.end });
      index += 1;
      continue;
    }
    const kind = kindOf(lines, index, format);
    const count = extent(lines, index, kind, format);
    const own = lines.slice(index, index + count);
    const groups = format !== 'markdown' && kind === 'paragraph' ? splitShortLines(own, longest) : [own];
    blocks.push(...groups.map((group) => build(content, group, kind)));
    index += count;
  }
  return blocks;
}

/** The pieces of a block in order. */
export function piecesOf(block: PassageBlock): Piece[] {
  if (block.type === 'gap') return [];
  return 'rows' in block ? block.rows.flat(2) : block.pieces;
}
