import { expect, test } from 'vitest';
import { activityAt, activityOf, IDLE_AFTER_MS } from './activity.ts';

test('what a student does follows from where they are, and free is never guessed', () => {
  for (const path of ['/library/a1', '/ask', '/ask/b2', '/practice/quiz/c3', '/practice/review']) {
    expect([path, activityAt(path)]).toEqual([path, 'studying']);
  }
  for (const path of [
    '/',
    '/library',
    '/practice',
    '/practice/cards',
    '/people',
    '/people/d4',
    '/you',
    '/room',
    '/asking',
  ]) {
    expect([path, activityAt(path)]).toEqual([path, 'idle']);
  }
  expect(activityAt('/room/ABC234')).toBe('in_session');
});

test('hands that rest for five minutes make idle, but not in a session', () => {
  const now = 10_000_000;
  expect(activityOf('/ask', now, now - IDLE_AFTER_MS + 1)).toBe('studying');
  expect(activityOf('/ask', now, now - IDLE_AFTER_MS)).toBe('idle');
  expect(activityOf('/room/ABC234', now, now - IDLE_AFTER_MS)).toBe('in_session');
});
