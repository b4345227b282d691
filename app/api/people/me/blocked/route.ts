import { blockedPeople } from '@/lib/db/queries/people';
import { withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** Whom the student blocked, so that it can be undone. */
export const GET = withUser(async ({ db }) => Response.json({ people: await blockedPeople(db) }));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
