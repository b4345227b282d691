import { describe, expect, it } from 'vitest';
import { documentHref, locatorPlace, locatorText } from './locator';

describe('locator', () => {
  it.each([
    [{ kind: 'page', index: 244, total: 334, label: null }, 'page 244 of 334', 'on page 244'],
    [{ kind: 'page', index: 14, total: 334, label: 'xii' }, 'page xii (14 of 334)', 'on page xii'],
    [{ kind: 'page', index: 3, total: null, label: '3' }, 'page 3', 'on page 3'],
    [{ kind: 'section', index: 2, total: 6, label: 'Short-term memory' }, 'section 2 of 6', 'in section 2'],
    [{ kind: 'section', index: 2, total: 6, label: '8.1' }, 'section 8.1 (2 of 6)', 'in section 8.1'],
    [{ kind: 'section', index: 1, total: 1, label: 'Memory' }, 'section 1 of 1', 'in your file'],
    [{ kind: 'row', index: 12, total: 40, label: null }, 'row 12 of 40', 'in row 12'],
  ] as const)('says %j as "%s"', (locator, text, place) => {
    expect(locatorText(locator)).toBe(text);
    expect(locatorPlace(locator)).toBe(place);
  });

  it('addresses the document with its page and the words to mark', () => {
    expect(documentHref('d1', 244, { from: 10, to: 20 })).toBe('/library/d1?p=244&from=10&to=20');
    expect(documentHref('d1', 1)).toBe('/library/d1?p=1');
  });
});
