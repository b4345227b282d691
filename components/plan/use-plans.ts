'use client';

import { useState } from 'react';
import useSWR, { mutate as mutateEverywhere } from 'swr';
import { useText } from '#use-text';
import { createDeferredDelete } from '@/components/client/deferred-delete';
import { requestDelete, requestJson, sentenceOf } from '@/components/client/request';
import { useAction } from '@/components/client/use-action';
import type { ArchivedPlan } from '@/lib/db/queries/plan';
import type { PlanView } from '@/lib/db/queries/plan-actions';
import type { PlanEdit, PlanRequest, TaskEdit } from '@/lib/domain/plan';
import type { Sayings } from '@/lib/domain/said';
import type { Translate } from '@/lib/language/text';
import { told } from '@/lib/language/told';
import { api } from '@/lib/links';

export type Plans = { active: PlanView | null; archived: ArchivedPlan[] };
/** What a change brought about: the plan as it is then, where it is told at once, and a sentence on it. */
type Changed = { plan?: PlanView; note?: string | null; said?: Sayings };

const fetchPlans = (url: string) => requestJson<Plans>(url);
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
export const addTask = async (task: { title: string; etaMin: number }, t: Translate): Promise<Changed> => {
  const body = { tasks: [task] };
  const { note, said } = await requestJson<Changed>(api.planTasks, { method: 'POST', body });
  return {
    note: note ? told(note, said, t) : t('“{title}” is on the first day with room.', { title: task.title }),
  };
};

export const planDeletion = createDeferredDelete({
  remove: (planId, options) => requestDelete(api.plan(planId), options),
  onDeleted: () => void mutateEverywhere(api.plans),
});

function ticked(plan: PlanView, taskId: string, completed: boolean): PlanView {
  return {
    ...plan,
    weekBlocks: plan.weekBlocks.map((block) => ({
      ...block,
      tasks: block.tasks.map((task) => (task.id === taskId ? { ...task, completed } : task)),
    })),
  };
}

/** The plans of this page: read again when the tab comes back, changed by one request at a time or by many ticks. */
export function usePlans(initial: Plans) {
  const t = useText();
  const { data, mutate } = useSWR(api.plans, fetchPlans, {
    fallbackData: initial,
    revalidateOnMount: false,
  });
  const [tickProblem, setTickProblem] = useState<string>();
  const [note, setNote] = useState<string>();

  // What the server rendered is shown, but is not in the cache that changes start from.
  const show = (change: (before: Plans) => Plans) =>
    mutate((before) => change(before ?? initial), { revalidate: false });

  const { run, pending, problem } = useAction(async (work: () => Promise<Changed>) => {
    setTickProblem(undefined);
    setNote(undefined);
    const { plan, note: noted, said } = await work();
    await (plan ? show((before) => ({ ...before, active: plan })) : mutate());
    setNote(noted ? told(noted, said, t) : undefined);
  });

  /** A tick is shown at once; many may be on their way, and each tells only about its own task. */
  const tick = async (planId: string, taskId: string, completed: boolean) => {
    const apply = (to: boolean) =>
      show((before) => ({ ...before, active: before.active && ticked(before.active, taskId, to) }));
    setTickProblem(undefined);
    await apply(completed);
    try {
      await changeTask(planId, taskId, { completed });
    } catch (error) {
      await apply(!completed);
      setTickProblem(sentenceOf(error, t));
    }
  };
  const actions = { run, tick, isBusy: pending, refresh: () => mutate() };
  return { plans: data ?? initial, problem: tickProblem ?? problem, note, actions };
}

export type PlanActions = ReturnType<typeof usePlans>['actions'];
