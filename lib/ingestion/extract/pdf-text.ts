import { type Fragment, MAX_LAYOUT_LINES } from './pdf-lines.ts';
import { tablesOf } from './pdf-table.ts';

export type PdfPageLines = { page: number; lines: Fragment[] };

/** What is normal in these pages, so that headings and page numbers stand out against it. */
type Body = { size: number; font: string; words: ReadonlySet<string> };

const mostCommon = <T>(counts: ReadonlyMap<T, number>, fallback: T): T =>
  [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? fallback;

function bodyOf(pages: readonly PdfPageLines[]): Body {
  const sizes = new Map<number, number>();
  const fonts = new Map<string, number>();
  const words = new Set<string>();
  for (const { lines } of pages) {
    for (const { text, size, font } of lines) {
      const rounded = Math.round(size * 2) / 2;
      sizes.set(rounded, (sizes.get(rounded) ?? 0) + text.length);
      fonts.set(font, (fonts.get(font) ?? 0) + text.length);
      // The last word of a line may be cut, so it proves nothing.
      for (const word of text
        .toLowerCase()
        .replace(/\S+$/, '')
        .match(/\p{L}[\p{L}\p{M}-]+/gu) ?? [])
        words.add(word);
    }
  }
  return { size: mostCommon(sizes, 10), font: mostCommon(fonts, ''), words };
}

const EDGE_LINES = 2;
/** Distance to the text, in font sizes, from which a line stands apart. */
const EDGE_GAP = 1.5;
const REPEAT_REACH = 4;
const REPEATS = 2;
/** Of the type of the text: what is set so is a heading. */
const LARGER = 1.15;

const edgeKey = (text: string): string => text.replace(/\p{Nd}+/gu, '#').toLowerCase();
const isPageNumber = (text: string): boolean =>
  /^(?:[-–—\s]*(?:page|seite|p\.|s\.)?\s*\p{Nd}{1,4}(?:\s*(?:\/|of|von|sur|de)\s*\p{Nd}{1,4})?[-–—\s.]*|[ivxlc]{1,7})$/iu.test(
    text,
  );

/**
 * Positions of the lines at the upper and lower edge that stand apart from the text, outermost first: where running heads
 * and page numbers are. A line of the text itself is never among them.
 */
function edges(lines: readonly Fragment[]): number[][] {
  const byHeight = lines.map((line, index) => ({ index, line })).sort((a, b) => b.line.y - a.line.y);
  return [byHeight, byHeight.toReversed()].map((order) => {
    const found: number[] = [];
    for (const { index, line } of order.slice(0, EDGE_LINES)) {
      const inner = order[found.length + 1]?.line;
      if (inner && Math.abs(inner.y - line.y) <= EDGE_GAP * line.size) break;
      found.push(index);
    }
    return found;
  });
}

/**
 * Drops page numbers and the heads and feet that neighbouring pages repeat. A page is never emptied by it. In larger type than
 * the text stand titles, "Exercise 3" above the third page: they go only where every page has the same.
 */
function withoutRunningLines(pages: readonly PdfPageLines[], body: Body): PdfPageLines[] {
  const known = pages.map(({ lines }) => {
    const texts = edges(lines).flatMap((edge) => edge.map((index) => lines[index]?.text ?? ''));
    return { texts: new Set(texts), keys: new Set(texts.map(edgeKey)) };
  });
  return pages.map(({ page, lines }, at) => {
    const neighbours = known.slice(Math.max(0, at - REPEAT_REACH), at + REPEAT_REACH + 1);
    const isRunning = (index: number): boolean => {
      const { text = '', size = 0 } = lines[index] ?? {};
      if (isPageNumber(text)) return true;
      if (size >= LARGER * body.size)
        return neighbours.length > REPEAT_REACH && neighbours.every(({ texts }) => texts.has(text));
      return text.length < 120 && neighbours.filter(({ keys }) => keys.has(edgeKey(text))).length > REPEATS;
    };
    const dropped = new Set(edges(lines).flatMap((edge) => edge.filter(isRunning)));
    const kept = lines.filter((_, index) => !dropped.has(index));
    return { page, lines: kept.length > 0 ? kept : lines };
  });
}

const NUMBERED_HEADING =
  /^(?:(?:chapter|chapitre|kapitel|appendix)\s+)?(\p{Nd}{1,2}(?:\.\p{Nd}{1,2}){0,4})\.?\s+\p{L}/iu;
const MAX_HEADING_CHARACTERS = 100;

/** The level of a heading, or 0. Larger type, or another face on a short line that stands apart, makes a heading. */
function headingLevel(
  line: Fragment,
  previous: Fragment | undefined,
  next: Fragment | undefined,
  body: Body,
): number {
  const { text } = line;
  if (text.length > MAX_HEADING_CHARACTERS || text.length < 3 || !/^[\p{Lu}\p{Lo}\p{Nd}§¿¡"“(]/u.test(text))
    return 0;
  if (!/\p{L}{2}/u.test(text) || /[.,;:]$/.test(text)) return 0;
  const ratio = line.size / body.size;
  const number = text.match(NUMBERED_HEADING)?.[1];
  const isLarger = ratio >= LARGER;
  const standsApart =
    (previous === undefined || Math.abs(previous.y - line.y) > 1.35 * line.size) &&
    next !== undefined &&
    next.y < line.y;
  const isOtherFace = line.font !== body.font && line.size >= body.size * 0.98 && standsApart;
  if (number !== undefined && (isLarger || isOtherFace)) return Math.min(6, number.split('.').length);
  if (isLarger) return ratio >= 1.6 ? 1 : 2;
  return isOtherFace && /^\p{Lu}/u.test(text) && text.length <= 60 && /\p{Ll}{3}/u.test(text) ? 3 : 0;
}

/** Of a row of a table, not of a line of prose with a gap in it. */
const SHORT_CELL = 20;
const LIST_START = /^(?:[•●▪■◦‣∙·–—*\u2700-\u27bf]|\(?\p{Nd}{1,2}[.)]|\(?[a-z][.)])\s/u;
/** A row of a contents page: dots lead to the number of its page. It is looked for from the first dot of a row of them alone. */
const LEADS_TO_PAGE = /(?<![.·…‥] ?)(?:[.·…‥] ?){4,}(?:\p{Nd}{1,4}|[ivxlc]{1,7})$/iu;
const SENTENCE_END = /[.!?:。！？।]["'”’)\]]*$/u;

/** Whether `next` goes on with the sentence or paragraph of `line`. */
function continues(line: Fragment, next: Fragment, right: number): boolean {
  // Rows of a table stay rows.
  if (LIST_START.test(next.text) || (line.cells.length > 1 && next.cells.length > 1)) return false;
  if (LEADS_TO_PAGE.test(line.text)) return false;
  // And what stands below the last of them is no part of it.
  const isRow = line.cells.length > 1 && line.cells.every(({ text }) => text.length <= SHORT_CELL);
  if (isRow && line.y - next.y > 0.5 * line.size) return false;
  const isColumnChange = next.y > line.y;
  const startsLower = /^[\p{Ll}\p{Nd}(,;]/u.test(next.text);
  if (isColumnChange) return startsLower && !SENTENCE_END.test(line.text);
  const size = Math.max(line.size, next.size);
  if (Math.abs(line.size - next.size) > 0.15 * size) return false;
  if (line.y - next.y > 1.75 * size) return false;
  if (SENTENCE_END.test(line.text) && next.x - line.x > 0.8 * size) return false;
  const isFull = line.right >= right - 0.14 * (right - line.x);
  return isFull || (startsLower && /^\p{Ll}/u.test(next.text) && !SENTENCE_END.test(line.text));
}

/** Joins a word cut at the end of a line, and keeps the hyphen of a compound that happens to end there. */
function joinLines(text: string, next: string, words: ReadonlySet<string>): string {
  const head = text.match(/([\p{L}\p{M}][\p{L}\p{M}-]*)[-\u2010]$/u)?.[1];
  const tail = next.match(/^\p{Ll}[\p{L}\p{M}]*/u)?.[0];
  const isUnspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}。、，]$/u.test(text);
  if (isUnspaced && /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(next)) return text + next;
  if (head === undefined || tail === undefined) return `${text} ${next}`;
  const joined = (head + tail).toLowerCase();
  const isCompound = !words.has(joined) && (words.has(`${head}-${tail}`.toLowerCase()) || head.includes('-'));
  return (isCompound ? text : text.slice(0, -1)) + next;
}

/** The second line of a heading in larger type. */
function goesOnAsHeading(heading: Fragment, line: Fragment, body: Body): boolean {
  const isSameType = line.font === heading.font && Math.abs(line.size - heading.size) <= 0.05 * heading.size;
  const distance = heading.y - line.y;
  return isSameType && line.size >= 1.15 * body.size && distance > 0 && distance < 1.6 * line.size;
}

function pageText(lines: readonly Fragment[], body: Body): string {
  if (lines.length > MAX_LAYOUT_LINES) return lines.map(({ text }) => text).join('\n');
  const blocks: string[] = [];
  let paragraph = '';
  const flush = (): void => {
    if (paragraph) blocks.push(paragraph);
    paragraph = '';
  };
  let heading: Fragment | null = null;
  const tables = tablesOf(lines);
  lines.forEach((line, index) => {
    const previous = lines[index - 1];
    const table = tables.find(({ from, to }) => index >= from && index < to);
    if (table) {
      if (index > table.from) return;
      flush();
      blocks.push(table.lines.join('\n'));
      heading = null;
      return;
    }
    if (heading && blocks.length > 0 && goesOnAsHeading(heading, line, body)) {
      blocks[blocks.length - 1] += ` ${line.text}`;
      heading = line;
      return;
    }
    const level = headingLevel(line, previous, lines[index + 1], body);
    heading = level > 0 ? line : null;
    if (level > 0) {
      flush();
      blocks.push(`${'#'.repeat(level)} ${line.text}`);
      return;
    }
    const near = lines.filter(({ x, right }) => x < line.right && right > line.x);
    const right = Math.max(...near.map((other) => other.right));
    const goesOn =
      paragraph !== '' && previous && continues(previous, line, columnRight(lines, previous, right));
    if (goesOn) {
      paragraph = joinLines(paragraph, line.text, body.words);
      return;
    }
    const isClose =
      paragraph !== '' && previous && previous.y > line.y && previous.y - line.y <= 1.75 * line.size;
    if (isClose) paragraph += `\n${line.text}`;
    else {
      flush();
      paragraph = line.text;
    }
  });
  flush();
  return blocks.join('\n\n');
}

/** The right edge of the column a line stands in: the furthest reach of lines that begin about where it begins. */
function columnRight(lines: readonly Fragment[], line: Fragment, fallback: number): number {
  const same = lines.filter(({ x }) => Math.abs(x - line.x) <= 3 * line.size).map(({ right }) => right);
  return same.length >= 3 ? Math.max(...same) : fallback;
}

/** Flowing text of each page: paragraphs joined, hyphens undone, headings marked, running lines gone. */
export function toPageTexts(pages: readonly PdfPageLines[]): { page: number; text: string }[] {
  const body = bodyOf(pages);
  return withoutRunningLines(pages, body).map(({ page, lines }) => ({ page, text: pageText(lines, body) }));
}
