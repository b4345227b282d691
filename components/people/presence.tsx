import { clsx } from 'clsx';
import { Avatar } from '@/components/ui/avatar';

export type Activity = 'idle' | 'studying' | 'in_session' | 'available';

const WORDS: Readonly<Record<Activity, string>> = {
  available: 'Free to study',
  studying: 'Studying',
  in_session: 'In a session',
  idle: 'Here, but idle',
};

/** What a student does, in words; these always stand beside the dot. Null is somebody who is not here. */
export const presenceWords = (activity: Activity | null) =>
  activity === null ? 'Not here' : WORDS[activity];

const SHAPES: Readonly<Record<Activity, string>> = {
  available: 'rounded-full border-[2.5px] border-moss bg-page',
  studying: 'rounded-full bg-moss',
  in_session: 'rounded-[3px] bg-moss',
  idle: 'rounded-full border-[1.5px] border-edge bg-page',
};

/** State by shape as well as colour: a ring is free, a full dot studies, a square is in a session, a grey ring is idle. */
export function PresenceDot({ activity, className }: { activity: Activity; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={clsx(
        'block size-3 bg-page p-0.5',
        activity === 'in_session' ? 'rounded-1' : 'rounded-full',
        className,
      )}
    >
      <span className={clsx('block size-full', SHAPES[activity])} />
    </span>
  );
}

/** A person with what they do at the corner; offline has no dot. */
export function PersonAvatar({ name, activity }: { name: string; activity: Activity | null }) {
  return (
    <span className="relative shrink-0">
      <Avatar name={name} className="size-9 rounded-[11px]" />
      {activity !== null && <PresenceDot activity={activity} className="absolute -right-0.75 -bottom-0.75" />}
    </span>
  );
}
