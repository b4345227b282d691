import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { deflateSync } from 'node:zlib';
import { healthOf } from '../lib/http/draining.ts';
import {
  bytesOf,
  docxOf,
  drawnPdf,
  epubOf,
  odfOf,
  painted,
  pdfFile,
  pptxOf,
  relationships,
  slideShape,
  wordParagraph,
  xlsxOf,
  zipOf,
} from '../lib/ingestion/extract/test-files.ts';
import { createReaderPool, type ReaderPool } from '../lib/ingestion/reader/pool.ts';
import { computingPackage } from '../lib/study/anki/test-collection.ts';
import type { Benchmark, Measurement } from './benchmark.ts';
import { askHealth } from './health.ts';

/** Files made to take more than they are worth, some kilobytes or megabytes each; each is read in a thread of its own. */
const nested = (open: string, close: string, times: number) => `${open.repeat(times)}x${close.repeat(times)}`;
const page = (content: string) => drawnPdf(`BT /F 12 Tf ${content} ET`);
const stream = (text: string, more = '') =>
  `<< /Length ${text.length} ${more} >>\nstream\n${text}\nendstream`;
const zeros = (megabytes: number) =>
  deflateSync(Buffer.alloc(megabytes * 1024 * 1024, 'a b ')).toString('latin1');
const PAGES = '<< /Type /Pages /Count 1 /Kids [3 0 R] >>';
const CATALOG = '<< /Type /Catalog /Pages 2 0 R >>';
const pdf = (pageObject: string, ...more: string[]) =>
  pdfFile(new Map([CATALOG, PAGES, pageObject, ...more].map((object, index) => [index + 1, object])));
const onPage = (contents: string, resources = '') =>
  `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${contents} /Resources << ${resources} >> >>`;
const sheet = (rows: string) => xlsxOf([{ name: 'A', rows }]);
const table = (inner: string) => odfOf('spreadsheet', `<table:table table:name="A">${inner}</table:table>`);
const png = (width: number, height: number) => {
  const head = Buffer.from('89504e470d0a1a0a0000000d494844520000000000000000080600000000000000', 'hex');
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return new Uint8Array(head);
};
const laughs = Array.from({ length: 12 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');
const doctype = `<!DOCTYPE x [<!ENTITY l0 "ha">${laughs}<!ENTITY f SYSTEM "file:///etc/passwd">]>`;

export const BOMBS: Record<string, () => Uint8Array> = {
  'many.docx': () => docxOf(wordParagraph('The cell is the unit of life. ').repeat(400_000)),
  'nested-tables.docx': () => docxOf(nested('<w:tbl><w:tr><w:tc>', '</w:tc></w:tr></w:tbl>', 60_000)),
  'nested-runs.docx': () => docxOf(`<w:p>${nested('<w:hyperlink>', '</w:hyperlink>', 200_000)}</w:p>`),
  'cell.docx': () =>
    docxOf(`<w:tbl><w:tr><w:tc>${wordParagraph('The cell.').repeat(120_000)}</w:tc></w:tr></w:tbl>`),
  'spans.docx': () =>
    docxOf(
      `<w:tbl>${`<w:tr>${'<w:tc><w:tcPr><w:gridSpan w:val="9999"/><w:vMerge w:val="restart"/></w:tcPr></w:tc>'.repeat(200)}</w:tr>`.repeat(200)}</w:tbl>`,
    ),
  'equations.docx': () =>
    docxOf(`<w:p><m:oMath>${nested('<m:f><m:num>', '</m:num><m:den/></m:f>', 50_000)}</m:oMath></w:p>`),
  'entities.docx': () =>
    zipOf([
      { name: 'word/document.xml', content: `${doctype}<w:document><w:body>&l12;&f;</w:body></w:document>` },
    ]),
  'lying.docx': () =>
    zipOf([{ name: 'word/document.xml', content: 'a'.repeat(9_000_000), claimedBytes: 10 }]),
  'zeros.docx': () => zipOf([{ name: 'word/document.xml', content: 'a'.repeat(90_000_000) }]),
  'parts.docx': () =>
    zipOf(Array.from({ length: 6_000 }, (_, n) => ({ name: `word/${n}.xml`, content: '' }))),
  'slides.pptx': () => pptxOf(Array.from({ length: 1_500 }, () => ({ shapes: slideShape('x') }))),
  'groups.pptx': () => pptxOf([{ shapes: nested('<p:grpSp>', '</p:grpSp>', 100_000) }]),
  'texts.pptx': () => pptxOf([{ shapes: slideShape('The cell. '.repeat(20)).repeat(60_000) }]),
  'far-cell.xlsx': () =>
    sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'),
  'cells.xlsx': () =>
    sheet(
      Array.from({ length: 3_000 }, (_, n) => `<row r="${n}">${'<c><v>1</v></c>'.repeat(400)}</row>`).join(
        '',
      ),
    ),
  'columns.xlsx': () => sheet(`<row r="1">${'<c t="str"><v>name</v></c>'.repeat(16_000)}</row>`.repeat(40)),
  'sheets.xlsx': () =>
    xlsxOf(Array.from({ length: 2_000 }, (_, n) => ({ name: `S${n}`, rows: '<row><c><v>1</v></c></row>' }))),
  'repeated.ods': () =>
    table(
      '<table:table-row table:number-rows-repeated="1000000000"><table:table-cell table:number-columns-repeated="1000000000" office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell></table:table-row>'.repeat(
        200,
      ),
    ),
  'apart.ods': () =>
    table(
      '<table:table-row><table:table-cell table:number-columns-repeated="900000000"/><table:table-cell><text:p>1</text:p></table:table-cell></table:table-row>'.repeat(
        2_000,
      ),
    ),
  'spaces.odt': () =>
    odfOf(
      'text',
      `<text:p>a<text:s text:c="2000000000"/>${'<text:s text:c="2000000000"/>'.repeat(100_000)}b</text:p>`,
    ),
  'lists.odt': () =>
    odfOf('text', nested('<text:list><text:list-item>', '</text:list-item></text:list>', 60_000)),
  'spans.odt': () =>
    odfOf(
      'text',
      `<table:table>${'<table:table-row><table:table-cell table:number-columns-spanned="99999" table:number-rows-spanned="99999"><text:p>x</text:p></table:table-cell></table:table-row>'.repeat(20_000)}</table:table>`,
    ),
  'frames.odp': () =>
    odfOf('presentation', `<draw:page>${nested('<draw:g>', '</draw:g>', 100_000)}</draw:page>`),
  'spine.epub': () =>
    epubOf([['one', `<p>${'The cell. '.repeat(50_000)}</p>`]], {
      spine: Array.from({ length: 5_000 }, () => 'one'),
    }),
  'chapters.epub': () => epubOf(Array.from({ length: 4_000 }, (_, n) => [`c${n}`, '<p>x</p>'] as const)),
  'lists.html': () => bytesOf(nested('<ul><li>', '</li></ul>', 100_000)),
  'beginnings.html': () => bytesOf('<!--<a '.repeat(1_000_000)),
  'angles.html': () => bytesOf(`${'<'.repeat(2_000_000)}>`),
  'scripts.html': () => bytesOf('<script>'.repeat(400_000)),
  'bold.html': () => bytesOf(`<p>${'<b>x</b>'.repeat(600_000)}</p>`),
  'row.html': () => bytesOf(`<table><tr>${'<td>x<p>y'.repeat(300_000)}</table>`),
  'math.html': () => bytesOf(`<math>${nested('<mfrac><mrow>', '</mrow><mn>1</mn></mfrac>', 150_000)}</math>`),
  'tables.html': () => bytesOf('<table><tr><td rowspan=9999 colspan=9999>x'.repeat(40_000)),
  'quotes.csv': () => bytesOf('"a""'.repeat(2_000_000)),
  'columns.csv': () => bytesOf(`${','.repeat(400_000)}\n`.repeat(10)),
  'brackets.md': () => bytesOf(`# ${'[a]('.repeat(80)}\n`.repeat(20_000)),
  'marks.txt': () => bytesOf('a\u0301'.repeat(3_000_000)),
  'groups.rtf': () => bytesOf(`{\\rtf1 ${nested('{', '}', 1_000_000)}}`),
  'raw.rtf': () => bytesOf(`{\\rtf1 ${'\\bin2000000000 '.repeat(300_000)}}`),
  'macros.tex': () =>
    bytesOf(`\\def\\a{\\a\\a}${'\\newcommand{\\b}{\\b\\b}'.repeat(50_000)}\\a\\b${'{'.repeat(500_000)}`),
  'deep.ipynb': () => bytesOf(`{"cells":${nested('[', ']', 2_000_000).replace('x', '')}}`),
  'times.srt': () => bytesOf('99:99:99,999 --> 00:00:00,000\nx\n\n'.repeat(200_000)),
  'inflated.pdf': () => pdf(onPage('4 0 R'), stream(zeros(300), '/Filter /FlateDecode')),
  'twice-inflated.pdf': () =>
    pdf(
      onPage('4 0 R'),
      stream(
        deflateSync(Buffer.from(zeros(900), 'latin1')).toString('latin1'),
        '/Filter [/FlateDecode /FlateDecode]',
      ),
    ),
  'letters.pdf': () => page(`1 0 0 1 60 700 Tm ${`${painted('cell ')} Tj `.repeat(150_000)}`),
  'recursive.pdf': () =>
    pdf(
      onPage('4 0 R', '/XObject << /A 5 0 R >>'),
      stream('/A Do '.repeat(50)),
      stream(
        '/A Do '.repeat(50),
        '/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A 5 0 R /B 6 0 R >> >>',
      ),
      stream('/A Do'),
    ),
  'forms.pdf': () =>
    pdf(
      onPage('4 0 R', '/XObject << /A 5 0 R >>'),
      stream('/A Do '.repeat(30)),
      ...Array.from({ length: 6 }, (_, n) =>
        stream(
          '/A Do '.repeat(30),
          `/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A ${n + 6} 0 R >> >>`,
        ),
      ),
    ),
  'loop.pdf': () =>
    pdfFile(
      new Map([
        [1, CATALOG],
        [2, '<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] >>'],
      ]),
    ),
  'paths.pdf': () => drawnPdf('0 0 9 9 re f '.repeat(300_000)),
  'notes.pdf': () =>
    drawnPdf('BT /F 12 Tf 1 0 0 1 60 700 Tm <0041> Tj ET', {
      annotations: Array.from(
        { length: 18 },
        () => `/Subtype /Highlight /Rect [0 0 9 9] /QuadPoints [${'0 0 9 9 0 9 9 9 '.repeat(20_000)}]`,
      ),
    }),
  'fields.pdf': () =>
    drawnPdf(`BT /F 12 Tf 1 0 0 1 60 700 Tm ${`${painted('cell ')} Tj `.repeat(5_000)} ET`, {
      annotations: Array.from(
        { length: 5_000 },
        (_, n) => `/Subtype /Widget /FT /Tx /T (f${n}) /V (${'a\\n'.repeat(300)}) /Rect [0 0 9 9]`,
      ),
    }),
  'picture.pdf': () =>
    pdf(
      onPage('4 0 R', '/XObject << /A 5 0 R >>'),
      stream('q 500 0 0 500 0 0 cm /A Do Q'),
      stream(
        zeros(190),
        '/Type /XObject /Subtype /Image /Width 6900 /Height 6900 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode',
      ),
    ),
  'huge.png': () => png(60_000, 60_000),
  'chunk.docx': () => {
    let inner = docxOf(wordParagraph('x'));
    for (let depth = 0; depth < 30; depth++) {
      const content = Buffer.from(inner).toString('latin1');
      inner = zipOf([
        {
          name: 'word/document.xml',
          content: '<w:document xmlns:w="w" xmlns:r="r"><w:body><w:altChunk r:id="a"/></w:body></w:document>',
        },
        { name: 'word/_rels/document.xml.rels', content: relationships([['a', 'aFChunk', 'a.docx']]) },
        { name: 'word/a.docx', content },
      ]);
    }
    return inner;
  },
};

const CPU_SECONDS = 5;
const MEGABYTES = 300;
const MEGABYTE = 1024 * 1024;

/** What is no document, each read by a work of its own. Made first and read then. */
type Reading = (pool: ReaderPool) => Promise<object>;
const now = new Date('2026-01-01T00:00:00Z');
const EVENT =
  'BEGIN:VEVENT\nDTSTART:20260101T080000Z\nDTEND:20260101T090000Z\nRRULE:FREQ=DAILY\nEND:VEVENT\n';
const cards = (bytes: Uint8Array): Reading => {
  return (pool) => pool.read('bench', 'cards', { bytes, kind: 'csv', deck: null, now });
};
const anki = (bytes: Uint8Array): Reading => {
  return (pool) => pool.read('bench', 'anki', { bytes, now });
};
const OTHERS: Record<string, () => Reading> = {
  'computing.apkg': () => anki(computingPackage()),
  'zeros.apkg': () => anki(zipOf([{ name: 'collection.anki2', content: 'a'.repeat(300_000_000) }])),
  'quotes of cards.csv': () => cards(bytesOf('"a""'.repeat(2_000_000))),
  'daily.ics': () => {
    const text = `BEGIN:VCALENDAR\n${EVENT.repeat(9_000)}END:VCALENDAR`;
    return (pool) => pool.read('bench', 'calendar', { text, now, timezone: 'UTC' });
  },
};
const documentOf = (fileName: string, make: () => Uint8Array) => (): Reading => {
  const bytes = make();
  return (pool) => pool.read('bench', 'document', { bytes, fileName, mimeType: '' });
};

async function explode(read: Reading) {
  const pool = createReaderPool({ threads: 1 });
  const before = { cpu: process.cpuUsage(), rss: process.memoryUsage.rss() };
  let most = before.rss;
  const look = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 20);
  const outcome = await read(pool).then(
    (value) =>
      'pages' in value && Array.isArray(value.pages) ? `read, ${value.pages.length} pages` : 'read',
    (error: { code?: string; message: string }) => `${error.code ?? 'no code'}: ${error.message}`,
  );
  clearInterval(look);
  const { user, system } = process.cpuUsage(before.cpu);
  return { outcome, seconds: (user + system) / 1e6, megabytes: (most - before.rss) / MEGABYTE };
}

export const bombsBenchmark: Benchmark = {
  name: 'Hostile files',
  run: async () => {
    let [worstSeconds, worstMegabytes, unsaid] = [0, 0, 0];
    // Made beforehand: that is work of this thread.
    const { only } = parseArgs({
      allowPositionals: true,
      strict: false,
      options: { only: { type: 'string' } },
    }).values;
    const documents = Object.entries(BOMBS).map(([name, make]) => [name, documentOf(name, make)] as const);
    const readings = [...documents, ...Object.entries(OTHERS)]
      .filter(([name]) => typeof only !== 'string' || name.includes(only))
      .map(([name, make]) => ({ name, read: make() }));
    // The app's answer from the process that has the threads.
    const server = createServer(async (_, response) => response.end(await healthOf().text()));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const askedHealth = askHealth([`http://127.0.0.1:${(server.address() as AddressInfo).port}`]);
    for (const { name, read } of readings) {
      const { outcome, seconds, megabytes } = await explode(read);
      console.log(
        `${name.padEnd(20)} ${seconds.toFixed(1).padStart(5)} CPU-s ${megabytes.toFixed(0).padStart(5)} MB  ${outcome.slice(0, 110)}`,
      );
      worstSeconds = Math.max(worstSeconds, seconds);
      worstMegabytes = Math.max(worstMegabytes, megabytes);
      if (!/^(?:read|file_|payload_too_large)/.test(outcome)) unsaid += 1;
    }
    const health = await askedHealth();
    server.close();
    const measured: Measurement[] = [
      { name: `files tried`, value: readings.length, unit: 'count', atLeast: 58 },
      // With the start of a thread, and the looks at it.
      { name: 'work of the worst', value: worstSeconds, unit: 's', atMost: CPU_SECONDS },
      { name: 'memory of the worst', value: worstMegabytes, unit: 'MB', atMost: MEGABYTES },
      { name: 'ends without a sentence of their own', value: unsaid, unit: 'count', atMost: 0 },
      ...health,
    ];
    return measured;
  },
};
