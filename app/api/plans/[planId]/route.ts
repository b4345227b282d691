import { activatePlan, archivePlan, deletePlan, getPlan } from '@/lib/db/queries/plan';
import { editPlan, editTasks, viewOf } from '@/lib/db/queries/plan-actions';
import { planEditSchema } from '@/lib/domain/plan';
import { parseId, parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { dropTasks } from '@/lib/study/plan/edit';

type Params = { planId: string };

export const GET = withUser<Params>(async ({ db, user, params }) => {
  const plan = await getPlan(db, { planId: parseId(params.planId) });
  return Response.json(await viewOf(db, { userId: user.id, now: new Date() }, plan));
});

export const PATCH = withUser<Params>(async ({ request, db, user, params }) => {
  const planId = parseId(params.planId);
  const { archived, dropGoal, ...settings } = await parseJson(request, planEditSchema);
  const student = { userId: user.id, now: new Date() };
  if (archived === true) {
    await archivePlan(db, { planId });
    return new Response(null, { status: 204 });
  }
  if (archived === false) return Response.json(await viewOf(db, student, await activatePlan(db, { planId })));
  if (dropGoal !== undefined) {
    const { plan } = await editTasks(db, { ...student, planId }, (before, today) => ({
      plan: dropTasks(before, { goal: dropGoal }, today),
      note: null,
    }));
    return Response.json(plan);
  }
  const plan = await editPlan(db, { planId, settings, now: student.now });
  return Response.json(await viewOf(db, student, plan));
});

export const DELETE = withUser<Params>(async ({ db, params }) => {
  await deletePlan(db, { planId: parseId(params.planId) });
  return new Response(null, { status: 204 });
});

export const { POST, PUT, OPTIONS } = otherMethods('GET', 'PATCH', 'DELETE');
