import { says } from '../words.ts';

export type SentenceKind = 'prose' | 'heading' | 'item' | 'entry' | 'fragment';

/** `text` is always `passage.slice(start, end)`: what is quoted is what stands there. */
export type Sentence = { text: string; start: number; end: number; kind: SentenceKind; heading: string };

/** An end of sentence. Marks of scripts without spaces need no space after them; ours do. */
const STOP_MARK =
  /[。！？｡．]["”’」』）)]*|[।॥؟۔]["”’)\]]*(?=\s|$)|[.?!]["”’')\]]*(?:\s*\[\d[\d,;\s–-]*\])*(?:\s+\.)?(?=\s|$)/gu;

const ENDS_AS_SENTENCE = /[.?!:。！？।؟۔]["”’')\]」』）]*(?:\s*\[[\d,;\s–-]+\])*[\s.]*$/u;

/** The second at which a line of a recording was said: part of the page, and of no sentence. */
const MOMENT = /^\[\d{2,3}:[0-5]\d:[0-5]\d\]\s+/;

const LIST_MARKER = /^\s*(?:[-*•–·◦▪]|\d{1,2}[.)]|\(?[a-z]\))\s+/;
/** A block quotation, and the symbol that hints and warnings begin with. */
const QUOTATION_MARK = /^\s*(?:>\s*)+(?:\p{Extended_Pictographic}\uFE0F?\s*)*/u;
/** A fence and a displayed formula are one block each, whatever lines they hold. */
const BLOCK =
  /(?<=^|\n)[ \t]*(```|~~~)[\s\S]*?(?:\n[ \t]*\1[^\n]*|$)|(?<=^|\n)[ \t]*\$\$[\s\S]*?(?:\$\$[^\n]*|$)|[ \t]*#{1,6}[ \t][^\n]*|[^\n]+(?:\n(?!\s*\n|[ \t]*(?:\$\$|```|~~~)|\s*[-*•#>|:]\s?|\s*\d{1,2}[.)]\s)[^\n]+)*/g;

/** Sentences, headings, list items and glossary entries of a passage, in order. */
export function sentences(passage: string): Sentence[] {
  const found: Sentence[] = [];
  let heading = '';
  const push = (from: number, to: number, kind: SentenceKind): void => {
    let start = from;
    let end = to;
    while (start < end && /\s/.test(passage.charAt(start))) start++;
    start += MOMENT.exec(passage.slice(start, end))?.[0].length ?? 0;
    while (end > start && /\s/.test(passage.charAt(end - 1))) end--;
    if (end - start > 1) found.push({ text: passage.slice(start, end), start, end, kind, heading });
  };
  for (const block of passage.matchAll(BLOCK)) {
    const text = block[0];
    const trimmed = text.trim();
    if (/^#{1,6}\s/.test(trimmed)) {
      heading = trimmed.replace(/^#+\s*/, '');
      push(block.index, block.index + text.length, 'heading');
    } else if (/^:\s/.test(trimmed)) {
      joinEntry(found, push, block.index + text.length);
    } else if (!says('noise', trimmed)) {
      const headed = headingLines(text);
      if (headed > 0) {
        heading = text.slice(0, headed).trim();
        push(block.index, block.index + headed, 'heading');
      }
      splitBlock(text, headed, block.index, push);
    }
  }
  return found;
}

/** "term" on one line and ": definition" on the next are one entry of a glossary. */
function joinEntry(
  found: Sentence[],
  push: (from: number, to: number, kind: SentenceKind) => void,
  end: number,
): void {
  const term = found.at(-1);
  if (!term || term.kind === 'entry' || /[.?!]$/.test(term.text)) return;
  found.pop();
  push(term.start, end, 'entry');
}

/** Length of the title lines that extraction from PDF left glued to the paragraph below them. */
function headingLines(block: string): number {
  const lines = block.split('\n');
  const longest = Math.max(...lines.map((line) => line.trim().length));
  let length = 0;
  for (const [i, line] of lines.entries()) {
    const trimmed = line.trim();
    const next = lines[i + 1]?.trim() ?? '';
    const isTitle =
      /^[\p{Lu}\d]/u.test(next) &&
      /^[\p{Lu}\d]/u.test(trimmed) &&
      !/[.!?:;,।。]$/.test(trimmed) &&
      trimmed.length <= 70 &&
      trimmed.length < 0.6 * longest;
    if (!isTitle) break;
    length += line.length + 1;
  }
  return length;
}

function splitBlock(
  text: string,
  skip: number,
  at: number,
  push: (from: number, to: number, kind: SentenceKind) => void,
): void {
  const quotation = QUOTATION_MARK.exec(text)?.[0].length ?? 0;
  const marker = skip === 0 && quotation === 0 ? LIST_MARKER.exec(text) : null;
  let from = Math.max(skip, quotation + (marker?.[0].length ?? 0));
  for (const end of sentenceEnds(text, from)) {
    if (end - from < 3) continue;
    push(at + from, at + end, marker ? 'item' : 'prose');
    from = end;
  }
  if (from >= text.length) return;
  const rest = text.slice(from).trim();
  const isWhole = rest.length > 90 || ENDS_AS_SENTENCE.test(rest);
  push(at + from, at + text.length, marker ? 'item' : isWhole ? 'prose' : 'fragment');
}

function* sentenceEnds(text: string, from: number): Generator<number> {
  for (const stop of text.matchAll(STOP_MARK)) {
    const end = stop.index + stop[0].length;
    const rest = text.slice(end);
    if (rest.trim() === '') continue;
    if (/^[.?!]/.test(stop[0])) {
      if (!/^\s+["“‘'(*[¿¡]*[\p{Lu}\p{N}\p{Lo}]/u.test(rest) && /\p{Ll}/u.test(rest.slice(0, 4))) continue;
      if (says('abbreviation', text.slice(Math.max(0, stop.index - 12), stop.index + 1))) continue;
      if (/^\s*\d{1,3}$/.test(text.slice(from, stop.index))) continue;
    }
    yield end;
  }
}

/** The number that a list gives to the item which begins there. */
export function numberBefore(passage: string, start: number): number | null {
  const marker = /(?:^|\n)[ \t]*(\d{1,2})[.)]\s*$/.exec(passage.slice(Math.max(0, start - 12), start))?.[1];
  return marker ? Number(marker) : null;
}
