import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { extractDocument } from './index.ts';
import { bytesOf, linesAt, lockedPdf, type PlacedText, pdfOf } from './test-files.ts';

const PDF = { mimeType: 'application/pdf', fileName: 'notes.pdf' };
const read = (bytes: Uint8Array, options = {}) => extractDocument({ bytes, ...PDF, ...options });
/** The text of the first page of a PDF with this on its pages. */
const textOf = async (...pages: PlacedText[][]) => (await read(await pdfOf(pages))).pages[0]?.content ?? '';
const CORPUS = new URL('../../../../shared/corpus/', import.meta.url);

const twoColumns = (left: (row: number) => string, right: (row: number) => string): PlacedText[] =>
  Array.from({ length: 14 }, (_, row) => [
    { text: left(row), x: 50, y: 700 - row * 14 },
    { text: right(row), x: 310, y: 700 - row * 14 },
  ]).flat();

const PROSE = [
  'Memory is an information processing system, and it is often compared with a com-',
  'puter. It encodes, stores and retrieves what we have learned over the long years of',
  'our lives, and it forgets a well-',
  'known part of it again.',
];

describe('PDF text', () => {
  it('joins the lines of a paragraph and undoes hyphenation at line ends', async () => {
    const { pages, locator, pageCount } = await read(await pdfOf([linesAt(60, 760, PROSE)]));
    expect(pages[0]?.content).toContain('often compared with a computer. It encodes, stores');
    expect(pages).toHaveLength(1);
    expect({ locator, pageCount }).toEqual({ locator: 'page', pageCount: 1 });
  });

  it('keeps the hyphen of a compound that the document writes elsewhere', async () => {
    const lines = [...PROSE, 'This is a well-known effect and it is described in many books on the subject.'];
    expect(await textOf(linesAt(60, 760, lines))).toContain('a well-known part of it again');
  });

  it('keeps what is raised and lowered, so that another number never stands there', async () => {
    const page = [
      { text: 'There are 6.02 x 10', x: 60, y: 700, size: 11 },
      { text: '23', x: 145.8, y: 704, size: 7 },
      { text: ' of H', x: 152.8, y: 700, size: 11 },
      { text: '2', x: 175.4, y: 698, size: 7 },
      { text: 'O in it.', x: 178.9, y: 700, size: 11 },
    ];
    expect(await textOf(page)).toBe('There are 6.02 x 10²³ of H₂O in it.');
  });

  it('keeps the rows of a table', async () => {
    const rows = [
      ['Planet', 'Mass', 'Moons'],
      ['Mars', '0.107', '2'],
      ['Jupiter', '317.8', '95'],
    ].flatMap((cells, row) =>
      cells.map((text, column) => ({ text, x: 60 + column * 150, y: 700 - row * 14 })),
    );
    expect(await textOf(rows)).toBe('Planet Mass Moons\nMars 0.107 2\nJupiter 317.8 95');
  });

  it('reads two columns one after the other although the file sets them line by line', async () => {
    const rows = twoColumns(
      (row) => `left column sentence number ${row} of the text`,
      (row) => `right column sentence number ${row} of the text`,
    );
    const content = await textOf(rows);
    expect(content.lastIndexOf('left column')).toBeLessThan(content.indexOf('right column'));
  });

  it('keeps the rows of a table together', async () => {
    const rows = twoColumns(
      (row) => `item ${row}`,
      (row) => `${row * 7} mg`,
    );
    const content = await textOf(rows);
    expect(content).toMatch(/item 3\s+21 mg/);
  });

  it('marks larger type as a heading and keeps body text unmarked', async () => {
    const page = [{ text: 'Short-Term Memory', x: 60, y: 790, size: 18 }, ...linesAt(60, 760, PROSE)];
    const content = await textOf(page);
    expect(content).toMatch(/^# Short-Term Memory\n\nMemory is/);
  });

  it('drops page numbers and heads that neighbouring pages repeat', async () => {
    const pages = Array.from({ length: 5 }, (_, page) => [
      { text: `Chapter 8 | Memory ${page + 1}`, x: 60, y: 810 },
      ...linesAt(60, 760, [
        `Page ${page} has its own sentence number ${page} here, and it is long enough.`,
        ...PROSE,
      ]),
      { text: String(page + 1), x: 300, y: 30 },
    ]);
    const { pages: read_ } = await read(await pdfOf(pages));
    for (const { content } of read_) {
      expect(content).not.toContain('Chapter 8');
      expect(content).not.toMatch(/\n\d$/);
      expect(content).toContain('has its own sentence');
    }
  });

  it('reads a range of pages and still tells how many there are', async () => {
    const bytes = await pdfOf(
      Array.from({ length: 6 }, (_, page) => linesAt(60, 760, [`Sentence of page ${page + 1}.`])),
    );
    const { pages, pageCount } = await read(bytes, { pageFrom: 3, pageTo: 4 });
    expect(pages.map(({ page }) => page)).toEqual([3, 4]);
    expect(pages[0]?.content).toBe('Sentence of page 3.');
    expect(pageCount).toBe(6);
  });

  it('reads one short sentence on one page', async () => {
    const sentence = 'Mitochondria make energy for the cell.';
    expect(await textOf(linesAt(60, 760, [sentence]))).toBe(sentence);
  });

  it('reads a page of thousands of labels in the order of the file', async () => {
    const labels = Array.from({ length: 4_000 }, (_, index): PlacedText => {
      return { text: `label ${index}`, x: (index % 5) * 110 + 10, y: 830 - Math.floor(index / 5), size: 1 };
    });
    const content = await textOf(labels);
    expect(content.match(/label \d+/g)).toHaveLength(4_000);
  });

  it('leaves the given bytes as they are', async () => {
    const bytes = await pdfOf([linesAt(60, 760, PROSE)]);
    const before = bytes.slice();
    await read(bytes);
    expect(bytes).toEqual(before);
  });
});

describe('PDFs that cannot be read', () => {
  const failing = async (bytes: Uint8Array, options = {}) => {
    const error = await read(bytes, options).catch((thrown: unknown) => thrown);
    return error instanceof Error && 'code' in error ? { code: error.code, message: error.message } : error;
  };

  it('asks to remove a password', async () => {
    expect(await failing(lockedPdf())).toMatchObject({ code: 'file_password' });
  });

  it('calls a cut file damaged, wherever it was cut', async () => {
    const bytes = await pdfOf(Array.from({ length: 5 }, () => linesAt(60, 760, PROSE)));
    for (const share of [0.2, 0.5, 0.9, 0.98]) {
      const part = bytes.slice(0, Math.floor(bytes.length * share));
      expect(await failing(part)).toMatchObject({ code: 'file_damaged' });
    }
  });

  it('calls a header without a document damaged', async () => {
    expect(await failing(bytesOf('%PDF-1.7\nnothing\n%%EOF\n'))).toMatchObject({ code: 'file_damaged' });
  });

  it('names the pages of a file without text', async () => {
    const error = await failing(await pdfOf([[], []]));
    expect(error).toMatchObject({ code: 'file_no_text' });
    expect(error).toHaveProperty('message', expect.stringContaining('Pages 1, 2'));
  });

  it('counts pages with hardly any text and reads the rest', async () => {
    const { emptyPages } = await read(await pdfOf([linesAt(60, 760, PROSE), [], linesAt(60, 760, PROSE)]));
    expect(emptyPages).toEqual([2]);
  });

  it('refuses too many pages by number', async () => {
    const bytes = await pdfOf(Array.from({ length: 4 }, () => linesAt(60, 760, PROSE)));
    const error = await failing(bytes, { limits: { maxPages: 3 } });
    expect(error).toMatchObject({ code: 'file_too_many_pages' });
    expect(error).toHaveProperty('message', expect.stringContaining('4 pages'));
  });
});

describe.skipIf(!existsSync(CORPUS))('real PDFs (skipped without ../shared/corpus)', () => {
  const load = (name: string) => new Uint8Array(readFileSync(new URL(`pdf/${name}`, CORPUS)));

  it('says of a scanned form which pages are pictures and how little was found', async () => {
    const error = await read(load('scanned-handwritten-form.pdf')).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'file_no_text' });
    expect(error).toHaveProperty('message', expect.stringMatching(/Pages 1, 2 .* only \d+ characters/));
  });

  it('reads a paper in two columns in the order a person reads it', async () => {
    const { pages } = await read(load('oos-eval-paper-two-column.pdf'));
    const text = pages[1]?.content ?? '';
    expect(text).toContain('Correctly identifying out-of-scope cases is thus crucial in deployed systems');
    expect(text).toContain('struggle with identifying out-of-scope queries');
  });
});
