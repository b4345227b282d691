import { zipSync } from 'fflate';
import { PDFDocument, StandardFonts } from 'pdf-lib';

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

export function zipOf(entries: readonly ZipEntry[]): Uint8Array {
  const zip = zipSync(Object.fromEntries(entries.map(({ name, content }) => [name, bytesOf(content)])));
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
