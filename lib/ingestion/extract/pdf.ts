import { AppError } from '../../errors.ts';
import { say } from '../../language/said.ts';
import { sentence } from '../../language/text.ts';
import { cleanText, readableLength } from './clean.ts';
import { openPdf, type PdfDocument, type PdfPage } from './pdf-file.ts';
import {
  type Fragment,
  inReadingOrder,
  inSlideOrder,
  isTurnedPage,
  type TextPiece,
  toFragments,
  toLines,
  withoutOverprints,
} from './pdf-lines.ts';
import { type Meant, MeantBy } from './pdf-meant.ts';
import { type AnnotationsOf, annotationsOf, notesOn, withFields } from './pdf-notes.ts';
import { type Painted, type PaintedText, paintedOn } from './pdf-paint.ts';
import { withAccents, withSigns } from './pdf-signs.ts';
import { type PdfPageLines, toPageTexts } from './pdf-text.ts';
import { isPlausible } from './plausible.ts';
import type { FormatRequest, ReadPages } from './types.ts';

/** Where the end of a file has to be found; some writers add a few bytes after it. */
const END_WITHIN = 4_096;
/** Fewer letters than this are no text, and fewer than the second value beside a picture are its caption or print. */
const NO_TEXT_LETTERS = 20;
const PICTURE_TEXT_LETTERS = 100;
/** Paths on a page from which it is a drawing; frames and rules of a page of text are fewer. */
const DRAWN_PATHS = 20;
/** Looking at a page with its pictures costs far more than its text; so much work of a batch may go into it. */
const LOOKS_CPU_MS = 1_500;
const WITHOUT_PICTURES = 1;
const CUT_SHORT = sentence('The end of this file is missing, and with it may be what stood there.');

/** The reader repairs a cut file as well as it can and then says nothing of what is gone. */
function isComplete(bytes: Uint8Array): boolean {
  return /%%EOF|startxref\s+\d+/.test(new TextDecoder('latin1').decode(bytes.subarray(-END_WITHIN)));
}

async function pieces(page: PdfPage): Promise<TextPiece[]> {
  const { items } = await page.getTextContent();
  return items.flatMap((item) => {
    if (!('str' in item)) return [];
    const [a = 0, b = 0, , , x = 0, y = 0] = item.transform.map(Number);
    const size = Math.hypot(a, b) || item.height || 1;
    return [{ text: item.str, x, y, width: item.width, size, font: item.fontName, angle: Math.atan2(b, a) }];
  });
}

/** What a PDF says it is called. */
async function titleOf(document: PdfDocument): Promise<string | undefined> {
  // What cannot be read of it says nothing.
  const said = await document.getMetadata().catch(() => null);
  const title = said && Reflect.get(said.info, 'Title');
  return typeof title === 'string' ? title : undefined;
}

export async function extractPdf({ bytes, pageFrom, pageTo, limits }: FormatRequest): Promise<ReadPages> {
  const document = await openPdf(bytes, WITHOUT_PICTURES);
  const looks = new Looks(bytes);
  const meant = new MeantBy(bytes);
  try {
    if (document.numPages > limits.maxPages) {
      throw new AppError('file_too_many_pages', {
        message: () =>
          say('This file has {pages} pages; {most} can be read. Split it and add the parts.', {
            pages: document.numPages,
            most: limits.maxPages,
          }),
      });
    }
    const to = Math.min(pageTo, document.numPages);
    const range = { from: pageFrom, to, maxCharacters: limits.maxCharacters };
    const beside = { looks, meant, annotations: await annotationsOf(document, range) };
    const read = await readPages(document, beside, range);
    const isWhole = isComplete(bytes) && !(to === document.numPages && read.isEndDamaged);
    const title = pageFrom === 1 ? await titleOf(document) : undefined;
    return { ...read, title, ...(isWhole ? {} : { account: { ...read.account, notes: [CUT_SHORT] } }) };
  } finally {
    await document.loadingTask.destroy();
    await looks.end();
  }
}

/** The same file with its pictures, opened when a page cannot be judged without them. */
class Looks {
  readonly #bytes: Uint8Array;
  #document: Promise<PdfDocument> | undefined;
  #spentMs = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Null when enough was looked at. */
  async at(number: number, said: Meant | null): Promise<Painted | null> {
    if (this.#spentMs > LOOKS_CPU_MS) return null;
    const before = process.threadCpuUsage();
    this.#document ??= openPdf(this.#bytes);
    const page = await (await this.#document).getPage(number);
    const painted = await paintedOn(page, said ?? []);
    page.cleanup();
    const { user, system } = process.threadCpuUsage(before);
    this.#spentMs += (user + system) / 1_000;
    return painted;
  }

  async end(): Promise<void> {
    await (await this.#document)?.loadingTask.destroy();
  }
}

type SeenPage = PdfPageLines & {
  notes: string[];
  characters: number;
  hidden: number;
  state: 'read' | 'empty' | 'undecodable';
  /** Why nothing of it could be read. */
  damage?: unknown;
};
type Beside = { looks: Looks; meant: MeantBy; annotations: AnnotationsOf };
type Range = { from: number; to: number; maxCharacters: number };

async function readPages(
  document: PdfDocument,
  beside: Beside,
  { from, to, maxCharacters }: Range,
): Promise<ReadPages & { isEndDamaged: boolean }> {
  const seen: SeenPage[] = [];
  let characters = 0;
  for (let number = from; number <= to; number++) {
    const page = await document
      .getPage(number)
      .then((opened) => readPage(opened, beside))
      .catch((damage: unknown): SeenPage => ({ ...UNREAD, lines: [], notes: [], page: number, damage }));
    characters += page.characters;
    if (characters > maxCharacters) throw new AppError('file_too_large');
    seen.push(page);
  }
  const damaged = seen.filter(({ damage }) => damage !== undefined);
  if (damaged.length === document.numPages) throw new AppError('file_damaged', { cause: damaged[0]?.damage });
  const of = (state: SeenPage['state']) =>
    seen.filter((page) => page.state === state).map(({ page }) => page);
  const texts = toPageTexts(seen);
  return {
    pages: seen.map(({ page, notes }, index) => ({
      page,
      label: null,
      content: cleanText([withAccents(texts[index]?.text ?? ''), ...notes].join('\n\n')),
    })),
    pageCount: document.numPages,
    emptyPages: of('empty'),
    // The reader ends at a page that it cannot find.
    isEndDamaged: seen.at(-1)?.damage !== undefined,
    account: {
      undecodable: of('undecodable'),
      hiddenText: seen.reduce((sum, { hidden }) => sum + hidden, 0),
    },
  };
}

const UNREAD = { characters: 0, hidden: 0, state: 'undecodable' } as const;

/** Scripts of India, whose letters join into signs: the reader takes them for marks without a width. */
const JOINED = /[\u0900-\u0DFF]/;
/** Signs for which a font has no letter are given as their number in it. */
const UNNAMED = /[\p{Cc}\p{Co}\uFFFD]/u;

async function readPage(page: PdfPage, { looks, meant, annotations }: Beside): Promise<SeenPage> {
  const { pageNumber } = page;
  const given = await pieces(page);
  const [isJoined, isUnnamed] = [JOINED, UNNAMED].map((signs) => given.some(({ text }) => signs.test(text)));
  const said = isUnnamed ? await meant.at(pageNumber) : null;
  const isMeant = said?.some((one) => one !== null) ?? false;
  let painted = await paintedOn(page, said ?? []);
  const letters = readableLength(given.map(({ text }) => text).join(''));
  if (painted.isUnsure || letters < PICTURE_TEXT_LETTERS)
    painted = (await looks.at(pageNumber, said)) ?? painted;
  const hidden = painted.texts.filter(({ isHidden }) => isHidden);
  const isTurned = isTurnedPage(given);
  // The reader joins letters as they follow each other: not what turned or overprinted ones mean.
  const isOverprinted = withoutOverprints(painted.texts).length < painted.texts.length;
  const isAsPainted = isTurned || isJoined || isMeant || isOverprinted;
  const seen = isAsPainted
    ? painted.texts.filter(({ isHidden }) => !isHidden)
    : withoutHidden(
        given,
        hidden.filter(({ isOffPage }) => !isOffPage),
      );
  const shown = withSigns(page, seen);
  const { notes, fields } = notesOn(await annotations(page), shown);
  page.cleanup();
  const [left = 0, bottom = 0, right = 0, top = 0] = page.view;
  const isSlide = right - left > top - bottom !== (page.rotate % 180 !== 0);
  const lines = linesOf(withFields(withoutOverprints(shown), fields), { isTurned, isSlide });
  const text = lines.map((line) => line.text).join(' ');
  const known = { page: pageNumber, notes, characters: text.length, hidden: countedLines(hidden) };
  if (!isPlausible(text)) return { ...known, lines: [], notes: [], state: 'undecodable' };
  const isEmpty = isEmptyPage(text, painted) && notes.length === 0;
  return { ...known, lines, state: isEmpty ? 'empty' : 'read' };
}

function isEmptyPage(text: string, { pictures, paths }: Painted): boolean {
  // A sign of a script that writes words by it says as much as two letters, and one of a formula as much as one.
  const letters =
    readableLength(text) +
    (text.match(/[\p{Script=Han}\p{Script=Hangul}]|(?!\p{ASCII})\p{Sm}/gu)?.length ?? 0);
  if (letters >= PICTURE_TEXT_LETTERS) return false;
  return letters < NO_TEXT_LETTERS || pictures > 0 || paths >= DRAWN_PATHS;
}

const withoutSpace = (text: string): string => text.normalize('NFKC').replace(/\s+/gu, '');
const quoted = (character: string): string => character.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
const COVERED = 0.9;

/** The reader joins what stands side by side: text that nobody sees is taken out of its piece. */
function withoutHidden(given: readonly TextPiece[], hidden: readonly PaintedText[]): TextPiece[] {
  if (hidden.length === 0) return [...given];
  return given.flatMap((piece) => {
    let { text } = piece;
    for (const one of hidden) {
      const isBeside = Math.abs(one.y - piece.y) > 0.3 * Math.max(one.size, piece.size);
      const common = Math.min(one.x + one.width, piece.x + piece.width) - Math.max(one.x, piece.x);
      if (isBeside || common <= 0) continue;
      const letters = [...withoutSpace(one.text)].map(quoted).join('\\s*');
      const without = text.normalize('NFKC').replace(new RegExp(letters, 'u'), ' ');
      if (without !== text.normalize('NFKC')) text = without;
      else if (common >= COVERED * piece.width) text = '';
    }
    return text.trim() === '' && piece.text.trim() !== '' ? [] : [{ ...piece, text }];
  });
}

/** A line of hidden text is one piece of it, however many there are. */
const countedLines = (hidden: readonly PaintedText[]): number =>
  new Set(hidden.map(({ y, size }) => Math.round(y / Math.max(1, size)))).size;

/** Distance, in font sizes of the page, at which what is written in another direction begins. */
const APART = 20;

/** What is written in another direction is read on its own, behind what most of the page is written in. */
function linesOf(
  shown: readonly TextPiece[],
  { isTurned, isSlide }: { isTurned: boolean; isSlide: boolean },
): Fragment[] {
  const ways = Map.groupBy(shown, ({ angle }) => Math.round((angle * 180) / Math.PI) % 360);
  const length = (way: readonly TextPiece[]) => way.reduce((sum, { text }) => sum + text.length, 0);
  let below = 0;
  return [...ways]
    .sort(([, left], [, right]) => length(right) - length(left))
    .flatMap(([degrees, way], index) => {
      const level = levelled(way, degrees);
      const fragments = toFragments(level, isTurned);
      const flowing = inReadingOrder(fragments, isTurned);
      const lines = toLines(isSlide ? inSlideOrder(flowing, isTurned) : flowing, isTurned);
      const top = Math.max(0, ...lines.map(({ y }) => y));
      const moved = index === 0 ? 0 : below - top;
      const placed = lines.map((line) => ({ ...line, y: line.y + moved }));
      below = Math.min(...placed.map(({ y, size }) => y - APART * size), below);
      return placed;
    });
}

function levelled(way: readonly TextPiece[], degrees: number): TextPiece[] {
  if (degrees === 0) return [...way];
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return way.map((piece) => ({
    ...piece,
    x: piece.x * cos + piece.y * sin,
    y: piece.y * cos - piece.x * sin,
  }));
}
