import { expect, test } from 'vitest';
import { peopleBadge, spokenBadge } from './use-badges';

test.each([
  [{ unread: 2, here: 3 }, '2 new · 3 here', ', 2 new, 3 here'],
  [{ unread: 2, here: 0 }, '2 new', ', 2 new'],
  [{ unread: 0, here: 3 }, '3 here', ', 3 here'],
])('what waits and who is here are one text and one name: %j', (given, shown, spoken) => {
  expect(peopleBadge(given)).toBe(shown);
  expect(spokenBadge(peopleBadge(given) ?? '')).toBe(spoken);
});

test('nothing stands there when nothing is new and nobody is here', () => {
  expect(peopleBadge({ unread: 0, here: 0 })).toBeUndefined();
});
