// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { stubResizeObserver } from '@/components/ui/test-browser';
import { randomText, seeded } from '@/lib/test-random';
import type { PassageMark } from './mark-pieces';
import type { PassageFormat } from './passage-blocks';
import { passageBlocks, piecesOf } from './passage-blocks';
import { PassageText } from './passage-text';

beforeEach(stubResizeObserver);
afterEach(cleanup);

function show(content: string, marks: PassageMark[] = [], format: PassageFormat = 'markdown') {
  return render(<PassageText content={content} format={format} marks={marks} />).container;
}

const markedText = (page: Element) =>
  [...page.querySelectorAll('mark')].map((mark) => mark.textContent).join('');
const squeezed = (text: string) => text.replace(/[\s*_`|#>+-]+/g, '');

const SAMPLE = `# Memory

Short-term memory (**STM**) holds *about 7* items.
It lasts \`20 s\`.

- one item
  - an inner item
+ a third item

> A quotation
> over two lines

| Holds | Lasts |
|-------|-------|
| 7     | 20 s  |

\`\`\`
code **not bold**
\`\`\`

End — naïve ﬁne 記憶 🙂.`;

/** Whole numbers by chance, from a seed, so that a failure can be repeated. */
function chance(seed: number) {
  const random = seeded(seed);
  return { random, pick: (below: number) => Math.floor(random() * below) };
}

const SNIPPETS = [
  '# ',
  '## x\n',
  'word ',
  '**b** ',
  '*e* ',
  '`c` ',
  '\n',
  '\n\n',
  '- ',
  '  - ',
  '1. ',
  '> ',
  '| a | b |\n',
  '|---|---|\n',
  '```\n',
  '$x$ ',
  '__',
  '**',
  '|',
  '\t',
  '  ',
  '🙂',
  'naïve ',
  '\r\n',
  '\\|',
  '-',
];

describe('PassageText', () => {
  it('keeps every character of the text', () => {
    expect(show(SAMPLE).textContent).toBe(SAMPLE);
    expect(show(SAMPLE, [], 'text').textContent).toBe(SAMPLE);
    expect(show('').textContent).toBe('');
  });

  it('keeps every character of any text, and covers it without gap or overlap', () => {
    for (let seed = 1; seed <= 150; seed += 1) {
      const { random, pick } = chance(seed);
      const content = randomText(SNIPPETS, 3 + pick(30), random);
      for (const format of ['markdown', 'text'] as const) {
        expect(show(content, [], format).textContent, `seed ${seed} ${format}`).toBe(content);
        cleanup();
        let position = 0;
        for (const block of passageBlocks(content, format)) {
          expect(block.start, `seed ${seed} ${format}`).toBe(position);
          for (const piece of piecesOf(block)) {
            expect(piece.start, `seed ${seed} ${format}`).toBe(position);
            position = piece.end;
          }
          position = block.end;
        }
        expect(position).toBe(content.length);
      }
    }
  });

  it('marks exactly the given range, also over paragraphs, bold and tables', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const { pick } = chance(seed);
      const start = pick(SAMPLE.length - 1);
      const end = start + 1 + pick(SAMPLE.length - start - 1);
      const format = seed % 2 === 0 ? 'markdown' : 'text';
      const page = show(SAMPLE, [{ start, end, n: 1 }], format);
      expect(squeezed(markedText(page)), `seed ${seed}`).toBe(squeezed(SAMPLE.slice(start, end)));
      expect(page.textContent).toBe(SAMPLE);
      cleanup();
    }
  });

  it('draws a picture as a figure with its caption, whatever characters it writes by name', () => {
    const content =
      'Before it.\n\n![A diagram shows &#x201C;old&#x201D; words\nand new ones.](../a_(1).jpg "A diagram")\n\nAfter [it](https://example.org).';
    const page = show(content, [{ start: 12, end: 60, n: 1 }]);
    expect(page.textContent).toBe(content);
    const caption = page.querySelector('figure figcaption');
    const shown = [...(caption?.querySelectorAll('span[hidden]') ?? [])].reduce(
      (text, hidden) => text.replace(hidden.textContent ?? '', ''),
      caption?.textContent ?? '',
    );
    expect(shown.replace(/\s+/g, ' ').trim()).toBe('A diagram shows old words and new ones.');
    expect([...page.querySelectorAll('[data-glyph]')].map((one) => one.getAttribute('data-glyph'))).toEqual([
      '“',
      '”',
    ]);
    expect(page.querySelector('img')).toBeNull();
    expect(page.querySelectorAll('p')[1]?.querySelectorAll('span[hidden]')).toHaveLength(2);
  });

  it.each([
    ['/api/documents/11111111-1111-4111-8111-111111111111/images/a1', 1],
    ['https://example.org/a.png', 0],
    ['//example.org/api/documents/11111111-1111-4111-8111-111111111111/images/a1', 0],
  ])('fetches a picture only from beside the student’s own notes: %s', (source, pictures) => {
    expect(show(`![A cell](${source})`).querySelectorAll('img')).toHaveLength(pictures);
  });

  it('draws rows as a table, in any order of their columns, and says which row is meant', () => {
    const content =
      '# Birds\nRow 1. species: Adelie; mass: 3700\nRow 2. species: Gentoo; island: Biscoe; west; mass: 5000\nRow 3. mass: 1; species: x';
    const start = content.indexOf('Row 2');
    const page = show(content, [{ start, end: content.indexOf('\nRow 3') }], 'rows');
    expect(page.textContent).toBe(content);
    const columns = [...page.querySelectorAll('thead th')].map((cell) => cell.getAttribute('data-glyph'));
    expect(columns).toEqual(['Row', 'species', 'island', 'mass']);
    const second = page.querySelectorAll('tbody tr')[1];
    expect(second?.hasAttribute('data-marked')).toBe(true);
    expect(page.querySelectorAll('[data-marked]')).toHaveLength(1);
    const cells = [...(second?.querySelectorAll('th, td') ?? [])].map(
      (cell) => cell.querySelector('mark')?.textContent,
    );
    expect(cells).toEqual(['2', 'Gentoo', 'Biscoe; west', '5000']);
  });

  it('shows headings of a PDF as headings, and those in capitals as sentences', () => {
    const content = '# 2 DATASET OF DNA SAMPLES\nPlain words of a page.\n- # no heading';
    const page = show(content, [], 'page');
    expect(page.textContent).toBe(content);
    const words = (name: string) => [...page.querySelectorAll(`h2 .${name}`)].map((word) => word.textContent);
    expect([words('passage-first'), words('lowercase')]).toEqual([['DATASET'], ['OF', 'SAMPLES']]);
    expect(page.querySelectorAll('h2')).toHaveLength(1);
  });

  it('puts the number beside the first marked words only, and not into the text', () => {
    const start = SAMPLE.indexOf('holds');
    const page = show(SAMPLE, [{ start, end: SAMPLE.indexOf('an inner') + 8, n: 4, verdict: 'verified' }]);
    const chips = [...page.querySelectorAll('[data-chip]')];
    expect(chips.map((chip) => chip.getAttribute('data-chip'))).toEqual(['4']);
    expect(chips[0]?.textContent?.startsWith('holds')).toBe(true);
    expect(page.textContent).toBe(SAMPLE);
  });

  it('shows several marks, each with its number', () => {
    const at = (text: string, n: number) => ({
      start: SAMPLE.indexOf(text),
      end: SAMPLE.indexOf(text) + text.length,
      n,
    });
    const page = show(SAMPLE, [at('about 7', 1), at('A quotation', 2)]);
    expect(
      [...page.querySelectorAll('mark')].map((mark) => [mark.textContent, mark.getAttribute('data-chip')]),
    ).toEqual([
      ['about 7', '1'],
      ['A quotation', '2'],
    ]);
  });

  it('draws the number of a counted item beside it', () => {
    const page = show('1. first\n2. second');
    const items = [...page.querySelectorAll('.passage-item')];
    expect(items.map((item) => item.getAttribute('data-marker'))).toEqual(['1.', '2.']);
    expect(page.textContent).toBe('1. first\n2. second');
  });

  it('ignores marks outside the text', () => {
    expect(
      show('short', [
        { start: 90, end: 99 },
        { start: -5, end: 0 },
      ]).querySelector('mark'),
    ).toBeNull();
  });

  it('reads markdown as headings, lists and tables, and hides its signs', () => {
    const page = show(SAMPLE);
    expect(page.querySelector('h2')?.textContent).toContain('Memory');
    expect(page.querySelectorAll('.passage-item')).toHaveLength(3);
    expect(page.querySelectorAll('th')).toHaveLength(2);
    expect(page.querySelector('strong')?.textContent).toBe('STM');
    const hidden = [...page.querySelectorAll('[hidden]')].map(({ textContent }) => textContent);
    expect(hidden).toContain('# ');
    expect(page.querySelector('pre')?.textContent).toContain('code **not bold**');
  });

  it('shows no comment of who wrote it, and what only begins as one', () => {
    const page = show('<!-- from\na book --> Words\n\n<!-- a < b');
    expect(page.textContent).toBe('<!-- from\na book --> Words\n\n<!-- a < b');
    const hidden = [...page.querySelectorAll('[hidden]')].map(({ textContent }) => textContent);
    expect(hidden).toEqual(['<!-- from\na book -->']);
  });

  it('draws rows without a rule as a table, and no formula as one', () => {
    const content =
      'Chart:\n\n| Oslo | Cairo\n2023 | 763 |\n2024 | 801 | 24\n\nSo P(A | B) is small\nand P(B | A) is not.\n\n1. one\n  a) inner\n  b) other\n1.1. more';
    const page = show(content);
    const shown = page.cloneNode(true) as Element;
    for (const sign of shown.querySelectorAll('[hidden]')) sign.remove();
    const rows = [...shown.querySelectorAll('tr')].map((row) =>
      [...row.children].map(({ textContent }) => textContent?.trim()),
    );
    expect(rows).toEqual([
      ['', 'Oslo', 'Cairo'],
      ['2023', '763', ''],
      ['2024', '801', '24'],
    ]);
    expect(
      [...page.querySelectorAll('.passage-item')].map((item) => item.getAttribute('data-marker')),
    ).toEqual(['1.', 'a)', 'b)', '1.1.']);
    expect(page.textContent).toBe(content);
  });

  it('never reads markup in the text as HTML', () => {
    const page = show('<img src=x onerror=alert(1)> <script>alert(1)</script>');
    expect(page.querySelector('img, script')).toBeNull();
  });
});

describe('a formula', () => {
  const FORMULAS =
    'Energy is $E = mc^2$, which costs $5 or $6.\n\n$$\n\\frac{a}{b}\n$$\n\nEnd, and \\(x_1\\) too.';

  it('is drawn in its place, and the text stays what it is', async () => {
    const page = show(FORMULAS);
    await vi.waitFor(() => expect(page.querySelectorAll('.katex')).toHaveLength(3));
    const kept = page.cloneNode(true) as Element;
    for (const drawn of kept.querySelectorAll('[data-drawn]')) drawn.remove();
    expect(kept.textContent).toBe(FORMULAS);
    expect(page.querySelector('.katex-display')).not.toBeNull();
    const hidden = [...page.querySelectorAll('[hidden]')].map(({ textContent }) => textContent);
    expect(hidden).toEqual(['$E = mc^2$', '$$\n\\frac{a}{b}\n$$', '\\(x_1\\)']);
  });

  it('is shown as it was written where it cannot be drawn whole', async () => {
    const page = show('So $\\undefinedmacro{x}$ and $y$.');
    await vi.waitFor(() => expect(page.querySelectorAll('.katex')).toHaveLength(1));
    expect(page.querySelector('[hidden]')?.textContent).toBe('$y$');
  });

  it('is highlighted whole, with the note beside it', async () => {
    const content = 'Energy is $E = mc^2$ here.';
    const [start, onNote] = [content.indexOf('mc'), vi.fn()];
    const highlight = { id: 'a', start, end: start + 4, color: 'red' as const, note: 'Exam' };
    const { container } = render(
      <PassageText content={content} format="markdown" highlights={[highlight]} onNote={onNote} />,
    );
    await vi.waitFor(() => expect(container.querySelector('.highlight .katex')).not.toBeNull());
    fireEvent.click(screen.getByRole('button', { name: 'Your note: Exam' }));
    expect(onNote).toHaveBeenCalledWith('a');
  });
});

it('highlights words inside a passage that is proof, and outside of it', () => {
  const content = 'Memory holds seven items.';
  const { container } = render(
    <PassageText
      content={content}
      format="text"
      marks={[{ start: 0, end: 12 }]}
      highlights={[{ id: 'a', start: 7, end: 18, color: 'green', note: '' }]}
    />,
  );
  const parts = [...container.querySelectorAll('[data-highlight="a"]')].map(({ textContent }) => textContent);
  expect(parts).toEqual(['holds', ' seven']);
  expect(markedText(container)).toBe('Memory holds');
  expect(container.textContent).toBe(content);
});

it('leads from the moment of a line to its second, where there is a recording', () => {
  const content = '[00:01:05] Memory fades.\n[01:00:00] The end.';
  const { container, rerender } = render(<PassageText content={content} format="text" plays />);
  const links = [...container.querySelectorAll('a')].map((link) => [link.textContent, link.dataset.second]);
  expect(links).toEqual([
    ['[00:01:05]', '65'],
    ['[01:00:00]', '3600'],
  ]);
  expect(container.textContent).toBe(content);
  rerender(<PassageText content={content} format="text" />);
  expect(container.querySelector('a')).toBeNull();
});
