import { findAnything } from '@/lib/db/queries/find';
import { MAX_QUERY_CHARACTERS } from '@/lib/domain/bounds';
import { withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** What the command menu finds: `?q=`. Nothing asked finds nothing. */
export const GET = withUser(async ({ request, db }) => {
  const query = (new URL(request.url).searchParams.get('q') ?? '').trim().slice(0, MAX_QUERY_CHARACTERS);
  return Response.json({ found: query === '' ? [] : await findAnything(db, { query }) });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
