import { tickTask } from '@/lib/db/queries/plan';
import { editTasks, viewOf } from '@/lib/db/queries/plan-actions';
import { taskEditSchema } from '@/lib/domain/plan';
import { parseId, parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { changeTask, dropTasks } from '@/lib/study/plan/edit';

type Params = { planId: string; taskId: string };

/** Ticks a task, or puts it on another day or words it anew. */
export const PATCH = withUser<Params>(async ({ request, db, user, params }) => {
  const planId = parseId(params.planId);
  const { taskId } = params;
  const { completed, ...change } = await parseJson(request, taskEditSchema);
  const student = { userId: user.id, now: new Date() };
  if (Object.keys(change).length === 0 && completed !== undefined) {
    const plan = await tickTask(db, { planId, taskId, completed });
    return Response.json({ plan: await viewOf(db, student, plan), note: null });
  }
  if (completed !== undefined) await tickTask(db, { planId, taskId, completed });
  return Response.json(
    await editTasks(db, { ...student, planId }, (before, today) => changeTask(before, taskId, change, today)),
  );
});

/** Sets a task aside; one that was set aside already goes for good. */
export const DELETE = withUser<Params>(async ({ db, user, params }) => {
  const which = { planId: parseId(params.planId), userId: user.id, now: new Date() };
  const { plan } = await editTasks(db, which, (before, today) => ({
    plan: dropTasks(before, { taskId: params.taskId }, today),
    note: null,
  }));
  return Response.json({ plan, note: null });
});

export const { GET, POST, PUT, OPTIONS } = otherMethods('PATCH', 'DELETE');
