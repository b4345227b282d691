import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { promisify } from 'node:util';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

const run = promisify(execFile);
const MOST_OUTPUT = 64 * 1024 * 1024;
async function programOf(name: string, args: readonly string[], input?: Uint8Array): Promise<string> {
  const running = run(name, [...args], { maxBuffer: MOST_OUTPUT });
  if (input) running.child.stdin?.end(input);
  return (await running).stdout;
}

/** Programs whose reading is taken for right; the names of those that are not there. */
export async function missingPrograms(): Promise<string[]> {
  const names = ['pandoc', 'pdftotext', 'soffice'];
  const found = await Promise.all(
    names.map((name) =>
      run('which', [name]).then(
        () => true,
        () => false,
      ),
    ),
  );
  return names.filter((_, at) => !found[at]);
}

/** Letters, figures and signs of a text one by one, so that "H2O" and "H_2O" are the same words. */
export const wordsOf = (text: string): string[] =>
  text
    // What is raised is no part of the number before it.
    .replace(/[⁰¹²³⁴-ⁿ₀-ₜ]+/g, ' $& ')
    .normalize('NFKC')
    .replace(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu, ' $& ')
    .replace(/\\[a-zA-Z]+/g, ' ')
    .toLowerCase()
    .match(/[\p{L}\p{M}]+|\p{N}+/gu) ?? [];

/** How many words stand in another sequence in their order: the longest sequence that both have. */
export function inOrder(expected: readonly string[], found: readonly string[]): number {
  const places = new Map<string, number[]>();
  for (const [place, word] of found.entries()) {
    const known = places.get(word);
    if (known) known.push(place);
    else places.set(word, [place]);
  }
  const ends: number[] = [];
  for (const word of expected) {
    // From behind, so that a word is counted once however often it stands there.
    for (const place of (places.get(word) ?? []).toReversed()) {
      let [low, high] = [0, ends.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((ends[middle] ?? 0) < place) low = middle + 1;
        else high = middle;
      }
      ends[low] = place;
    }
  }
  return ends.length;
}

/** Share of words that stand in another sequence, in whatever order. */
export function thereIn(expected: readonly string[], found: readonly string[]): number {
  const left = new Map<string, number>();
  for (const word of found) left.set(word, (left.get(word) ?? 0) + 1);
  const there = expected.filter((word) => {
    const count = left.get(word) ?? 0;
    left.set(word, count - 1);
    return count > 0;
  });
  return expected.length === 0 ? 1 : there.length / expected.length;
}

/** Share of words that stand directly behind the same word as in the other sequence. */
export function pairsIn(expected: readonly string[], found: readonly string[]): number {
  const pairsOf = (words: readonly string[]) => words.slice(1).map((word, at) => `${words[at]} ${word}`);
  return thereIn(pairsOf(expected), pairsOf(found));
}

type Node = { t?: string; c?: unknown };

/** The text of what pandoc understood, with notes behind the paragraph or the table that names them. */
class PandocText {
  #text = '';
  #notes: unknown[] = [];
  #depth = 0;

  read(node: unknown): string {
    this.#walk(node);
    return this.#text;
  }

  #walk(node: unknown): void {
    if (Array.isArray(node)) for (const one of node) this.#walk(one);
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
    const { t, c } = node as Node;
    if (t === 'Str') this.#text += c;
    else if (t === 'Math' || t === 'Code' || t === 'CodeBlock') this.#text += ` ${(c as unknown[])[1]} `;
    else if (t === 'Space' || t === 'SoftBreak' || t === 'LineBreak') this.#text += ' ';
    else if (t === 'Note') this.#notes.push(c);
    else if (t === 'Superscript' || t === 'Subscript') this.#apart(c);
    else if (/^(?:Para|Plain|Header|LineBlock|Table)$/.test(t ?? '')) this.#block(t === 'Table', c);
    else if (t !== 'RawBlock' && t !== 'RawInline') this.#walk(c);
  }

  #apart(content: unknown): void {
    this.#text += ' ';
    this.#walk(content);
    this.#text += ' ';
  }

  #block(isTable: boolean, content: unknown): void {
    this.#depth += isTable ? 1 : 0;
    this.#walk(content);
    this.#depth -= isTable ? 1 : 0;
    this.#text += '\n';
    if (this.#depth > 0) return;
    const notes = this.#notes;
    this.#notes = [];
    for (const note of notes) this.#walk(note);
  }
}

const PANDOC: Readonly<Record<string, string>> = {
  '.docx': 'docx',
  '.odt': 'odt',
  '.rtf': 'rtf',
  '.epub': 'epub',
  '.html': 'html',
  '.htm': 'html',
  '.ipynb': 'ipynb',
  '.tex': 'latex',
};

const HIDDEN = /<w:r\b(?:(?!<\/w:r>)[\s\S])*?<w:vanish\s*\/>[\s\S]*?<\/w:r>/g;

/** A Word file without what it hides, which pandoc reads and nobody sees. */
async function withoutHidden(file: string): Promise<Uint8Array> {
  const parts = unzipSync(new Uint8Array(await readFile(file)));
  const main = 'word/document.xml';
  const text = parts[main];
  return zipSync(text ? { ...parts, [main]: strToU8(strFromU8(text).replace(HIDDEN, '')) } : parts);
}

export async function pandocReading(file: string): Promise<string | null> {
  const format = PANDOC[extname(file)];
  if (!format) return null;
  const [from, input] =
    format === 'docx' ? [['--track-changes=accept'], await withoutHidden(file)] : [[file]];
  const json = JSON.parse(await programOf('pandoc', ['-f', format, '-t', 'json', ...from], input));
  const { title, subtitle, author, date, abstract } = json.meta;
  // Word's title is a paragraph of the text, elsewhere it is told beside it.
  const head = format === 'docx' ? [title, subtitle, author, date, abstract] : [];
  return new PandocText().read([...head.map((one) => [one, { t: 'Para', c: [] }]), json.blocks]);
}

export const pandoc = (args: readonly string[]): Promise<string> => programOf('pandoc', args);

/** Converts files with LibreOffice, all in one start of it. */
export async function convert(files: readonly string[], to: string, folder: string): Promise<void> {
  if (files.length === 0) return;
  await mkdir(folder, { recursive: true });
  const profile = `-env:UserInstallation=file://${join(folder, '..', 'profile')}`;
  await programOf('soffice', [profile, '--headless', '--convert-to', to, '--outdir', folder, ...files]);
}

const stem = (file: string): string => basename(file, extname(file));

/** A line that stands on more than half of the pages belongs to none of them: it is expected once. */
function withoutRunning(pages: readonly string[]): string[] {
  const lines = pages.map((page) => page.split('\n').map((line) => line.trim()));
  const counts = new Map<string, number>();
  for (const page of lines) for (const line of new Set(page)) counts.set(line, (counts.get(line) ?? 0) + 1);
  const told = new Set<string>();
  return lines.map((page) =>
    page
      .filter((line) => {
        if (/^\d{1,3}$/.test(line)) return false;
        if (pages.length < 3 || (counts.get(line) ?? 0) * 2 <= pages.length) return true;
        const isNew = !told.has(line);
        told.add(line);
        return isNew;
      })
      .join('\n'),
  );
}

/** What is printed, page by page, and behind each slide what its speaker says. */
export async function printedReading(file: string, pdf: string, slides?: string): Promise<string> {
  const printed = await programOf('pdftotext', [join(pdf, `${stem(file)}.pdf`), '-']);
  const pages = withoutRunning(printed.replace(/\f$/, '').split('\f'));
  if (slides === undefined) return pages.join('\n');
  const notes = notesOf(await readFile(join(slides, `${stem(file)}.fodp`), 'utf8'));
  return pages.map((page, at) => `${page}\n${notes[at] ?? ''}`).join('\n');
}

/** What stands around the text of each page, in its margins. */
const MARGINS =
  /<draw:frame [^>]*presentation:class="(?:header|footer|date-time|page-number)"[\s\S]*?<\/draw:frame>/g;

const plainXml = (xml: string): string =>
  xml
    .replace(MARGINS, '')
    .replace(
      /<office:annotation[\s\S]*?<\/office:annotation>|<office:binary-data>[\s\S]*?<\/office:binary-data>/g,
      '',
    )
    .replace(/<\/text:(?:p|h)>|<text:(?:s|tab|line-break)\b[^>]*>/g, '\n')
    .replace(/<[^>]+>/g, '')
    .replace(/&(?:amp|lt|gt|quot|apos);/g, ' ');

const slidesOf = (xml: string): string[] =>
  [...xml.matchAll(/<draw:page [\s\S]*?<\/draw:page>/g)].map(([one]) => one);
const notesOf = (xml: string): string[] =>
  slidesOf(xml).map((slide) =>
    plainXml(/<presentation:notes[\s\S]*?<\/presentation:notes>/.exec(slide)?.[0] ?? ''),
  );

/** Slides as they were drawn, one shape after the other. */
export const drawnReading = async (file: string, slides: string): Promise<string> =>
  slidesOf(await readFile(join(slides, `${stem(file)}.fodp`), 'utf8'))
    .map(plainXml)
    .join('\n');

/** Parts of a second are what is left of a reckoning. */
const wholeSeconds = (date: string): string =>
  date.includes('.')
    ? new Date(Math.round(Date.parse(`${date}Z`) / 1_000) * 1_000).toISOString().slice(0, 19)
    : date;

/** A value as a student needs it, whatever the country of who made the sheet: dates by year, month and day, shares of a hundred. */
function toldBy(attributes: string, inner: string): string {
  const said = (name: string) => new RegExp(`office:${name}="([^"]*)"`).exec(attributes)?.[1];
  const shown = plainXml(inner).trim();
  if (said('value-type') === 'date')
    return wholeSeconds(said('date-value') ?? '').replace(/T00:00:00$|T/, ' ');
  if (said('value-type') === 'time') {
    const [hours = 0, minutes = 0, seconds = 0] =
      (said('time-value') ?? '').match(/[\d.]+/g)?.map(Number) ?? [];
    const all = Math.round(hours * 3_600 + minutes * 60 + seconds);
    return [Math.floor(all / 3_600), Math.floor(all / 60) % 60, all % 60]
      .map((part) => String(part).padStart(2, '0'))
      .join(':')
      .replace(/(?<=:\d\d):00$/, '');
  }
  if (said('value-type') === 'percentage') return String(Number.parseFloat(shown));
  if (said('value-type') === 'float') return String(Number(Number(said('value')).toPrecision(12)));
  return shown;
}

/** Every sheet of a workbook with the values that LibreOffice has of it. */
export async function sheetReading(file: string, folder: string): Promise<string> {
  const xml = await readFile(join(folder, `${stem(file)}.fods`), 'utf8');
  const book = /<office:spreadsheet>[\s\S]*<\/office:spreadsheet>/.exec(xml)?.[0] ?? '';
  const cells = book
    // A chart within the sheet has its table once more.
    .replace(/<draw:object\b[\s\S]*?<\/draw:object>/g, '')
    .replace(MARGINS, '')
    .matchAll(/<table:table-cell\b([^>]*?)(?:\/>|>([\s\S]*?)<\/table:table-cell>)/g);
  return [...cells]
    .map(([, attributes = '', inner = '']) => {
      const times = Number(/number-columns-repeated="(\d+)"/.exec(attributes)?.[1] ?? 1);
      return inner === '' ? '' : `${toldBy(attributes, inner)}\n`.repeat(Math.min(100, times));
    })
    .join('');
}
