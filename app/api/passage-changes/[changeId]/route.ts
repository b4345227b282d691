import { settlePassageChange } from '@/lib/db/queries/version';
import { parseId, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** It stays as it is: nothing more is asked of it. */
export const DELETE = withUser<{ changeId: string }>(async ({ db, params }) => {
  await settlePassageChange(db, parseId(params.changeId));
  return new Response(null, { status: 204 });
});

export const { GET, POST, PUT, PATCH, OPTIONS } = otherMethods('DELETE');
