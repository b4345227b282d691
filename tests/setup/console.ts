import { afterEach, beforeEach, expect, vi } from 'vitest';

/**
 * A test that logs an error has found one. Tests that expect an error message spy on `console.error` themselves,
 * which replaces this spy.
 */
beforeEach(() => {
  vi.spyOn(console, 'error');
});

afterEach(() => {
  const calls = vi.isMockFunction(console.error) ? vi.mocked(console.error).mock.calls : [];
  vi.restoreAllMocks();
  expect(calls, 'unexpected console.error').toEqual([]);
});
