'use client';

import Link from 'next/link';
import useSWR from 'swr';
import { useText } from '#use-text';
import { useMade } from '@/components/client/known-answers';
import { requestDelete, requestJson } from '@/components/client/request';
import type { PassageChange } from '@/lib/domain/version';
import { api, paths } from '@/lib/links';

type Told = { changes: PassageChange[] };

/** Cards and questions whose passage reads otherwise now, as the page was made with them. */
export function usePassageChanges(made: Told) {
  const { data, mutate } = useMade<Told>(api.passageChanges, requestJson, made);
  const settle = async (change: PassageChange, act: () => Promise<unknown> = async () => undefined) => {
    await act();
    // With its card it may be gone already, or another tab was faster.
    await requestDelete(api.passageChange(change.id));
    await mutate();
  };
  return { changes: data.changes, settle };
}

/** That a card or a question stands on a passage that reads otherwise by now, and the way to both texts. */
export function PassageChanged({ of }: { of: (change: PassageChange) => boolean }) {
  const t = useText();
  const { data } = useSWR<Partial<Told>>(api.passageChanges, requestJson);
  if (!data?.changes?.some(of)) return null;
  return (
    <Link href={paths.changedPassages} className="link inline-block min-h-8 content-center px-1">
      {t('The passage changed')}
    </Link>
  );
}
