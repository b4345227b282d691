import { addOwnTasks } from '@/lib/db/queries/plan-actions';
import { newTasksSchema } from '@/lib/domain/plan';
import { parseJson, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

/** Adds tasks to the plan that is followed, or to a new list when there is none. */
export const POST = withUser(async ({ request, db, user }) => {
  const { tasks } = await parseJson(request, newTasksSchema);
  const { plan, ...added } = await addOwnTasks(db, { userId: user.id, now: new Date(), tasks });
  return Response.json({ planId: plan.id, title: plan.title, ...added }, { status: 201 });
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
