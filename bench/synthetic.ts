import { PDFDocument, StandardFonts } from 'pdf-lib';
import { seeded } from '../lib/test-random.ts';

/** Text and vectors made from a seed: the same on every machine, and nobody's notes. */

const SYLLABLES =
  'ba be bi bo ca ce co da de di do fa fe ga go ha la le li lo ma me mi mo na ne no pa pe ra re ri ro sa se si ta te ti to va ve'.split(
    ' ',
  );
const VOCABULARY = 12_000;
const FUNCTION_WORDS = ['the', 'of', 'and', 'is', 'in', 'that', 'with', 'for'];

/** The word at a place of the vocabulary; every place has its own. */
function wordAt(place: number): string {
  let rest = place + SYLLABLES.length;
  let word = '';
  while (rest > 0) {
    word += SYLLABLES[rest % SYLLABLES.length];
    rest = Math.floor(rest / SYLLABLES.length);
  }
  return word;
}

/** A word as text has them: few words make up most of it, and most words are rare. */
export function randomWord(random: () => number): string {
  if (random() < 0.3) return FUNCTION_WORDS[Math.floor(random() * FUNCTION_WORDS.length)] ?? 'the';
  return wordAt(Math.floor(VOCABULARY ** random()) - 1);
}

export function randomSentence(random: () => number, words = 14): string {
  const text = Array.from({ length: words }, () => randomWord(random)).join(' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

export function randomText(random: () => number, sentences: number): string {
  return Array.from({ length: sentences }, () => randomSentence(random)).join(' ');
}

export function randomVector(random: () => number, dimensions: number): number[] {
  const vector = Array.from({ length: dimensions }, () => random() + random() + random() - 1.5);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

const LINES_PER_PAGE = 34;

/** A book set as books are: a running head, chapters, hyphenless lines, page numbers. */
export async function bookPdf(pages: number): Promise<Uint8Array<ArrayBuffer>> {
  const random = seeded(334);
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.TimesRoman);
  for (let number = 1; number <= pages; number++) {
    const page = document.addPage([432, 648]);
    const chapter = Math.ceil(number / 20);
    page.drawText(`Chapter ${chapter}`, { x: 190, y: 615, size: 9, font });
    if (number % 5 === 1)
      page.drawText(`${chapter}.${number} ${randomSentence(random, 4).slice(0, -1)}`, {
        x: 56,
        y: 590,
        size: 14,
        font,
      });
    for (let line = 0; line < LINES_PER_PAGE; line++) {
      page.drawText(randomSentence(random, 11), { x: 56, y: 565 - line * 14, size: 10, font });
    }
    page.drawText(String(number), { x: 215, y: 30, size: 9, font });
  }
  return new Uint8Array(await document.save());
}
