import { expect, test } from 'vitest';
import { sentences } from './sentences.ts';

test('what was said in a recording is quoted without the second it was said at', () => {
  const passage =
    '[00:00:02] Zirconium melts at 1855 degrees. Hafnium absorbs neutrons.\n\n[01:01:05] It resists acids.';
  const found = sentences(passage);
  expect(found.map(({ text }) => text)).toEqual([
    'Zirconium melts at 1855 degrees.',
    'Hafnium absorbs neutrons.',
    'It resists acids.',
  ]);
  for (const { text, start, end } of found) expect(passage.slice(start, end)).toBe(text);
});
