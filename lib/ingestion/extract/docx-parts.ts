import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { withEquations } from './equations.ts';

/** The reader of Word files builds a hundred times the size of what it reads. Up to this it is given a document whole, … */
const WHOLE_BYTES = 2_000_000;
/** … and a longer one in parts of this size. */
const PART_CHARACTERS = 1_000_000;
const MAIN = 'word/document.xml';

const TAG = /<(\/?)([\w:.-]+)((?:[^>"'/]|"[^"]*"|'[^']*'|\/(?!>))*)(\/?)>/g;

/**
 * A Word file as files of a part of its text each, in order, cut between paragraphs or tables: never inside a list, whose
 * numbers would begin anew, or a field. Notes then stand at the end of the part that names them.
 */
export function docxParts(bytes: Uint8Array): Uint8Array[] {
  const entries = unzipSync(bytes, { filter: ({ name }) => /\.(?:xml|rels)$/i.test(name) });
  const main = entries[MAIN];
  if (!main) return [bytes];
  const stored = strFromU8(main);
  const xml = withEquations(stored);
  const zipped = (content: string) => zipSync({ ...entries, [MAIN]: strToU8(content) }, { level: 0 });
  if (main.length <= WHOLE_BYTES) return [xml === stored ? bytes : zipped(xml)];
  const opening = /<w:body\b[^>]*>/.exec(xml);
  const end = xml.lastIndexOf('</w:body>');
  if (!opening || end < opening.index) return [zipped(xml)];
  const start = opening.index + opening[0].length;
  return blocksOf(xml.slice(start, end)).map((part) => zipped(xml.slice(0, start) + part + xml.slice(end)));
}

function blocksOf(body: string): string[] {
  const parts: string[] = [];
  let from = 0;
  let depth = 0;
  let openFields = 0;
  let isListed = false;
  for (const { 0: tag, 1: close, 2: name, 3: attributes = '', 4: isEmpty, index } of body.matchAll(TAG)) {
    if (name === 'w:fldChar')
      openFields += /"begin"/.test(attributes) ? 1 : /"end"/.test(attributes) ? -1 : 0;
    if (name === 'w:numPr' || (name === 'w:pStyle' && /list|num|bullet/i.test(attributes))) isListed = true;
    if (!isEmpty) depth += close ? -1 : 1;
    if (depth > 0) continue;
    const at = index + tag.length;
    if (at - from >= PART_CHARACTERS && !isListed && openFields === 0) {
      parts.push(body.slice(from, at));
      from = at;
    }
    isListed = false;
  }
  return [...parts, body.slice(from)];
}
