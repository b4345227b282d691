'use client';

import Link from 'next/link';
import { PersonRow } from '@/components/people/person-row';
import { buttonClass } from '@/components/ui/button';
import { paths } from '@/lib/links';
import type { ToolCardProps, ToolView } from './tool-view';

const SHOWN = 5;

/** Students who fit, the best first, each a way to their page. */
export function MatchCandidatesCard({ part }: ToolCardProps<'matchCandidates'>) {
  const { candidates, hint } = part.output;
  const best = candidates[0];
  if (!best) {
    return (
      <section aria-label="Study partners" className="my-4 rounded-3 border border-rule bg-page px-4.5 py-4">
        <h3 className="font-semibold text-md">Nobody to show yet</h3>
        {hint !== null && <p className="mt-1 max-w-[60ch] text-ink-2">{hint}</p>}
        <div className="mt-3.5">
          <Link href={paths.you} className={buttonClass({ variant: 'primary' })}>
            Open You
          </Link>
        </div>
      </section>
    );
  }
  return (
    <section aria-label="Study partners" className="my-4 rounded-3 border border-rule bg-page px-4.5 py-4">
      <h3 className="font-semibold text-md">
        {candidates.length === 1 ? '1 student fits you' : `${candidates.length} students fit you`}
      </h3>
      <ul className="mt-1.5">
        {candidates.slice(0, SHOWN).map(({ userId, displayName, currentActivity, reason, score }) => (
          <li key={userId}>
            <PersonRow
              userId={userId}
              name={displayName}
              activity={currentActivity}
              reason={reason}
              score={score}
            />
          </li>
        ))}
      </ul>
      <div className="mt-3 flex flex-wrap gap-2">
        <Link
          href={paths.person(best.userId)}
          className={buttonClass({ variant: 'primary', className: 'max-w-full' })}
        >
          <span className="truncate">Plan with {best.displayName}</span>
        </Link>
        <Link href={paths.people} className={buttonClass({ variant: 'quiet' })}>
          {candidates.length > SHOWN ? `All ${candidates.length}` : 'Open People'}
        </Link>
      </div>
    </section>
  );
}

export const matchCandidates: ToolView<'matchCandidates'> = {
  verbs: {
    running: 'Looking for study partners',
    done: 'Looked for study partners',
    failed: 'Could not look for study partners',
  },
  Card: MatchCandidatesCard,
};
