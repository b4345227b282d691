import { setTimeout as sleep } from 'node:timers/promises';
import { countDatabase } from '../operations/metrics.ts';

/** Deadlock, serialization failure, lock not available: the database undid the whole transaction in favour of another one. */
const GIVEN_UP = new Set(['40P01', '40001', '55P03']);
const WAITS_MS = [50, 200];

async function isGivenUp(response: Response): Promise<boolean> {
  if (response.ok) return false;
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  return typeof body === 'object' && body !== null && 'code' in body && GIVEN_UP.has(String(body.code));
}

const counted: typeof fetch = (input, init) =>
  countDatabase(
    {
      url: input instanceof Request ? input.url : String(input),
      method: init?.method ?? (input instanceof Request ? input.method : 'GET'),
    },
    () => fetch(input, init),
  );

/** `fetch` for the Data API. Nothing of what was given up is stored, so the same request is sent again, at most twice. */
export async function fetchAgain(...request: Parameters<typeof fetch>): Promise<Response> {
  for (const wait of WAITS_MS) {
    const response = await counted(...request);
    if (!(await isGivenUp(response))) return response;
    await sleep(wait * (0.5 + Math.random()));
  }
  return counted(...request);
}
