/** A piece of a cloze text: plain, or hidden under a number. Hidden pieces may lie inside each other. */
export type ClozePiece =
  | { type: 'text'; text: string }
  | { type: 'cloze'; index: number; hint: string | null; children: ClozePiece[] };

const OPENING = /\{\{c(\d{1,3})::/gi;
const MOST_CLOZES = 500;

/**
 * Where the braces that close a cloze stand. Braces inside it are counted, so that `{{c1::\frac{1}{2}}}` ends after the
 * fraction.
 */
function closingAt(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '{') depth++;
    else if (text[at] === '}') {
      if (depth === 0) return text[at + 1] === '}' ? at : -1;
      depth--;
    }
  }
  return -1;
}

/** The hint stands after the last `::` that is inside no inner cloze. */
function hintOf(body: string): { content: string; hint: string | null } {
  let depth = 0;
  for (let at = 0; at < body.length - 1; at++) {
    if (body[at] === '{') depth++;
    else if (body[at] === '}') depth--;
    else if (depth === 0 && body.startsWith('::', at)) {
      return { content: body.slice(0, at), hint: body.slice(at + 2).trim() || null };
    }
  }
  return { content: body, hint: null };
}

/** Reads `{{c1::answer::hint}}`. What is not closed, or is no cloze, stays text. */
export function parseCloze(text: string): ClozePiece[] {
  const pieces: ClozePiece[] = [];
  const opening = new RegExp(OPENING);
  let from = 0;
  for (let match = opening.exec(text); match !== null; match = opening.exec(text)) {
    const start = match.index + match[0].length;
    const end = closingAt(text, start);
    const index = Number(match[1]);
    if (end < 0 || index < 1 || index > MOST_CLOZES) continue;
    if (match.index > from) pieces.push({ type: 'text', text: text.slice(from, match.index) });
    const { content, hint } = hintOf(text.slice(start, end));
    pieces.push({ type: 'cloze', index, hint, children: parseCloze(content) });
    from = end + 2;
    opening.lastIndex = from;
  }
  if (from < text.length) pieces.push({ type: 'text', text: text.slice(from) });
  return pieces;
}

/** The numbers a text hides something under, each once, in order. */
export function clozeIndexes(text: string): number[] {
  const found = new Set<number>();
  const visit = (pieces: readonly ClozePiece[]) => {
    for (const piece of pieces) {
      if (piece.type === 'text') continue;
      found.add(piece.index);
      visit(piece.children);
    }
  };
  visit(parseCloze(text));
  return [...found].sort((a, b) => a - b);
}

/** The text with nothing hidden. */
export const clozePlain = (text: string): string => plainOf(parseCloze(text));

export const plainOf = (pieces: readonly ClozePiece[]): string =>
  pieces.map((piece) => (piece.type === 'text' ? piece.text : plainOf(piece.children))).join('');

/** What the cloze of that number asks for; several pieces under one number are asked for together. */
export function clozeAnswers(text: string, index: number): string[] {
  const found: string[] = [];
  const visit = (pieces: readonly ClozePiece[]) => {
    for (const piece of pieces) {
      if (piece.type === 'text') continue;
      if (piece.index === index) found.push(plainOf(piece.children));
      else visit(piece.children);
    }
  };
  visit(parseCloze(text));
  return found;
}

const BLANK = /_{3,}|\[\.{3}\]|\[…\]|…{2,}/;

/**
 * A text with a blank as a cloze text, its answer in the blank; null where there is no single blank to put it into.
 * Models write "The cell's ____ makes ATP" more readily than the braces.
 */
export function clozeFromBlank(text: string, answer: string): string | null {
  const match = BLANK.exec(text);
  if (!match || answer.trim() === '' || BLANK.test(text.slice(match.index + match[0].length))) return null;
  const filled = `{{c1::${answer.trim()}}}`;
  const cloze = text.slice(0, match.index) + filled + text.slice(match.index + match[0].length);
  return clozeIndexes(cloze).length === 1 ? cloze : null;
}
