import { describe, expect, test } from 'vitest';
import { verifyClaim } from '../retrieval/quotes.ts';
import { randomText, seeded } from '../test-random.ts';
import { CitationRewriter, type CitedPiece } from './citations.ts';
import { MarkerScanner, markerNumbers } from './marker-scanner.ts';
import { passageOf } from './test-passage.ts';

const passages = new Map(
  [
    passageOf(3, 'Working memory holds about four items. It decays within twenty seconds.', 1_000),
    passageOf(4, 'Long-term memory has no known limit of capacity.'),
    passageOf(7, '作業記憶は約四個の項目を保持する。'),
  ].map((item) => [item.n, item]),
);

const rewriter = () => new CitationRewriter({ passage: (n) => passages.get(n), verify: verifyClaim });

function rewrite(pieces: readonly string[]): CitedPiece[] {
  const cited = rewriter();
  return [...pieces.flatMap((piece) => cited.push(piece)), ...cited.endPart()];
}

const textOf = (pieces: CitedPiece[]) =>
  pieces.flatMap((piece) => (piece.kind === 'text' ? [piece.text] : [])).join('');
const citationsOf = (pieces: CitedPiece[]) =>
  pieces.flatMap((piece) => (piece.kind === 'citation' ? [piece.citation] : []));
const unsupportedOf = (pieces: CitedPiece[]) =>
  pieces.flatMap((piece) => (piece.kind === 'unsupported' ? [piece.unsupported] : []));

function cut(text: string, next: () => number): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; ) {
    const size = 1 + Math.floor(next() * 7);
    pieces.push(text.slice(at, at + size));
    at += size;
  }
  return pieces;
}

describe('a citation', () => {
  test('gets the message’s own number and carries the passage’s words and place', () => {
    const pieces = rewrite(['Working memory holds about four items [3].']);
    expect(textOf(pieces)).toBe('Working memory holds about four items [1].');
    const [citation] = citationsOf(pieces);
    expect(citation).toMatchObject({ n: 1, docId: 'doc-3', chunkOrd: 3, page: 3, verdict: 'verified' });
    expect(citation?.quoteStart).toBeGreaterThanOrEqual(1_000);
    const found = passages
      .get(3)
      ?.text.slice((citation?.quoteStart ?? 0) - 1_000, (citation?.quoteEnd ?? 0) - 1_000);
    expect(found).toBe(citation?.quote);
  });

  test('is sent before the text of its marker', () => {
    const pieces = rewrite(['Working memory holds about four items [3].']);
    const citationAt = pieces.findIndex(({ kind }) => kind === 'citation');
    const markerAt = pieces.findIndex((piece) => piece.kind === 'text' && piece.text.includes('[1]'));
    expect(citationAt).toBeLessThan(markerAt);
  });

  test('keeps its number when the same words are cited again, and another quote of the passage gets its own', () => {
    const pieces = rewrite([
      'Working memory holds about four items [3]. It decays within twenty seconds [3]. Again: Working memory holds about four items [3].',
    ]);
    expect(textOf(pieces)).toContain('seconds [2]');
    expect(textOf(pieces)).toMatch(/four items \[1\]\.$/);
    expect(citationsOf(pieces)).toHaveLength(2);
  });

  test('numbers go on through the text parts of a message', () => {
    const cited = rewriter();
    const first = [...cited.push('Working memory holds about four items [3].'), ...cited.endPart()];
    const second = [
      ...cited.push('Long-term memory has no known limit of capacity [4].'),
      ...cited.endPart(),
    ];
    expect(textOf(first)).toContain('[1]');
    expect(textOf(second)).toContain('[2]');
  });

  test('works for scripts without spaces', () => {
    const pieces = rewrite(['作業記憶は約四個の項目を保持する[7]。']);
    expect(textOf(pieces)).toBe('作業記憶は約四個の項目を保持する[1]。');
  });
});

describe('marker forms', () => {
  test.each([
    ['Working memory holds about four items [3, 4].', 'Working memory holds about four items [1].'],
    ['Working memory holds about four items [3][4].', 'Working memory holds about four items [1].'],
    ['Working memory holds about four items [4] [3].', 'Working memory holds about four items [1].'],
    ['Working memory holds about four items [3-4].', 'Working memory holds about four items [1].'],
    ['Working memory holds about four items. [3]', 'Working memory holds about four items. [1]'],
    ['Working memory holds about four items [3][3].', 'Working memory holds about four items [1].'],
    // What follows is set bold, begins with an abbreviation, or is an aside: none of it is a formula or a law report.
    [
      'Working memory holds about four items [3] **Span** is its name.',
      'Working memory holds about four items [1] **Span** is its name.',
    ],
    [
      'Working memory holds about four items. [3] WM decays.',
      'Working memory holds about four items. [1] WM decays.',
    ],
    [
      'Working memory holds about four items [3] – so they say.',
      'Working memory holds about four items [1] – so they say.',
    ],
  ])('%s', (written, shown) => {
    const pieces = rewrite([written]);
    expect(textOf(pieces)).toBe(shown);
    expect(unsupportedOf(pieces)).toEqual([]);
  });

  test('ranges and lists are read in order, without repeats, and absurd ranges not at all', () => {
    expect(markerNumbers('1, 2;4–6')).toEqual([1, 2, 4, 5, 6]);
    expect(markerNumbers('2, 1-3')).toEqual([2, 1, 3]);
    expect(markerNumbers('1990-2020')).toEqual([]);
    expect(markerNumbers('5-2')).toEqual([]);
  });
});

describe('what is not a citation', () => {
  test.each([
    'The moon is made of cheese [9]. And so on.',
    'The closed interval [0, 1] is compact.',
    'The closed interval [3, 4] is compact.',
    'Then f maps the values in [3, 4] to the reals.',
    'Donoghue v Stevenson [1932] AC 562 is a case.',
    'It was decided in Smith [3] AC 562.',
    'a[0] is the first element, a[3] the fourth.',
    'The last element is a[3].',
    'M[3][4] holds it.',
    'The entry matrix[3][4] holds it.',
    'The value of list[3] is four.',
    '[3, 4, 7] is a list of numbers.',
    '[3] is a list of one number.',
    'Sorted it returns [3, 4, 7].',
    'See [text][3] for more.',
    'x = [3]',
    'Then x ∈ [3, 4] and y < [3].',
    'Set total[3] = 5 here.',
    'Add [3] + [4] to get [3, 4].',
    'We multiply the value [3] * [4] and take the value [3] - [4].',
    '[3]: https://example.org',
    'Call row_values[3] or rowValues[4] or `row`[7].',
  ])('is text and stays: %s', (text) => {
    const next = seeded(3);
    for (const pieces of [[text], [...text], cut(text, next), cut(text, next)]) {
      const written = rewrite(pieces);
      expect(textOf(written)).toBe(text);
      expect(citationsOf(written)).toEqual([]);
      expect(unsupportedOf(written)).toEqual([]);
    }
  });

  test('a source may stand in a cell of its own', () => {
    expect(textOf(rewrite(['| Working memory holds about four items | [3] |']))).toContain('| [1] |');
  });

  test.each([
    ['Working memory holds about four items[3].', 'Working memory holds about four items [1].'],
    [
      'Working memory holds about four items[3] and more.',
      'Working memory holds about four items [1] and more.',
    ],
    [
      'Working memory holds about four items[3] at once.',
      'Working memory holds about four items [1] at once.',
    ],
    ['Working memory holds about **four items**[3].', 'Working memory holds about **four items**[1].'],
    ['Working memory holds “about four items” [3], [4].', 'Working memory holds “about four items” [1],.'],
  ])('behind a statement it is a citation, with or without a space: %s', (written, shown) => {
    expect(textOf(rewrite([written]))).toBe(shown);
  });

  test('a claim its passage does not hold loses its marker and is reported with its place', () => {
    const text = 'Hello there. Elephants can fly to the moon [4]. Done.';
    const pieces = rewrite([text]);
    expect(textOf(pieces)).toBe('Hello there. Elephants can fly to the moon. Done.');
    const [unsupported] = unsupportedOf(pieces);
    expect(unsupported?.text).toBe('Elephants can fly to the moon');
    expect(textOf(pieces).slice(unsupported?.start, unsupported?.end)).toBe(unsupported?.text);
  });

  test.each([
    'Use `a[3]` here.',
    '```js\nconst x = list[3];\n```\n',
    '~~~\nvalue[3]\n~~~\n',
    'The set $x_{[3]} + y$ is small.',
    'So $$\\sum [3] x$$ holds.',
    'So \\(a[3]\\) and \\[b[4]\\] hold.',
    'See [3](https://example.org).',
    'A [link](https://example.org) and [text].',
    'A list: - [ ] open, - [x] done.',
    'Nothing at all.',
    'Ends with [',
    'Ends with [3',
    'Ends with ``` unclosed [',
    'It costs $5 and $6.',
    'In [1990-2020] it grew.',
    '',
  ])('is left alone: %s', (text) => {
    expect(textOf(rewrite([text]))).toBe(text);
  });

  test('a price is no formula: the marker after it is still a citation', () => {
    const pieces = rewrite(['It costs $5 and $6. Working memory holds about four items [3].']);
    expect(textOf(pieces)).toContain('items [1]');
  });
});

describe('streaming', () => {
  const texts = [
    'Working memory holds about four items [3]. Long-term memory has no known limit of capacity [4, 9]. `x[3]` stays.',
    '- Working memory holds about four items [3][4]\n- Elephants fly [4]\n\n```ts\na[3]\n```\n$5 and $x[3]$ [9] `` ` [3] ``',
    'a $$x\n[3]$$ b \\[ [3] \\] c ~~~ d\n~~~\n[3]\n~~~\nWorking memory holds about four items [3, 4] [3-4], [4]; [',
    '作業記憶は約四個の項目を保持する[7]。Working memory holds about four items [3] \t [9] .\n\n`` open [3]\n\nx',
  ];

  test.each(texts)('any split of the text gives the same result: %s', (text) => {
    const whole = rewrite([text]);
    const next = seeded(7);
    for (let round = 0; round < 60; round++) {
      const pieces = rewrite(round === 0 ? [...text] : cut(text, next));
      expect(textOf(pieces)).toBe(textOf(whole));
      expect(citationsOf(pieces)).toEqual(citationsOf(whole));
      expect(unsupportedOf(pieces)).toEqual(unsupportedOf(whole));
    }
  });

  test('random text of every special sign is the same however it is cut, and no text is lost', () => {
    const next = seeded(42);
    const signs = [
      '[3]',
      '[9]',
      ' ',
      '\n',
      '\n\n',
      'word',
      ...'` `` ``` $ $$ \\ \\( \\) \\[ \\] [ ] ( ~~~ 5 .'.split(' '),
    ];
    for (let round = 0; round < 400; round++) {
      const text = randomText(signs, 40, next);
      const whole = rewrite([text]);
      expect(textOf(rewrite([...text])), JSON.stringify(text)).toBe(textOf(whole));
      expect(textOf(rewrite(cut(text, next))), JSON.stringify(text)).toBe(textOf(whole));
      const scanner = new MarkerScanner();
      const tokens = [...scanner.push(text), ...scanner.end()];
      expect(
        tokens.map((token) => (token.kind === 'text' ? token.text : token.lead + token.raw)).join(''),
      ).toBe(text);
    }
  });

  test('plain words are passed on at once', () => {
    const cited = rewriter();
    expect(textOf(cited.push('Plain words'))).toBe('Plain words');
    expect(textOf(cited.push(' and more'))).toBe(' and more');
  });

  test('a bracket that can be no marker is passed on as soon as that is clear', () => {
    const cited = rewriter();
    expect(textOf(cited.push('see [a'))).toBe('see [a');
  });
});
