import { expect, it } from 'vitest';
import { withNext } from '@/lib/links';
import { safeNext } from './safe-next';

it('keeps a path of this app with its query and fragment', () => {
  expect(safeNext('/library/1?p=3#top')).toBe('/library/1?p=3#top');
});

it.each([
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/..//evil.example',
  'javascript:alert(1)',
  'library',
  '',
  undefined,
  ['/library'],
])('leads to Today instead of %j', (value) => {
  expect(safeNext(value)).toBe('/');
});

it('never leads back to the sign-in pages', () => {
  expect(safeNext('/sign-in?next=/library')).toBe('/');
  expect(safeNext('/auth/confirm?code=1')).toBe('/');
});

it('leaves the way back out of an address when it is Today', () => {
  expect(withNext('/sign-up', '/')).toBe('/sign-up');
  expect(withNext('/sign-up', '/library?p=1')).toBe('/sign-up?next=%2Flibrary%3Fp%3D1');
});
