'use client';

import Link from 'next/link';
import { PersonRow } from '@/components/people/person-row';
import { buttonClass } from '@/components/ui/button';
import { paths } from '@/lib/links';
import type { ToolCardProps, ToolView } from './tool-view';

const SHOWN = 5;

/** Who is here now, with what they do. */
export function GetOnlineUsersCard({ part }: ToolCardProps<'getOnlineUsers'>) {
  const { users, total } = part.output;
  return (
    <section aria-label="Here now" className="my-4 rounded-3 border border-rule bg-page px-4.5 py-4">
      <h3 className="font-semibold text-md">
        {total === 0
          ? 'Nobody you can see is here'
          : `${total} ${total === 1 ? 'student is' : 'students are'} here`}
      </h3>
      {total === 0 && (
        <p className="mt-1 max-w-[60ch] text-ink-2">Students who are hidden are not counted.</p>
      )}
      <ul className="mt-1.5">
        {users.slice(0, SHOWN).map(({ userId, displayName, currentActivity, profile, score }) => (
          <li key={userId}>
            <PersonRow
              userId={userId}
              name={displayName}
              activity={currentActivity}
              reason={profile?.subjects.slice(0, 2).join(', ') || null}
              score={score}
            />
          </li>
        ))}
      </ul>
      <div className="mt-3">
        <Link href={paths.people} className={buttonClass({ variant: 'primary' })}>
          {total > SHOWN ? `See all ${total}` : 'Open People'}
        </Link>
      </div>
    </section>
  );
}

export const getOnlineUsers: ToolView<'getOnlineUsers'> = {
  verbs: {
    running: 'Looking who is online',
    done: 'Looked who is online',
    failed: 'Could not read who is online',
  },
  Card: GetOnlineUsersCard,
};
