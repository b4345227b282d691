'use client';

import Link from 'next/link';
import { Avatar } from '@/components/ui/avatar';
import type { OnlinePerson } from '@/lib/db/queries/people';
import { paths } from '@/lib/links';
import { useHereNow } from './use-here-now';

const DOING: Record<OnlinePerson['currentActivity'], string> = {
  available: 'free now',
  studying: 'studying',
  in_session: 'in a session',
  idle: 'here',
};

/** Shape as well as colour: a ring is available, a dot studies, a square is in a session, a grey ring is idle. */
const SHAPES: Record<OnlinePerson['currentActivity'], string> = {
  available: 'rounded-full border-[2.5px] border-moss bg-page',
  studying: 'rounded-full bg-moss',
  in_session: 'rounded-[3px] bg-moss',
  idle: 'rounded-full border-[1.5px] border-edge bg-page',
};

type HereNowProps = { initial: { users: readonly OnlinePerson[]; total: number } };

/** Up to three people who are here, with what they do and what they could explain; they come and go by themselves. */
export function HereNow({ initial }: HereNowProps) {
  const { people, total } = useHereNow(initial);
  if (people.length === 0) return null;
  return (
    <section aria-labelledby="here-now">
      <h2 id="here-now" className="pb-1.5 font-semibold">
        Here now
      </h2>
      <ul>
        {people.map(({ userId, displayName, currentActivity, exchange }) => {
          const explains = exchange.theyExplain[0];
          return (
            <li key={userId}>
              <Link href={paths.person(userId)} className="group flex items-center gap-3 rounded-2 py-2">
                <span className="relative">
                  <Avatar name={displayName} className="size-9 rounded-[11px]" />
                  <span
                    aria-hidden="true"
                    className={`absolute -right-0.75 -bottom-0.75 size-3 outline-2 outline-desk md:outline-page ${SHAPES[currentActivity]}`}
                  />
                </span>
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium leading-4.5 group-hover:underline group-hover:underline-offset-3">
                    {displayName}
                  </span>
                  <span className="block truncate text-ink-3 text-xs">
                    {DOING[currentActivity]}
                    {explains && <> · can explain {explains}</>}
                  </span>
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
      {total > people.length && (
        <p className="mt-2 text-xs">
          <Link href={paths.people} className="link">
            {total - people.length} more
          </Link>
        </p>
      )}
    </section>
  );
}
