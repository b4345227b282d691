export type Span = { start: number; end: number };

/** Endings of words whose full stop does not close a sentence. */
const ABBREVIATION =
  /(?:^|[\s([])(?:e\.g|i\.e|cf|vs|etc|al|approx|resp|fig|figs|eq|eqs|sec|ch|chap|vol|no|nos|pp|p|ed|eds|dr|mr|mrs|ms|prof|st|jr|sr|feb|jan|aug|sept|sep|oct|nov|dec|z\.b|d\.h|bzw|usw|ca|p\.ex|núm|[\p{Lu}])\.$/iu;

/** A full stop with space after it, a stop of a script that needs no space, or a line break. */
const BOUNDARY = /[.!?…]["'”’)\]]*\s+|[。！？।॥]["'”’」』）]*\s*|\n+/gu;

/** A line break inside a sentence, as in text wrapped at a fixed width. */
function isWrappedLine(text: string, at: number, end: number): boolean {
  if (text[at] !== '\n' || end - at !== 1) return false;
  return (
    /[\p{L}\p{N},;:)-]$/u.test(text.slice(Math.max(0, at - 2), at)) &&
    /^\p{Ll}/u.test(text.slice(end, end + 2))
  );
}

/** A displayed formula or a fence: one piece, whatever lines it holds. Longer ones are cut like other text. */
const BLOCK =
  /(?<=^|\n)[ \t]*(?:(```|~~~)[^\n]*\n[\s\S]{0,1500}?\n[ \t]*\1[^\n]*|\$\$[^$]{1,1500}\$\$[^\n]*|\\\[[\s\S]{1,1500}?\\\][^\n]*)/g;
/** The first item of a list. */
const ITEM = /^[ \t]*(?:[-*+•]|\d{1,2}[.)])[ \t]/;
const GOES_ON = /[^.!?。！？\s][ \t]*$/u;

/**
 * Cuts a text into sentences. The spans touch each other and cover the text without a gap, so nothing is lost where the
 * guess is wrong; they are joined, never searched for. A formula, a fence or a list belongs to the sentence that leads to it.
 */
export function sentenceSpans(text: string): Span[] {
  const blocks = [...text.matchAll(BLOCK)].map(({ 0: block, index }) => ({
    start: index,
    end: index + block.length,
  }));
  const spans: Span[] = [];
  let start = 0;
  for (const match of text.matchAll(BOUNDARY)) {
    const end = match.index + match[0].length;
    const isAbbreviated =
      match[0].startsWith('.') &&
      ABBREVIATION.test(text.slice(Math.max(start, match.index - 10), match.index + 1));
    if (isAbbreviated || isWrappedLine(text, match.index, end)) continue;
    if (blocks.some((block) => block.start < end && end < block.end)) continue;
    if (leadsOn(text, match.index, end, blocks)) continue;
    spans.push({ start, end });
    start = end;
  }
  if (start < text.length) spans.push({ start, end: text.length });
  return spans;
}

/** Whether the line that ends at `at` leads to a block or, with a colon, to a list. */
function leadsOn(text: string, at: number, end: number, blocks: readonly Span[]): boolean {
  if (text[at] !== '\n') return false;
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  if (/^\s*#/.test(line) || !GOES_ON.test(line)) return false;
  if (blocks.some((block) => block.start === end)) return true;
  return /[:：][ \t*_]*$/u.test(line) && ITEM.test(text.slice(end, end + 12));
}
