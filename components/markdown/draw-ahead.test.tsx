// @vitest-environment happy-dom
import { cleanup, render } from '@testing-library/react';
import { renderToString } from 'react-dom/server';
import { afterEach, describe, expect, test } from 'vitest';
import { formatOf, passageBlocks, piecesOf } from '@/components/passage/passage-blocks';
import { PassageText } from '@/components/passage/passage-text';
import { formulasAhead, treesAhead } from './draw-ahead';
import { holdsFormula } from './formulas';
import { Tree } from './markdown';
import { treeOf } from './parse';

afterEach(cleanup);

const format = formatOf({ locator: 'section' });
const aheadOf = (content: string) =>
  formulasAhead(
    passageBlocks(content, format)
      .flatMap(piecesOf)
      .flatMap(({ maths }) => maths ?? []),
  );
const LONG = `$${'x+'.repeat(1_200)}x$`;

describe('a page of a document', () => {
  test('comes with its formulas drawn, without a style that is written as text', () => {
    const content = 'The height is $\\frac{n}{2}$ at most.\n\n$$\\sqrt{x^2}$$';
    const page = <PassageText content={content} format={format} formulas={aheadOf(content)} />;
    const sent = renderToString(page);
    expect(sent.match(/class="katex"/g)).toHaveLength(2);
    expect(sent).toContain('data-style="height:');
    expect(sent).not.toContain(' style=');
    const { container } = render(page);
    const drawn = [...container.querySelectorAll<HTMLElement>('[data-style]')];
    expect(drawn.length).toBeGreaterThan(5);
    expect(drawn.filter(({ style }) => style.cssText === '')).toEqual([]);
    // What is chosen and marked are the words of the file.
    for (const one of container.querySelectorAll('[data-drawn]')) one.remove();
    expect(container.textContent).toBe(content);
  });

  test.each([
    ['what KaTeX cannot read', '$\\unknownword{x}$', [null]],
    ['what no page can hold', '$x\u0001y$', [null]],
    ['more than a page needs', LONG, []],
  ])('shows %s as it was written', (_what, content, drawn) => {
    const ahead = aheadOf(content);
    expect(Object.values(ahead)).toEqual(drawn);
    const { container } = render(<PassageText content={content} format={format} formulas={ahead} />);
    expect(container.textContent).toBe(content);
  });

  test('leaves the rest to the browser where there are more than a page should wait for', () => {
    const many = Array.from({ length: 200 }, (_, n) => ({
      tex: `x_{${n}}${'+y'.repeat(100)}`,
      isDisplay: false,
    }));
    const drawn = Object.keys(formulasAhead([...many, ...many]));
    expect(drawn.length).toBeGreaterThan(2);
    expect(drawn.length).toBeLessThan(100);
  });
});

test('answers come with theirs drawn, and what cannot be drawn as it was written', () => {
  const source = 'So $x^2$ and $\\unknownword$ and\n\n$$\ny\n$$';
  const { tree } = treesAhead({ tree: treeOf(source) });
  if (!tree) return expect.fail('no tree');
  expect(holdsFormula(tree)).toBe(false);
  const { container } = render(<Tree tree={tree} source={source} />);
  expect(container.querySelectorAll('.katex')).toHaveLength(2);
  expect(container.querySelectorAll('.katex-display')).toHaveLength(1);
  expect(container.querySelector('code')?.textContent).toBe('\\unknownword');
});
