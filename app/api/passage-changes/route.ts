import { listPassageChanges } from '@/lib/db/queries/version';
import { withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** Cards and questions whose passage reads otherwise now, until their student decides. */
export const GET = withUser(async ({ db }) => Response.json({ changes: await listPassageChanges(db) }));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
