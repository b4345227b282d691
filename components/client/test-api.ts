import { cleanup } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';

export type Call = { path: string; method: string; body: unknown };

/** Stands for our API while components are tested: keeps what was asked, and answers what the test says. */
export function fakeApi(answer: (call: Call) => Response | Promise<Response>) {
  const api = { calls: [] as Call[], answer };
  beforeEach(() => {
    api.calls.length = 0;
    api.answer = answer;
    vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
      const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
      const call = { path, method: init.method ?? 'GET', body };
      api.calls.push(call);
      return api.answer(call);
    });
  });
  afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
  });
  return api;
}

/** A refusal as the API words it. */
export const refusal = (status: number, title: string) => Response.json({ title, code: 'x' }, { status });
