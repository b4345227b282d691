import { archivedPlans } from '@/lib/db/queries/plan';
import { makePlan, planOfToday, viewOf } from '@/lib/db/queries/plan-actions';
import { planRequestSchema } from '@/lib/domain/plan';
import { parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** The plan that is followed, as it is today, and those that were put away. */
export const GET = withUser(async ({ db, user }) => {
  const student = { userId: user.id, now: new Date() };
  const [active, archived] = await Promise.all([planOfToday(db, student), archivedPlans(db)]);
  return Response.json({ active, archived });
});

export const POST = withUser(async ({ request, db, user }) => {
  const now = new Date();
  const plan = await makePlan(db, await parseJson(request, planRequestSchema), { now });
  return Response.json(await viewOf(db, { userId: user.id, now }, plan), { status: 201 });
});

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET', 'POST');
