import { z } from 'zod';
import { minuteOfDay } from '../calendar/words.ts';
import { getAvailability as readAvailability } from '../db/queries/availability.ts';
import { availabilitySchema, dayOfWeek, WEEKDAYS, type Window } from '../domain/availability.ts';
import { defineTool, orNull } from './define-tool.ts';

const input = z.object({
  targetUserId: orNull(z.guid()).describe('The id of the other student; null for the student’s own times.'),
  dow: orNull(dayOfWeek).describe('Only this day of the week; 0 is Sunday.'),
});

const inWords = ({ dow, startMin, endMin, timezone }: Window) =>
  `${WEEKDAYS[dow]} ${minuteOfDay(startMin)}–${minuteOfDay(endMin)} (${timezone})`;

export const getAvailability = defineTool({
  name: 'getAvailability',
  description:
    'Gives the weekly times at which a student can usually study: the student’s own, or those of another student who lets them be seen. Read-only.',
  input,
  output: availabilitySchema,
  timeoutSeconds: 15,
  async run({ targetUserId, dow }, { db }, signal) {
    const { windows, ...whose } = await readAvailability(db, { userId: targetUserId, signal });
    return { ...whose, windows: dow === null ? windows : windows.filter((window) => window.dow === dow) };
  },
  toModelText: ({ userId, displayName, isOwn, windows }) =>
    JSON.stringify({
      userId,
      displayName: isOwn ? 'the student' : displayName,
      windows,
      inWords: windows.map(inWords),
    }),
});
