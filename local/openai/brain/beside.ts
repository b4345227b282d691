import type { Say } from '../wire/types.ts';
import type { Conversation } from './conversation.ts';
import { sumIn, webQueryIn } from './routing/sums.ts';
import { describeResult, failureOf } from './tool-results.ts';

/** What is asked of no notes: a sum, or the web. Null where it is neither, or what would answer it is not at hand. */
export function sayBeside(
  said: string,
  { steps, state }: Conversation,
  { offered, mayCall }: { offered: ReadonlySet<string>; mayCall: boolean },
): Say | null {
  const [sum, query] = [sumIn(said), webQueryIn(said)];
  const call =
    sum !== undefined
      ? { name: 'calculate', args: { expression: sum } }
      : query !== undefined && { name: 'webSearch', args: { query, limit: null } };
  if (!call || !offered.has(call.name)) return null;
  const [step] = steps;
  if (!step) return mayCall ? { calls: [call] } : null;
  return step.name === call.name ? { text: failureOf(step) ?? describeResult(step, state.people) } : null;
}
