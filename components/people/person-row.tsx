import Link from 'next/link';
import { type Activity, PersonAvatar, presenceWords } from './presence';

type PersonRowProps = {
  userId: string;
  name: string;
  activity: Activity | null;
  /** Why this person, in a few words. */
  reason: string | null;
  /** 0–1; null where it was not worked out. */
  score: number | null;
};

/** A person to open: who, whether they are here, why them, and how well they fit. */
export function PersonRow({ userId, name, activity, reason, score }: PersonRowProps) {
  return (
    <Link
      href={`/people/${userId}`}
      className="-mx-3 grid grid-cols-[36px_minmax(0,1fr)_auto] items-center gap-3.5 rounded-3 px-3 py-2.5 text-ink no-underline hover:bg-sunk"
    >
      <PersonAvatar name={name} activity={activity} />
      <span className="min-w-0">
        <span className="block truncate font-semibold">{name}</span>
        <span className="block text-ink-3 text-xs">
          {[presenceWords(activity), reason].filter(Boolean).join(' · ')}
        </span>
      </span>
      {score !== null && (
        <span className="text-right font-semibold tabular">
          {Math.round(score * 100)}%<span className="block font-normal text-ink-3 text-xs">fit</span>
        </span>
      )}
    </Link>
  );
}
