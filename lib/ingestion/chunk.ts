import { createHash } from 'node:crypto';
import { sentenceSpans } from '../retrieval/sentences.ts';
import { headingsOf } from './extract/sections.ts';
import { dominantPath, lastAtOrBefore, withParents } from './heading-path.ts';

export type Chunk = {
  ord: number;
  /** Exactly `documentText.slice(charStart, charEnd)`. */
  content: string;
  headingPath: string[];
  pageStart: number;
  pageEnd: number;
  charStart: number;
  charEnd: number;
  contentHash: string;
  tokenCount: number;
};

/**
 * What the stored chunks of a document were made by: extraction, chunking and tokenizer. Raise it with any change to them
 * that makes other chunks or other weights, and documents of an older version are read anew, some at a time.
 */
export const INDEX_VERSION = 8;

export type ChunkOptions = { targetTokens: number; overlapTokens: number };

export const DEFAULT_CHUNK_OPTIONS: ChunkOptions = { targetTokens: 500, overlapTokens: 100 };

type PageText = { page: number; content: string };
type PageRange = { page: number; start: number; end: number };
/** A sentence or a part of one: what is never cut. */
type Unit = { start: number; end: number; tokens: number; opensSection: boolean };

const PAGE_SEPARATOR = '\n\n';
/** The rest of a sentence that runs over the end of a page is taken along up to this length. */
const MAX_CARRIED_TOKENS = 80;
/** A page a little over the target stays whole: two halves would each lose their context. */
const TOLERANCE = 1.15;
/** A section that begins when this share of a chunk is full begins a new one. */
const SECTION_BREAK_SHARE = 0.5;

/** The text that all offsets of a document count in. */
export function documentText(pages: readonly { content: string }[]): string {
  return pages.map(({ content }) => content).join(PAGE_SEPARATOR);
}

/** Where each page stands in the document's text. */
export function pageRanges(pages: readonly PageText[]): PageRange[] {
  let start = 0;
  return pages.map(({ page, content }) => {
    const range = { page, start, end: start + content.length };
    start = range.end + PAGE_SEPARATOR.length;
    return range;
  });
}

/**
 * Cuts a document into passages of about `targetTokens`, along headings, sentences and pages. A chunk begins and ends
 * within one page, so that its page is the page of what is quoted from it; only a sentence that runs on is taken along.
 */
export function chunkDocument(pages: readonly PageText[], options: Partial<ChunkOptions> = {}): Chunk[] {
  const settings = { ...DEFAULT_CHUNK_OPTIONS, ...options };
  const text = documentText(pages);
  const sums = tokenSums(text);
  const tokens = (start: number, end: number): number => (sums[end] ?? 0) - (sums[start] ?? 0);
  const headings = withParents(headingsOf(text));
  const headingStarts = new Set(headings.map(({ start }) => start));
  const ranges = pageRanges(pages);

  return ranges
    .flatMap((range, index) => {
      const units = unitsOf(text, range, headingStarts, tokens, settings.overlapTokens);
      const spans = packUnits(units, settings);
      const carried = carriedEnd(text, range, ranges[index + 1], tokens);
      const last = spans.at(-1);
      if (last && carried !== null) last.end = carried;
      return spans;
    })
    .map((span) => trimSpan(text, span))
    .filter(({ start, end }) => end > start)
    .map(({ start, end }, ord) => ({
      ord,
      content: text.slice(start, end),
      headingPath: dominantPath(headings, start, end, tokens),
      pageStart: pageAt(ranges, start),
      pageEnd: pageAt(ranges, end - 1),
      charStart: start,
      charEnd: end,
      contentHash: createHash('sha256').update(text.slice(start, end)).digest('hex'),
      tokenCount: Math.max(1, Math.ceil(tokens(start, end))),
    }));
}

type Measure = (start: number, end: number) => number;
type Span = { start: number; end: number };

/** Sentences of a page, cut further where one alone is longer than an overlap. */
function unitsOf(
  text: string,
  range: PageRange,
  headingStarts: ReadonlySet<number>,
  tokens: Measure,
  maxTokens: number,
): Unit[] {
  return sentenceSpans(text.slice(range.start, range.end)).flatMap((sentence) => {
    const span = { start: range.start + sentence.start, end: range.start + sentence.end };
    return cutLong(text, span, tokens, Math.max(20, maxTokens)).map(({ start, end }) => ({
      start,
      end,
      tokens: tokens(start, end),
      opensSection: headingStarts.has(start),
    }));
  });
}

/** Cuts a span into parts of at most `maxTokens`, between words where there are any. */
function cutLong(text: string, { start, end }: Span, tokens: Measure, maxTokens: number): Span[] {
  const parts: Span[] = [];
  let from = start;
  while (tokens(from, end) > maxTokens) {
    let to = from + 1;
    let space = -1;
    while (to < end && tokens(from, to + 1) <= maxTokens) {
      if (/\s/.test(text[to - 1] ?? '')) space = to;
      to += 1;
    }
    if (space > from) to = space;
    else to = characterEdge(text, from, to);
    parts.push({ start: from, end: to });
    from = to;
  }
  if (from < end) parts.push({ start: from, end });
  return parts;
}

/** Moves a cut back from between the halves of a character and from the marks that belong to the letter before. */
function characterEdge(text: string, from: number, cut: number): number {
  let at = cut;
  while (at > from + 1 && /^[\uDC00-\uDFFF\p{M}\u200D]/u.test(text.slice(at, at + 1))) at -= 1;
  // Nothing but marks: cut where asked, but never inside a pair.
  if (at <= from + 1) at = cut;
  return /[\uD800-\uDBFF]/.test(text[at - 1] ?? '') && /[\uDC00-\uDFFF]/.test(text[at] ?? '') ? at + 1 : at;
}

/** Fills chunks evenly, so that a page does not end in a rest too short to stand alone. */
function packUnits(units: readonly Unit[], { targetTokens, overlapTokens }: ChunkOptions): Span[] {
  const total = units.reduce((sum, unit) => sum + unit.tokens, 0);
  const parts =
    total <= targetTokens * TOLERANCE
      ? 1
      : Math.ceil((total - overlapTokens) / Math.max(1, targetTokens - overlapTokens));
  const goal = parts === 1 ? total + 1 : (total + (parts - 1) * overlapTokens) / parts;

  const spans: Span[] = [];
  let first = 0;
  let filled = 0;
  units.forEach((unit, index) => {
    const opening = units[first];
    const isSectionBreak = unit.opensSection && filled >= SECTION_BREAK_SHARE * Math.min(goal, targetTokens);
    const isFull = filled > 0 && filled + unit.tokens > goal + 1;
    if (opening && index > first && (isSectionBreak || isFull)) {
      spans.push({ start: opening.start, end: unit.start });
      // A new section begins clean; a long one goes on with the end of what came before.
      first = isSectionBreak ? index : overlapStart(units, first, index, overlapTokens);
      filled = units.slice(first, index).reduce((sum, kept) => sum + kept.tokens, 0);
    }
    filled += unit.tokens;
  });
  const [opening, closing] = [units[first], units.at(-1)];
  if (opening && closing) spans.push({ start: opening.start, end: closing.end });
  return spans;
}

function overlapStart(units: readonly Unit[], first: number, index: number, overlapTokens: number): number {
  let at = index;
  let kept = 0;
  while (at - 1 > first) {
    const unit = units[at - 1];
    if (!unit || kept + unit.tokens > overlapTokens) break;
    kept += unit.tokens;
    at -= 1;
    if (unit.opensSection) break;
  }
  return at;
}

/** The end of the sentence that runs from this page into the next, or null. */
function carriedEnd(
  text: string,
  range: PageRange,
  next: PageRange | undefined,
  tokens: Measure,
): number | null {
  if (!next || next.end <= next.start) return null;
  const before = text.slice(range.start, range.end).trimEnd();
  if (before === '' || /[.!?:。！？।]["'”’)\]]*$/u.test(before)) return null;
  if (!/^[\p{Ll}\p{Lo}]/u.test(text.slice(next.start, next.start + 2))) return null;
  const sentence = sentenceSpans(text.slice(next.start, next.end))[0];
  if (!sentence || sentence.end === 0) return null;
  const end = next.start + sentence.end;
  return tokens(next.start, end) <= MAX_CARRIED_TOKENS ? end : null;
}

function trimSpan(text: string, { start, end }: Span): Span {
  let [from, to] = [start, end];
  while (from < to && /\s/.test(text[from] ?? '')) from += 1;
  while (to > from && /\s/.test(text[to - 1] ?? '')) to -= 1;
  return { start: from, end: to };
}

const pageAt = (ranges: readonly PageRange[], offset: number): number =>
  ranges[Math.max(0, lastAtOrBefore(ranges, offset))]?.page ?? 1;

/**
 * How many tokens a text has for a language model, without its tokenizer. Measured against byte-pair vocabularies in
 * common use the estimate is within about a fifth: English words 1.3 tokens, other alphabets by length (a word of Russian
 * or Arabic is two to three tokens), Han and kana about one a character, Thai and its neighbours about one for two letters.
 */
const CHARACTERS_PER_TOKEN = { ascii: 4, otherLetters: 2.5, unspacedLetters: 2, ideographs: 1 } as const;

/** Adds to each character what it costs, so that any part of a text is counted by one subtraction. */
function costOf(code: number): number {
  if (code < 0x80) return code === 0x20 || code === 0x0a ? 0.1 : 1 / CHARACTERS_PER_TOKEN.ascii;
  if (code < 0x0e00) return 1 / CHARACTERS_PER_TOKEN.otherLetters;
  if ((code >= 0x0e00 && code <= 0x109f) || (code >= 0x1780 && code <= 0x17ff))
    return 1 / CHARACTERS_PER_TOKEN.unspacedLetters;
  // Each half of a pair beyond the basic plane counts half.
  if (code >= 0xd800 && code <= 0xdfff) return 0.5;
  if (code >= 0x2e80) return 1 / CHARACTERS_PER_TOKEN.ideographs;
  return 1 / CHARACTERS_PER_TOKEN.otherLetters;
}

/** `sums[i]` is the cost of the first `i` code units. */
function tokenSums(text: string): Float64Array {
  const sums = new Float64Array(text.length + 1);
  for (let index = 0; index < text.length; index++) {
    sums[index + 1] = (sums[index] ?? 0) + costOf(text.charCodeAt(index));
  }
  return sums;
}
