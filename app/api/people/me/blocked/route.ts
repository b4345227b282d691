import { blockedPeople } from '@/lib/db/queries/people';
import { withUser } from '@/lib/http';

/** Whom the student blocked, so that it can be undone. */
export const GET = withUser(async ({ db }) => Response.json({ people: await blockedPeople(db) }));
