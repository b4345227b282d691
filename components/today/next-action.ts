import type { TodayDocument } from '@/lib/db/queries/today';

export type NextAction =
  | { kind: 'bring' }
  | { kind: 'reading'; document: TodayDocument; others: number }
  | { kind: 'mend'; document: TodayDocument }
  | { kind: 'ask'; document: TodayDocument };

/**
 * The one thing to do. What can be asked comes before what is still being read; a file that could not be read is
 * only worth the whole page when there is nothing else.
 */
export function nextAction(documents: readonly TodayDocument[]): NextAction {
  const newest = documents[0];
  if (newest === undefined) return { kind: 'bring' };
  const unfinished = documents.filter(({ status }) => status === 'pending' || status === 'processing');
  const first = unfinished[0];
  if (first && (newest.status !== 'ready' || first === newest)) {
    return { kind: 'reading', document: first, others: unfinished.length - 1 };
  }
  const ready = documents.find(({ status }) => status === 'ready');
  if (ready) return { kind: 'ask', document: ready };
  return { kind: 'mend', document: newest };
}
