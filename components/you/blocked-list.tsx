'use client';

import { useState } from 'react';
import { useText } from '#use-text';
import { useMade } from '@/components/client/known-answers';
import { useAction } from '@/components/client/use-action';
import { blockPerson, fetchBlocked, unblockPerson } from '@/components/people/requests';
import { Button } from '@/components/ui/button';
import { ProblemText } from '@/components/ui/problem-text';
import type { BlockedPerson } from '@/lib/db/queries/people';
import { api } from '@/lib/links';

type Row = Pick<BlockedPerson, 'userId' | 'displayName'>;

/** Whom the student blocked. Whoever is unblocked stays in the list for as long as it is open, with the way back. */
export function BlockedList({ made }: { made: BlockedPerson[] }) {
  const t = useText();
  const { data: blocked, mutate } = useMade(api.blocked, fetchBlocked, made);
  const [freed, setFreed] = useState<readonly Row[]>([]);
  const [busyId, setBusyId] = useState<string>();
  const { run, pending, problem } = useAction(async (person: Row, isBlocking: boolean) => {
    setBusyId(person.userId);
    await (isBlocking ? blockPerson(person.userId) : unblockPerson(person.userId));
    setFreed((before) => [
      ...before.filter(({ userId }) => userId !== person.userId),
      ...(isBlocking ? [] : [person]),
    ]);
    await mutate();
  });

  const rows = [
    ...blocked.map((person) => ({ ...person, isBlocked: true })),
    ...freed
      .filter(({ userId }) => !blocked.some((person) => person.userId === userId))
      .map((person) => ({ ...person, isBlocked: false })),
  ];
  return (
    <div>
      <h3 className="font-semibold">{t('Blocked')}</h3>
      {rows.length === 0 && <p className="mt-1 text-ink-2">{t('Nobody.')}</p>}
      <ul>
        {rows.map(({ isBlocked, ...person }) => (
          <li
            key={person.userId}
            className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 border-rule border-b py-1.5"
          >
            <span className="min-w-0 flex-1 basis-40 font-medium wrap-anywhere">
              {person.displayName}
              {!isBlocked && (
                <span className="font-normal text-ink-3 text-xs"> {t('· not blocked any more')}</span>
              )}
            </span>
            <Button
              size="sm"
              variant={isBlocked ? 'line' : 'quiet'}
              busy={pending && busyId === person.userId}
              onClick={() => void run(person, !isBlocked)}
            >
              {isBlocked ? t('Unblock') : t('Undo')}
              <span className="sr-only"> {person.displayName}</span>
            </Button>
          </li>
        ))}
      </ul>
      <ProblemText problem={problem} className="mt-1.5" />
    </div>
  );
}
