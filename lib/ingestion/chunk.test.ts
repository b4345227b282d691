import { describe, expect, it } from 'vitest';
import { randomText, seeded } from '../test-random.ts';
import { chunkDocument, documentText, pageRanges } from './chunk.ts';

const page = (content: string, number = 1) => ({ page: number, content });

const tokensOf = (text: string): number =>
  chunkDocument([page(text)], { targetTokens: 10_000 }).reduce((sum, { tokenCount }) => sum + tokenCount, 0);
const sentence = (index: number): string =>
  `Sentence number ${index} tells what a cell does with its energy.`;
const prose = (sentences: number, from = 0): string =>
  Array.from({ length: sentences }, (_, index) => sentence(from + index)).join(' ');

const PIECES = [
  ...'memory |the |cell. |\n|\n\n|# Heading\n|## Second part\n|```\ncode\n```\n|記憶は七つ。|ความจำ|😀|👩‍👩‍👧'.split(
    '|',
  ),
  ...'e\u0301| |- item\n|. |99.8% |هذا نص |𠀀𠀁'.split('|'),
  '| a | b |\n',
  'x'.repeat(300),
];

function randomPages(random: () => number) {
  const below = (most: number) => Math.floor(random() * most);
  return Array.from({ length: below(5) + 1 }, (_, index) =>
    page(randomText(PIECES, below(4) === 0 ? below(3) : below(400), random).trim(), index + 1),
  );
}

describe('chunks of any document', () => {
  const cases = Array.from({ length: 300 }, (_, seed) => {
    const pages = randomPages(seeded(seed + 1));
    return { pages, text: documentText(pages), chunks: chunkDocument(pages) };
  });

  it('are exactly the stretch of text that their offsets name, and never cut a character in two', () => {
    for (const { text, chunks } of cases) {
      for (const { content, charStart, charEnd } of chunks) {
        expect(content).toBe(text.slice(charStart, charEnd));
        expect(content.isWellFormed()).toBe(true);
      }
    }
  });

  it('lose nothing but white space', () => {
    for (const { text, chunks } of cases) {
      const covered = new Uint8Array(text.length);
      for (const { charStart, charEnd } of chunks) covered.fill(1, charStart, charEnd);
      const lost = [...covered].flatMap((isCovered, index) => (isCovered ? [] : [text[index] ?? '']));
      expect(lost.join('').trim()).toBe('');
    }
  });

  it('are numbered in order, stay within size, and name pages of the document', () => {
    for (const { pages, chunks } of cases) {
      expect(chunks.map(({ ord }) => ord)).toEqual(chunks.map((_, index) => index));
      for (const { tokenCount, pageStart, pageEnd, contentHash } of chunks) {
        expect(tokenCount).toBeGreaterThan(0);
        expect(tokenCount).toBeLessThanOrEqual(500 * 1.15 + 180);
        expect(pageStart).toBeLessThanOrEqual(pageEnd);
        expect(pages.some((known) => known.page === pageStart)).toBe(true);
        expect(contentHash).toMatch(/^[0-9a-f]{64}$/);
      }
    }
  });

  it('are the same on every run', () => {
    for (const { pages, chunks } of cases.slice(0, 20)) expect(chunkDocument(pages)).toEqual(chunks);
  });
});

describe('chunkDocument', () => {
  it('cuts long text into pieces of about 500 tokens that overlap by about 100', () => {
    const chunks = chunkDocument([page(prose(200))]);
    expect(chunks.length).toBeGreaterThan(4);
    chunks.forEach((chunk, index) => {
      expect(chunk.tokenCount).toBeGreaterThan(300);
      expect(chunk.tokenCount).toBeLessThanOrEqual(520);
      const next = chunks[index + 1];
      if (!next) return;
      const overlap = tokensOf(documentText([page(prose(200))]).slice(next.charStart, chunk.charEnd));
      expect(overlap).toBeGreaterThan(60);
      expect(overlap).toBeLessThanOrEqual(110);
    });
  });

  it('begins a chunk at a heading rather than in the middle of a section', () => {
    const text = `# Encoding\n\n${prose(25)}\n\n# Storage\n\n${prose(25, 100)}`;
    const chunks = chunkDocument([page(text)]);
    expect(chunks.map(({ headingPath }) => headingPath)).toEqual([['Encoding'], ['Storage']]);
    expect(chunks[1]?.content).toMatch(/^# Storage/);
  });

  it('carries the whole path of headings over pages', () => {
    const pages = [
      page('# Memory\n\n## Storage\n\nFirst part of it.'),
      page('### Sensory\n\nIt is short.', 2),
      page('## Retrieval\n\nLast.', 3),
    ];
    expect(chunkDocument(pages).map(({ headingPath }) => headingPath)).toEqual([
      ['Memory', 'Storage'],
      ['Memory', 'Storage', 'Sensory'],
      ['Memory', 'Retrieval'],
    ]);
  });

  it('takes no heading from code', () => {
    const [chunk] = chunkDocument([page('# Real\n\n```sh\n# comment\n```\n\ntext')]);
    expect(chunk?.headingPath).toEqual(['Real']);
  });

  it('keeps a chunk on one page, but finishes a sentence that runs on', () => {
    const pages = [
      page('The first page ends in the middle'),
      page('of a sentence. Another one follows here.', 2),
    ];
    const [first, second] = chunkDocument(pages);
    expect(first).toMatchObject({ pageStart: 1, pageEnd: 2 });
    expect(first?.content).toBe('The first page ends in the middle\n\nof a sentence.');
    expect(second).toMatchObject({ pageStart: 2, pageEnd: 2 });
  });

  it('takes nothing along when the page ends with its sentence', () => {
    const [first] = chunkDocument([page('It ends here.'), page('another page', 2)]);
    expect(first?.content).toBe('It ends here.');
  });

  it('makes nothing of pages without text', () => {
    expect(chunkDocument([])).toEqual([]);
    expect(chunkDocument([page(''), page(' \n ', 2)])).toEqual([]);
  });

  it('cuts text without spaces or sentence ends', () => {
    const chunks = chunkDocument([page('記'.repeat(2_000))]);
    expect(chunks.length).toBeGreaterThan(3);
    for (const { tokenCount } of chunks) expect(tokenCount).toBeLessThanOrEqual(520);
  });

  it('is not held up by a file of nothing but headings', { timeout: 10_000 }, () => {
    expect(chunkDocument([page('# a\n'.repeat(300_000))]).length).toBeGreaterThan(100);
  });

  it('keeps up with a book of 400 pages', () => {
    const pages = Array.from({ length: 400 }, (_, index) => page(prose(25, index * 25), index + 1));
    expect(chunkDocument(pages)).toHaveLength(400);
  });
});

describe('offsets', () => {
  it('count pages joined by an empty line', () => {
    const pages = [page('ab'), page('', 2), page('cde', 3)];
    expect(documentText(pages)).toBe('ab\n\n\n\ncde');
    expect(pageRanges(pages)).toEqual([
      { page: 1, start: 0, end: 2 },
      { page: 2, start: 4, end: 4 },
      { page: 3, start: 6, end: 9 },
    ]);
  });
});

describe('token estimate', () => {
  it.each<[string, string, number, number]>([
    ['English', 'Memory is an information processing system that encodes and retrieves.', 9, 22],
    ['Chinese', '短期記憶的容量是七加減二', 10, 15],
    ['Thai', 'ความจำระยะสั้นเก็บข้อมูลได้', 10, 20],
    ['Russian', 'Память хранит то, что мы узнали', 9, 18],
    ['emoji', '😀😀😀😀', 4, 8],
  ])('is near what models count for %s', (_, text, least, most) => {
    expect(tokensOf(text)).toBeGreaterThanOrEqual(least);
    expect(tokensOf(text)).toBeLessThanOrEqual(most);
  });

  it('adds up over parts', () => {
    const text = 'memory 記憶';
    const counts = Array.from(text, (_, index) => tokensOf(text.slice(0, index + 1)));
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(tokensOf(text.repeat(50))).toBeGreaterThan(45 * (tokensOf(text) - 1));
    expect(tokensOf(text.repeat(50))).toBeLessThanOrEqual(50 * tokensOf(text));
  });
});
