'use client';

import { useEffect, useEffectEvent } from 'react';
import useSWR from 'swr';
import { useRested } from '@/components/client/use-rested';
import { useLive } from '@/components/live/live-provider';
import { type PresenceChannel, usePresenceOf } from '@/components/live/use-presence-of';
import { useRows } from '@/components/live/use-rows';
import type { Activity } from '@/lib/domain/presence';
import { api } from '@/lib/links';
import type { Insight } from '@/lib/matching/insight';
import type { PeopleView } from '@/lib/people/people-view';
import { fetchInsight, fetchPeople } from './requests';

/** Only while the live connection is down. */
export const POLL_MILLISECONDS = 20_000;
/** Free times open and close by the clock, which no row tells of. */
const CLOCK_MILLISECONDS = 60_000;

/** Who is here and who fits. What the database says is the only truth shown; changes of rows only make it ask again. */
export function usePeople(initial: PeopleView, channels: readonly PresenceChannel[]) {
  const { status, userId } = useLive();
  const { data, error, isLoading, mutate } = useSWR<PeopleView, Error>(api.people, fetchPeople, {
    fallbackData: initial,
    // The page was made a moment ago.
    revalidateOnMount: false,
    refreshInterval: status === 'live' ? 0 : POLL_MILLISECONDS,
  });
  const look = useRested(() => void mutate());
  // What the student does themselves is nothing new to them.
  useRows({ table: 'presence', filter: `user_id=neq.${userId}` }, look);
  // Those who are here first: of the others the notices tell when they come.
  usePresenceOf(data ? watched(data) : [], look, channels);
  return { people: data, error, isLoading, refresh: () => mutate() };
}

const watched = ({ here, matches }: PeopleView) => {
  const hereIds = new Set(here.users.map(({ userId }) => userId));
  return [
    ...here.users.map(({ userId }) => ({ userId, isHere: true })),
    ...matches.filter(({ userId }) => !hereIds.has(userId)).map(({ userId }) => ({ userId, isHere: false })),
  ];
};

/** What a person does by the list that stands beside them; undefined while it says nothing of them. */
function useListed(userId: string): Activity | null | undefined {
  const { data } = useSWR<PeopleView, Error>(api.people, null);
  const listed = data?.here.users.find((person) => person.userId === userId);
  const isAway = data?.matches.some((person) => person.userId === userId && !person.isOnline);
  return listed?.currentActivity ?? (isAway ? null : undefined);
}

/** How the student and one other fit, asked anew when that person comes, goes or does something else. */
export function useInsight(initial: Insight, channels: readonly PresenceChannel[]) {
  const { data, error, mutate } = useSWR<Insight, Error>(api.person(initial.userId), fetchInsight, {
    fallbackData: initial,
    // The page was made a moment ago.
    revalidateOnMount: false,
    refreshInterval: CLOCK_MILLISECONDS,
    shouldRetryOnError: false,
  });
  const look = useRested(() => void mutate());
  // What happened before the connection stood the list asks for, and this only where it reads otherwise.
  useRows({ table: 'presence', filter: `user_id=eq.${initial.userId}` }, (hasJoined) => !hasJoined && look());
  const listed = useListed(initial.userId);
  const known = useEffectEvent(() => (data ?? initial).currentActivity);
  useEffect(() => {
    if (listed !== undefined && listed !== known()) look();
  }, [listed, look]);
  const isHere = data?.isOnline ?? initial.isOnline;
  usePresenceOf([{ userId: initial.userId, isHere }], look, channels);
  return { insight: data ?? initial, error, refresh: () => mutate() };
}
