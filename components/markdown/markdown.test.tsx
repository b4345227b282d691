// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { citation } from '@/components/chat/fixtures';
import { stubResizeObserver } from '@/components/ui/test-browser';
import { CitationRewriter } from '@/lib/agent/citations';
import { passageOf } from '@/lib/agent/test-passage';
import type { Citation, Unsupported } from '@/lib/domain/citation';
import { Markdown } from './markdown';
import { ProofContext } from './proof-context';
import { loadDrawing } from './use-drawing';

beforeAll(loadDrawing);
beforeEach(stubResizeObserver);
afterEach(cleanup);

function show(text: string, sources: Citation[] = [], unsupported: Unsupported[] = [], isStreaming = false) {
  const citations = new Map(sources.map((source) => [source.n, source]));
  return render(
    <ProofContext value={{ citations, active: undefined, open: () => undefined }}>
      <Markdown text={text} known={citations} unsupported={unsupported} isStreaming={isStreaming} />
    </ProofContext>,
  ).container;
}

describe('maths', () => {
  it('leaves prices as text', () => {
    const page = show('It costs $5 and $6, or $7-$9.');
    expect(page.querySelector('.katex')).toBeNull();
    expect(page.textContent).toContain('It costs $5 and $6, or $7-$9.');
  });

  it('finds a formula after a price', () => {
    const page = show('For $5 and $6 you get $x^2$ once.');
    expect(page.querySelectorAll('.katex')).toHaveLength(1);
    expect(page.textContent).toContain('For $5 and $6 you get');
  });

  it.each(['$x + 1$', '$$x + 1$$', '\\(x + 1\\)'])('renders %s in the line', (formula) => {
    const page = show(`Then ${formula} holds.`);
    expect(page.querySelectorAll('.katex')).toHaveLength(1);
    expect(page.querySelector('.katex-display')).toBeNull();
  });

  it.each(['$$x + 1$$', '$$\nx + 1\n$$', '\\[x + 1\\]', '\\[\nx + 1\n\\]'])(
    'renders %j alone as display',
    (formula) => {
      expect(show(`Before\n\n${formula}\n\nAfter`).querySelectorAll('.katex-display')).toHaveLength(1);
    },
  );

  it('shows the source of a formula it cannot read, and no error text', () => {
    const page = show('Broken $\\frac{1$ here, and \\(\\badcommand{x\\).');
    expect(page.textContent).toContain('\\badcommand{x');
    expect(page.innerHTML).not.toMatch(/ParseError|katex-error/);
  });

  it.each([
    ['$\\ce{2H2 + O2 -> 2H2O}$', 'H'],
    ['$\\pu{123 kJ//mol}$', 'kJ'],
    ['$\\SI{9.8}{m/s^2}$', '9.8'],
    ['$\\$10$', '10'],
  ])('draws %s', (formula, part) => {
    const drawn = show(`So ${formula} it is.`).querySelector('.katex-html');
    expect(drawn?.textContent).toContain(part);
    expect(drawn?.textContent).not.toContain('\\');
  });

  it.each(['$\\unknownword{x} + 1$', '$\\SI{1}{\\metre}$', '$\\unknownword + \\$5$'])(
    'shows %s as it was written, in the colour of text',
    (formula) => {
      const page = show(`So ${formula} it is.`);
      expect(page.querySelector('code')?.textContent).toBe(formula.slice(1, -1));
      expect(page.querySelector('.katex')).toBeNull();
    },
  );

  it('never takes a delimiter inside code for maths', () => {
    const page = show('Use `\\(x\\)` and\n\n```\n\\[y\\] $z$\n```');
    expect(page.querySelector('.katex')).toBeNull();
    expect(page.textContent).toContain('\\(x\\)');
    expect(page.textContent).toContain('\\[y\\] $z$');
  });
});

describe('citations', () => {
  it('turns a known number into a chip and leaves an unknown one as text', () => {
    const page = show('It is small [1], says nobody [9].', [citation(1)]);
    expect(screen.getAllByRole('button')).toHaveLength(1);
    expect(screen.getByRole('button').textContent).toBe('1');
    expect(page.textContent).toContain('says nobody [9].');
  });

  it('leaves code, links and formulas untouched', () => {
    const page = show('See `a[1]`, [one [1]](https://example.org), $x[1]$\n\n```\nb[1]\n```', [citation(1)]);
    expect(page.querySelectorAll('[data-citation]')).toHaveLength(0);
    expect(page.textContent).toContain('a[1]');
    expect(page.textContent).toContain('b[1]');
  });

  it.each([
    'The first of them is a[1], and M[1][2] holds it.',
    '[1] is a list of one number.',
    'See [text][1] or x = [1] there.',
    'Donoghue v Stevenson [1] AC 562 is a case.',
  ])('leaves brackets that stand behind no statement as text: %s', (text) => {
    const page = show(text, [citation(1), citation(2)]);
    expect(page.querySelectorAll('[data-citation]')).toHaveLength(0);
    expect(page.textContent).toBe(text);
  });

  it('finds a citation behind bold words, behind another one and in a cell of its own', () => {
    const page = show(
      '**It is small**[1], and so on [1] [2].\n\n| a | b |\n| - | - |\n| It is small | [1] |',
      [citation(1), citation(2)],
    );
    expect(page.querySelectorAll('[data-citation]')).toHaveLength(4);
  });

  it('keeps the word before and the full stop after on the line of the chip', () => {
    const page = show('This is called **memory consolidation** [1].', [citation(1)]);
    const held = page.querySelector('.whitespace-nowrap');
    expect(held?.textContent).toBe('consolidation 1.');
    expect(page.querySelector('p')?.textContent).toBe('This is called memory consolidation 1.');
  });

  it('says source, title, place and verdict in the name of a chip', () => {
    show('Small [1] or large [2].', [citation(1), citation(2, { verdict: 'paraphrase' })]);
    expect(
      screen.getByRole('button', { name: 'Source 1, Psychology, ch. 8: Memory, page 244, verified' }),
    ).toBeTruthy();
    expect(
      screen.getByRole('button', { name: 'Source 2, Psychology, ch. 8: Memory, page 244, paraphrase' }),
    ).toBeTruthy();
  });

  it('does not let a link definition take a citation away', () => {
    const page = show('It is small [1].\n\n[1]: https://evil.example', [citation(1)]);
    expect(page.querySelectorAll('[data-citation]')).toHaveLength(1);
    expect(page.querySelector('a')).toBeNull();
  });

  it('shows no half-arrived marker while an answer is written', () => {
    expect(show('It is small [', [], [], true).textContent).toBe('It is small');
    expect(show('It is small [1', [citation(1)], [], true).textContent).toBe('It is small');
  });
});

describe('statements that are not in the notes', () => {
  const underlined = (page: Element) =>
    [...page.querySelectorAll('[data-unsupported]')].map(({ textContent }) => textContent).join('');

  it('underlines exactly the statement and tags it once', () => {
    const text = 'First part. Later **studies** say 4 & not 7. End.';
    const claim = 'Later **studies** say 4 & not 7';
    const start = text.indexOf(claim);
    const page = show(text, [], [{ text: claim, start, end: start + claim.length }]);
    expect(underlined(page)).toBe('Later studies say 4 & not 7');
    expect(page.textContent?.match(/not in your notes/g)).toHaveLength(1);
  });

  it('finds the statement in a later paragraph and behind escapes', () => {
    const text = 'One \\* two &amp; three.\n\nFour \\* five. Six.';
    const start = text.indexOf('five');
    expect(underlined(show(text, [], [{ text: 'five', start, end: start + 4 }]))).toBe('five');
  });
});

describe('writing as written', () => {
  it('runs each block as its first letter says, and the marks of a list with it', () => {
    const page = show(
      'مرحبا (ATP).\n\n1. واحد\n2. two\n\n- one\n\n| א | ב |\n|---|---|\n| 1 | 2 |\n\n`code`\n\n```\nx\n```',
    );
    expect(page.querySelector('p')?.dir).toBe('auto');
    expect([...page.querySelectorAll('ol, ul, table')].map((frame) => frame.getAttribute('dir'))).toEqual([
      'rtl',
      null,
      'rtl',
    ]);
    expect(page.querySelector('pre')?.getAttribute('dir')).toBe('ltr');
    expect([...page.querySelectorAll('li, td')].every((block) => block.getAttribute('dir') === 'auto')).toBe(
      true,
    );
  });

  it('lets no formula or code at the beginning turn a list or a table round', () => {
    const page = show('- $x$ هو متغير [1]\n- `int` نوع\n\n| `a` | אב |\n|---|---|\n| $y$ | ג |', [
      citation(1),
    ]);
    expect([...page.querySelectorAll('ul, table')].map((frame) => frame.getAttribute('dir'))).toEqual([
      'rtl',
      'rtl',
    ]);
    expect(page.querySelector('li code')?.getAttribute('dir')).toBe('ltr');
    expect(page.querySelectorAll('[data-citation]')).toHaveLength(1);
    expect(page.querySelectorAll('.katex')).toHaveLength(2);
  });

  it.each(['**中文。**后面', '**bold：**然后', '**「強調」**の'])('sets %s in bold', (text) => {
    const page = show(text);
    expect(page.querySelector('strong')?.textContent).toBe(text.split('**')[1]);
    expect(page.textContent).not.toContain('*');
  });

  it('shows a footnote and a link that are defined further down', () => {
    const page = show(
      'As said[^a] in [the textbook][tb].\n\nMore.\n\n[^a]: The value is 42.\n[tb]: https://example.org',
    );
    expect(page.textContent).toContain('The value is 42.');
    expect(page.textContent).not.toMatch(/\[\^a\]|↩/);
    expect(page.querySelector('a')?.getAttribute('href')).toBe('https://example.org');
  });

  it('does not let a definition take a citation away in a text of one piece', () => {
    const page = show('It is small [1], see [x].\n\n[x]: https://example.org\n\n[1]: https://evil.example', [
      citation(1),
    ]);
    expect(page.querySelectorAll('[data-citation]')).toHaveLength(1);
    expect([...page.querySelectorAll('a')].map(({ href }) => href)).toEqual(['https://example.org/']);
  });
});

describe('a text with definitions', () => {
  const TEXT =
    'As said[^a] in [the textbook][tb].\n\nA claim of [nobody][1] here [1].\n\n[^a]: It is 42.\n\n[tb]: https://example.org\n\n[1]: https://evil.example\n\nThe end.';

  it('is drawn in pieces while it grows, so that a word draws one of them again', () => {
    for (let end = 1; end <= TEXT.length; end += 1) {
      cleanup();
      const { textContent } = show(TEXT.slice(0, end), [citation(1)], [], true);
      expect(textContent?.startsWith(TEXT.slice(0, Math.min(end, 7)).trimEnd())).toBe(true);
    }
    const first = document.querySelector('p');
    expect(first?.textContent).toBe('As said[^a] in [the textbook][tb].');
  });

  it('keeps every word and every citation, whatever a number is defined as', () => {
    const page = show(TEXT, [citation(1)]);
    expect(page.textContent).toContain('As said1 in the textbook.');
    expect(page.textContent).toContain('A claim of [nobody][1] here 1.');
    expect(page.querySelectorAll('[data-citation]')).toHaveLength(1);
    expect([...page.querySelectorAll('a')].map(({ href }) => href)).toEqual(['https://example.org/']);
  });

  it('underlines exactly what it says without the notes, also in a footnote', () => {
    for (const claim of ['A claim of [nobody][1] here', 'It is 42']) {
      const start = TEXT.indexOf(claim);
      const page = show(TEXT, [citation(1)], [{ text: claim, start, end: start + claim.length }]);
      const underlined = [...page.querySelectorAll('[data-unsupported]')];
      expect(underlined.map(({ textContent }) => textContent).join('')).toBe(claim);
      cleanup();
    }
  });
});

describe('safety', () => {
  it('shows raw HTML as text and never runs it', () => {
    const page = show('<script>alert(1)</script> <img src=x onerror=alert(1)> <b>bold</b>');
    expect(page.querySelector('script, img, b')).toBeNull();
    expect(page.textContent).toContain('<b>bold</b>');
  });

  it('loads no picture from anywhere', () => {
    const page = show('![a chart](https://tracker.example/p.png)');
    expect(page.querySelector('img')).toBeNull();
    expect(page.textContent).toContain('a chart');
  });

  it('opens links apart, without telling where from, and drops dangerous ones', () => {
    const page = show('[good](https://example.org) [bad](javascript:alert(1)) [data](data:text/html,x)');
    const links = [...page.querySelectorAll('a')];
    expect(links.map((link) => link.getAttribute('href'))).toEqual(['https://example.org']);
    expect(links[0]?.getAttribute('rel')).toBe('noopener noreferrer nofollow');
    expect(page.textContent).toContain('bad');
  });

  it('lets a formula load and link nothing', () => {
    const page = show(
      '$\\href{https://evil.example}{x}$ and $\\includegraphics{https://evil.example/p.png}$',
    );
    expect(page.querySelector('a, img')).toBeNull();
  });
});

it('closes what is still open while an answer is written', () => {
  expect(show('A **bold wor', [], [], true).querySelector('strong')?.textContent).toBe('bold wor');
  expect(show('```js\nconst x', [], [], true).querySelector('pre')?.textContent).toContain('const x');
});

describe('a marker that the server wrote as a citation', () => {
  const passages = new Map([1, 2, 3].map((n) => [n, passageOf(n, `Passage ${n} says this of it.`)]));
  it.each([
    'Memory keeps information over time. [1] **Consolidation** – the move into a store [2] **Flashbulb memory** – a vivid one [3]',
    '**Working memory** holds few items [1], *and* `span` is measured [2] – as an aside [3].',
    '- Encoding is the input [1]\n- Storage is the keeping [2] *of it*\n\nRetrieval brings it back. [3] DNA does not.',
    '| Term | Says |\n|---|---|\n| Span | four items at once [1] |\n| Decay | within twenty seconds [2] [3] |',
  ])('is a chip at every moment of the stream: %s', (text) => {
    let said = 0;
    const rewriter = new CitationRewriter({
      passage: (n) => passages.get(n),
      // Each passage holds what is said of it, at a place of its own.
      verify: () => {
        said += 1;
        return { verdict: 'verified', quote: 'says this', start: said, end: said + 9 };
      },
    });
    const known: Citation[] = [];
    let shown = '';
    const look = (pieces: ReturnType<typeof rewriter.push>) => {
      for (const piece of pieces) {
        if (piece.kind === 'citation') known.push(citation(piece.citation.n));
        if (piece.kind === 'text') shown += piece.text;
      }
      const page = show(shown, known, [], true);
      expect(page.textContent).not.toMatch(/\[\d/);
      cleanup();
    };
    for (let at = 0; at < text.length; at += 9) look(rewriter.push(text.slice(at, at + 9)));
    look(rewriter.endPart());
    expect(known.map(({ n }) => n)).toEqual([1, 2, 3]);
    expect(show(shown, known).querySelectorAll('button')).toHaveLength(3);
  });
});
