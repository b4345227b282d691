import { useEffect, useEffectEvent } from 'react';
import { readStored, writeStored } from '@/components/client/stored';

const keyOf = (docId: string) => `clerva-place:${docId}`;

/** Remembers on this device which page was read last, and goes there when a document is opened without naming one. */
export function usePlace(
  docId: string,
  { page, isNamed, goTo }: { page: number; isNamed: boolean; goTo: (page: number) => void },
): void {
  const enter = useEffectEvent(() => {
    const stored = Number(readStored(keyOf(docId)));
    if (!isNamed && Number.isInteger(stored) && stored > 1 && stored !== page) goTo(stored);
    else writeStored(keyOf(docId), page > 1 ? String(page) : null);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page, or another document, is another place.
  useEffect(() => enter(), [docId, page]);
}
