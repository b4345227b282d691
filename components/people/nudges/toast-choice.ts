import type { NudgeInbox } from '@/lib/db/queries/nudge';
import type { Nudge } from '@/lib/domain/nudge';

type Moment = {
  snoozed: Readonly<Record<string, number>>;
  mutedUntil: number;
  now: number;
  /** A quiz, a review or a room has the screen. */
  inFocus: boolean;
};

/** Whether a message asks for attention: one that is new, or one whose snooze is over and that is still not answered. */
function asks({ id, direction, status }: Nudge, { snoozed, now }: Moment): boolean {
  if (direction === 'sent') return false;
  const until = snoozed[id];
  if (until !== undefined) return until <= now && (status === 'sent' || status === 'read');
  return status === 'sent';
}

/** The one message to show at this moment: the oldest that asks, so that none waits for ever behind newer ones. */
export function toastOf(inbox: NudgeInbox | undefined, moment: Moment): Nudge | undefined {
  if (!inbox || moment.inFocus || moment.mutedUntil > moment.now) return undefined;
  if (inbox.quietUntil !== null && Date.parse(inbox.quietUntil) > moment.now) return undefined;
  return inbox.nudges.findLast((nudge) => asks(nudge, moment));
}

/** Midnight of this device's day. */
export function endOfDay(now: number): number {
  const midnight = new Date(now);
  midnight.setHours(24, 0, 0, 0);
  return midnight.getTime();
}
