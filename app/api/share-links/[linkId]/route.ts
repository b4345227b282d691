import { deleteShareLink } from '@/lib/db/queries/share-link';
import { AppError } from '@/lib/errors';
import { parseId, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** Revokes a link: from now on it shows nothing. */
export const DELETE = withUser<{ linkId: string }>(async ({ db, params }) => {
  if (!(await deleteShareLink(db, { id: parseId(params.linkId) }))) throw new AppError('not_found');
  return new Response(null, { status: 204 });
});

export const { GET, POST, PUT, PATCH, OPTIONS } = otherMethods('DELETE');
