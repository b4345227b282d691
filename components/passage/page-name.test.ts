import { describe, expect, it } from 'vitest';
import { marksOnPage, pageFromAddress, pageName, rangeFromAddress, sectionOf } from './page-name';

describe('pageName', () => {
  it('counts pages, sections and parts, and puts a printed label before the count', () => {
    expect(pageName({ locator: 'page', page: 244, pageCount: 334, label: null })).toBe('page 244 of 334');
    expect(pageName({ locator: 'page', page: 14, pageCount: 334, label: 'xii' })).toBe(
      'page xii (14 of 334)',
    );
    expect(pageName({ locator: 'section', page: 2, pageCount: 6, label: null })).toBe('section 2 of 6');
    expect(pageName({ locator: 'row', page: 1, pageCount: 6, label: 'Rows 1–24' })).toBe(
      'rows 1–24 (1 of 6)',
    );
    expect(pageName({ locator: 'page', page: 3, pageCount: null, label: '3' })).toBe('page 3');
  });
});

describe('sectionOf', () => {
  it.each([
    ['# Encoding\n\nWords', ['Memory', 'Encoding'], ['Memory', 'Encoding']],
    ['<!-- of a book -->\n\n# Encoding\n\nWords', ['Encoding', 'Deep'], ['Encoding']],
    ['Words that go on', ['Memory', 'STORAGE'], ['Memory', 'Storage']],
    ['Syllabus\n\n# Effort\n\nWords', ['Effort'], []],
  ])('names what “%s” begins in', (content, headingPath, section) => {
    expect(sectionOf({ content, headingPath })).toEqual(section);
  });
});

describe('pageFromAddress', () => {
  it('keeps a page inside the document and refuses what is not a number', () => {
    expect(pageFromAddress('12', 334)).toBe(12);
    expect(pageFromAddress('999', 334)).toBe(334);
    expect(pageFromAddress('0', 334)).toBe(1);
    expect(pageFromAddress('-3', 334)).toBeUndefined();
    expect(pageFromAddress('1e3', 334)).toBeUndefined();
    expect(pageFromAddress(['1', '2'], 334)).toBeUndefined();
    expect(pageFromAddress(undefined, 334)).toBeUndefined();
  });
});

describe('a quote from the address', () => {
  const page = { charStart: 100, content: 'The hippocampus stores new memories.' };

  it('is marked where it stands on the page', () => {
    const range = rangeFromAddress('104', '115');
    const marks = range && marksOnPage(range, page);
    expect(marks && page.content.slice(marks.start, marks.end)).toBe('hippocampus');
  });

  it('is cut where the page ends', () => {
    expect(marksOnPage({ from: 127, to: 400 }, page)).toEqual({ start: 27, end: 36 });
  });

  it('is not marked at all when it stands on another page', () => {
    expect(marksOnPage({ from: 0, to: 90 }, page)).toBeNull();
    expect(marksOnPage({ from: 500, to: 510 }, page)).toBeNull();
  });

  it('is ignored when the address is not a range', () => {
    expect(rangeFromAddress('10', '10')).toBeUndefined();
    expect(rangeFromAddress('10', undefined)).toBeUndefined();
    expect(rangeFromAddress('a', '12')).toBeUndefined();
  });
});
