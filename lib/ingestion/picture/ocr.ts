import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Canvas } from '@napi-rs/canvas';
import { MAX_PICTURE_WORDS_BYTES } from '../../domain/bounds.ts';
import type { PictureWord } from '../../domain/document.ts';
import { languageFile, requireInstalled } from './languages.ts';
import { greyBytes, turned } from './page-image.ts';

type Api = {
  Init(path: null, language: string, engine: number): number;
  SetImageFile(orientation: number, angle: number): number;
  FindLines(): number;
  GetGradient(): number;
  Recognize(monitor: null): number;
  GetTSVText(page: number): string;
  DetectOS(results: object): boolean;
  Clear(): void;
};
type Engine = {
  FS: { writeFile(name: string, bytes: Uint8Array): void };
  TessBaseAPI: new () => Api;
  OSResults: new () => { best_result: { orientation_id: number; oconfidence: number } };
};

/** What a word was read as, and how sure the engine is of it, of a hundred. */
type Box = { left: number; top: number; width: number; height: number };
type Word = { text: string; confidence: number; line: string; block: string; box: Box };
export type Reading = { text: string; isClear: boolean; words: PictureWord[] };

/** The engine's two ways of reading: words by the newer, sides by the older. */
const ENGINES = { newer: 1, older: 0 } as const;
const INPUT = '/input';

async function openEngine(languages: readonly string[]) {
  const open: (given: object) => Promise<Engine> = requireInstalled(
    'tesseract.js-core/tesseract-core-relaxedsimd',
  );
  const engine = await open({
    TesseractProgress: () => undefined,
    print: () => undefined,
    printErr: () => undefined,
  });
  const start = (names: readonly string[], kind: number): Api => {
    for (const name of names) {
      const file = languageFile(name);
      if (!file) throw new Error(`The package @tesseract.js-data/${name} is not installed.`);
      engine.FS.writeFile(`${name}.traineddata`, gunzipSync(readFileSync(file)));
    }
    const api = new engine.TessBaseAPI();
    if (api.Init(null, names.join('+'), kind) !== 0)
      throw new Error('The data of the languages cannot be used.');
    return api;
  };
  return { engine, words: start(languages, ENGINES.newer), sides: start(['osd'], ENGINES.older) };
}

const engines = new Map<string, ReturnType<typeof openEngine>>();

/** Quarter turns that bring the page upright, by the engine's own count. */
const TURNS = [0, 270, 180, 90] as const;
const SURE_OF_SIDE = 1;
/** Lines that lean by less are read as they are. */
const LEAN = 0.005;
/** A word below is a guess, and a page below, by its letters, is no print. */
const CLEAR_WORD = 50;
const CLEAR_PAGE = 75;
const LEAST_LETTERS = 4;
/** Few words among much else that is drawn are the print on a form or the caption of a picture. */
const CAPTION_LETTERS = 100;
const MOST_INK = 0.4;

/** Reads what is printed on a page, whichever way it lies. */
export async function recognise(canvas: Canvas, languages: readonly string[]): Promise<Reading> {
  const key = languages.join('+');
  const opened = engines.get(key) ?? openEngine(languages);
  engines.set(key, opened);
  const { engine, words, sides } = await opened;
  const place = (api: Api, page: Canvas, angle = 0) => {
    if (angle === 0) engine.FS.writeFile(INPUT, greyBytes(page));
    if (api.SetImageFile(1, angle) === 1) throw new Error('The picture cannot be taken over.');
  };
  const readAt = (turn: number) => {
    const page = turned(canvas, turn);
    place(words, page);
    words.FindLines();
    const angle = words.GetGradient();
    const isLeaning = Math.abs(angle) >= LEAN;
    if (isLeaning) place(words, page, angle);
    words.Recognize(null);
    const { clear, ...reading } = readingOf(wordsOf(words.GetTSVText(0)));
    words.Clear();
    const isCaption = reading.letters < CAPTION_LETTERS && !isLeaning && inkWithin(page, clear) < MOST_INK;
    const placed = placesOf(clear, { page, turn, lean: isLeaning ? angle : 0 });
    return { ...reading, words: placed, isClear: reading.isClear && !isCaption };
  };

  place(sides, canvas);
  const found = new engine.OSResults();
  const isFound = sides.DetectOS(found) && found.best_result.oconfidence >= SURE_OF_SIDE;
  const turn = isFound ? (TURNS[found.best_result.orientation_id] ?? 0) : 0;
  sides.Clear();
  const first = readAt(turn);
  if (isFound || first.isClear) return first;
  // Too few letters to tell which way they stand: the way in which they can be read best.
  const others = TURNS.slice(1).map(readAt);
  return [first, ...others].reduce((best, one) => (one.score > best.score ? one : best));
}

/** So many parts a side of a page has. */
const PARTS = 10_000;
/** What the database keeps of a word beside its letters. */
const WORD_BYTES = 80;

/** Words where they stand on the page as it lies in the file, before it was turned upright and its lines made level. */
function placesOf(
  words: readonly Word[],
  { page, turn, lean }: { page: Canvas; turn: number; lean: number },
): PictureWord[] {
  const back = -(lean + (turn * Math.PI) / 180);
  const [cos, sin] = [Math.cos(back), Math.sin(back)];
  const [wide, high] = turn % 180 === 0 ? [page.width, page.height] : [page.height, page.width];
  const partOf = (at: number, side: number) =>
    Math.min(PARTS, Math.max(0, Math.round(((at + side / 2) / side) * PARTS)));
  let bytes = 0;
  return words.flatMap(({ text, box }) => {
    const corners = [box.left, box.left + box.width].flatMap((x) =>
      [box.top, box.top + box.height].map((y) => {
        const [right, down] = [x - page.width / 2, y - page.height / 2];
        return { x: partOf(right * cos - down * sin, wide), y: partOf(right * sin + down * cos, high) };
      }),
    );
    const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
    const [left, top] = [Math.min(...xs), Math.min(...ys)];
    const word: PictureWord = [text, left, top, Math.max(...xs) - left, Math.max(...ys) - top];
    bytes += WORD_BYTES + Buffer.byteLength(text);
    return bytes < MAX_PICTURE_WORDS_BYTES ? [word] : [];
  });
}

/** The share of all that is dark on a page that these words cover. */
function inkWithin(page: Canvas, words: readonly Word[]): number {
  const isWord = new Uint8Array(page.width * page.height);
  for (const { box } of words)
    for (let row = box.top; row < box.top + box.height; row++)
      isWord.fill(1, row * page.width + box.left, row * page.width + box.left + box.width);
  const grey = greyBytes(page);
  const head = grey.length - isWord.length;
  let [dark, within] = [0, 0];
  isWord.forEach((mark, at) => {
    if ((grey[head + at] ?? 255) >= 128) return;
    dark += 1;
    within += mark;
  });
  return dark === 0 ? 0 : within / dark;
}

/** The engine's table: page, block, paragraph, line, word, place, confidence, text. */
function wordsOf(table: string): Word[] {
  return table.split('\n').flatMap((row) => {
    const cells = row.split('\t');
    const [level, page, block, paragraph, line] = cells;
    const text = cells[11]?.trim() ?? '';
    if (level !== '5' || text === '') return [];
    const of = `${page}.${block}.${paragraph}`;
    const [left = 0, top = 0, width = 0, height = 0] = cells.slice(6, 10).map(Number);
    const box = { left, top, width, height };
    return [{ text, confidence: Number(cells[10]), line: `${of}.${line}`, block: of, box }];
  });
}

const grouped = (words: readonly Word[], key: 'line' | 'block') => [
  ...Map.groupBy(words, (word) => word[key]).values(),
];

function sureness(words: readonly Word[]): number {
  const letters = words.reduce((sum, { text }) => sum + text.length, 0);
  return letters === 0
    ? 0
    : words.reduce((sum, { text, confidence }) => sum + text.length * confidence, 0) / letters;
}

/** Lines that are mostly guessed are no text; a page with more of them than of others stays a picture. */
function readingOf(words: readonly Word[]) {
  const clear = grouped(words, 'line')
    .filter((line) => sureness(line) >= CLEAR_WORD)
    .flat();
  const text = grouped(clear, 'block')
    .map((block) =>
      grouped(block, 'line')
        .map((line) => line.map((word) => word.text).join(' '))
        .join('\n'),
    )
    .join('\n\n');
  const letters = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  const score = sureness(words);
  return { text, score, letters, clear, isClear: score >= CLEAR_PAGE && letters >= LEAST_LETTERS };
}
