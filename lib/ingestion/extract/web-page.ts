import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { decodeText } from './encoding.ts';
import { readPage } from './html.ts';
import { encodingAccount, sectionExtraction } from './text.ts';
import type { FormatRequest, ReadPages } from './types.ts';

/** A longer page is a document as it stands, and too much to build a tree of. */
const MOST_CHARACTERS = 3_000_000;
/** Less than this of a page is not its article. */
const LEAST_SHARE = 0.15;
const LEAST_CHARACTERS = 250;

/** The article of a page without what stands around it; the whole page where none can be told. */
function articleOf(html: string): string {
  const whole = readPage(html).text;
  if (html.length > MOST_CHARACTERS) return whole;
  const { document } = parseHTML(html);
  const found = new Readability(document, { charThreshold: LEAST_CHARACTERS }).parse();
  if (!found?.content) return whole;
  const { text } = readPage(found.content);
  if (text.length < Math.max(LEAST_CHARACTERS, LEAST_SHARE * whole.length)) return whole;
  const title = found.title?.replace(/\s+/g, ' ').trim();
  return title && !text.startsWith('# ') ? `# ${title}\n\n${text}` : text;
}

export async function extractWebPage(request: FormatRequest): Promise<ReadPages> {
  const decoded = decodeText(request.bytes, request.encoding);
  return sectionExtraction(articleOf(decoded.text), request, encodingAccount(decoded));
}
