'use client';

import useSWR from 'swr';
import { useRested } from '@/components/client/use-rested';
import { useLive } from '@/components/live/live-provider';
import { usePresenceOf } from '@/components/live/use-presence-of';
import { useRows } from '@/components/live/use-rows';
import { fetchPeople } from '@/components/people/requests';
import { POLL_MILLISECONDS } from '@/components/people/use-people';
import type { OnlinePerson } from '@/lib/db/queries/people';
import { api } from '@/lib/links';
import type { PeopleView } from '@/lib/people/people-view';

const MOST_SHOWN = 3;

type Here = { users: readonly OnlinePerson[]; total: number };

/** The few who are here, first as the page was made with them and then as the database says whenever somebody comes or goes. */
export function useHereNow(initial: Here): { people: readonly OnlinePerson[]; total: number } {
  const { status } = useLive();
  const { data, mutate } = useSWR<PeopleView, Error>(api.people, fetchPeople, {
    // The page was made a moment ago.
    revalidateOnMount: false,
    refreshInterval: status === 'live' ? 0 : POLL_MILLISECONDS,
  });
  const look = useRested(() => void mutate());
  useRows({ table: 'presence' }, look);
  const { users, total } = data?.here ?? initial;
  const people = users.slice(0, MOST_SHOWN);
  usePresenceOf(
    people.map(({ userId }) => ({ userId, isHere: true })),
    look,
  );
  return { people, total };
}
