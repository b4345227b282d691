import { createCanvas } from '@napi-rs/canvas';
import { zipSync } from 'fflate';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import UTIF from 'utif2';
import type { FileKind } from '../kinds.ts';
import { silenceOf } from '../recording/test-recordings.ts';

/** Small files made in a test, so that none has to be kept in the repository. */

const PAGE_SIZE: [number, number] = [595, 842];

export type PlacedText = { text: string; x: number; y: number; size?: number; bold?: boolean };

export async function pdfOf(pages: readonly (readonly PlacedText[])[]): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const plain = await document.embedFont(StandardFonts.TimesRoman);
  const bold = await document.embedFont(StandardFonts.TimesRomanBold);
  for (const pieces of pages) {
    const page = document.addPage(PAGE_SIZE);
    for (const { text, x, y, size = 11, bold: isBold = false } of pieces) {
      page.drawText(text, { x, y, size, font: isBold ? bold : plain });
    }
  }
  return document.save();
}

/** Lines one below the other, as a word processor sets them. */
export function linesAt(x: number, top: number, lines: readonly string[], size = 11): PlacedText[] {
  return lines.map((text, index) => ({ text, x, y: top - index * size * 1.25, size }));
}

/** Letters by their own numbers, as `drawnPdf` names them. */
export const painted = (text: string): string =>
  `<${Array.from({ length: text.length }, (_, at) => text.charCodeAt(at).toString(16).padStart(4, '0')).join('')}>`;

/** A PDF of pages with these operations; in place of a page that is null stands something else. */
export function drawnPdf(
  pages: string | readonly (string | null)[],
  { annotations = [] as readonly string[] } = {},
): Uint8Array {
  const contents = [pages].flat();
  const stream = (text: string, more = '') =>
    `<< /Length ${text.length} ${more} >>\nstream\n${text}\nendstream`;
  const toUnicode =
    '/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end';
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [${annotations.map((_, index) => `${20 + index} 0 R`).join(' ')}] >> >>`,
    `<< /Type /Pages /Count ${contents.length} /Kids [${contents.map((_, index) => `${40 + 2 * index} 0 R`).join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /Any /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>',
    '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Any /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 /W [19968 40959 1000] /FontDescriptor 6 0 R >>',
    stream(toUnicode),
    '<< /Type /FontDescriptor /FontName /Any /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>',
    stream(
      '00>',
      '/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /ASCIIHexDecode',
    ),
    '<< /Font << /F 3 0 R >> /XObject << /Im 7 0 R >> /ExtGState << /Clear << /ca 0 >> /Solid << /ca 1 >> >> >>',
    stream('', '/Type /XObject /Subtype /Form /BBox [0 0 12 12]'),
  ];
  const placed = new Map(objects.map((object, index) => [index + 1, object]));
  for (const [index, annotation] of annotations.entries())
    placed.set(20 + index, `<< /Type /Annot ${annotation} >>`);
  for (const [index, content] of contents.entries()) {
    const notes = index === 0 ? annotations.map((_, at) => `${20 + at} 0 R`).join(' ') : '';
    const number = 40 + 2 * index;
    const page = `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources 8 0 R /Contents ${number + 1} 0 R /Annots [${notes}] >>`;
    placed.set(number, content === null ? '42' : page);
    placed.set(number + 1, stream(content ?? ''));
  }
  return pdfFile(placed);
}

const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

/** A PDF of these objects by their numbers. Letters beyond the first 256 have no place in it. */
export function pdfFile(objects: ReadonlyMap<number, string>): Uint8Array {
  let body = '%PDF-1.7\n';
  const offsets = [...objects].map(([number, object]) => {
    const at = body.length;
    body += `${number} 0 obj\n${object}\nendobj\n`;
    return `${number} 1\n${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const size = Math.max(...objects.keys()) + 1;
  return latin1(
    `${body}xref\n0 1\n0000000000 65535 f \n${offsets.join('')}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`,
  );
}

/** A PDF whose password check can only fail: the reader has to ask for the password. */
export function lockedPdf(): Uint8Array {
  const hash = 'a5'.repeat(32);
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>',
    `<< /Filter /Standard /V 1 /R 2 /O <${hash}> /U <${hash}> /P -4 >>`,
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const trailer = `<< /Size 5 /Root 1 0 R /Encrypt 4 0 R /ID [<${'00'.repeat(16)}> <${'00'.repeat(16)}>] >>`;
  return bytesOf(
    `${body}xref\n0 5\n0000000000 65535 f \n${table}trailer\n${trailer}\nstartxref\n${body.length}\n%%EOF\n`,
  );
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

type ZipEntry = {
  name: string;
  content: string;
  /** A lie about the unpacked size. */
  claimedBytes?: number;
};

/** Every entry of an archive has a header of its own and a line in the list at the end; both claim a size. */
const HEADERS = [
  { signature: 0x04034b50, sizeAt: 22 },
  { signature: 0x02014b50, sizeAt: 24 },
];

export function zipOf(entries: readonly ZipEntry[], { level = 6 }: { level?: 0 | 6 } = {}): Uint8Array {
  const parts = entries.map(({ name, content }) => [name, bytesOf(content)]);
  const zip = zipSync(Object.fromEntries(parts), { level });
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  for (const { signature, sizeAt } of HEADERS) {
    const starts = [...zip.keys()].filter(
      (at) => at + 4 <= zip.length && view.getUint32(at, true) === signature,
    );
    entries.forEach(({ claimedBytes }, index) => {
      const start = starts[index];
      if (claimedBytes !== undefined && start !== undefined)
        view.setUint32(start + sizeAt, claimedBytes, true);
    });
  }
  return zip;
}

const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A Word document around the XML of its body. */
export function docxOf(body: string): Uint8Array {
  return zipOf([
    {
      name: '[Content_Types].xml',
      content: `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    },
    {
      name: '_rels/.rels',
      content: `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    },
    {
      name: 'word/document.xml',
      content: `<w:document xmlns:w="${WORD}"><w:body>${body}</w:body></w:document>`,
    },
    {
      name: 'word/styles.xml',
      content: `<w:styles xmlns:w="${WORD}"><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>`,
    },
  ]);
}

export const wordParagraph = (text: string, style?: string): string =>
  `<w:p>${style ? `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>` : ''}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;

export const wordTable = (rows: readonly (readonly string[])[]): string =>
  `<w:tbl>${rows.map((cells) => `<w:tr>${cells.map((cell) => `<w:tc>${wordParagraph(cell)}</w:tc>`).join('')}</w:tr>`).join('')}</w:tbl>`;

const packageOf = (main: string, type: string, parts: Readonly<Record<string, string>>): Uint8Array =>
  zipOf(
    Object.entries({
      '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Override PartName="/${main}" ContentType="application/vnd.openxmlformats-officedocument.${type}.main+xml"/></Types>`,
      '_rels/.rels': relationships([['rId1', 'officeDocument', main]]),
      ...parts,
    }).map(([name, content]) => ({ name, content })),
  );

export const relationships = (rows: readonly (readonly [string, string, string])[]): string =>
  `<Relationships xmlns="${PACKAGE}/relationships">${rows.map(([id, type, target]) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`).join('')}</Relationships>`;

const DRAWING =
  'xmlns:p="p" xmlns:a="a" xmlns:r="r" xmlns:m="m" xmlns:c="c" xmlns:dgm="d" xmlns:mc="mc" xmlns:a14="a14"';

export const slideShape = (text: string, placeholder = '', name = ''): string =>
  `<p:sp><p:nvSpPr><p:cNvPr id="1" name="${name}"/><p:nvPr>${placeholder && `<p:ph type="${placeholder}"/>`}</p:nvPr></p:nvSpPr><p:txBody>${text
    .split('\n')
    .map((line) => `<a:p><a:r><a:t>${line}</a:t></a:r></a:p>`)
    .join('')}</p:txBody></p:sp>`;

type TestSlide = {
  shapes: string;
  notes?: string;
  hidden?: boolean;
  parts?: readonly (readonly [string, string, string, string])[];
};

/** A presentation whose slides are shown in the given order, whatever their files are called. */
export function pptxOf(slides: readonly TestSlide[]): Uint8Array {
  const parts: Record<string, string> = {};
  slides.forEach(({ shapes, notes, hidden, parts: named = [] }, index) => {
    const name = `slide${slides.length - index}.xml`;
    parts[`ppt/slides/${name}`] =
      `<p:sld ${DRAWING}${hidden ? ' show="0"' : ''}><p:cSld><p:spTree><p:nvGrpSpPr/>${shapes}</p:spTree></p:cSld></p:sld>`;
    const rows = named.map(([id, type, target]) => [id, type, target] as const);
    if (notes !== undefined) {
      parts[`ppt/notesSlides/n${index}.xml`] =
        `<p:notes ${DRAWING}><p:cSld><p:spTree>${slideShape('9', 'sldNum')}${slideShape(notes, 'body')}</p:spTree></p:cSld></p:notes>`;
      rows.push(['rIdN', 'notesSlide', `../notesSlides/n${index}.xml`]);
    }
    for (const [, , target, content] of named) parts[target.replace('../', 'ppt/')] = content;
    parts[`ppt/slides/_rels/${name}.rels`] = relationships(rows);
  });
  return packageOf('ppt/presentation.xml', 'presentationml.presentation', {
    'ppt/presentation.xml': `<p:presentation ${DRAWING}><p:sldIdLst>${slides.map((_, index) => `<p:sldId id="${256 + index}" r:id="rId${index}"/>`).join('')}</p:sldIdLst></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': relationships(
      slides.map((_, index) => [`rId${index}`, 'slide', `slides/slide${slides.length - index}.xml`]),
    ),
    ...parts,
  });
}

type TestSheet = { name: string; rows: string; after?: string };

/** A workbook around the XML of its rows. */
export const xlsxOf = (
  sheets: readonly TestSheet[],
  { strings = '', styles = '', book = '' } = {},
): Uint8Array =>
  packageOf('xl/workbook.xml', 'spreadsheetml.sheet', {
    'xl/workbook.xml': `<workbook xmlns:r="r">${book}<sheets>${sheets.map(({ name }, index) => `<sheet name="${name}" sheetId="${index + 1}" r:id="rId${index}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationships([
      ...sheets.map((_, index) => [`rId${index}`, 'worksheet', `worksheets/sheet${index}.xml`] as const),
      ['rIdS', 'sharedStrings', 'sharedStrings.xml'],
      ['rIdT', 'styles', 'styles.xml'],
    ]),
    'xl/sharedStrings.xml': `<sst>${strings}</sst>`,
    'xl/styles.xml': `<styleSheet>${styles}</styleSheet>`,
    ...Object.fromEntries(
      sheets.map(({ rows, after = '' }, index) => [
        `xl/worksheets/sheet${index}.xml`,
        `<worksheet><sheetData>${rows}</sheetData>${after}</worksheet>`,
      ]),
    ),
  });

const ODF =
  'xmlns:office="o" xmlns:text="t" xmlns:table="tb" xmlns:draw="d" xmlns:style="s" xmlns:presentation="pr" xmlns:svg="sv" xmlns:xlink="x" xmlns:fo="f" xmlns:dc="dc"';

export const odfOf = (
  kind: 'text' | 'presentation' | 'spreadsheet',
  body: string,
  { styles = '', manifest = '', parts = [] as readonly ZipEntry[] } = {},
): Uint8Array =>
  zipOf([
    { name: 'mimetype', content: `application/vnd.oasis.opendocument.${kind}` },
    {
      name: 'META-INF/manifest.xml',
      content: `<manifest:manifest xmlns:manifest="m">${manifest}</manifest:manifest>`,
    },
    {
      name: 'content.xml',
      content: `<office:document-content ${ODF}><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:${kind}>${body}</office:${kind}></office:body></office:document-content>`,
    },
    ...parts,
  ]);

/** A book whose spine names the chapters in the order given. */
export const epubOf = (
  chapters: readonly (readonly [string, string])[],
  {
    spine = chapters.map(([name]) => name),
    titles = {} as Readonly<Record<string, string>>,
    parts = [] as readonly ZipEntry[],
  } = {},
): Uint8Array =>
  zipOf([
    { name: 'mimetype', content: 'application/epub+zip' },
    {
      name: 'META-INF/container.xml',
      content: '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
    },
    {
      name: 'OEBPS/book.opf',
      content: `<package><manifest><item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>${chapters.map(([name]) => `<item id="${name}" href="text/${name}.xhtml" media-type="application/xhtml+xml"/>`).join('')}</manifest><spine>${spine.map((name) => `<itemref idref="${name}"/>`).join('')}</spine></package>`,
    },
    {
      name: 'OEBPS/toc.ncx',
      content: `<ncx><navMap>${Object.entries(titles)
        .map(
          ([name, title]) =>
            `<navPoint><navLabel><text>${title}</text></navLabel><content src="text/${name}.xhtml#start"/></navPoint>`,
        )
        .join('')}</navMap></ncx>`,
    },
    ...chapters.map(([name, body]) => ({
      name: `OEBPS/text/${name}.xhtml`,
      content: `<html><body>${body}</body></html>`,
    })),
    ...parts,
  ]);

/** A page of print, as a scanner or a telephone takes it. */
export async function scanOf(
  lines: readonly string[],
  { format = 'png', size = 32 }: { format?: 'png' | 'jpeg' | 'webp' | 'tiff'; size?: number } = {},
): Promise<Uint8Array> {
  const canvas = createCanvas(1_240, Math.max(400, 160 + lines.length * size * 1.6));
  const context = canvas.getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = 'black';
  context.font = `${size}px serif`;
  for (const [index, line] of lines.entries()) context.fillText(line, 80, 100 + index * size * 1.6);
  if (format === 'tiff') {
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    return new Uint8Array(UTIF.encodeImage(new Uint8Array(data), canvas.width, canvas.height));
  }
  return new Uint8Array(format === 'png' ? await canvas.encode('png') : await canvas.encode(format, 90));
}

const plain = (sentence: string) => bytesOf(`${sentence}\n`);
const paragraph = (sentence: string) => `<text:p>${sentence}</text:p>`;
const SAMPLES: Record<
  FileKind['reader'],
  (sentence: string, container: FileKind['container']) => Uint8Array | Promise<Uint8Array>
> = {
  pdf: (sentence) => pdfOf([linesAt(72, 760, [sentence, sentence])]),
  docx: (sentence) => docxOf(wordParagraph(sentence)),
  text: plain,
  csv: plain,
  html: plain,
  tex: plain,
  pptx: (sentence) => pptxOf([{ shapes: slideShape(sentence) }]),
  xlsx: (sentence) =>
    xlsxOf([{ name: 'A', rows: `<row r="1"><c r="A1" t="inlineStr"><is><t>${sentence}</t></is></c></row>` }]),
  odt: (sentence) => odfOf('text', paragraph(sentence)),
  odp: (sentence) =>
    odfOf(
      'presentation',
      `<draw:page><draw:frame><draw:text-box>${paragraph(sentence)}</draw:text-box></draw:frame></draw:page>`,
    ),
  ods: (sentence) =>
    odfOf(
      'spreadsheet',
      `<table:table table:name="A"><table:table-row><table:table-cell>${paragraph(sentence)}</table:table-cell></table:table-row></table:table>`,
    ),
  epub: (sentence) => epubOf([['one', `<p>${sentence}</p>`]]),
  rtf: (sentence) => bytesOf(`{\\rtf1 ${sentence}\\par}`),
  notebook: (sentence) => bytesOf(JSON.stringify({ cells: [{ cell_type: 'markdown', source: [sentence] }] })),
  image: (sentence, container) =>
    scanOf([sentence.slice(0, 50), sentence.slice(50)], { format: container as 'png' }),
  recording: (_, container) => silenceOf(container, 4),
  captions: (sentence) => bytesOf(`1\n00:00:01,000 --> 00:00:04,000\n${sentence}\n`),
};

/** A small file of a kind that says one sentence. */
export const sampleOf = ({ reader, container }: FileKind, sentence: string) =>
  SAMPLES[reader](sentence, container);
