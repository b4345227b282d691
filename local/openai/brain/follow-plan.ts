import { readSearchResult, type SearchResult } from './answer/passages.ts';
import type { Step } from './conversation.ts';
import type { Call } from './routing/types.ts';
import { argumentsFor } from './study/material.ts';
import { failureOf } from './tool-results.ts';

/** Where a turn of several calls stands: the next call, if there is one, and what could not be done. */
export type Progress = {
  next: { call: Call; args: Record<string, unknown> } | null;
  /** Calls that stand on one that failed or brought too little. */
  skipped: Call[];
  /** Calls of tools that are not at hand. */
  declined: Call[];
};

/** Replays the turn: calls run one after another, and one that fails takes only those with it that need it. */
export function progressOf(calls: Call[], steps: Step[], offered: ReadonlySet<string>): Progress {
  const skipped: Call[] = [];
  const declined: Call[] = [];
  let done = 0;
  for (const [i, call] of calls.entries()) {
    if (!offered.has(call.tool)) {
      declined.push(call);
      continue;
    }
    // A search that only serves a call which cannot be made is not worth making.
    const served = calls[i + 1];
    if (served?.needs && !offered.has(served.tool) && !isOwnWish(calls, i)) continue;
    const before = steps.slice(0, done).filter((step) => failureOf(step) === null);
    const args = argumentsFor(call, before, foundIn(before).passages);
    if (args === null) {
      skipped.push(call);
      continue;
    }
    const step = steps[done];
    if (step?.name !== call.tool)
      return { next: done < steps.length ? null : { call, args }, skipped, declined };
    done += 1;
  }
  return { next: null, skipped, declined };
}

/** Whether the student asked for this call itself, and not only for what is made of it. */
const isOwnWish = (calls: Call[], i: number): boolean =>
  calls.slice(i + 1).some((later) => !later.needs) && calls[i]?.tool !== 'searchNotes';

/** The passages of all searches of this turn; the newest search says how good they are. */
export function foundIn(steps: Step[]): SearchResult {
  const found: SearchResult = { band: 'none', missing: [], passages: [] };
  for (const step of steps) {
    const result = step.name === 'searchNotes' && step.result !== null ? readSearchResult(step.result) : null;
    if (!result) continue;
    found.band = result.band;
    found.missing = result.missing;
    const isNew = (n: number): boolean => !found.passages.some((passage) => passage.n === n);
    found.passages.push(...result.passages.filter((passage) => isNew(passage.n)));
  }
  return found;
}
