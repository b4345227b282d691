import { expect, it } from 'vitest';
import { paths } from './links.ts';

it('addresses a document with its page and the words to mark', () => {
  expect(paths.passage('d1', 244, { from: 10, to: 20 })).toBe('/library/d1?p=244&from=10&to=20');
  expect(paths.passage('d1', 1)).toBe('/library/d1?p=1');
});
