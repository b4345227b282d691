import { requestJson } from '@/components/client/request';
import type { ArchivedPlan } from '@/lib/db/queries/plan';
import type { PlanView } from '@/lib/db/queries/plan-actions';
import type { PlanEdit, PlanRequest, TaskEdit } from '@/lib/domain/plan';
import { api } from '@/lib/links';

export type Plans = { active: PlanView | null; archived: ArchivedPlan[] };
/** What a change brought about: the plan as it is then, where it is told at once, and a sentence on it. */
export type Changed = { plan?: PlanView; note?: string | null };

export const fetchPlans = (url: string) => requestJson<Plans>(url);
export const createPlan = (body: PlanRequest) => requestJson<PlanView>(api.plans, { method: 'POST', body });
export const changePlan = async (planId: string, body: PlanEdit): Promise<Changed> => ({
  plan: await requestJson<PlanView>(api.plan(planId), { method: 'PATCH', body }),
});
export const setArchived = async (planId: string, archived: boolean): Promise<Changed> => {
  await requestJson<unknown>(api.plan(planId), { method: 'PATCH', body: { archived } });
  return {};
};
export const undoChange = async (planId: string): Promise<Changed> => ({
  plan: await requestJson<PlanView>(api.undoPlan(planId), { method: 'POST' }),
});
export const changeTask = (planId: string, taskId: string, body: TaskEdit) =>
  requestJson<Changed>(api.planTask(planId, taskId), { method: 'PATCH', body });
export const dropTask = (planId: string, taskId: string) =>
  requestJson<Changed>(api.planTask(planId, taskId), { method: 'DELETE' });
export const addTask = async (task: { title: string; etaMin: number }): Promise<Changed> => {
  const body = { tasks: [task] };
  const { note } = await requestJson<{ note: string | null }>(api.planTasks, { method: 'POST', body });
  return { note: note ?? `“${task.title}” is on the first day with room.` };
};
