import useSWR from 'swr';
import { requestDelete, requestJson } from '@/components/client/request';
import type { PassageChange } from '@/lib/domain/version';
import { api } from '@/lib/links';

/** Cards and questions whose passage reads otherwise now; nothing while that is not known. */
export function usePassageChanges() {
  const { data, mutate } = useSWR<{ changes?: PassageChange[] }>(api.passageChanges, requestJson);
  const settle = async (change: PassageChange, act: () => Promise<unknown> = async () => undefined) => {
    await act();
    // With its card it may be gone already, or another tab was faster.
    await requestDelete(api.passageChange(change.id));
    await mutate();
  };
  return { changes: data?.changes ?? [], settle };
}
