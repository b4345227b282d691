import { after } from 'next/server';
import { notifyProfileChanged } from '@/inngest/notify';
import { isTimeZone } from '@/lib/calendar/dates';
import { changeOwnProfile, getOwnProfile } from '@/lib/db/queries/own-profile';
import { namesAField } from '@/lib/domain/fields';
import { ownProfileSchema } from '@/lib/domain/profile';
import { parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

const change = ownProfileSchema
  .extend({
    timezone: ownProfileSchema.shape.timezone.refine(isTimeZone, 'Name a time zone, such as Europe/Lisbon.'),
  })
  .partial()
  .refine(namesAField, 'Name at least one field to change.');

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

export const { POST, PUT, DELETE, OPTIONS } = otherMethods('GET', 'PATCH');
