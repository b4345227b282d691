import { clsx } from 'clsx';
import { Avatar } from '@/components/ui/avatar';
import { MINUTE_MS } from '@/lib/calendar/dates';
import type { Activity } from '@/lib/domain/presence';
import { type Message, type Translate, text } from '@/lib/language/text';

const WORDS: Readonly<Record<Activity, Message>> = {
  available: text('Free to study'),
  studying: text('Studying'),
  in_session: text('In a session'),
  idle: text('Here, but idle'),
};

/** What a student does, in words; these always stand beside the dot. Null is somebody who is not here. */
export const presenceWords = (activity: Activity | null, t: Translate) =>
  activity === null ? t('Not here') : t(WORDS[activity]);

/** The same, with how long it still holds for somebody who said so. */
export function hereWords(activity: Activity, freeUntil: string | null, now: number, t: Translate): string {
  const minutes = freeUntil === null ? 0 : Math.round((Date.parse(freeUntil) - now) / MINUTE_MS);
  return activity === 'available' && minutes > 0
    ? t('Free for {minutes} min', { minutes })
    : presenceWords(activity, t);
}

const SHAPES: Readonly<Record<Activity, string>> = {
  available: 'rounded-full border-[2.5px] border-moss bg-(--ground,var(--page))',
  studying: 'rounded-full bg-moss forced-colors:bg-[CanvasText]',
  in_session: 'rounded-[3px] bg-moss forced-colors:bg-[CanvasText]',
  idle: 'rounded-full border-[1.5px] border-edge bg-(--ground,var(--page))',
};

/**
 * State by shape as well as colour: a ring is free, a full dot studies, a square is in a session, a grey ring is idle.
 * What it stands on may be named by `--ground`; else it is the page.
 */
export function PresenceDot({ activity, className }: { activity: Activity; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={clsx(
        'block size-3 bg-(--ground,var(--page)) p-0.5',
        activity === 'in_session' ? 'rounded-1' : 'rounded-full',
        className,
      )}
    >
      <span className={clsx('block size-full', SHAPES[activity])} />
    </span>
  );
}

type PersonAvatarProps = {
  name: string;
  activity: Activity | null;
  size?: 'row' | 'head';
  /** On a selected row the square is a page, or it would not be seen. */
  onSunk?: boolean;
};

/** A person with what they do at the corner; offline has no dot. */
export function PersonAvatar({ name, activity, size = 'row', onSunk = false }: PersonAvatarProps) {
  return (
    <span className="relative shrink-0">
      <Avatar
        name={name}
        className={clsx(
          size === 'head' ? 'size-13 rounded-[15px] text-md' : 'size-9 rounded-[11px]',
          onSunk && 'bg-page!',
        )}
      />
      {activity !== null && (
        <PresenceDot
          activity={activity}
          className={clsx(
            'absolute',
            size === 'head' ? '-right-1 -bottom-1 size-4' : '-right-0.75 -bottom-0.75',
          )}
        />
      )}
    </span>
  );
}
