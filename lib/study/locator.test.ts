import { describe, expect, it } from 'vitest';
import { extentOf, locatorPlace, locatorText } from './locator.ts';

describe('locator', () => {
  it.each([
    [{ kind: 'page', index: 244, total: 334, label: null }, 'page 244 of 334', 'on page 244'],
    [{ kind: 'page', index: 14, total: 334, label: 'xii' }, 'page xii (14 of 334)', 'on page xii'],
    [{ kind: 'page', index: 3, total: null, label: '3' }, 'page 3', 'on page 3'],
    [{ kind: 'section', index: 2, total: 6, label: 'Short-term memory' }, 'section 2 of 6', 'in section 2'],
    [{ kind: 'section', index: 2, total: 6, label: '8.1' }, 'section 8.1 (2 of 6)', 'in section 8.1'],
    [{ kind: 'section', index: 1, total: 1, label: 'Memory' }, 'section 1 of 1', 'in your file'],
    [
      { kind: 'page', index: 3, total: 9, label: 'read from a picture' },
      'page 3 of 9, read from a picture',
      'on page 3, read from a picture',
    ],
    [{ kind: 'row', index: 12, total: 40, label: null }, 'row 12 of 40', 'in row 12'],
  ] as const)('says %j as "%s"', (locator, text, place) => {
    expect(locatorText(locator)).toBe(text);
    expect(locatorPlace(locator)).toBe(place);
  });

  it('counts in the unit of the document', () => {
    expect(extentOf({ pageCount: 1, locator: 'page' })).toBe('1 page');
    expect(extentOf({ pageCount: 6, locator: 'section' })).toBe('6 sections');
    expect(extentOf({ pageCount: 3, locator: 'row' })).toBe('3 parts');
    expect(extentOf({ pageCount: null, locator: 'page' })).toBeUndefined();
  });
});
