import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { chunkWeights, indexedText } from '../retrieval/sparse-bm25.ts';
import { isEnglishDocument } from '../retrieval/tokenizer.ts';
import { chunkDocument, DEFAULT_CHUNK_OPTIONS, documentText, INDEX_VERSION } from './chunk.ts';
import { extractDocument } from './extract/index.ts';
import {
  bytesOf,
  docxOf,
  epubOf,
  linesAt,
  odfOf,
  pdfOf,
  pptxOf,
  slideShape,
  wordParagraph,
  wordTable,
  xlsxOf,
} from './extract/test-files.ts';

/** What each version makes of the files below. A version that was released never gets another hash: raise it instead. */
const HASHES: Readonly<Record<number, string>> = {
  1: 'a309c75c635f253c3f4f3dd1c55c3323352438a167731f00d7f14d7d8573633f',
  2: 'd4d771670bbe2879c5fa1d22b6d04c2e277640f06449b03d8802f0da67583c81',
  3: '23b0c273905ec38fb188dca65108199abd1a736953bd15ffa1e43d8b4c40752e',
  4: '46f172af3490e607c5be6d34f5a31c6b36428da056856717fb387423393b2a95',
  5: 'f9668b104df877037651ff8fd4b03aa22abebcc0a2331438e4df03bd4304c1f3',
  6: 'f9668b104df877037651ff8fd4b03aa22abebcc0a2331438e4df03bd4304c1f3',
  7: 'f9668b104df877037651ff8fd4b03aa22abebcc0a2331438e4df03bd4304c1f3',
  8: '24a85175910caf7362d453dbb4e6858015b0fa90bc7d20fb8edcff037124e59e',
};

const SENTENCES = [
  'Osmosis moves water through a membrane that holds the solutes back, 1,000 times a second in some cells.',
  "The cell's potential is measured in millivolts; C++ code, β-carotene and naïve T-cells appear in the notes.",
  'Short-term memory holds about seven items, and rehearsal carries some of them into long-term memory.',
  'Die Osmose bewegt Wasser durch eine Membran. L’énergie cinétique dépend de la vitesse.',
  '短期記憶の容量は七プラスマイナス二である。Память хранит то, что мы узнали. ذاكرة قصيرة المدى.',
];
const prose = (count: number) =>
  Array.from({ length: count }, (_, n) => `${n + 1}. ${SENTENCES[n % SENTENCES.length]}`);

const FILES: readonly (readonly [string, () => Uint8Array | Promise<Uint8Array>])[] = [
  [
    'book.md',
    () =>
      bytesOf(['# Cells', ...prose(60), '## Memory', ...prose(90), '### Sleep', ...prose(5)].join('\n\n')),
  ],
  ['notes.txt', () => bytesOf(prose(40).join('\n'))],
  [
    'table.csv',
    () => bytesOf(['term,meaning', ...prose(20).map((text, n) => `term ${n},"${text}"`)].join('\n')),
  ],
  [
    'page.html',
    () =>
      bytesOf(
        `<h1>Tides</h1>${prose(10)
          .map((text) => `<p>${text}</p>`)
          .join('')}<ul><li>moon</ul>`,
      ),
  ],
  [
    'levels.html',
    () =>
      bytesOf(
        '<p>10<sup>23</sup> of H<sub>2</sub>O, and the limit is<p>$$x$$<table><tr><td rowspan=2>A<td><p>1<p>2<tr><td>3</table>',
      ),
  ],
  [
    'essay.docx',
    () =>
      docxOf(
        wordParagraph('Storage', 'Heading1') +
          prose(10)
            .map((text) => wordParagraph(text))
            .join('') +
          wordTable([
            ['Kind', 'Lasts'],
            ['Short-term', '20 seconds'],
          ]),
      ),
  ],
  [
    'deck.pptx',
    () => pptxOf([{ shapes: slideShape(SENTENCES.join('\n'), 'body'), notes: SENTENCES[0] ?? '' }]),
  ],
  [
    'lab.xlsx',
    () =>
      xlsxOf([
        {
          name: 'Lab',
          rows: prose(9)
            .map(
              (text, n) =>
                `<row r="${n + 1}"><c r="A${n + 1}" t="str"><v>${text}</v></c><c r="B${n + 1}"><v>${n}</v></c></row>`,
            )
            .join(''),
        },
      ]),
  ],
  [
    'essay.odt',
    () =>
      odfOf(
        'text',
        prose(9)
          .map((text) => `<text:p>${text}</text:p>`)
          .join(''),
      ),
  ],
  ['book.epub', () => epubOf([['one', `<h1>One</h1>${prose(9).join('<p>')}`]])],
  ['notes.rtf', () => bytesOf(`{\\rtf1 ${prose(3).slice(0, 3).join('\\par ')}}`)],
  ['paper.tex', () => bytesOf(`\\section{Cells}${prose(9).join('\n\n')} $E=mc^2$`)],
  [
    'talk.srt',
    () =>
      bytesOf(
        prose(9)
          .map((text, n) => `00:0${n}:00,000 --> 00:0${n}:09,000\n${text}\n`)
          .join('\n'),
      ),
  ],
  ['old.txt', () => new Uint8Array([0xeb, 0xcc, 0xc5, 0xd4, 0xcb, 0xc1, 0x20, 0xc5, 0xd3, 0xd4, 0xd8])],
  [
    'lecture.pdf',
    () => pdfOf([linesAt(72, 760, SENTENCES.slice(2, 4)), linesAt(72, 760, SENTENCES.slice(2, 3))]),
  ],
  [
    'table.pdf',
    () =>
      pdfOf([
        ['Planet', 'Mass', 'Mars', '0.107', 'Jupiter', '317.8'].map((text, at) => ({
          text,
          x: 60 + (at % 2) * 150,
          y: 700 - Math.floor(at / 2) * 14,
        })),
      ]),
  ],
];

/** Pages of every length, with and without a heading inside: what they are cut into depends on every figure of the chunking. */
const GROWING_PAGES = [...Array.from({ length: 60 }, (_, n) => n + 1), 400]
  .flatMap((sentences) => {
    const text = prose(sentences).join(' ');
    return [text, `${text}\n\n## Part\n\n${prose(30).join(' ')}`];
  })
  // A sentence that runs on into the next page.
  .concat(
    'It is said that a membrane',
    `holds back what is dissolved ${'in the water '.repeat(12)}of a cell.`,
  )
  .map((content, index) => ({ page: index + 1, content }));

const pagesOf = async (fileName: string, bytes: Uint8Array) =>
  (await extractDocument({ bytes, mimeType: '', fileName })).pages;

test('a change of what is stored of a file comes with a new version, so that older documents are read anew', async () => {
  const read = FILES.map(async ([fileName, bytes]) => pagesOf(fileName, await bytes()));
  const hash = createHash('sha256').update(JSON.stringify(DEFAULT_CHUNK_OPTIONS));
  for (const pages of [...(await Promise.all(read)), GROWING_PAGES]) {
    const isEnglish = isEnglishDocument(documentText(pages));
    for (const chunk of chunkDocument(pages)) {
      hash.update(JSON.stringify(chunk));
      hash.update(chunkWeights(indexedText(chunk.headingPath, chunk.content), isEnglish));
    }
  }
  expect({ [INDEX_VERSION]: hash.digest('hex') }).toEqual({ [INDEX_VERSION]: HASHES[INDEX_VERSION] });
});
