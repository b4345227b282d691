'use client';

import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import useSWR from 'swr';
import { requestJson } from '@/components/client/request';
import { useRested } from '@/components/client/use-rested';
import { useLive } from '@/components/live/live-provider';
import { useRows } from '@/components/live/use-rows';
import { api, paths } from '@/lib/links';
import { useUnread } from '../nudges/use-nudges';

type Counts = { due: number; here: number };

/** Cards become due and people fall silent by the clock, which no row tells of. */
const CLOCK_MS = 60_000;
const POLL_MS = 20_000;
/** Many come and go at once; a number in the margin is not worth a request for each. */
const REST_MS = 2_000;

const fetchCounts = (url: string) => requestJson<Counts>(url);

/** What stands beside the destinations, by their address; nothing where there is nothing to say. */
export function useBadges(): Readonly<Partial<Record<string, string>>> {
  const { status } = useLive();
  const pathname = usePathname();
  const { data, mutate } = useSWR<Counts>(api.badges, fetchCounts, {
    refreshInterval: status === 'live' ? CLOCK_MS : POLL_MS,
    keepPreviousData: true,
    dedupingInterval: 500,
  });
  const look = useRested(() => void mutate(), REST_MS);
  useRows({ table: 'presence' }, look);

  // Leaving a review or a quiz is when the number of cards has changed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is what asks.
  useEffect(() => {
    void mutate();
  }, [pathname, mutate]);

  const people = peopleBadge({ unread: useUnread(), here: data?.here ?? 0 });
  return {
    ...(data?.due ? { [paths.practice]: String(data.due) } : {}),
    ...(people === undefined ? {} : { [paths.people]: people }),
  };
}

/** What stands beside People: what waits for an answer, then who is here; nothing when neither is the case. */
export function peopleBadge({ unread, here }: { unread: number; here: number }): string | undefined {
  const parts = [unread > 0 && `${unread} new`, here > 0 && `${here} here`].filter(Boolean);
  return parts.length > 0 ? parts.join(' · ') : undefined;
}

/** The same to be read out, as the end of the name it stands beside: a dot in the middle would be spoken. */
export const spokenBadge = (badge: string) => `, ${badge.replaceAll(' · ', ', ')}`;
