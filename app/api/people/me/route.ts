import { after } from 'next/server';
import { ownProfileChangeSchema } from '@/app/api/requests';
import { notifyProfileChanged } from '@/inngest/notify';
import { changeOwnProfile, getOwnProfile } from '@/lib/db/queries/own-profile';
import { parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

export const GET = withUser(async ({ db, user }) =>
  Response.json({ profile: await getOwnProfile(db, { userId: user.id }) }),
);

export const PATCH = withUser(async ({ request, db, user }) => {
  const profile = await changeOwnProfile(db, {
    userId: user.id,
    change: definedOnly(await parseJson(request, ownProfileChangeSchema)),
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
