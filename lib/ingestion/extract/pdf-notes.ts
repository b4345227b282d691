import { AnnotationType } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { z } from 'zod';
import { cleanText } from './clean.ts';
import type { PdfDocument, PdfPage } from './pdf-file.ts';
import type { TextPiece } from './pdf-lines.ts';

/** What somebody wrote onto a page or marked on it, and what was typed into its form. */
export type PageNotes = { notes: string[]; fields: TextPiece[] };

const annotationSchema = z.object({
  subtype: z.string(),
  rect: z.array(z.number()).length(4),
  hidden: z.boolean().optional(),
  annotationFlags: z.int().catch(0),
  contentsObj: z.object({ str: z.string() }).optional(),
  quadPoints: z.unknown().optional(),
  fieldType: z.string().optional(),
  fieldName: z.string().optional(),
  alternativeText: z.string().optional(),
  fieldValue: z.union([z.string(), z.array(z.string())]).nullish(),
  checkBox: z.boolean().optional(),
  exportValue: z.string().nullish(),
});
type Annotation = z.output<typeof annotationSchema>;

const MARKS: Readonly<Record<string, string>> = {
  Highlight: 'Highlighted',
  Underline: 'Underlined',
  Squiggly: 'Underlined',
  StrikeOut: 'Struck out',
};
/** Notes of their own, and the comments on lines and shapes. */
const NOTES = /^(?:Text|FreeText|Caret|Square|Circle|Line|Polygon|PolyLine|Ink|Stamp)$/;
const MOST_NOTES = 500;
/** Lines that one of them marks, and lines of all that was typed into a page. */
const MOST_QUADS = 500;
const MOST_LINES = 2_000;
const USUAL_SIZE = 10;

/** A book has thousands of links, and nobody wrote them onto it. */
const WRITTEN = new Set(
  Object.values(AnnotationType).filter(
    (type) => type !== AnnotationType.LINK && type !== AnnotationType.POPUP,
  ),
);
/** Flags of what is not shown on a screen, or not at all. */
const UNSEEN = 0b100011;

export type AnnotationsOf = (page: PdfPage) => Promise<readonly unknown[]>;

/** What was written onto each of some pages. */
export async function annotationsOf(
  document: PdfDocument,
  { from, to }: { from: number; to: number },
): Promise<AnnotationsOf> {
  const others = Array.from({ length: document.numPages }, (_, index) => index);
  const skipped = new Set(others.filter((index) => index + 1 < from || index + 1 > to));
  // One damaged page refuses those of all: then each is asked for its own.
  const found = await document.getAnnotationsByType(WRITTEN, skipped).catch(() => null);
  if (found === null) return (page) => page.getAnnotations();
  const byPage = Map.groupBy(found, (one) => Number(Reflect.get(one, 'pageIndex')) + 1);
  return async ({ pageNumber }) => byPage.get(pageNumber) ?? [];
}

export function notesOn(given: readonly unknown[], pieces: readonly TextPiece[]): PageNotes {
  const annotations = given
    .slice(0, MOST_NOTES)
    .flatMap((one) => annotationSchema.safeParse(one).data ?? [])
    .filter(
      ({ hidden, quadPoints, annotationFlags }) =>
        !hidden && quadPoints !== null && (annotationFlags & UNSEEN) === 0,
    );
  return {
    notes: annotations.flatMap((annotation) => noteOf(annotation, pieces) ?? []),
    fields: annotations.flatMap(fieldOf).slice(0, MOST_LINES),
  };
}

function noteOf(annotation: Annotation, pieces: readonly TextPiece[]): string | null {
  const written = cleanText(annotation.contentsObj?.str ?? '').replace(/\s*\n\s*/g, ' ');
  const mark = MARKS[annotation.subtype];
  if (!mark) return written !== '' && NOTES.test(annotation.subtype) ? `Note: ${written}` : null;
  const marked = quadsOf(annotation)
    .map((quad) => textWithin(quad, pieces))
    .join(' ')
    .trim();
  // Readers put the marked words into the note of some files.
  const note = written === marked ? '' : written;
  if (marked === '') return note === '' ? null : `Note: ${note}`;
  return note === '' ? `${mark}: “${marked}”` : `${mark}: “${marked}”. Note: ${note}`;
}

type Quad = { x0: number; y0: number; x1: number; y1: number };
function quadsOf({ quadPoints, rect }: Annotation): Quad[] {
  const numbers = ArrayBuffer.isView(quadPoints) ? [...(quadPoints as Float32Array)] : rect;
  const quads: Quad[] = [];
  const step = numbers.length % 8 === 0 ? 8 : numbers.length;
  for (let at = 0; at < Math.min(numbers.length, MOST_QUADS * step); at += step) {
    const corners = numbers.slice(at, at + step);
    const xs = corners.filter((_, index) => index % 2 === 0);
    const ys = corners.filter((_, index) => index % 2 === 1);
    quads.push({ x0: Math.min(...xs), x1: Math.max(...xs), y0: Math.min(...ys), y1: Math.max(...ys) });
  }
  return quads;
}

/** The words of a line whose middle lies within: a mark ends where its hand did. */
function textWithin({ x0, y0, x1, y1 }: Quad, pieces: readonly TextPiece[]): string {
  return pieces
    .filter(({ y, size }) => y + 0.3 * size > y0 && y + 0.3 * size < y1)
    .flatMap(({ text, x, width }) => {
      const each = width / Math.max(1, text.length);
      return [...text.matchAll(/\S+/g)]
        .filter(({ index, 0: word }) => {
          const middle = x + (index + word.length / 2) * each;
          return middle > x0 && middle < x1;
        })
        .map(([word]) => word);
    })
    .join(' ');
}

function fieldOf({ subtype, fieldType, fieldValue, rect, checkBox, exportValue }: Annotation): TextPiece[] {
  if (subtype !== 'Widget') return [];
  const isTicked =
    fieldType === 'Btn' && checkBox === true && fieldValue === exportValue && fieldValue !== 'Off';
  const typed = fieldType === 'Tx' || fieldType === 'Ch' ? [fieldValue ?? ''].flat().join(', ') : '';
  const text = isTicked ? '☒' : typed;
  if (text.trim() === '') return [];
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = rect;
  const size = Math.min(USUAL_SIZE, Math.max(1, (y1 - y0) * 0.7));
  return text.split(/[\r\n]+/).map((line, index) => ({
    text: line,
    x: x0 + 2,
    y: (text.includes('\n') ? y1 - size : y0 + (y1 - y0 - size) / 2 + 0.2 * size) - index * 1.2 * size,
    width: Math.min(x1 - x0, line.length * size * 0.5),
    size,
    font: 'field',
    angle: 0,
  }));
}

/** What was typed stands where the form has it: behind the last words to its left, or below the last line above it. */
export function withFields(pieces: readonly TextPiece[], fields: readonly TextPiece[]): TextPiece[] {
  const all = [...pieces];
  for (const field of fields) {
    const isBefore = (piece: TextPiece) =>
      Math.abs(piece.y - field.y) <= 0.6 * Math.max(piece.size, field.size) && piece.x <= field.x;
    const beside = all.findLastIndex(isBefore);
    const at = beside >= 0 ? beside : all.findLastIndex((piece) => piece.y > field.y);
    all.splice(at + 1, 0, field);
  }
  return all;
}
