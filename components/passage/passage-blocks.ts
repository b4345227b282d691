/**
 * Light markdown and plain text as blocks that keep every character. The ranges of all pieces, in order, are the whole
 * text without gap or overlap, so a mark given in offsets of the text falls on exactly its words.
 */
/** A page keeps the signs of its headings and tables alone: nothing else on it was written as Markdown. */
export type PassageFormat = 'markdown' | 'page' | 'text';

/** `syntax` is kept in the page for the offsets but not shown: the hashes of a heading, the stars of bold. */
export type Piece = {
  start: number;
  end: number;
  role: 'text' | 'syntax';
  style?: 'strong' | 'emphasis' | 'code';
};

export type PassageBlock = { start: number; end: number } & (
  | { type: 'gap' }
  | { type: 'heading'; level: number; pieces: Piece[] }
  | { type: 'paragraph' | 'quote' | 'code'; pieces: Piece[] }
  | { type: 'item'; depth: number; marker: string; pieces: Piece[] }
  | { type: 'table'; rows: Piece[][][] }
);

export type Line = { start: number; end: number; text: string };

const FENCE = /^\s*(`{3,}|~{3,})/;
const HEADING = /^ {0,3}(#{1,6})[ \t]+/;
const ITEM = /^([ \t]*)([-*+•‣▪◦]|\d{1,3}[.)])[ \t]+(?=\S)/;
const QUOTE = /^ {0,3}>[ \t]?/;
const TABLE_RULE = /^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?\s*$/;
const INLINE =
  /(\*\*|__)(?=\S)(.+?)(?<=\S)\1|(?<![\w*])([*_])(?=[^\s*_])(.+?)(?<=[^\s*_])\3(?![\w*])|(`+)([^`]+)\5/g;

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

/** Bold, emphasis and code inside a range; everything else is plain text. */
function inlinePieces(content: string, start: number, end: number): Piece[] {
  const pieces: Piece[] = [];
  let position = start;
  const text = (until: number) => {
    if (until > position) pieces.push({ start: position, end: until, role: 'text' });
    position = until;
  };
  for (const match of content.slice(start, end).matchAll(INLINE)) {
    const delimiter = match[1] ?? match[3] ?? match[5] ?? '';
    const style = match[1] ? 'strong' : match[3] ? 'emphasis' : 'code';
    const from = start + match.index;
    const to = from + match[0].length;
    text(from);
    pieces.push(
      { start: from, end: from + delimiter.length, role: 'syntax' },
      { start: from + delimiter.length, end: to - delimiter.length, role: 'text', style },
      { start: to - delimiter.length, end: to, role: 'syntax' },
    );
    position = to;
  }
  text(end);
  return pieces;
}

/** The syntax at the head of a line, then what it introduces, then its line break. */
function linePieces(content: string, line: Line, head: number): Piece[] {
  const bodyEnd = line.end - (line.text.length - line.text.trimEnd().length);
  const from = line.start + head;
  return [
    ...(head > 0 ? [{ start: line.start, end: from, role: 'syntax' as const }] : []),
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
    const isPlain = piece.role === 'text' && piece.style === undefined;
    if (isPlain && last?.role === 'text' && last.style === undefined) last.end = piece.end;
    else joined.push({ ...piece });
  }
  return joined;
}

function tableCells(content: string, line: Line, hide: boolean): Piece[][] {
  if (hide) return [[{ start: line.start, end: line.end, role: 'syntax' }]];
  const cells: Piece[][] = [];
  const bars = [...line.text.matchAll(/(?<!\\)\|/g)].map((match) => match.index);
  const edges = line.text.trimStart().startsWith('|') ? bars : [-1, ...bars];
  const isClosed = edges.length > 1 && line.text.trimEnd().length - 1 === edges.at(-1);
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

type Kind = Exclude<PassageBlock['type'], 'gap'>;

function kindOf(line: Line, next: Line | undefined, format: PassageFormat): Kind {
  if (ITEM.test(line.text)) return 'item';
  if (format === 'text') return 'paragraph';
  if (HEADING.test(line.text)) return 'heading';
  if (line.text.includes('|') && next && TABLE_RULE.test(next.text)) return 'table';
  if (format === 'page') return 'paragraph';
  if (FENCE.test(line.text)) return 'code';
  if (QUOTE.test(line.text)) return 'quote';
  return 'paragraph';
}

/** How many lines, from `first`, belong to one block of this kind. */
function extent(lines: readonly Line[], first: number, kind: Kind, format: PassageFormat): number {
  const after = lines.slice(first + 1);
  if (kind === 'heading') return 1;
  if (kind === 'code') {
    const fence = FENCE.exec(lines[first]?.text ?? '')?.[1] ?? '';
    const last = after.findIndex(({ text }) => text.trim().startsWith(fence));
    return last < 0 ? after.length + 1 : last + 2;
  }
  const goesOn = kind === 'quote' ? 'quote' : 'paragraph';
  const end = after.findIndex((line, index) => {
    if (isBlank(line)) return true;
    return kind === 'table' ? !line.text.includes('|') : kindOf(line, after[index + 1], format) !== goesOn;
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
      return { ...range, type: kind, level, pieces: pieces(onlyFirst(HEADING)) };
    }
    case 'item': {
      const [, indent = '', bullet = ''] = ITEM.exec(first?.text ?? '') ?? [];
      const depth = Math.min(3, Math.floor(indent.replaceAll('\t', '  ').length / 2));
      const marker = /\d/.test(bullet) ? bullet : '•';
      return { ...range, type: kind, depth, marker, pieces: pieces(onlyFirst(ITEM)) };
    }
    case 'quote':
      return { ...range, type: kind, pieces: pieces((line) => headOf(line, QUOTE)) };
    case 'code': {
      const roleOf = ({ text }: Line) => (FENCE.test(text) ? 'syntax' : 'text');
      const own = lines.map((line): Piece => ({ start: line.start, end: line.end, role: roleOf(line) }));
      return { ...range, type: kind, pieces: own };
    }
    case 'table':
      return { ...range, type: kind, rows: lines.map((line, row) => tableCells(content, line, row === 1)) };
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
    const kind = kindOf(line, lines[index + 1], format);
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
  return block.type === 'table' ? block.rows.flat(2) : block.pieces;
}
