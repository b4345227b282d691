import type { ExtractedPage } from './types.ts';

/** A section is about a screen or two: long enough to read in, short enough to find a marked passage. */
const TARGET_CHARACTERS = 3_000;
const MAX_CHARACTERS = 5_000;
const MAX_LABEL_CHARACTERS = 120;
/** A longer line is a paragraph, whatever it begins with. */
const MAX_HEADING_CHARACTERS = 400;

const HEADING = /^ {0,3}(#{1,6})\s+(.+?)\s*#*$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;

/** The text of a markdown heading as it is read: without attributes, marks, links and tags. */
export function plainHeading(text: string): string {
  return text
    .replace(/\{[^{}]*\}\s*$/, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<[^>]+>/g, '')
    .replace(/[*_`]{1,3}(\S(?:.*?\S)?)[*_`]{1,3}/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MAX_LABEL_CHARACTERS);
}

export type Line = { text: string; start: number; end: number };

/** Lines with their offsets; the line break belongs to the line. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (const match of text.matchAll(/[^\n]*\n|[^\n]+$/g)) {
    lines.push({ text: match[0].replace(/\n$/, ''), start: match.index, end: match.index + match[0].length });
  }
  return lines;
}

export type Heading = { level: number; title: string; start: number; end: number };

/** Markdown headings outside code blocks, with `#` or underlined. */
export function headingsOf(text: string): Heading[] {
  const headings: Heading[] = [];
  let open = '';
  let previous: Line | undefined;
  for (const line of linesOf(text)) {
    const [, fence = '', info = ''] = FENCE.exec(line.text) ?? [];
    // A fence ends with one of its kind, at least as long, with nothing behind it.
    if (open === '') open = fence;
    else if (fence.startsWith(open) && info.trim() === '') open = '';
    const isText = open !== '' || line.text.length > MAX_HEADING_CHARACTERS;
    const match = isText ? null : HEADING.exec(line.text);
    const underline = isText ? undefined : /^ {0,3}(=|-)\1{2,}\s*$/.exec(line.text)?.[1];
    if (match) {
      headings.push({
        level: match[1]?.length ?? 1,
        title: plainHeading(match[2] ?? ''),
        start: line.start,
        end: line.end,
      });
    } else if (underline && previous && isUnderlinable(previous.text)) {
      headings.push({
        level: underline === '=' ? 1 : 2,
        title: plainHeading(previous.text),
        start: previous.start,
        end: line.end,
      });
    }
    previous = line;
  }
  return headings.filter(({ title }) => title !== '');
}

/** A paragraph of one short line; a rule below a table or a list underlines nothing. */
const isUnderlinable = (text: string): boolean =>
  text.trim() !== '' && text.length <= MAX_LABEL_CHARACTERS && !/^\s*(?:[-*+>|#]|\d+\.)/.test(text);

/** The end of the piece that starts at `start`: at a paragraph, a line, a sentence, a word, in this order. */
function pieceEnd(text: string, start: number, limit: number): number {
  const reach = Math.min(limit, start + MAX_CHARACTERS);
  if (reach >= limit) return limit;
  const window = text.slice(start, reach);
  for (const boundary of [/\n\n+/g, /\n/g, /[.!?。！？]\s*/g, /\s+/g]) {
    let found = -1;
    for (const match of window.matchAll(boundary)) {
      const at = match.index + match[0].length;
      if (at > TARGET_CHARACTERS / 2) found = at;
      if (at >= TARGET_CHARACTERS) break;
    }
    if (found > 0) return start + found;
  }
  const isInsidePair = /[\uD800-\uDBFF]/.test(text[reach - 1] ?? '');
  return isInsidePair ? reach - 1 : reach;
}

type Piece = { start: number; end: number; label: string | null };

/** Cuts at headings first, then joins what is too short and cuts what is too long. */
function piecesOf(text: string): Piece[] {
  const headings = headingsOf(text);
  const starts = [{ start: 0, label: null as string | null }];
  for (const heading of headings) {
    if (heading.start === 0) starts.splice(0, 1);
    starts.push({ start: heading.start, label: heading.title });
  }
  const pieces: Piece[] = [];
  starts.forEach(({ start, label }, index) => {
    const limit = starts[index + 1]?.start ?? text.length;
    const previous = pieces.at(-1);
    // A short section stays with the one before it, as long as both fit on a screen.
    if (previous && limit - previous.start <= TARGET_CHARACTERS) {
      previous.end = limit;
      previous.label ??= label;
      return;
    }
    for (let at = start; at < limit; ) {
      const end = pieceEnd(text, at, limit);
      pieces.push({ start: at, end, label });
      at = end;
    }
  });
  return pieces;
}

/** Sections of a text without pages, numbered from 1 and named by the heading they begin with. */
export function toSections(text: string): ExtractedPage[] {
  return piecesOf(text)
    .map(({ start, end, label }) => ({ label, content: text.slice(start, end).trim() }))
    .filter(({ content }) => content !== '')
    .map(({ label, content }, index) => ({ page: index + 1, label, content }));
}
