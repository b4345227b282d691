import { withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { peopleView } from '@/lib/people/people-view';

/** Who fits, who is here, and what the student shows of themselves, in one request. Somebody may be in both lists. */
export const GET = withUser(async ({ db }) => Response.json(await peopleView(db, { now: new Date() })));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
