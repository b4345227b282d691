import { clsx } from 'clsx';
import Link from 'next/link';
import { useText } from '#use-text';
import { percent } from '@/lib/calendar/words';
import type { Activity } from '@/lib/domain/presence';
import { paths } from '@/lib/links';
import { PersonAvatar, presenceWords } from './presence';

type PersonRowProps = {
  userId: string;
  name: string;
  activity: Activity | null;
  /** Why this person, in a few words. */
  reason: string | null;
  /** 0–1; null where it was not worked out. */
  score: number | null;
  /** Stands in the place of what they do, where something else says more. */
  words?: string | null;
  /** Whether this person is open beside the list. */
  current?: boolean;
};

/** A person to open: who, whether they are here, why them, and how well they fit. */
export function PersonRow({ userId, name, activity, reason, score, words, current = false }: PersonRowProps) {
  const t = useText();
  return (
    <Link
      prefetch={false}
      href={paths.person(userId)}
      data-person=""
      aria-current={current ? 'true' : undefined}
      className={clsx(
        '-mx-3 grid grid-cols-[36px_minmax(0,1fr)_auto] items-center gap-3.5 rounded-3 px-3 py-2.5 text-ink no-underline hover:bg-sunk hover:[--ground:var(--sunk)]',
        current && 'bg-sunk [--ground:var(--sunk)]',
      )}
    >
      <PersonAvatar name={name} activity={activity} onSunk={current} />
      <span className="min-w-0">
        <span className="block truncate font-semibold text-[0.9375rem]">{name}</span>
        <span className="block text-ink-3 text-xs wrap-anywhere">
          {[words === undefined ? presenceWords(activity, t) : words, reason].filter(Boolean).join(' · ')}
        </span>
      </span>
      {score !== null && (
        <span className="text-right font-semibold text-[0.9375rem] tabular">
          {percent(score, t.language)}{' '}
          <span className="block font-normal text-ink-3 text-xs">{t('fit')}</span>
        </span>
      )}
    </Link>
  );
}
