import { describe, expect, it } from 'vitest';
import { splitBlocks } from './split-blocks';

const sources = (text: string) => splitBlocks(text).map(({ source }) => source.trim());

describe('splitBlocks', () => {
  it('gives the text back when joined, with true starts', () => {
    const text =
      '# A\n\nText\nmore\n\n```\nx\n\ny\n```\n\n$$\na\n\nb\n$$\n\n- one\n\n- two\n\n  inside\n\nEnd';
    const blocks = splitBlocks(text);
    expect(blocks.map(({ source }) => source).join('')).toBe(text);
    for (const { start, source } of blocks) expect(text.slice(start, start + source.length)).toBe(source);
  });

  it('keeps fences, display maths and loose lists whole', () => {
    expect(sources('```\nx\n\ny\n```\n\nAfter')).toEqual(['```\nx\n\ny\n```', 'After']);
    expect(sources('$$\na\n\nb\n$$\n\nAfter')).toEqual(['$$\na\n\nb\n$$', 'After']);
    expect(sources('1. one\n\n2. two\n\n   inside\n\nAfter')).toEqual([
      '1. one\n\n2. two\n\n   inside',
      'After',
    ]);
  });

  it('keeps an unfinished fence in one piece while it grows', () => {
    expect(sources('Before\n\n```\nx\n\ny')).toEqual(['Before', '```\nx\n\ny']);
  });

  it('never changes an earlier piece when text is added', () => {
    const text =
      'One.\n\n- a\n- b\n\n```\ncode\n\nmore\n```\n\nTwo $$x$$.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nEnd.';
    let before: string[] = [];
    for (let end = 1; end <= text.length; end += 1) {
      const now = splitBlocks(text.slice(0, end)).map(({ source }) => source);
      expect(now.slice(0, Math.max(0, before.length - 1))).toEqual(before.slice(0, -1));
      before = now;
    }
  });
});
