import { RequestError, requestJson } from '@/components/library/requests';
import type { ArchivedPlan } from '@/lib/db/queries/plan';
import type { PlanView } from '@/lib/db/queries/plan-actions';

export const PLANS_KEY = '/api/plans';

export type Plans = { active: PlanView | null; archived: ArchivedPlan[] };
export type PlanFields = {
  goals: string[];
  timePerDayMin: number;
  daysPerWeek: number;
  weekdays: number[];
  deadline: string | null;
  knownWeakSpots: string[];
};
export type TaskEdit = { completed?: boolean; date?: string; title?: string; etaMin?: number };
/** A plan after a change by hand; the note says what the change brought about. */
export type Changed = { plan: PlanView; note: string | null };

const planUrl = (planId: string) => `${PLANS_KEY}/${planId}`;
const taskUrl = (planId: string, taskId: string) => `${planUrl(planId)}/tasks/${encodeURIComponent(taskId)}`;

export const calendarUrl = (planId: string) => `${planUrl(planId)}/calendar.ics`;
export const fetchPlans = (url: string) => requestJson<Plans>(url);
export const createPlan = (body: PlanFields) => requestJson<PlanView>(PLANS_KEY, { method: 'POST', body });
export const changePlan = (
  planId: string,
  body: Partial<PlanFields> & { title?: string; dropGoal?: string },
) => requestJson<PlanView>(planUrl(planId), { method: 'PATCH', body });
export const setArchived = (planId: string, archived: boolean) =>
  requestJson<unknown>(planUrl(planId), { method: 'PATCH', body: { archived } });
export const undoChange = (planId: string) =>
  requestJson<PlanView>(`${planUrl(planId)}/undo`, { method: 'POST' });
export const changeTask = (planId: string, taskId: string, body: TaskEdit) =>
  requestJson<Changed>(taskUrl(planId, taskId), { method: 'PATCH', body });
export const dropTask = (planId: string, taskId: string) =>
  requestJson<Changed>(taskUrl(planId, taskId), { method: 'DELETE' });
export const addTask = (task: { title: string; etaMin: number }) =>
  requestJson<{ planId: string; taskIds: string[]; note: string | null }>(`${PLANS_KEY}/tasks`, {
    method: 'POST',
    body: { tasks: [task] },
  });

/** A plan that is gone already counts as deleted. */
export async function deletePlan(planId: string, options: { keepalive: boolean }): Promise<void> {
  try {
    await requestJson(planUrl(planId), { method: 'DELETE', ...options });
  } catch (error) {
    if (!(error instanceof RequestError && error.status === 404)) throw error;
  }
}
