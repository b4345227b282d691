import type { ReactNode } from 'react';
import { Inbox } from '@/components/people/nudges/inbox';
import { PeopleFrame } from '@/components/people/people-frame';
import { requireSession } from '@/lib/auth/session';
import { peopleView } from '@/lib/people/people-view';

/** The list stays where it is while people are opened and closed beside it. */
export default async function PeopleLayout({ children }: { children: ReactNode }) {
  const { db } = await requireSession();
  const now = new Date();
  const people = await peopleView(db, { now });
  return (
    <PeopleFrame initial={people} now={now.getTime()} inbox={<Inbox />}>
      {children}
    </PeopleFrame>
  );
}
