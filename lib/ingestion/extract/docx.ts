import mammoth from 'mammoth';
import { AppError } from '../../errors.ts';
import { docxParts } from './docx-parts.ts';
import { htmlToText } from './html.ts';
import { sectionExtraction } from './text.ts';
import type { FormatRequest, ReadPages } from './types.ts';
import { checkedZipNames } from './zip-guard.ts';

/** Titles and numbered heading styles of several languages become headings; the rest is recognised by mammoth itself. */
const STYLE_MAP = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Subtitle'] => h2:fresh",
  "p[style-name='Titre'] => h1:fresh",
  "p[style-name='Titel'] => h1:fresh",
];

async function toHtml(bytes: Uint8Array): Promise<string> {
  try {
    let html = '';
    for (const part of docxParts(bytes)) {
      const buffer = Buffer.from(part.buffer, part.byteOffset, part.byteLength);
      // Pictures would come back as base64 many times the size of the text.
      const { value } = await mammoth.convertToHtml(
        { buffer },
        { styleMap: STYLE_MAP, convertImage: mammoth.images.imgElement(async () => ({ src: '' })) },
      );
      html += value;
    }
    return html;
  } catch (cause) {
    throw new AppError('file_damaged', { cause });
  }
}

export async function extractDocx(request: FormatRequest): Promise<ReadPages> {
  const names = checkedZipNames(request.bytes);
  // A zip file with another content: a presentation, a spreadsheet, an archive.
  if (!names.includes('word/document.xml')) throw new AppError('file_mislabelled');
  return sectionExtraction(htmlToText(await toHtml(request.bytes)), request);
}
