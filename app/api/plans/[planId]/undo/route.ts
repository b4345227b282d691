import { editTasks } from '@/lib/db/queries/plan-actions';
import { parseId, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { undoChange } from '@/lib/study/plan/undo';

/** Takes back what was last moved or set aside. Asked again, there is nothing left to take back. */
export const POST = withUser<{ planId: string }>(async ({ db, user, params }) => {
  const which = { planId: parseId(params.planId), userId: user.id, now: new Date() };
  const { plan } = await editTasks(db, which, (before) => ({ plan: undoChange(before), note: null }));
  return Response.json(plan);
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
