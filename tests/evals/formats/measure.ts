import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { extractDocument } from '../../../lib/ingestion/extract/index.ts';
import { filesIn } from '../corpus.ts';
import type { Figure } from '../report.ts';
import {
  convert,
  drawnReading,
  inOrder,
  pairsIn,
  pandoc,
  pandocReading,
  printedReading,
  sheetReading,
  thereIn,
  wordsOf,
} from './readings.ts';
import {
  captions,
  flatDocument,
  flatSheets,
  flatSlides,
  markdownNote,
  markdownSlides,
  SCRIPTS,
  scriptDocument,
  scriptSaid,
} from './sources.ts';

const CORPUS = new URL('../../../../shared/corpus/', import.meta.url).pathname;
const ROUNDS = 20;
const FLOOR = 0.98;
const PAIRS_FLOOR = 0.85;
const PRINTED = ['docx', 'odt', 'rtf', 'pptx', 'odp'];
const SLIDES = ['pptx', 'odp'];
const SHEETS = ['xlsx', 'ods'];
const CAPTIONS = ['srt', 'vtt'] as const;
const OF_PANDOC = ['docx', 'odt', 'rtf', 'epub', 'html', 'ipynb', 'tex'];
const KINDS = [...PRINTED, ...SHEETS, 'epub', 'html', 'ipynb', 'tex', ...CAPTIONS, 'pdf'];
/** Made here or printed anew, these are read as PDFs, too. */
const TO_PRINT = /^(?:note|written|deck|shown|script)/;

/** Files of every kind, in folders of their own: made by the programs that students use, and those of others. */
class Files {
  readonly #root: string;
  readonly #notes: readonly string[];

  constructor(root: string, notes: readonly string[]) {
    this.#root = root;
    this.#notes = notes;
  }

  in = (...names: string[]): string => join(this.#root, ...names);

  async #put(name: string, content: string): Promise<string> {
    await writeFile(this.in('source', name), content);
    return this.in('source', name);
  }

  async make(): Promise<void> {
    for (const kind of ['source', 'again', ...KINDS]) await mkdir(this.in(kind), { recursive: true });
    const flat = { odt: [] as string[], odp: [] as string[], ods: [] as string[] };
    for (let n = 0; n < ROUNDS; n++) {
      const text = this.#notes[n % this.#notes.length] ?? '';
      await this.#written(text, n);
      flat.odt.push(await this.#put(`written${n}.fodt`, flatDocument(text, n)));
      flat.odp.push(await this.#put(`shown${n}.fodp`, flatSlides(text, n)));
      flat.ods.push(await this.#put(`book${n}.fods`, flatSheets(text, n)));
    }
    for (const script of Object.keys(SCRIPTS)) {
      flat.odt.push(await this.#put(`script-${script}.fodt`, scriptDocument(script)));
      await this.#put(`script-${script}.pdf.txt`, scriptSaid(script));
    }
    for (const to of ['odt', 'docx', 'rtf']) await convert(flat.odt, to, this.in(to));
    for (const to of ['odp', 'pptx']) await convert(flat.odp, to, this.in(to));
    for (const to of ['ods', 'xlsx']) await convert(flat.ods, to, this.in(to));
    await this.#again();
    await this.#others();
  }

  /** What pandoc writes. */
  async #written(text: string, n: number): Promise<void> {
    const note = await this.#put(`note${n}.md`, markdownNote(text, n));
    for (const kind of OF_PANDOC) {
      const format = kind === 'tex' ? 'latex' : kind;
      await pandoc([note, '-s', '-t', format, '-o', this.in(kind, `note${n}.${kind}`)]);
    }
    const slides = await this.#put(`deck${n}.md`, markdownSlides(text, n));
    await pandoc([slides, '-t', 'pptx', '-o', this.in('pptx', `deck${n}.pptx`)]);
    for (const kind of CAPTIONS) {
      const { file, said } = captions(text, kind, n);
      await writeFile(this.in(kind, `said${n}.${kind}`), file);
      await this.#put(`said${n}.${kind}.txt`, said);
    }
  }

  /** What one program wrote and another saved again. */
  async #again(): Promise<void> {
    const rounds = Array.from({ length: ROUNDS }, (_, n) => n);
    const copy = (from: string, to: string) => cp(this.in(from), this.in('again', to));
    for (const n of rounds) {
      await copy(`docx/note${n}.docx`, `saved${n}.docx`);
      await copy(`pptx/deck${n}.pptx`, `saved${n}.pptx`);
    }
    const copies = (kind: string) => rounds.map((n) => this.in('again', `saved${n}.${kind}`));
    for (const to of ['odt', 'rtf']) await convert(copies('docx'), to, this.in(to));
    await convert(copies('pptx'), 'odp', this.in('odp'));
  }

  async #others(): Promise<void> {
    const folders = (await readdir(join(CORPUS, 'formats'))).map((kind) => `formats/${kind}`);
    for (const folder of ['docx', 'pptx', 'html', 'pdf', ...folders])
      for (const name of folder.includes('SOURCES') ? [] : await filesIn(folder)) {
        const kind = extname(name).slice(1).replace(/^htm$/, 'html');
        if (KINDS.includes(kind) && !/password|handwritten/.test(name))
          await cp(join(CORPUS, name), this.in(kind, `other-${basename(name)}`));
      }
  }

  async refer(): Promise<void> {
    for (const kind of KINDS.filter((one) => one !== 'pdf')) {
      const files = await this.of(kind);
      if (PRINTED.includes(kind)) await convert(files, 'pdf', this.in(`of-${kind}`));
      if (SLIDES.includes(kind)) await convert(files, 'fodp', this.in(`drawn-${kind}`));
      if (SHEETS.includes(kind)) await convert(files, 'fods', this.in(`of-${kind}`));
    }
    for (const kind of ['odt', 'docx', 'pptx', 'odp'])
      for (const name of await readdir(this.in(`of-${kind}`)))
        if (TO_PRINT.test(name)) await cp(this.in(`of-${kind}`, name), this.in('pdf', name));
  }

  of = async (kind: string): Promise<string[]> =>
    (await readdir(this.in(kind))).sort().map((name) => this.in(kind, name));

  /** What other programs read, by their name. */
  async readings(kind: string, file: string): Promise<[string, string][]> {
    const said = this.in('source', `${basename(file)}.txt`);
    const drawn = SLIDES.includes(kind) ? this.in(`drawn-${kind}`) : undefined;
    const found: [string, string | null][] = [['pandoc', await pandocReading(file)]];
    if (PRINTED.includes(kind))
      found.push(['printed', await printedReading(file, this.in(`of-${kind}`), drawn)]);
    if (kind === 'pdf') found.push(['pdftotext', await printedReading(file, this.in('pdf'))]);
    if (drawn) found.push(['drawn', await drawnReading(file, drawn)]);
    if (SHEETS.includes(kind)) found.push(['sheets', await sheetReading(file, this.in(`of-${kind}`))]);
    if (existsSync(said)) found.push(['said', await readFile(said, 'utf8')]);
    return found.filter((one): one is [string, string] => one[1] !== null);
  }
}

type Measured = { file: string; words: number; share: number; pairs: number; told: string };

async function read(file: string): Promise<string> {
  const bytes = new Uint8Array(await readFile(file));
  const { pages } = await extractDocument({
    bytes,
    mimeType: '',
    fileName: basename(file),
    arePicturesRead: true,
  });
  return pages.map(({ content }) => content).join('\n');
}

/** One file by the reading that is nearest to ours: where two programs disagree, one of them left something out. */
async function measureFile(files: Files, kind: string, file: string): Promise<Measured> {
  const found = wordsOf(await read(file));
  const texts = await files.readings(kind, file);
  const shares = texts.map(([name, text]) => {
    const expected = wordsOf(text);
    const words = expected.length;
    return {
      name,
      words,
      share: words === 0 ? 1 : inOrder(expected, found) / words,
      pairs: pairsIn(expected, found),
    };
  });
  // How others set their pages leaves more than one order to read them in.
  if (kind === 'pdf' && basename(file).startsWith('other'))
    for (const [at, [, text]] of texts.entries())
      if (shares[at]) shares[at].share = thereIn(wordsOf(text), found);
  const best = shares.reduce((one, other) => (other.share > one.share ? other : one));
  const told = shares.map(({ name, share }) => `${name} ${share.toFixed(3)}`).join(', ');
  return { ...best, file: basename(file), told };
}

function figureOf(kind: string, measured: readonly Measured[]): Figure {
  const words = measured.reduce((sum, one) => sum + one.words, 0);
  return {
    name: `${kind}: words of another program’s reading, in order`,
    value: measured.reduce((sum, one) => sum + one.words * one.share, 0) / words,
    cases: measured.length,
    floor: FLOOR,
    misses: measured.filter(({ share }) => share < FLOOR).map(({ file, told }) => `${file}: ${told}`),
  };
}

/** Per kind of file, how many words of a reading by another program stand in ours, in their order. */
export async function formatFigures({ keep = '' } = {}): Promise<Figure[]> {
  const root = keep || (await mkdtemp(join(tmpdir(), 'formats-')));
  try {
    const notes = await Promise.all(
      (await filesIn('notes')).map((name) => readFile(join(CORPUS, name), 'utf8')),
    );
    const files = new Files(root, notes);
    if (!existsSync(files.in('source'))) {
      await files.make();
      await files.refer();
    }
    const figures: Figure[] = [];
    for (const kind of KINDS) {
      const measured: Measured[] = [];
      for (const file of await files.of(kind)) measured.push(await measureFile(files, kind, file));
      figures.push(figureOf(kind, measured));
      for (const { file, pairs, words } of measured.filter(
        (one) => kind === 'pdf' && one.file.startsWith('script'),
      ))
        figures.push({ name: `${file}: pairs of words`, value: pairs, cases: words, floor: PAIRS_FLOOR });
    }
    return figures;
  } finally {
    if (!keep) await rm(root, { recursive: true, force: true });
  }
}
