import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { extractDocument } from './index.ts';
import { isPlausible } from './plausible.ts';
import { bytesOf, drawnPdf, linesAt, lockedPdf, type PlacedText, painted, pdfOf } from './test-files.ts';

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

  it('keeps what is raised in several faces as one', async () => {
    const page = [
      { text: 'The chance of it is q', x: 60, y: 700 },
      { text: 'n', x: 149.6, y: 704, size: 7, bold: true },
      { text: '-x', x: 153.5, y: 704, size: 7 },
      { text: ' for every n.', x: 159.4, y: 700 },
    ];
    expect(await textOf(page)).toBe('The chance of it is q^{n-x} for every n.');
  });

  it('keeps the rows of a table', async () => {
    const rows = [
      ['Planet', 'Mass', 'Moons'],
      ['Mars', '0.107', '2'],
      ['Jupiter', '317.8', '95'],
    ].flatMap((cells, row) =>
      cells.map((text, column) => ({ text, x: 60 + column * 150, y: 700 - row * 14 })),
    );
    expect(await textOf(rows)).toBe(
      'Planet | Mass | Moons\n--- | --- | ---\nMars | 0.107 | 2\nJupiter | 317.8 | 95',
    );
  });

  it.each([
    ['dots', '.'.repeat(90)],
    ['dots with spaces between', '. '.repeat(60).trim()],
    ['raised dots', '·'.repeat(90)],
  ])('keeps each row of a contents page on its own line, led to its number by %s', async (_kind, dots) => {
    const rows = ['1 Memory', '2 Attention', 'Sources'].map(
      (title, at) => `${title} ${dots} ${['iv', '12', '120'][at]}`,
    );
    expect((await textOf(linesAt(60, 760, rows))).split('\n')).toEqual(rows);
  });

  it('joins a title of a contents page that goes over two lines, and a sentence with three dots in it', async () => {
    const title = 'Memory as an information processing system, often compared with a';
    const entry = `computer ${'.'.repeat(60)} 12`;
    expect(await textOf(linesAt(60, 760, [title, entry]))).toBe(`${title} ${entry}`);
    const sum = 'The whole of them is the sum of all the numbers 1, 2, 3 and so on, ... 12';
    expect(await textOf(linesAt(60, 760, [sum, 'and no more of them.']))).toBe(`${sum} and no more of them.`);
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
    expect(content).toMatch(/item 3 \| 21 mg/);
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

  it('keeps a title in larger type that goes by its number, or stands on several pages', async () => {
    const pages = Array.from({ length: 7 }, (_, page) => [
      { text: 'Biology 1', x: 400, y: 828, size: 20 },
      { text: page < 4 ? `Exercise ${page + 1}` : 'Osmosis', x: 60, y: 790, size: 18 },
      ...linesAt(60, 740, [`Page ${page} has its own sentence here, and it is long enough.`, ...PROSE]),
    ]);
    const { pages: read_ } = await read(await pdfOf(pages));
    expect(read_.map(({ content }) => content.split('\n')[0])).toEqual([
      ...[1, 2, 3, 4].map((n) => `# Exercise ${n}`),
      ...[5, 6, 7].map(() => '# Osmosis'),
    ]);
  });

  it.each([
    ['渗透是水通过半透膜的移动,设随机变量X服从正态分布N,则其期望为零（见 chapter 2）。', true],
    ['浸透とは、水が半透膜を通って移動する現象である。DNAは核に、RNAは細胞質に存在する。', true],
    ['يعتبر المدخل رقم x من R، حيث n عدد المدخلات؛ f(x)=ax+b و 34,000.', true],
    ['TCP/IP HTTP DNS SSL TLS SSH FTP SMTP IMAP LDAP NTP DHCP', true],
    ['for (let i=0;i<n;i++){ arr[i]=arr[i-1]+x; it=v.begin(); }', true],
    ['∇·E = ρ/ε₀ ∇×B = μ₀J + μ₀ε₀ ∂E/∂t iℏ ∂/∂t |ψ(r,t)⟩ = Ĥ |ψ(r,t)⟩', true],
    ['∀x∃y(P(x,y)→Q(y)) ∧ ¬∃z(R(z)∨S(z)) ⊢ {x∈ℝ | x²≤2} ⊆ ℚ∪{√2}', true],
    ['Wkh txlfn eurzq ira mxpsv ryhu wkh odcb grj dqg vohhsv', false],
    ['t#r"y h!a%l#f q$u?i', false],
    ['HaDHiSq xzKptR mNbVcXz qWeRtYp lKjHgFd', false],
    ["% & ' (-.*+ #@ $^ ~ Men !? [}", false],
  ])('takes %s for a text: %s', (text, isOne) => {
    expect(isPlausible(Array.from({ length: 30 }, () => text).join(' '))).toBe(isOne);
  });

  it('reads joined signs as the letters that the file says they stand for, and marks at their letters', async () => {
    const span = (said: string, sign: string) =>
      `/Span<</ActualText<FEFF${painted(said).slice(1, -1)}>>> BDC ${sign} Tj EMC`;
    const bytes = drawnPdf(
      `BT /F 12 Tf 1 0 0 1 60 700 Tm ${painted('स्मृति ')} Tj ${span('ल', '<0005>')} ${painted('गभग सा')} Tj ${span('त', '<0005>')} [${painted(' सेक')} 400 ${painted('ं')} 100 ${painted('ड')}] TJ 1 0 0 1 60 640 Tm ${painted('यह पाठ बच्चों की याददाश्त के बारे में लिखा गया है')} Tj ET`,
    );
    expect((await read(bytes)).pages[0]?.content).toBe(
      'स्मृति लगभग सात सेकंड\n\nयह पाठ बच्चों की याददाश्त के बारे में लिखा गया है',
    );
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

/** A page of one font in which this is painted; `painted` names the letters from left to right. */
const shown = async (content: string, options = {}) => {
  const { pages, account } = await read(drawnPdf(content, options));
  return { text: pages[0]?.content ?? '', account };
};
const line = (text: string, y: number, x = 60) => `1 0 0 1 ${x} ${y} Tm ${painted(text)} Tj`;
const SEEN = `BT /F 12 Tf ${line('Cells divide by mitosis, and each half is a whole cell.', 700)} ${line('What a cell holds is copied before, so that nothing of it is lost, and both go on.', 686)} ET`;

describe('what a page means', () => {
  it.each([
    ['each letter in turn', (text: string) => [...text].map((letter) => [letter])],
    ['the whole line', (text: string) => [[text]]],
  ])('has what is printed three times to look bold once: %s', async (_, parts) => {
    let x = 60;
    const prints = parts('概率和组合').flatMap(([part = '']) => {
      const places = [0, 0.2, 0.4].map((shift) => line(part, 650, x + shift));
      x += 12 * part.length;
      return places;
    });
    const { text } = await shown(`${SEEN} BT /F 12 Tf ${prints.join(' ')} ET`);
    expect(text).toContain('概率和组合');
    expect(text).toContain('Cells divide by mitosis, and each half is a whole cell.');
  });

  it.each([
    [
      'an Arabic line with terms and numbers',
      'في عام 2007 كان المدخل x ∈ R هو 34,000 فقط.',
      '.طقف 34,000 وه x ∈ R لخدملا ناك 2007 ماع يف',
    ],
    [
      'a Hebrew line with a term in brackets',
      'מספר המשתנים (features) במודל',
      'לדומב (features) םינתשמה רפסמ',
    ],
    ['a formula that closes', 'دالة الخسارة L(θ) خطوة بعد خطوة', 'ةوطخ دعب ةوطخ L(θ) ةراسخلا ةلاد'],
  ])('reads %s in its order', async (_, written, onPage) => {
    expect((await shown(`BT /F 12 Tf ${line(onPage, 700)} ET`)).text).toBe(written);
  });

  it('reads a line from right to left as one, wherever the pen jumped, and nothing below a row of a table into it', async () => {
    const jumped = [
      line('ملاعلا فصو', 700, 244),
      line('George Miller', 700, 163),
      line('دحلا', 700, 112),
      line('اذه', 700, 142),
      line('.', 700, 106),
    ];
    expect((await shown(`BT /F 12 Tf ${jumped.join(' ')} ET`)).text).toBe(
      'وصف العالم George Miller هذا الحد.',
    );
    const rows = [line('Light', 700), line('1', 700, 300), line('Dark', 685), line('2', 685, 300)];
    const below = line('The formula stands on page twelve of the book.', 670);
    expect((await shown(`BT /F 12 Tf ${rows.join(' ')} ${below} ET`)).text).toBe(
      'Light 1\nDark 2\nThe formula stands on page twelve of the book.',
    );
  });

  it('reads lines that stand upright on their own', async () => {
    const { text } = await shown(
      `${SEEN} BT /F 9 Tf 0 1 -1 0 40 690 Tm ${painted('Sideways in the margin')} Tj ET BT /F 12 Tf ${line('It takes an hour in all.', 672)} ET`,
    );
    expect(text).toMatch(/both go on\.\s+It takes an hour in all\.\n\nSideways in the margin$/);
  });

  it.each([
    ['without paint', `3 Tr ${line('SECRET', 650)} 0 Tr`],
    ['white on white', `1 1 1 rg ${line('SECRET', 650)} 0 g`],
    [
      'nearly white on white, beside a word',
      `${line('Seen ', 650)} 0.99 0.99 0.98 rg ${line('SECRET', 650, 120)} 0 g`,
    ],
    ['of half a point', `/F 0.5 Tf ${line('SECRET', 650)} /F 12 Tf`],
    ['outside of the page', line('SECRET', 900)],
    ['as clear as glass', `/Clear gs ${line('SECRET', 650)} /Solid gs`],
  ])('leaves text out that is painted %s, and says so', async (_, hidden) => {
    const { text, account } = await shown(`${SEEN} BT /F 12 Tf ${hidden} ${line('The end.', 600)} ET`);
    expect(text).toMatch(/^Cells divide by mitosis[\s\S]*The end\.$/);
    expect(text).not.toContain('SECRET');
    expect(account.hiddenText).toBe(1);
  });

  it.each([
    ['white on a dark box', `0 0 0.4 rg 50 640 300 30 re f BT 1 1 1 rg /F 12 Tf ${line('Shown', 650)} ET`],
    [
      'over a picture, as a scanner sets it',
      `q 500 0 0 500 50 300 cm /Im Do Q BT 3 Tr /F 12 Tf ${line('Shown', 650)} ET`,
    ],
    [
      'white over a picture',
      `q 500 0 0 500 50 300 cm /Im Do Q BT 1 1 1 rg /F 12 Tf ${line('Shown', 650)} ET`,
    ],
    ['as an outline', `BT 1 Tr 1 1 1 rg /F 12 Tf ${line('Shown', 650)} ET`],
  ])('keeps text that is seen %s', async (_, content) => {
    const { text, account } = await shown(`${SEEN} ${content}`);
    expect(text).toContain('Shown');
    expect(account.hiddenText).toBe(0);
  });

  it('reads notes, marks with their words and what was typed into a form', async () => {
    const { text } = await shown(`${SEEN} BT /F 12 Tf ${line('Name:', 600)} ${line('Passed', 570, 80)} ET`, {
      annotations: [
        '/Subtype /Text /Rect [300 500 320 520] /Contents (Ask about meiosis)',
        '/Subtype /FreeText /Rect [300 400 420 420] /DA (/F 12 Tf) /Contents (Exam topic!)',
        '/Subtype /Highlight /Rect [60 695 130 715] /QuadPoints [60 715 130 715 60 695 130 695] /Contents (important)',
        '/Subtype /Widget /FT /Tx /T (name) /V (Ada Lovelace) /Rect [110 596 300 612]',
        '/Subtype /Widget /FT /Btn /T (passed) /V /Yes /AS /Yes /AP << /N << /Yes 9 0 R >> >> /Rect [60 568 72 580]',
      ],
    });
    expect(text).toContain('Name: Ada Lovelace');
    expect(text).toContain('☒ Passed');
    expect(text).toContain('Note: Ask about meiosis');
    expect(text).toContain('Note: Exam topic!');
    expect(text).toMatch(/Highlighted: “Cells divide”\. Note: important/);
  });

  it.each([
    [
      'signs in place of letters',
      "% & ' (-.45) *+ ,/ :; <=> ?@ [\\] ^_` {|} ~! \"# $% &' ()* +,- ./: ;<= >?@ [ ] %&' ".repeat(2),
    ],
    [
      'letters of no word',
      'Wkh fhoo lv wkh xqlw ri olih dqg wkh qxfohxv krogv lwv lqirupdwlrq, zklfk lv uhdg rxw dqg frslhg zkhq d fhoo glylghv; pxfk ri wklv zdv irxqg rxw lq wkh odvw fhqwxub eb pdqb kdqgv dqg pruh vpdoo whdpv.',
    ],
    [
      'what a scanner made of handwriting',
      'Men try# HADHis tHe#n Ca.R$t weLLBe fr!eNd oF m+y tWo#b IsNoT wH%at tHeY s~aW aND tHeN cAmE b^aCk tO tHeM aLL oF iT wAs gRe#En aNd tH*eY kNeW iT wE?LL b%eFoRe',
    ],
  ])('does not take %s for text', async (_, text) => {
    const good = Array.from({ length: 3 }, (_line, row) => line(PROSE[row] ?? '', 700 - 15 * row)).join(' ');
    const page = (content: string) => `BT /F 9 Tf ${content} ET`;
    const bad = text.match(/.{1,90}(?:\s|$)/g)?.map((part, row) => line(part, 700 - 15 * row)) ?? [];
    const { pages, account } = await read(drawnPdf([page(good), page(bad.join(' '))]));
    expect(account).toMatchObject({ undecodable: [2], pagesRead: 1 });
    expect(pages[1]?.content).toBe('');
    await expect(read(drawnPdf(page(bad.join(' '))))).rejects.toMatchObject({
      code: 'file_no_text',
      message: expect.stringContaining('The text layer of page 1 cannot be read'),
    });
  });

  it('reads the pages before a damaged one, and says that some behind it may be missing', async () => {
    const { pages, account } = await read(drawnPdf([SEEN, SEEN, null, SEEN]));
    expect(pages.map(({ content }) => content.slice(0, 12))).toEqual(['Cells divide', 'Cells divide', '']);
    expect(account).toMatchObject({ undecodable: [3], notes: [expect.stringContaining('end of this file')] });
  });

  it('takes a missing end mark for no damage, and tells of a missing end', async () => {
    const whole = new TextDecoder('latin1').decode(drawnPdf(SEEN));
    const without = await read(bytesOf(whole.replace(/\s*%%EOF\s*$/, '')));
    expect(without.account.notes).toEqual([]);
    const cut = await read(bytesOf(whole.slice(0, whole.indexOf('startxref'))));
    expect(cut.pages[0]?.content).toContain('Cells divide');
    expect(cut.account.notes).toEqual([expect.stringContaining('The end of this file is missing')]);
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
