import { requestJson } from '@/components/client/request';
import type { ArchivedPlan } from '@/lib/db/queries/plan';
import type { PlanView } from '@/lib/db/queries/plan-actions';
import type { PlanEdit, PlanRequest, TaskEdit } from '@/lib/domain/plan';
import { api } from '@/lib/links';

export type Plans = { active: PlanView | null; archived: ArchivedPlan[] };
/** A plan after a change by hand; the note says what the change brought about. */
export type Changed = { plan: PlanView; note: string | null };

export const fetchPlans = (url: string) => requestJson<Plans>(url);
export const createPlan = (body: PlanRequest) => requestJson<PlanView>(api.plans, { method: 'POST', body });
export const changePlan = (planId: string, body: PlanEdit) =>
  requestJson<PlanView>(api.plan(planId), { method: 'PATCH', body });
export const setArchived = (planId: string, archived: boolean) =>
  requestJson<unknown>(api.plan(planId), { method: 'PATCH', body: { archived } });
export const undoChange = (planId: string) => requestJson<PlanView>(api.undoPlan(planId), { method: 'POST' });
export const changeTask = (planId: string, taskId: string, body: TaskEdit) =>
  requestJson<Changed>(api.planTask(planId, taskId), { method: 'PATCH', body });
export const dropTask = (planId: string, taskId: string) =>
  requestJson<Changed>(api.planTask(planId, taskId), { method: 'DELETE' });
export const addTask = (task: { title: string; etaMin: number }) =>
  requestJson<{ planId: string; taskIds: string[]; note: string | null }>(api.planTasks, {
    method: 'POST',
    body: { tasks: [task] },
  });
