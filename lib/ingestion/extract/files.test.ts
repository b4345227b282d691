import { describe, expect, it } from 'vitest';
import { AppError, type ErrorCode } from '../../errors.ts';
import { extractDocument } from './index.ts';
import { bytesOf, docxOf, pdfOf, wordParagraph, wordTable, zipOf } from './test-files.ts';

const read = (fileName: string, bytes: Uint8Array, options = {}) =>
  extractDocument({ bytes, mimeType: 'application/octet-stream', fileName, ...options });

async function codeOf(work: Promise<unknown>): Promise<ErrorCode | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

const DOCUMENT = `<w:document><w:body>${wordParagraph('In 2008 the value was 17,542.')}</w:body></w:document>`;
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);

describe('what a file claims to be', () => {
  it.each<[string, string, Uint8Array]>([
    ['a PDF that is a zip', 'a.pdf', zipOf([{ name: 'x.txt', content: 'x' }])],
    ['a PDF that is plain text', 'a.pdf', bytesOf('These are only my notes.')],
    ['a Word file that is a picture', 'a.docx', PNG],
    [
      'a Word file that is another archive',
      'a.docx',
      zipOf([{ name: 'ppt/presentation.xml', content: '<p/>' }]),
    ],
    ['a text file that is a program', 'a.txt', new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0])],
    ['a text file with binary content', 'a.txt', new Uint8Array([1, 2, 3, 0, 5, 6, 7, 8, 0, 1, 2])],
    ['a table that is a picture', 'a.csv', PNG],
  ])('recognises %s', async (_, name, bytes) => {
    expect(await codeOf(read(name, bytes))).toBe('file_mislabelled');
  });

  it('reads a text with a stray sign that is none without it', async () => {
    const { pages } = await read('a.txt', bytesOf('The cell is\0 the unit of life.'));
    expect(pages[0]?.content).toBe('The cell is the unit of life.');
  });

  it('recognises a text file that is a PDF', async () => {
    expect(await codeOf(read('a.txt', await pdfOf([[]])))).toBe('file_mislabelled');
  });

  it.each(['a.docx', 'a.pdf', 'a.md', 'a.txt', 'a.csv'])('calls an empty %s empty', async (name) => {
    expect(await codeOf(read(name, new Uint8Array()))).toBe('file_empty');
  });

  it.each(['a.md', 'a.txt', 'a.csv'])('calls %s with nothing but white space empty', async (name) => {
    expect(await codeOf(read(name, bytesOf(' \n\t \r\n ')))).toBe('file_empty');
  });

  it.each(['a.exe', 'a.doc', 'photo.heic', 'archive', 'a.pdf.exe'])('does not try %s', async (name) => {
    expect(await codeOf(read(name, bytesOf('text')))).toBe('file_unsupported');
  });

  it('goes by the type where the name has no ending', async () => {
    const extraction = await extractDocument({
      bytes: bytesOf('# A\n\ntext'),
      mimeType: 'text/markdown; charset=utf-8',
      fileName: 'notes',
    });
    expect(extraction.locator).toBe('section');
  });

  it('refuses files over the limit', async () => {
    const work = read('a.txt', bytesOf('x'.repeat(11)), { limits: { maxBytes: 10 } });
    expect(await codeOf(work)).toBe('file_too_large');
  });

  const zipClaiming = (content: string, claimedBytes: number) =>
    zipOf([{ name: 'word/document.xml', content, claimedBytes }]);
  const changedOnTheWay = () => {
    // A short text is kept as it is, so that one letter can be changed in it.
    const zip = Buffer.from(zipOf([{ name: 'word/document.xml', content: DOCUMENT }], { level: 0 }));
    zip[zip.indexOf('17,542')] = 0x39;
    return new Uint8Array(zip);
  };
  it.each<[string, Uint8Array, ErrorCode]>([
    ['that unpacks to too much', zipClaiming('<w/>', 0xf0000000), 'file_too_large'],
    ['that lies about what it unpacks to', zipClaiming('x'.repeat(100_000), 10), 'file_too_large'],
    ['that was cut', docxOf(wordParagraph('text')).slice(0, 400), 'file_damaged'],
    ['whose letters changed on the way', changedOnTheWay(), 'file_damaged'],
    ['with broken XML', docxOf('<w:p><w:r>'), 'file_damaged'],
    ['without words', docxOf('<w:p/>'), 'file_empty'],
  ])('refuses a Word file %s', async (_, bytes, code) => {
    expect(await codeOf(read('a.docx', bytes))).toBe(code);
  });
});

describe('Word files', () => {
  it('keeps headings, lists of rows and the order of the text', async () => {
    const body =
      wordParagraph('Storage', 'Heading1') +
      wordParagraph('Memory is stored.') +
      wordTable([
        ['Kind', 'Lasts'],
        ['Short-term', '20 seconds'],
      ]) +
      wordParagraph('The end &amp; more.');
    const { pages, locator } = await read('a.docx', docxOf(body));
    expect(locator).toBe('section');
    expect(pages[0]).toMatchObject({ page: 1, label: 'Storage' });
    expect(pages[0]?.content).toBe(
      '# Storage\n\nMemory is stored.\n\nKind | Lasts\nShort-term | 20 seconds\n\nThe end & more.',
    );
  });

  const run = (text: string, properties = '') =>
    `<w:r><w:rPr>${properties}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;
  const at = (level: 'superscript' | 'subscript', text: string) =>
    run(text, `<w:vertAlign w:val="${level}"/>`);
  const cellOf = (paragraphs: string, properties = '') =>
    `<w:tc><w:tcPr>${properties}</w:tcPr>${paragraphs}</w:tc>`;

  it('keeps what is raised and lowered, so that another number never stands there', async () => {
    const body = `<w:p>${run('6.02 x 10')}${at('superscript', '23')}${run(' of H')}${at('subscript', '2')}${run('O, x')}${at('superscript', 'n+1')}${run(', e')}${at('superscript', 'x')}${run(', the 19')}${at('superscript', 'th')}</w:p>`;
    expect((await read('a.docx', docxOf(body))).pages[0]?.content).toBe(
      '6.02 x 10²³ of H₂O, xⁿ⁺¹, e^x, the 19th',
    );
  });

  it('keeps equations, as formulas', async () => {
    const r = (text: string) => `<m:r><m:t>${text}</m:t></m:r>`;
    const e = (text: string, name = 'e') => `<m:${name}>${text}</m:${name}>`;
    const power = `<m:sSup><m:sSupPr><m:ctrlPr/></m:sSupPr>${e(r('c'))}${e(r('2'), 'sup')}</m:sSup>`;
    const half = `<m:f>${e(r('a'), 'num')}${e(r('2a'), 'den')}</m:f>`;
    const sum = `<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr>${e(r('i=1'), 'sub')}${e(r('n'), 'sup')}${e(`<m:d>${e(r('x &lt; y'))}</m:d>`)}</m:nary>`;
    const body =
      `<w:p>${run('The energy is ')}<m:oMath>${r('E=m')}${power}</m:oMath>${run(' by Einstein.')}</w:p>` +
      `<w:p><m:oMathPara><m:oMath>${half}${sum}</m:oMath></m:oMathPara></w:p>`;
    expect((await read('a.docx', docxOf(body))).pages[0]?.content).toBe(
      'The energy is $E=mc^2$ by Einstein.\n\n$$\\frac{a}{2a}\\sum_{i=1}^n (x < y)$$',
    );
  });

  it('keeps the paragraphs of a cell apart, a row in its line, and the label of merged cells in each row', async () => {
    const cells = (...texts: string[]) => texts.map((text) => cellOf(wordParagraph(text))).join('');
    const body = `<w:tbl><w:tr>${cellOf(wordParagraph('2006') + wordParagraph('2007'))}${cellOf(wordParagraph('17,542') + wordParagraph('34,000'))}</w:tr></w:tbl><w:tbl><w:tr>${cellOf(wordParagraph('Red'), '<w:vMerge w:val="restart"/>')}${cells('1', '2')}</w:tr><w:tr>${cellOf('<w:p/>', '<w:vMerge/>')}${cells('3', '4')}</w:tr></w:tbl>`;
    expect((await read('a.docx', docxOf(body))).pages[0]?.content).toBe(
      '2006; 2007 | 17,542; 34,000\n\nRed | 1 | 2\nRed | 3 | 4',
    );
  });

  it('reads a document that is too long to be taken as a whole in its order, nothing lost or doubled', async () => {
    const sentences = Array.from({ length: 30_000 }, (_, n) => `Sentence ${n} is here.`);
    const body = sentences.map((text, n) =>
      n % 1_000 === 0 ? wordTable([[text]]) : wordParagraph(text, n % 50 === 0 ? 'Heading1' : undefined),
    );
    const { pages } = await read('a.docx', docxOf(body.join('')));
    expect(pages.flatMap(({ content }) => content.match(/Sentence \d+ is here\./g) ?? [])).toEqual(sentences);
  });
});

describe('text files', () => {
  const encoded = (text: string, encoding: BufferEncoding, mark: number[] = []) =>
    new Uint8Array(Buffer.concat([Buffer.from(mark), Buffer.from(text, encoding)]));

  it.each<[string, Uint8Array]>([
    ['UTF-8', encoded('Élève: naïve', 'utf8')],
    ['UTF-8 with a byte order mark', encoded('Élève: naïve', 'utf8', [0xef, 0xbb, 0xbf])],
    ['UTF-16 little endian', encoded('Élève: naïve', 'utf16le', [0xff, 0xfe])],
    [
      'UTF-16 big endian',
      new Uint8Array(encoded('Élève: naïve', 'utf16le', [0xff, 0xfe]))
        .slice()
        .map((_, index, all) => all[index ^ 1] ?? 0),
    ],
    ['ISO-8859-1', encoded('Élève: naïve', 'latin1')],
  ])('reads %s', async (_, bytes) => {
    expect((await read('a.txt', bytes)).pages[0]?.content).toBe('Élève: naïve');
  });

  it('reads the quotation marks of Windows-1252', async () => {
    const bytes = new Uint8Array([0x93, 0x61, 0x94, 0x20, 0x85]);
    expect((await read('a.txt', bytes)).pages[0]?.content).toBe('“a” …');
  });

  it('removes what a database refuses', async () => {
    const bytes = bytesOf('a\u0001b \u00adc\r\nd');
    expect((await read('a.md', bytes)).pages[0]?.content).toBe('ab c\nd');
  });

  it('names sections by their headings and cuts long ones', async () => {
    const paragraph = `${'This is a sentence of the notes. '.repeat(20).trim()}\n\n`;
    const text = `# Encoding\n\n${paragraph.repeat(10)}## Storage\n\n${paragraph.repeat(4)}\n\`\`\`\n# not a heading\n\`\`\`\n`;
    const { pages, pageCount } = await read('a.md', bytesOf(text));
    expect(pageCount).toBe(pages.length);
    expect(pages[0]?.label).toBe('Encoding');
    expect(pages.map(({ label }) => label)).toContain('Storage');
    expect(pages.map(({ label }) => label)).not.toContain('not a heading');
    for (const { content } of pages) expect(content.length).toBeLessThanOrEqual(5_000);
    const read_ = pages.map(({ content }) => content).join('');
    expect(read_.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
  });

  it('cuts text without spaces and never inside a character', async () => {
    const { pages } = await read('a.txt', bytesOf('𠀀'.repeat(9_000)));
    for (const { content } of pages) expect(content.isWellFormed()).toBe(true);
    expect(pages.map(({ content }) => content).join('')).toBe('𠀀'.repeat(9_000));
  });
});

describe('tables', () => {
  it('gives every row its column names, whatever the delimiter', async () => {
    for (const delimiter of [',', ';', '\t', '|']) {
      const text = 'species,bill length\nAdelie,39.1\nGentoo,'.replaceAll(',', delimiter);
      const { pages, locator } = await read('a.csv', bytesOf(text));
      expect(locator).toBe('row');
      expect(pages[0]).toEqual({
        page: 1,
        label: 'Rows 1–2',
        content: 'Row 1. species: Adelie; bill length: 39.1\nRow 2. species: Gentoo',
      });
    }
  });

  it('numbers the columns of a table without names', async () => {
    const { pages } = await read('a.csv', bytesOf('1,2\n3,4\n'));
    expect(pages[0]?.content).toBe('Row 1. Column 1: 1; Column 2: 2\nRow 2. Column 1: 3; Column 2: 4');
  });

  it('keeps line breaks and delimiters inside quotation marks in one row', async () => {
    const { pages } = await read('a.csv', bytesOf('term,meaning\n"a, b","two\nlines"\n'));
    expect(pages[0]?.content).toBe('Row 1. term: a, b; meaning: two lines');
  });

  it('says where a quotation mark is never closed', async () => {
    expect(await codeOf(read('a.csv', bytesOf('a,b\n1,"2\n3,4\n')))).toBe('file_damaged');
  });

  it('splits a long table and loses no row', async () => {
    const rows = Array.from({ length: 500 }, (_, index) => `name ${index},${index}`);
    const { pages } = await read('a.csv', bytesOf(['name,value', ...rows].join('\n')));
    expect(pages.length).toBeGreaterThan(3);
    const numbers = pages.flatMap(({ content }) =>
      [...content.matchAll(/^Row (\d+)\./gm)].map((match) => Number(match[1])),
    );
    expect(numbers).toEqual(rows.map((_, index) => index + 1));
  });
});

describe('hostile text', () => {
  it.each<[string, string]>([
    ['a.html', '<script'.repeat(100_000)],
    ['a.html', '<a "'.repeat(100_000)],
    ['a.html', '<!--'.repeat(100_000)],
    ['a.txt', `${' '.repeat(500_000)}x`],
    ['a.md', `# ${'#'.repeat(500_000)}x`],
    ['a.md', '```\n'.repeat(50_000)],
    ['a.csv', '"'.repeat(300_001)],
  ])('is read or refused without holding the job up: %s', { timeout: 10_000 }, async (name, text) => {
    const code = await codeOf(read(name, bytesOf(text)));
    expect([null, 'file_empty', 'file_damaged']).toContain(code);
  });
});

describe('HTML files', () => {
  it('keeps headings, lists and tables and leaves scripts out', async () => {
    const html =
      '<!doctype html><html><head><title>T</title><style>p{}</style></head><body><h2>Les &eacute;l&egrave;ves</h2>' +
      '<p>Un <b>texte</b>.<br>Deux.</p><script>alert("x")</script><ol><li>un<li>deux</ol>' +
      '<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2 &lt; 3</td></tr></table></body></html>';
    const { pages } = await read('a.html', bytesOf(html));
    expect(pages[0]?.content).toBe('## Les élèves\n\nUn texte.\nDeux.\n\n1. un\n2. deux\n\na | b\n1 | 2 < 3');
  });

  it('keeps paragraphs of an item, lines and lists of a cell, and cells over many rows', async () => {
    const html =
      '<ol><li><p>one</p><p>more</p><ul><li>in</ul><li>two</ol>' +
      '<table><tr><td rowspan=2>A<td>1<br>2<td><ul><li>x</li><li>y.</li><li>z</ul><tr><td>3<td>4</table><p>E = mc<sup>2</sup>';
    expect((await read('a.html', bytesOf(html))).pages[0]?.content).toBe(
      '1. one\n  more\n  - in\n2. two\n\nA | 1; 2 | x; y. z\nA | 3 | 4\n\nE = mc²',
    );
  });
});
