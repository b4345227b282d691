'use client';

import Link from 'next/link';
import useSWR from 'swr';
import { useText } from '#use-text';
import { useRested } from '@/components/client/use-rested';
import { useLive } from '@/components/live/live-provider';
import { type PresenceChannel, usePresenceOf } from '@/components/live/use-presence-of';
import { useRows } from '@/components/live/use-rows';
import { PersonAvatar } from '@/components/people/presence';
import { fetchPeople } from '@/components/people/requests';
import { POLL_MILLISECONDS } from '@/components/people/use-people';
import type { OnlinePerson } from '@/lib/db/queries/people';
import { type Message, text } from '@/lib/language/text';
import { api, paths } from '@/lib/links';
import type { PeopleView } from '@/lib/people/people-view';

const MOST_SHOWN = 3;

const DOING: Record<OnlinePerson['currentActivity'], Message> = {
  available: text('free now'),
  studying: text('studying'),
  in_session: text('in a session'),
  idle: text('here'),
};

type Here = { users: readonly OnlinePerson[]; total: number };
type Made = Here & { channels: readonly PresenceChannel[] };

/** The few who are here, first as the page was made with them and then as the database says whenever somebody comes or goes. */
function useHereNow(initial: Made) {
  const { status, userId } = useLive();
  const { data, mutate } = useSWR<PeopleView, Error>(api.people, fetchPeople, {
    // The page was made a moment ago.
    revalidateOnMount: false,
    refreshInterval: status === 'live' ? 0 : POLL_MILLISECONDS,
  });
  const look = useRested(() => void mutate());
  useRows({ table: 'presence', filter: `user_id=neq.${userId}` }, look);
  const { users, total }: Here = data?.here ?? initial;
  const people = users.slice(0, MOST_SHOWN);
  usePresenceOf(
    people.map(({ userId }) => ({ userId, isHere: true })),
    look,
    initial.channels,
  );
  return { people, total };
}

/** Up to three people who are here, with what they do and what they could explain; they come and go by themselves. */
export function HereNow({ initial }: { initial: Made }) {
  const t = useText();
  const { people, total } = useHereNow(initial);
  if (people.length === 0) return null;
  return (
    <section aria-labelledby="here-now">
      <h2 id="here-now" className="pb-1.5 font-semibold">
        {t('Here now')}
      </h2>
      <ul>
        {people.map(({ userId, displayName, currentActivity, exchange }) => {
          const explains = exchange.theyExplain[0];
          return (
            <li key={userId}>
              <Link
                href={paths.person(userId)}
                // Each would have the whole list of people read.
                prefetch={false}
                className="group flex items-center gap-3 rounded-2 py-2 max-md:[--ground:var(--desk)]"
              >
                <PersonAvatar name={displayName} activity={currentActivity} />
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium leading-4.5 group-hover:underline group-hover:underline-offset-3">
                    {displayName}
                  </span>
                  <span className="block truncate text-ink-3 text-xs">
                    {t(DOING[currentActivity])}
                    {explains && <> {t('· can explain {explains}', { explains })}</>}
                  </span>
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
      {total > people.length && (
        <p className="mt-2 text-xs">
          <Link prefetch={false} href={paths.people} className="link">
            {t('{total} more', { total: total - people.length })}
          </Link>
        </p>
      )}
    </section>
  );
}
