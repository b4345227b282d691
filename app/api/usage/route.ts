import { usageToday } from '@/lib/db/queries/operations';
import { withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** What the student has used today, of how much, and when the day ends. */
export const GET = withUser(async ({ db }) => Response.json(await usageToday(db)));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
