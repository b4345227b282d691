/** A top-level piece of markdown and where it starts in the whole text. */
export type MarkdownBlock = { start: number; source: string };

const FENCE = /^\s*(`{3,}|~{3,})/;
const LIST_ITEM = /^ {0,3}(?:[-+*]|\d{1,9}[.)])(?:\s|$)/;
const INDENTED = /^(?: {2,}|\t)\S/;
const DISPLAY_DOLLARS = /(?<!\\)\$\$/g;

/**
 * Cuts markdown at blank lines into pieces that render alone, so that a growing answer renders only its last piece
 * again. Fences, display maths and loose lists stay whole. The pieces joined give the text back exactly.
 */
export function splitBlocks(text: string): MarkdownBlock[] {
  const blocks: MarkdownBlock[] = [];
  let start = 0;
  let position = 0;
  let fence: string | undefined;
  let inMaths = false;
  let isList = false;
  let isEmpty = true;
  let afterBlank = false;

  for (const line of text.split(/(?<=\n)/)) {
    const isBlank = line.trim() === '';
    const isOpen = fence !== undefined || inMaths;
    const continuesList = isList && (LIST_ITEM.test(line) || INDENTED.test(line));
    if (!isOpen && !isBlank && !isEmpty && afterBlank && !continuesList) {
      blocks.push({ start, source: text.slice(start, position) });
      start = position;
      isEmpty = true;
    }
    if (isEmpty && !isBlank) {
      isList = LIST_ITEM.test(line);
      isEmpty = false;
    }
    const ticks = FENCE.exec(line)?.[1];
    if (fence !== undefined) {
      if (ticks?.startsWith(fence) && line.trim() === ticks) fence = undefined;
    } else if (ticks !== undefined && !inMaths) {
      fence = ticks;
    } else if ((line.match(DISPLAY_DOLLARS)?.length ?? 0) % 2 === 1) {
      inMaths = !inMaths;
    }
    afterBlank = isBlank;
    position += line.length;
  }
  if (start < text.length) blocks.push({ start, source: text.slice(start) });
  return blocks;
}
