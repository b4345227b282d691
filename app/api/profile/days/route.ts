import { studyDays } from '@/lib/db/queries/learning-profile';
import { withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** What the student did on each day of the last year. */
export const GET = withUser(async ({ db }) => Response.json(await studyDays(db, { now: new Date() })));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
