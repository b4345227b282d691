import { expect, test } from 'vitest';
import { AppError } from '../../errors.ts';
import { extractDocument } from './index.ts';
import { withAccents } from './pdf-signs.ts';
import { headingsOf } from './sections.ts';
import { bytesOf, docxOf, epubOf, pdfFile, pptxOf, xlsxOf } from './test-files.ts';
import { TexMacros } from './tex-macros.ts';

const read = (fileName: string, bytes: Uint8Array) => extractDocument({ bytes, mimeType: '', fileName });
const html = bytesOf;
const tex = bytesOf;
const vtt = (...cues: [string, string][]) =>
  bytesOf(`WEBVTT\n\n${cues.map(([times, said]) => `${times}\n${said}`).join('\n\n')}`);
const rtf = (body: string) =>
  bytesOf(
    `{\\rtf1\\ansi\\ansicpg1251{\\fonttbl{\\f0\\fcharset204 A;}{\\f1\\fcharset0 B;}{\\f2\\fcharset2 Symbol;}}{\\stylesheet{Normal;}{\\s1\\outlinelevel0 \\'e7;}{\\s2 heading 2;}{\\*\\cs3 heading 1 Char;}}${body}}`,
  );
const point = (text: string, properties: string) =>
  `<a:p><a:pPr ${properties}</a:pPr><a:r><a:t>${text}</a:t></a:r></a:p>`;
const numbered = (type: string, more = '') => `><a:buAutoNum type="${type}" ${more}/>`;
const cell = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;

/** A page with one line in a font of this name, which the file does not hold. */
const setIn = (fonts: readonly string[], operations: string) =>
  pdfFile(
    new Map([
      [1, '<< /Type /Catalog /Pages 2 0 R >>'],
      [2, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>'],
      [
        3,
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << ${fonts.map((_, at) => `/F${at} ${5 + at} 0 R`).join(' ')} >> >> >>`,
      ],
      [4, `<< /Length ${operations.length} >>\nstream\n${operations}\nendstream`],
      ...fonts.map((name, at): [number, string] => [
        5 + at,
        `<< /Type /Font /Subtype /Type1 /BaseFont /${name} >>`,
      ]),
    ]),
  );

test.each<[string, string, Uint8Array, string]>([
  [
    'the lines of code of a page',
    'a.html',
    html('<p>Loop:<pre><code>for x in y:\n    pass  # &lt;b&gt;</code></pre>then<pre>one<br>two'),
    'Loop:\n\n```\nfor x in y:\n    pass  # <b>\n```\n\nthen\n\n```\none\ntwo\n```',
  ],
  [
    'nothing of a page that a person does not see',
    'a.html',
    html(
      '<p hidden>no<div>yes</div><div style="color: red; display: none"><div>no</div><p>no</div>seen <span hidden>no</span>too<ul><li hidden>no<li>item</ul>',
    ),
    'yes\n\nseen too\n\n- item',
  ],
  [
    'headings and paragraphs of a page that a table sets in columns, and the tables within',
    'a.html',
    html(
      '<table><tr><td><b>Menu</b><td><h1>Cells</h1><p>One.<p>Two.<ul><li>a<li>b</ul><table><tr><td>x<td>y<tr><td>1<td>2</table></table>',
    ),
    'Menu\n\n# Cells\n\nOne.\n\nTwo.\n\n- a\n- b\n\nx | y\n1 | 2',
  ],
  [
    'how signs are spoken, and the numbers of notes apart from words',
    'a.html',
    html(
      '<p><ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>は<ruby>東<rt>とう</ruby>。<p>Small.<a role="doc-noteref" href="#n">1</a> <a href="#x">2 cells</a>',
    ),
    '漢字 (かんじ)は東 (とう)。\n\nSmall.¹ 2 cells',
  ],
  [
    'the head of a table with its rows, and what is chosen from apart',
    'a.html',
    html(
      '<table><thead><tr><th>a<th>b</thead><tbody><tr><td>1<td>2</table><select><option>A<option>B</select><button>Go</button>',
    ),
    'a | b\n1 | 2\n\nA B Go',
  ],
  [
    'the notes of a book by their numbers',
    'a.epub',
    epubOf([['a', '<h1>Cells</h1><p>Small.<a epub:type="noteref" href="#n">1</a></p><pre>a\n b</pre>']]),
    '# Cells\n\nSmall.¹\n\n```\na\n b\n```',
  ],
  [
    'who speaks in one caption, and a pause',
    'a.vtt',
    vtt(
      ['00:01.000 --> 00:03.000', '<v Ann>How small?</v> <v Ben>Very.'],
      ['00:03.000 --> 00:04.000', '- One says.\n- Another.'],
      ['00:04.000 --> 00:05.000', 'It goes on'],
      ['00:05.100 --> 00:06.000', 'for a while.'],
      ['01:00:06.000 --> 01:00:07.000', 'Late.'],
    ),
    '[00:00:01] Ann: How small?\n\n[00:00:01] Ben: Very.\n\n[00:00:03] One says.\n\n[00:00:03] Another. It goes on for a while.\n\n[01:00:06] Late.',
  ],
  [
    'headings, lists and letters of a file in RTF',
    'a.rtf',
    rtf(
      "\\pard\\s1\\f0 \\'ca\\par{\\listtext\\f2 \\'b7\\tab}\\pard\\ilvl0\\ls1 point\\par{\\listtext\\f2 \\'b7\\tab}\\pard\\ilvl1 inner\\par{\\listtext 2.\\tab}\\pard step\\par\\pard\\s2 Next\\par\\pard\\f1 caf\\'e9 of 3\\par",
    ),
    '# К\n\n- point\n  - inner\n2. step\n\n## Next\n\ncafé of 3',
  ],
  [
    'what an author of TeX defines',
    'a.tex',
    tex(
      '\\newcommand{\\R}{\\mathbb{R}}\\newcommand\\term[2][old]{\\emph{#2} (#1)}\\def\\pair#1#2{#1 and #2}\\DeclareMathOperator{\\rank}{rank}\\newtheorem{thm}[x]{Satz}\\title{Heat}\\author{A. One\\thanks{U} \\and B. Two}\\date{2026}\\begin{document}\\term{wall}, \\term[new]{cell}, \\pair{a}b in $\\R^n$ of $\\rank A$.\\begin{thm}[Gauss] It adds.\\end{thm}\\end{document}',
    ),
    '# Heat\n\nA. One, B. Two\n\n2026\n\nwall (old), cell (new), a and b in $\\mathbb{R}^n$ of $\\operatorname{rank} A$.\n\nSatz: Gauss. It adds.',
  ],
  [
    'code, quotes, cells and places of TeX',
    'a.tex',
    tex(
      "\\begin{verbatim}\nx = {1} % kept | so\n\\end{verbatim}% gone\nA \\verb|a_b|, `one' and 10\\textsuperscript{23}, \\cite[p.~3]{knuth}.\\begin{tikzpicture}\\draw (0,0);\\end{tikzpicture}\\begin{tabular}{lll}\\multicolumn{2}{c}{Mass} & x\\end{tabular}\\bibitem{knuth} Art.",
    ),
    '```\nx = {1} % kept | so\n```\n\nA `a_b`, ‘one’ and 10²³, [knuth, p. 3].\n\nMass | x\n\n[knuth] Art.',
  ],
  [
    'what a talk shows on some of its slides, quantities and the steps of an algorithm',
    'a.tex',
    tex(
      '\\begin{itemize}\\item<1-> one \\only<2>{two}\\end{itemize}\\SI{5}{\\metre\\per\\second}, \\qtyrange{1}{2}{\\kilo\\gram}, \\ang{30}.\\begin{exercise}[3 points] Do it.\\end{exercise}\\State $x$ \\If{$x>0$} \\State go \\EndIf',
    ),
    '- one two\n\n5 metre/second, 1–2 kilogram, 30°.\n\nExercise: 3 points. Do it.\n\n$x$\nif $x>0$\ngo\nend if',
  ],
  [
    'a formula once, and nothing of the tools of a page',
    'a.html',
    html(
      '<h2>Cells<span class="mw-editsection">[edit]</span></h2><p>So <span class="katex"><math><mi>y</mi></math><span class="katex-html" aria-hidden="true"><span>y</span></span></span> ends.',
    ),
    '## Cells\n\nSo $y$ ends.',
  ],
  [
    'the cells of a table that names its separator first',
    'a.csv',
    bytesOf('sep=;\nName;Mass\nMars;0,107\n'),
    'Row 1. Name: Mars; Mass: 0,107',
  ],
  [
    'the letters of fonts of signs in RTF',
    'a.rtf',
    bytesOf(
      "{\\rtf1{\\fonttbl{\\f0 Arial;}{\\f2\\fcharset2 Symbol;}{\\f3\\fcharset2{\\*\\panose 0500}Wingdings{\\*\\falt Symbol};}}\\f0 A {\\f2 a\\'a3b} and {\\f3\\'e0}{\\f2\\u-3913?} {\\f3\\u-3872?} a\\par}",
    ),
    'A α≤β and →• → a',
  ],
  [
    'numbers in words before items of RTF, and signs of fonts as points',
    'a.rtf',
    rtf(
      '{\\listtext Article I\\tab}\\pard Scope\\par{\\listtext o\\tab}\\pard point\\par{\\listtext (a)\\tab}\\pard letter\\par',
    ),
    'Article I Scope\n- point\n(a) letter',
  ],
  [
    'what a program says of a picture it drew as nothing',
    'a.ipynb',
    bytesOf(
      JSON.stringify({
        cells: [
          {
            cell_type: 'code',
            source: 'plot(x)',
            outputs: [{ output_type: 'display_data', data: { 'image/png': 'AA', 'text/plain': '<Figure>' } }],
          },
        ],
      }),
    ),
    '```python\nplot(x)\n```',
  ],
  [
    'the numbers of points on a slide',
    'a.pptx',
    pptxOf([
      {
        shapes: `<p:sp><p:nvSpPr><p:cNvPr id="1" name=""/><p:nvPr/></p:nvSpPr><p:txBody>${point('three', numbered('arabicPeriod', 'startAt="3"'))}${point('a', `lvl="1"${numbered('alphaLcParenR')}`)}${point('b', `lvl="1"${numbered('alphaLcParenR')}`)}${point('four', numbered('arabicPeriod'))}${point('bare', '><a:buChar char="x"/>')}${point('anew', numbered('arabicPeriod'))}</p:txBody></p:sp>`,
      },
    ]),
    '3. three\n  a) a\n  b) b\n4. four\n- bare\n1. anew',
  ],
  [
    'names that reach over columns with those below them',
    'a.xlsx',
    xlsxOf([
      {
        name: 'Lab',
        rows: `<row r="1">${cell('A1', 'Results')}</row><row r="2">${cell('A2', 'Sample')}${cell('B2', 'Weight')}</row><row r="3">${cell('B3', 'before')}${cell('C3', 'after')}</row><row r="4">${cell('A4', 's1')}<c r="B4"><v>1.25</v></c><c r="C4"><v>2</v></c></row>`,
        after:
          '<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="A2:A3"/><mergeCell ref="B2:C2"/></mergeCells>',
      },
    ]),
    '# Lab\n\nResults\nColumns: Sample | Weight, before | Weight, after\nRow 4. Sample: s1; Weight, before: 1.25; Weight, after: 2',
  ],
  [
    'the arrows that Word makes while somebody types',
    'a.docx',
    docxOf(
      '<w:p><w:r><w:t>A </w:t></w:r><w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r><w:r><w:t> B</w:t></w:r></w:p>',
    ),
    'A → B',
  ],
  [
    'the signs of fonts whose letters have other names',
    'a.pdf',
    setIn(
      ['Helvetica', 'ABCDEF+MSAM10', 'ABCDEF+CMSY10', 'ABCDEF+Dingbats'],
      'BT /F3 12 Tf 50 700 Td (r) Tj /F0 12 Tf 20 0 Td (The bound holds for 0 ) Tj /F1 12 Tf 130 0 Td (6) Tj /F0 12 Tf 12 0 Td ( x and for x ) Tj /F2 12 Tf 70 0 Td (6) Tj /F0 12 Tf 6 0 Td (= y.) Tj ET',
    ),
    '❒ The bound holds for 0 ⩽ x and for x ≠ y.',
  ],
])('keeps %s', async (_, name, bytes, text) => {
  expect((await read(name, bytes)).pages.map(({ content }) => content).join('\n\n')).toBe(text);
});

test.each([
  [
    'Th´eodore, Cl´ement, na¨ıf, ˆıle, Ma˜nana, fran¸cais, gar¸con',
    'Théodore, Clément, naïf, île, Mañana, français, garçon',
  ],
  ['franc¸ais tr`es ˆθ', 'français très ˆθ'],
  ['x `elem` xs and a`e`b', 'x `elem` xs and a`e`b'],
])('sets accents on their letters: %s', (set, read) => {
  expect(withAccents(set)).toBe(read);
});

test('takes no line of code for a heading, whatever fences stand within', () => {
  const found = headingsOf('# A\n````md\n```\n# inner\n```\n````\n# B\n~~~\n```\n# no\n~~~\n# C');
  expect(found.map(({ title }) => title)).toEqual(['A', 'B', 'C']);
});

test('tells what of a page is hidden', async () => {
  const { account } = await read('a.html', html('<p hidden>a<p>b<p style="visibility:hidden">c</p>'));
  expect(account.hiddenText).toBe(2);
});

test('writes out no command that doubles without an end', () => {
  const macros = new TexMacros();
  const letters = 'abcdefghijklmnopqrstuvwxy';
  const names = [...letters].map((letter) => `\\x${letter}`);
  macros.gather(
    names.map((name, at) => `\\def${name}{${names[at + 1] ?? 'z'}${names[at + 1] ?? 'z'}}`).join(''),
  );
  expect(() => macros.expand('\\xa')).toThrow(AppError);
  expect(macros.gather('\\def\\again{\\again}')).toBe('');
  expect(macros.expand('\\again')).toBe('\\again');
});
