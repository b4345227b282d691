import { z } from 'zod';
import type { PdfPage } from './pdf-file.ts';
import type { TextPiece } from './pdf-lines.ts';

/** What is struck through by it comes next: TeX writes "≠" as a stroke and "=". */
const STROKE = '\u0338';
const STRUCK: Readonly<Record<string, string>> = {
  '=': '≠',
  '∈': '∉',
  '∃': '∄',
  '≡': '≢',
  '⊂': '⊄',
  '∼': '≁',
};

/** Places in the font of Dingbats whose signs have their place elsewhere in Unicode. */
const MOVED: Readonly<Record<string, string>> = {
  '%': '☎',
  '*': '☛',
  '+': '☞',
  H: '★',
  l: '●',
  n: '■',
  s: '▲',
  t: '▼',
  u: '◆',
  w: '◗',
};
const dingbat = (sign: string): string =>
  /^[!-~]$/.test(sign) ? (MOVED[sign] ?? String.fromCodePoint(sign.charCodeAt(0) + 0x26e0)) : sign;
const among = (signs: Readonly<Record<string, string>>) => (sign: string) => signs[sign] ?? sign;

/** Fonts of signs whose letters go by names that no list has: these are read as the letters in their places. */
const FONTS: readonly (readonly [RegExp, (sign: string) => string])[] = [
  [/^MSAM/, among({ '6': '⩽', '>': '⩾', '5': '≦', '=': '≧', '4': '≼', '<': '≽', ')': '∴', '*': '∵' })],
  [/^(?:CMSY|LMMathSymbols)/, among({ '6': STROKE })],
  [/^esint/i, among({ ˆ: '∫', '˜': '∬' })],
  [/^(?:ITC)?(?:Zapf)?Dingbats/i, dingbat],
];

const named = z.object({ name: z.string() });

/** Pieces with the signs that are seen, once the page was painted and its fonts are known. */
export function withSigns<Piece extends TextPiece>(page: PdfPage, pieces: readonly Piece[]): Piece[] {
  const signsOf = new Map(
    [...new Set(pieces.map(({ font }) => font))].map((font) => {
      const held: unknown = page.commonObjs.has(font) ? page.commonObjs.get(font) : undefined;
      const name = named.safeParse(held).data?.name.replace(/^[A-Z]{6}\+/, '') ?? '';
      return [font, FONTS.find(([pattern]) => pattern.test(name))?.[1]];
    }),
  );
  if (![...signsOf.values()].some(Boolean)) return [...pieces];
  const found: Piece[] = [];
  let stroke: Piece | undefined;
  for (const piece of pieces) {
    const sign = signsOf.get(piece.font);
    const text = sign ? [...piece.text].map(sign).join('') : piece.text;
    if (text === STROKE) stroke = piece;
    else if (stroke && text.trim() !== '') {
      const [first = '', ...rest] = text;
      found.push({
        ...piece,
        x: Math.min(stroke.x, piece.x),
        text: (STRUCK[first] ?? first + STROKE) + rest.join(''),
      });
      stroke = undefined;
    } else found.push(text === piece.text ? piece : { ...piece, text });
  }
  return found;
}

const ACCENTS: Readonly<Record<string, string>> = {
  '´': '\u0301',
  '`': '\u0300',
  ˆ: '\u0302',
  '˜': '\u0303',
  '¨': '\u0308',
  ˇ: '\u030c',
  '˘': '\u0306',
  '˚': '\u030a',
  '¸': '\u0327',
};

/** Old fonts of TeX set an accent as a sign of its own before its letter, a cedilla also behind it. */
export function withAccents(text: string): string {
  const joined = (whole: string, accent: string, letter: string) => {
    const one = ((letter === 'ı' ? 'i' : letter) + (ACCENTS[accent] ?? '')).normalize('NFC');
    return [...one].length === 1 ? one : whole;
  };
  return text
    .replace(/([´ˆ˜¨ˇ˘˚¸])(\p{L})/gu, joined)
    .replace(/(?<=\p{L})(`)([aeiou])(?![^\n]*`)/giu, joined)
    .replace(/([cCsStT])(¸)/g, (whole, letter, accent) => joined(whole, accent, letter));
}
