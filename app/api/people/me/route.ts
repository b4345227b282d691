import { after } from 'next/server';
import { z } from 'zod';
import { notifyProfileChanged } from '@/inngest/people';
import { changeOwnProfile, getOwnProfile } from '@/lib/db/queries/own-profile';
import { LEARNING_STYLES, quietHoursSchema, VISIBILITIES } from '@/lib/domain/profile';

import { parseJson, withUser } from '@/lib/http';

import { isTimeZone } from '@/lib/matching/windows';

const MAX_LINES = 50;

/** Lines a student typed: each once, none empty. */
const lines = (maxCharacters: number) =>
  z
    .array(z.string().trim().max(maxCharacters))
    .max(MAX_LINES)
    .transform((typed) => [...new Set(typed.filter((line) => line !== ''))]);

/** What was typed and emptied again is not said any more. */
const orNothing = (maxCharacters: number) =>
  z
    .string()
    .trim()
    .max(maxCharacters)
    .nullable()
    .transform((typed) => (typed === '' ? null : typed));

const change = z
  .object({
    displayName: orNothing(80).optional(),
    gradeLevel: orNothing(80).optional(),
    subjects: lines(80).optional(),
    goals: lines(200).optional(),
    learningStyle: z.enum(LEARNING_STYLES).nullable().optional(),
    timezone: z.string().max(64).refine(isTimeZone, 'Name a time zone, such as Europe/Lisbon.').optional(),
    visibility: z.enum(VISIBILITIES).optional(),
    quietHoursSchema: quietHoursSchema.nullable().optional(),
  })
  .refine((fields) => Object.keys(fields).length > 0, 'Name at least one field to change.');

export const GET = withUser(async ({ db, user }) =>
  Response.json({ profile: await getOwnProfile(db, { userId: user.id }) }),
);

export const PATCH = withUser(async ({ request, db, user }) => {
  const profile = await changeOwnProfile(db, {
    userId: user.id,
    change: definedOnly(await parseJson(request, change)),
  });
  after(() => notifyProfileChanged(user.id));
  return Response.json({ profile });
});

/** A field that was not sent is left out, not set to nothing. */
function definedOnly<Fields extends object>(fields: Fields) {
  // Only entries are dropped whose value is undefined, which is what the return type says.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Fields]?: Exclude<Fields[Key], undefined>;
  };
}
