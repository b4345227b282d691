import { z } from 'zod';
import { DAY_MINUTES } from './bounds.ts';

export { WEEKDAYS } from './sets.ts';

export const dayOfWeek = z.int().min(0).max(6);

/** A time of every week. dow 0 is Sunday; minutes count from midnight on the wall clock of the time zone. */
export const windowSchema = z.object({
  dow: dayOfWeek,
  startMin: z
    .int()
    .min(0)
    .max(DAY_MINUTES - 1),
  endMin: z.int().min(0).max(DAY_MINUTES),
  timezone: z.string().max(64),
});
export type Window = z.infer<typeof windowSchema>;

/** When a student can usually study. */
export const availabilitySchema = z.object({
  userId: z.string(),
  displayName: z.string(),
  isOwn: z.boolean(),
  timezone: z.string(),
  windows: z.array(windowSchema),
});
export type Availability = z.infer<typeof availabilitySchema>;
