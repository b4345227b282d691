import { z } from 'zod';
import { VISIBILITIES } from './profile.ts';

/** What a student does. Only `in_session` cannot be joined. */
export const ACTIVITIES = ['idle', 'studying', 'in_session', 'available'] as const;
export type Activity = (typeof ACTIVITIES)[number];

/** How long a beacon may say that its student is free. */
export const FREE_MINUTES = [20, 40, 60] as const;
export type FreeMinutes = (typeof FREE_MINUTES)[number];

/** What the student shows of being here. */
export const ownPresenceSchema = z.object({
  visibility: z.enum(VISIBILITIES),
  /** Nobody is shown that they are here: by their choice, or because their profile is private. */
  isHidden: z.boolean(),
  isOnline: z.boolean(),
  lastSeen: z.string().nullable(),
  currentActivity: z.enum(ACTIVITIES),
  freeUntil: z.string().nullable(),
  /** The channel to be shown in. It changes when somebody who listens must not hear the student any more. */
  topic: z.string().nullable(),
});
export type OwnPresence = z.output<typeof ownPresenceSchema>;
