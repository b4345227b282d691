import { listShareLinks } from '@/lib/db/queries/share-link';
import { withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** The student's links that open something. Their secrets are not among it: nobody keeps them. */
export const GET = withUser(async ({ db }) =>
  Response.json({ links: await listShareLinks(db, { now: new Date() }) }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
