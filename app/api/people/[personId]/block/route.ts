import { after } from 'next/server';
import { notifyProfileChanged } from '@/inngest/notify';
import { blockPerson, unblockPerson } from '@/lib/db/queries/people';
import { parseId, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

type Params = { personId: string };

/** From now on neither sees the other, anywhere; the other side is never told. */
export const POST = withUser<Params>(async ({ db, params }) => {
  await blockPerson(db, { userId: parseId(params.personId) });
  return new Response(null, { status: 204 });
});

/** They may be matched again from the next time matches are worked out, which this asks for. */
export const DELETE = withUser<Params>(async ({ db, user, params }) => {
  await unblockPerson(db, { userId: parseId(params.personId) });
  after(() => notifyProfileChanged(user.id));
  return new Response(null, { status: 204 });
});

export const { GET, PUT, PATCH, OPTIONS } = otherMethods('POST', 'DELETE');
