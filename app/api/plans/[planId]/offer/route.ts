import { editPlan, leavePlan, planOffer, viewOf } from '@/lib/db/queries/plan-actions';
import { parseId, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

type Params = { planId: string };

/** What planning the days that are left anew would change, where the student's answers say so; null otherwise. */
export const GET = withUser<Params>(async ({ db, user, params }) => {
  const which = { planId: parseId(params.planId), userId: user.id, now: new Date() };
  return Response.json({ offer: await planOffer(db, which) });
});

/** Plans the days that are left anew; what is done stays done. */
export const POST = withUser<Params>(async ({ db, user, params }) => {
  const [planId, now] = [parseId(params.planId), new Date()];
  const plan = await editPlan(db, { planId, settings: {}, now, isAnew: true });
  return Response.json(await viewOf(db, { userId: user.id, now }, plan));
});

/** Leaves the plan as it is, and takes note of what it was offered for. */
export const DELETE = withUser<Params>(async ({ db, params }) => {
  await leavePlan(db, { planId: parseId(params.planId), now: new Date() });
  return new Response(null, { status: 204 });
});

export const { PUT, PATCH, OPTIONS } = otherMethods('GET', 'POST', 'DELETE');
