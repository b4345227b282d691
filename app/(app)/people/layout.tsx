import type { ReactNode } from 'react';
import { Inbox } from '@/components/people/nudges/inbox';
import { PeopleFrame } from '@/components/people/people-frame';
import { requireSession } from '@/lib/auth/session';
import { presenceChannels } from '@/lib/db/queries/presence';
import { MOST_WATCHED } from '@/lib/domain/bounds';
import { Texts } from '@/lib/language/server-text';
import { peopleView } from '@/lib/people/people-view';

/** The list stays where it is while people are opened and closed beside it. */
export default async function PeopleLayout({ children }: { children: ReactNode }) {
  const { db } = await requireSession();
  const now = new Date();
  const people = await peopleView(db, { now });
  const shown = [...people.here.users, ...people.matches].map(({ userId }) => userId);
  const channels = await presenceChannels(db, { userIds: [...new Set(shown)].slice(0, MOST_WATCHED) });
  return (
    <Texts of={['nudges', 'people', 'room']}>
      <PeopleFrame initial={people} channels={channels} now={now.getTime()} inbox={<Inbox />}>
        {children}
      </PeopleFrame>
    </Texts>
  );
}
