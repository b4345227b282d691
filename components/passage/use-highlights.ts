'use client';

import useSWR, { mutate as mutateAll } from 'swr';
import { createDeferredDelete, useDeletions } from '@/components/client/deferred-delete';
import { newRequestId, requestDelete, requestJson } from '@/components/client/request';
import type { Highlight, HighlightChange, HighlightList, NewHighlight } from '@/lib/domain/highlight';
import { api } from '@/lib/links';

const addressOf = (key: string) => {
  const [docId = '', id = ''] = key.split('/');
  return { list: api.highlights(docId), one: api.highlight(docId, id) };
};
const keyOf = (docId: string, id: string) => `${docId}/${id}`;

const deletions = createDeferredDelete({
  remove: (key, options) => requestDelete(addressOf(key).one, options),
  onDeleted: (key) => void mutateAll(addressOf(key).list),
});

export type Highlights = ReturnType<typeof useHighlights>;

/** What the student highlighted in a document. What is written comes back from the server before it is shown as kept. */
export function useHighlights(docId: string) {
  const address = api.highlights(docId);
  const { data, error, mutate } = useSWR(address, (url: string) => requestJson<HighlightList>(url));
  const { pending, failed } = useDeletions(deletions);
  const all = data?.highlights ?? [];
  const keep = (kept: Highlight) =>
    mutate(
      (before) => ({
        earlier: before?.earlier ?? [],
        highlights: [...(before?.highlights ?? []).filter(({ id }) => id !== kept.id), kept].sort(
          (a, b) => (a.place?.charStart ?? a.charStart) - (b.place?.charStart ?? b.charStart),
        ),
      }),
      { revalidate: false },
    );
  const send = async (url: string, method: string, body: unknown): Promise<Highlight> => {
    const kept = await requestJson<Highlight>(url, { method, body });
    await keep(kept);
    return kept;
  };
  return {
    all,
    earlier: data?.earlier ?? [],
    isLoaded: data !== undefined,
    hasFailed: error !== undefined && data === undefined,
    /** What is not on its way out. */
    shown: all.filter(({ id }) => !pending.has(keyOf(docId, id))),
    isGoing: (id: string) => pending.has(keyOf(docId, id)),
    hasStayed: (id: string) => failed.has(keyOf(docId, id)),
    add: (given: Pick<NewHighlight, 'quote' | 'charStart' | 'color'>) =>
      send(address, 'POST', { ...given, id: newRequestId() }),
    change: (id: string, change: HighlightChange) => send(api.highlight(docId, id), 'PATCH', change),
    remove: (id: string) => deletions.schedule(keyOf(docId, id)),
    undo: (id: string) => deletions.undo(keyOf(docId, id)),
    again: () => void mutate(),
  };
}
