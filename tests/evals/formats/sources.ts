/** What files of each kind are made from: texts of others with what each program writes in its own way put between. */

const esc = (text: string): string => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const pick = <T>(all: readonly T[], at: number): T => all[at % all.length] as T;

/** One of what a note may hold, by its number: what is written behind a marker has to come out. */
const MARKDOWN: readonly ((n: number) => string)[] = [
  (n) =>
    `1. First step of round ${n}\n2. Second step\n   - an inner point\n   - another, with **bold** and *slanted* words\n3. Third step\n\nA sentence between.\n\n(@) Resumed example ${n}\n`,
  (n) =>
    `| Planet | Mass (earths) | Moons |\n|:--|--:|:-:|\n| Mars ${n} | 0.107 | 2 |\n| Jupiter | 317.8 | 95 |\n\n: Bodies of round ${n}\n`,
  (n) =>
    `The claim stands here[^a${n}], and another one[^b${n}].\n\n[^a${n}]: A footnote of the claim ${n}, with *emphasis*.\n[^b${n}]: Its second note.\n\n    A second paragraph of that note.\n`,
  (n) =>
    `Avogadro counted 6.02 × 10^23^ of them, water is H~2~O, and x^${n + 2}^ is a power.\n\nThe energy is $E = mc^2$ by Einstein, and\n\n$$\\frac{a}{b} + \\sqrt{${n + 1}x}$$\n`,
  (n) =>
    `> A quoted thought of ${n}.\n>\n> > And one within.\n\nTerm ${n}\n:   Its definition, spelled out.\n\nOther term\n:   Another definition.\n`,
  (n) =>
    '```python\n' +
    `def f${n}(x):\n    return x ** ${n}\n` +
    '```\n\n' +
    'Call `f(3)` twice, see <https://example.org/a>.\n',
  () =>
    'Клетка есть основа жизни. Η ψυχή και το σώμα. Größenwahn, naïveté, œuvre, żółw.\n\n細胞は生命の基本単位である。\n',
  (n) =>
    `+-----------+------------------+\n| Cell      | Several          |\n+===========+==================+\n| one ${n}     | first paragraph  |\n|           |                  |\n|           | second paragraph |\n+-----------+------------------+\n| two       | - point a        |\n|           | - point b        |\n+-----------+------------------+\n`,
  (n) =>
    `- [ ] An open task ${n}\n- [x] A done task\n\n* loose item\n\n  with a second paragraph\n\n* last item\n`,
  (n) =>
    `A [link to a page](https://example.org/${n} "title"), an escaped \\* star, an en–dash, “quotes” and a line\\\nthat breaks.\n\n---\n\n| a line block ${n}\n|    indented\n`,
];

/** A note in Markdown: paragraphs of a text, between them what programs write each in its own way. */
export function markdownNote(text: string, n: number): string {
  const paragraphs = text
    .split(/\n{2,}/)
    .map((paragraph) =>
      paragraph
        .replace(/[^\p{L}\p{N}\s.,;:()'’-]/gu, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((paragraph) => paragraph.length > 80)
    .slice(n % 5, (n % 5) + 8);
  const blocks = paragraphs.flatMap((paragraph, at) => [
    ...(at % 3 === 0 ? [`${'#'.repeat(1 + (at % 2))} Part ${at + 1} of note ${n}`] : []),
    paragraph.replace(/^(\d+)\./, '$1'),
    pick(MARKDOWN, n + at)(n + at),
  ]);
  return `${blocks.join('\n\n')}\n`;
}

/** Slides in Markdown, with what the speaker says. */
export function markdownSlides(text: string, n: number): string {
  const sentences = text
    .replace(/[^\p{L}\p{N}\s.,;()-]/gu, ' ')
    .split(/(?<=\.)\s+/)
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim())
    .filter(({ length }) => length > 30 && length < 160);
  const slide = (at: number) => {
    const [a = 'One.', b = 'Two.', c = 'Three.'] = sentences.slice(at * 3);
    const body = [
      `- ${a}\n- ${b}\n    - ${c}`,
      `:::::: columns\n::: column\n- ${a}\n:::\n::: column\n- ${b}\n- ${c}\n:::\n::::::`,
      `| Left | Right |\n|---|---|\n| ${at} | value ${n} |\n| more | ${at * 7} |`,
      `${a}\n\n1. ${b}\n2. ${c}`,
      `${a} Water is H~2~O and 10^${at + 20}^ is large.`,
    ];
    return `## Slide ${at + 1} of ${n}\n\n${pick(body, at + n)}\n\n::: notes\n${c} Say it slowly on slide ${at + 1}.\n\nThen go on.\n:::\n`;
  };
  return `---\ntitle: Lecture ${n}\n---\n\n${Array.from({ length: 5 }, (_, at) => slide(at)).join('\n')}`;
}

const OFFICE =
  'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:chart="urn:oasis:names:tc:opendocument:xmlns:chart:1.0" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.3"';

const flat = (kind: 'text' | 'presentation' | 'spreadsheet', styles: string, body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<office:document ${OFFICE} office:mimetype="application/vnd.oasis.opendocument.${kind}">${styles}<office:body><office:${kind}>${body}</office:${kind}></office:body></office:document>`;

const para = (text: string, style = ''): string =>
  `<text:p${style && ` text:style-name="${style}"`}>${text}</text:p>`;
const cell = (inner: string, more = ''): string =>
  `<table:table-cell office:value-type="string"${more}>${inner}</table:table-cell>`;
const covered = '<table:covered-table-cell/>';
const row = (...cells: string[]): string => `<table:table-row>${cells.join('')}</table:table-row>`;
const grid = (name: string, columns: number, rows: string): string =>
  `<table:table table:name="${name}"><table:table-column table:number-columns-repeated="${columns}"/>${rows}</table:table>`;

/** What only a word processor writes. */
const WRITTEN: readonly ((n: number) => string)[] = [
  (n) =>
    para(
      `Beside this sentence stands a box.<draw:frame text:anchor-type="paragraph" svg:width="6cm" svg:height="2cm" svg:x="9cm" svg:y="0cm"><draw:text-box>${para(`Words in a box ${n}`)}${para('and its second line')}</draw:text-box></draw:frame>`,
    ),
  (n) =>
    para(
      `It is so<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>${para(`Footnote number ${n} says why.`)}</text:note-body></text:note> and ends<text:note text:note-class="endnote"><text:note-citation>i</text:note-citation><text:note-body>${para(`Endnote number ${n} closes.`)}</text:note-body></text:note> here.`,
    ),
  (n) =>
    grid(
      `T${n}`,
      3,
      row(
        cell(para(`Head ${n} over two`), ' table:number-columns-spanned="2"'),
        covered,
        cell(para('Right')),
      ) +
        row(
          cell(para('Label'), ' table:number-rows-spanned="2"'),
          cell(para('a1')),
          cell(para('2006') + para('2007')),
        ) +
        row(covered, cell(para('a2')), cell(para('17,542') + para('34,000'))),
    ),
  (n) =>
    para(
      `A remark<office:annotation><dc:creator>Ann</dc:creator>${para(`comment ${n} on it`)}</office:annotation> stands beside these words.`,
    ),
  (n) =>
    para(
      `Kept <text:change text:change-id="d${n}"/>words and <text:change-start text:change-id="i${n}"/>inserted ${n}<text:change-end text:change-id="i${n}"/> ones.`,
    ),
  (n) =>
    `<text:list text:style-name="L1"><text:list-item>${para(`Number one of ${n}`)}<text:list><text:list-item>${para('deeper')}</text:list-item><text:list-item>${para('deeper still')}</text:list-item></text:list></text:list-item><text:list-item>${para('number two')}</text:list-item></text:list>${para('Between lists.')}<text:list text:style-name="L1" text:continue-numbering="true"><text:list-item>${para('number three goes on')}</text:list-item></text:list>`,
  (n) =>
    para(
      `Chapter <text:bookmark-start text:name="b${n}"/>named ${n}<text:bookmark-end text:name="b${n}"/>, see <text:bookmark-ref text:reference-format="text" text:ref-name="b${n}">named ${n}</text:bookmark-ref>, by <text:a xlink:href="https://example.org/">a linked word</text:a>.`,
    ),
  (n) =>
    para(
      `10<text:span text:style-name="Up">${n + 20}</text:span> and H<text:span text:style-name="Down">2</text:span>O with tab<text:tab/>and three<text:s text:c="3"/>blanks.`,
    ),
  (n) =>
    `<text:section text:name="S${n}">${para(`Inside a section ${n}`)}${grid(`N${n}`, 2, row(cell(para('outer left')), cell(para('outer right') + para('with a line'))))}</text:section>`,
];

const tracked = (numbers: readonly number[]): string =>
  `<text:tracked-changes>${numbers
    .flatMap((n) => [
      `<text:changed-region text:id="d${n}"><text:deletion><office:change-info><dc:creator>A</dc:creator><dc:date>2024-01-02T03:04:05</dc:date></office:change-info>${para('removed words')}</text:deletion></text:changed-region>`,
      `<text:changed-region text:id="i${n}"><text:insertion><office:change-info><dc:creator>A</dc:creator><dc:date>2024-01-02T03:04:05</dc:date></office:change-info></text:insertion></text:changed-region>`,
    ])
    .join('')}</text:tracked-changes>`;

const TEXT_STYLES = `<office:styles><style:style style:name="Standard" style:family="paragraph"/><style:style style:name="Up" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style><style:style style:name="Down" style:family="text"><style:text-properties style:text-position="sub 58%"/></style:style><text:list-style style:name="L1">${[1, 2].map((level) => `<text:list-level-style-number text:level="${level}" style:num-format="1" style:num-suffix="."><style:list-level-properties text:space-before="${level * 0.6}cm" text:min-label-width="0.6cm"/></text:list-level-style-number>`).join('')}</text:list-style></office:styles><office:automatic-styles><style:page-layout style:name="pm1"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"/></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm1"/></office:master-styles>`;

/** A document as a word processor writes it. */
export function flatDocument(text: string, n: number): string {
  const paragraphs = text
    .split(/\n{2,}/)
    .map((paragraph) =>
      esc(
        paragraph
          .replace(/[#*_`|[\]]/g, ' ')
          .replace(/\s+/g, ' ')
          .trim(),
      ),
    )
    .filter(({ length }) => length > 60)
    .slice(n % 4, (n % 4) + 6);
  const body = paragraphs.map((paragraph, at) => {
    const heading =
      at % 2 === 0 ? `<text:h text:outline-level="${1 + (at % 3)}">Heading ${at + 1} of ${n}</text:h>` : '';
    return heading + para(paragraph) + pick(WRITTEN, n + at)(n * 10 + at);
  });
  const contents = `<text:table-of-content text:name="C"><text:table-of-content-source text:outline-level="3"/><text:index-body>${para(`Heading 1 of ${n}<text:tab/>1`)}</text:index-body></text:table-of-content>`;
  const changes = tracked(paragraphs.map((_, at) => n * 10 + at));
  return flat('text', TEXT_STYLES, changes + (n % 2 === 0 ? contents : '') + body.join(''));
}

const box = (x: number, y: number, inner: string, width = 9, height = 2): string =>
  `<draw:frame svg:x="${x}cm" svg:y="${y}cm" svg:width="${width}cm" svg:height="${height}cm"><draw:text-box>${inner}</draw:text-box></draw:frame>`;

/** What stands on slides beside points, drawn from the lower to the upper on purpose. */
const DRAWN: readonly ((n: number) => string)[] = [
  (n) =>
    `<draw:g>${box(2, 12, para(`Grouped below ${n}`))}<draw:g>${box(2, 9, para(`Grouped within ${n}`))}</draw:g></draw:g>`,
  (n) =>
    `<draw:frame svg:x="2cm" svg:y="8cm" svg:width="16cm" svg:height="4cm">${grid(`D${n}`, 2, row(cell(para(`Row ${n} left`)), cell(para('Row right'))) + row(cell(para('Below left')), cell(para('Below right'))))}</draw:frame>`,
  (n) =>
    `<draw:custom-shape svg:x="14cm" svg:y="11cm" svg:width="8cm" svg:height="3cm">${para(`In a shape ${n}`)}<draw:enhanced-geometry draw:type="rectangle"/></draw:custom-shape>`,
  (n) => box(14, 8, para(`Lower column ${n}`)) + box(14, 5, para(`Upper column ${n}`)),
];

/** Slides as a program for presentations writes them. */
export function flatSlides(text: string, n: number): string {
  const sentences = text
    .replace(/[#*_`|[\]<>&]/g, ' ')
    .split(/(?<=\.)\s+/)
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim())
    .filter(({ length }) => length > 20 && length < 140);
  const pages = Array.from({ length: 4 }, (_, at) => {
    const [a = 'One.', b = 'Two.'] = sentences.slice(at * 2);
    const title = `<draw:frame presentation:class="title" svg:x="2cm" svg:y="1cm" svg:width="22cm" svg:height="2cm"><draw:text-box>${para(`${a.split(' ').slice(0, 3).join(' ')} (${n})`)}</draw:text-box></draw:frame>`;
    const notes = `<presentation:notes><draw:page-thumbnail svg:x="1cm" svg:y="1cm" svg:width="10cm" svg:height="7cm" draw:page-number="${at + 1}" presentation:class="page"/><draw:frame presentation:class="notes" svg:x="2cm" svg:y="14cm" svg:width="16cm" svg:height="10cm"><draw:text-box>${para(`Spoken on ${at + 1}: ${b}`)}</draw:text-box></draw:frame></presentation:notes>`;
    const list = `<text:list><text:list-item>${para(a)}</text:list-item><text:list-item>${para(b)}</text:list-item></text:list>`;
    return `<draw:page draw:name="page${at + 1}" draw:master-page-name="M">${pick(DRAWN, n + at)(n * 10 + at)}${box(2, 3.5, list, 22, 4)}${title}${notes}</draw:page>`;
  });
  const styles =
    '<office:styles/><office:automatic-styles><style:page-layout style:name="PM"><style:page-layout-properties fo:page-width="28cm" fo:page-height="21cm"/></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="M" style:page-layout-name="PM"/></office:master-styles>';
  return flat('presentation', styles, pages.join(''));
}

const figure = (value: number, style = '', formula = ''): string =>
  `<table:table-cell office:value-type="float" office:value="${value}"${style && ` table:style-name="${style}"`}${formula && ` table:formula="of:=${formula}"`}>${para(String(value))}</table:table-cell>`;
const dated = (date: string): string =>
  `<table:table-cell office:value-type="date" office:date-value="${date}" table:style-name="Dated">${para(date)}</table:table-cell>`;

/** A workbook of several sheets. */
export function flatSheets(text: string, n: number): string {
  const names = (text.match(/\p{L}{5,}/gu) ?? ['alpha', 'bravo', 'charlie']).slice(n, n + 60);
  const day = (at: number) =>
    new Date(Date.UTC(2020 + (n % 5), at % 12, 1 + ((n + at * 3) % 28))).toISOString().slice(0, 10);
  const lines = Array.from({ length: 12 + n }, (_, at) =>
    row(
      cell(para(`${pick(names, at)} ${at}`)),
      figure(at * 13 + n),
      figure((at + n) / 8),
      dated(day(at)),
      figure(at * 26 + 2 * n, '', `[.B${at + 2}]*2`),
    ),
  );
  const head = row(...['Name', 'Count', 'Ratio', 'Day', 'Double'].map((name) => cell(para(name))));
  const merged =
    row(cell(para(`Merged title ${n}`), ' table:number-columns-spanned="3"'), covered, covered) +
    row(
      cell(para('Group'), ' table:number-rows-spanned="2"'),
      cell(para('first')),
      cell(para('left<text:s/>and right')),
    ) +
    row(covered, cell(para('second')), cell(para('two') + para('lines')));
  const hidden = `<table:table table:name="Secret ${n}" table:style-name="Hidden">${row(cell(para('hidden words')), figure(n))}</table:table>`;
  const styles =
    '<office:styles/><office:automatic-styles><number:date-style style:name="Iso"><number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/></number:date-style><style:style style:name="Dated" style:family="table-cell" style:data-style-name="Iso"/><style:style style:name="Hidden" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles>';
  return flat(
    'spreadsheet',
    styles,
    grid('Data', 5, head + lines.join('')) + grid('Merged', 3, merged) + hidden,
  );
}

/** Captions of a recording. */
export function captions(text: string, kind: 'srt' | 'vtt', n: number): { file: string; said: string } {
  const sentences = text
    .replace(/[#*_`|[\]<>&]/g, ' ')
    .split(/(?<=\.)\s+/)
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim())
    .filter(({ length }) => length > 20 && length < 200)
    .slice(n, n + 25);
  const mark = kind === 'srt' ? ',' : '.';
  const at = (seconds: number) => `${new Date(seconds * 1_000).toISOString().slice(11, 19)}${mark}250`;
  const cues = sentences.map(
    (sentence, index) => `${index + 1}\n${at(index * 7)} --> ${at(index * 7 + 6)}\n${sentence}\n`,
  );
  return { file: (kind === 'vtt' ? 'WEBVTT\n\n' : '') + cues.join('\n'), said: sentences.join('\n') };
}

/** What students write in scripts that run the other way, or without spaces, with formulas and Latin words in between. */
export const SCRIPTS: Readonly<Record<string, readonly string[]>> = {
  Arabic: [
    'يعتبر المدخل رقم x من مجموعة R مدخلات الشبكة، حيث n عدد المدخلات.',
    'الخلية هي الوحدة الأساسية للحياة، وتحتوي على النواة (nucleus) والسيتوبلازم.',
    'في عام 2007 بلغت القيمة 34,000 دولار، وفي عام 2008 بلغت 17,542 دولار.',
    'تنتقل المياه عبر الغشاء من المحلول المخفف إلى المحلول المركز.',
    'يسمى هذا الانتقال بالتناضح، ولا يحتاج إلى طاقة من الخلية.',
    'سرعة الضوء تساوي 299,792 كيلومترا في الثانية تقريبا.',
  ],
  Hebrew: [
    'התא הוא יחידת החיים הבסיסית, ובתוכו נמצא הגרעין (nucleus).',
    'בשנת 2007 היה הערך 34,000 ובשנת 2008 היה 17,542.',
    'מים עוברים דרך הקרום מתמיסה מהולה לתמיסה מרוכזת.',
    'תהליך זה נקרא אוסמוזה, והוא אינו דורש אנרגיה.',
    'פונקציה f היא רציפה בנקודה x אם הגבול שווה לערך.',
  ],
  Chinese: [
    '细胞是生命的基本单位,细胞核(nucleus)储存遗传信息。',
    '在2007年该数值为34,000,在2008年为17,542。',
    '水分子通过半透膜从低浓度溶液向高浓度溶液移动,这一过程称为渗透。',
    '设随机变量X服从正态分布N,则其期望为零,方差为一。',
    '短期记忆一次大约可以保存七个项目,复述能把其中一些转入长期记忆。',
  ],
  Japanese: [
    '細胞は生命の基本単位であり、核(nucleus)に遺伝情報が保存されている。',
    '水は半透膜を通って濃度の低い溶液から高い溶液へ移動する。',
    'この現象を浸透という。2007年の値は34,000であった。',
    '短期記憶は一度に約七つの項目を保持できる。',
  ],
};

/** The sentences of a script several times over: what a document of it says. */
const paragraphsOf = (script: string): string[] => {
  const sentences = SCRIPTS[script] ?? [];
  return sentences.map((_, at) => sentences.slice(at).join(' '));
};
export const scriptSaid = (script: string): string => paragraphsOf(script).join('\n');

/** As a word processor writes them. */
export function scriptDocument(script: string): string {
  const isLeftward = script === 'Arabic' || script === 'Hebrew';
  const style = `<office:automatic-styles><style:style style:name="P" style:family="paragraph"><style:paragraph-properties fo:text-align="start" style:writing-mode="${isLeftward ? 'rl-tb' : 'lr-tb'}"/></style:style></office:automatic-styles>`;
  return flat(
    'text',
    style,
    paragraphsOf(script)
      .map((text) => para(esc(text), 'P'))
      .join(''),
  );
}
