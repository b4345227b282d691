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

/**
 * Cuts a text into sentences. The spans touch each other and cover the text without a gap, so nothing is lost where the
 * guess is wrong; they are joined, never searched for.
 */
export function sentenceSpans(text: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const match of text.matchAll(BOUNDARY)) {
    const end = match.index + match[0].length;
    if (
      match[0].startsWith('.') &&
      ABBREVIATION.test(text.slice(Math.max(start, match.index - 10), match.index + 1))
    ) {
      continue;
    }
    if (isWrappedLine(text, match.index, end)) continue;
    spans.push({ start, end });
    start = end;
  }
  if (start < text.length) spans.push({ start, end: text.length });
  return spans;
}
