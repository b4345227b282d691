import { addOwnTasks } from '@/lib/db/queries/plan-actions';
import { parseJson, withUser } from '@/lib/http';
import { newTasks } from '../schemas';

/** Adds tasks to the plan that is followed, or to a new list when there is none. */
export const POST = withUser(async ({ request, db, user }) => {
  const { tasks } = await parseJson(request, newTasks);
  const { plan, taskIds, note } = await addOwnTasks(db, { userId: user.id, now: new Date(), tasks });
  return Response.json({ planId: plan.id, title: plan.title, taskIds, note }, { status: 201 });
});
