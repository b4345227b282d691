import { type ClozePiece, parseCloze, plainOf } from '@/lib/study/cards/cloze';

/** Signs that stand in no text: where an answer begins and ends, and where a blank does. */
export const SIGNS = { answer: '\uE000', answerEnd: '\uE001', blank: '\uE002', blankEnd: '\uE003' } as const;

/** Whether a formula is open at the end of a text. */
function isInFormula(text: string): boolean {
  const opened = Math.max(text.lastIndexOf('\\('), text.lastIndexOf('\\['));
  const closed = Math.max(text.lastIndexOf('\\)'), text.lastIndexOf('\\]'));
  if (opened > closed) return true;
  const line = text.slice(text.lastIndexOf('\n') + 1);
  const dollars = line.replace(/\\\$/g, '').match(/\$\$|\$/g) ?? [];
  return dollars.length % 2 === 1;
}

/** In a formula a blank and an answer are part of it, so they are drawn by it. */
const inFormula = (answer: string, shown: boolean) =>
  shown ? `\\boxed{${answer}}` : '\\boxed{\\phantom{000}}';

function written(pieces: readonly ClozePiece[], index: number, shown: boolean, before: string): string {
  let text = before;
  for (const piece of pieces) {
    if (piece.type === 'text') text += piece.text;
    else if (piece.index !== index) text = written(piece.children, index, shown, text);
    else if (isInFormula(text)) text += inFormula(plainOf(piece.children), shown);
    else if (shown) text += SIGNS.answer + plainOf(piece.children) + SIGNS.answerEnd;
    else text += SIGNS.blank + (piece.hint ?? '') + SIGNS.blankEnd;
  }
  return text;
}

/** A cloze text as markdown, with signs around the answers of one number or in their place. */
export function clozeSource(front: string, index: number, shown: boolean): string {
  const clean = front.replace(/[\uE000-\uE003]/g, '');
  return written(parseCloze(clean), index, shown, '');
}
