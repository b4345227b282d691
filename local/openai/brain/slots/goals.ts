/** Two names of one thing: "supply and demand" is no list. */
const PAIRS =
  /\b(supply|cause|crime|war|romeo|pride|research|profit|input|trial|pros|nature|acids?|debits?|mergers|bread|sense|nuts|checks|law|health|mice|stacks|data structures|arts?|design|heat|sound|food|weights?|plate|church|search|life|rise|stimulus)\s+(?:and|&)\s+(demand|effect|punishment|peace|juliet|prejudice|development|loss|output|error|cons|nurture|bases?|credits?|acquisitions|butter|sensibility|bolts|balances|order|safety|men|queues|algorithms|crafts?|technology|transfer|nutrition|measures?|state|sort|death|fall|response)\b/giu;
const NUMBERED =
  /\b(?:chapters?|units?|lectures?|weeks?|parts?|modules?|sections?|lessons?|pages?|topics?|acts?|papers?)\s+\d+(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*|\s*[-–]\s*|\s+to\s+)\d+)+/giu;

/** The text, letter for letter, with what looks like a list and is one name as one word. */
export const asOneWord = (text: string): string =>
  [NUMBERED, PAIRS].reduce(
    (held, pattern) => held.replace(pattern, (name) => name.replace(/\P{L}/gu, 'x')),
    text,
  );

const JOIN =
  /\s*(?:,|;|\band\b|&|\+|\bplus\b|\bas well as\b|(?<!\p{L})(?:und|et|y|e)(?!\p{L})|\n\s*[-*•]?)\s*/giu;

/** "algebra, geometry and trigonometry" as three topics. */
export function splitList(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const { 0: join, index } of asOneWord(text).matchAll(JOIN)) {
    parts.push(text.slice(from, index));
    from = index + join.length;
  }
  return [...parts, text.slice(from)]
    .map((part) =>
      part
        .replace(/^\s*(?:the|also|my|for|on|to|about|both|of|learning|learn|understand|study|master)\s+/i, '')
        .replace(/[.?!:]+$/, '')
        .trim(),
    )
    .filter((part) => part.length > 1 && part.length < 120);
}
