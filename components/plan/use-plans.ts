'use client';

import { useCallback, useEffect, useState } from 'react';
import useSWR, { mutate as mutateEverywhere } from 'swr';
import { createDeferredDelete, useDeletions } from '@/components/client/deferred-delete';
import { requestDelete, sentenceOf } from '@/components/client/request';
import type { PlanView } from '@/lib/db/queries/plan-actions';
import { api } from '@/lib/links';
import { type Changed, changeTask, fetchPlans, type Plans } from './requests';

export const planDeletion = createDeferredDelete({
  remove: (planId, options) => requestDelete(api.plan(planId), options),
  onDeleted: () => void mutateEverywhere(api.plans),
});

/** Plans that are going, and those that would not go. What waits is finished when the page is left. */
export function usePlanDeletions() {
  useEffect(() => {
    window.addEventListener('pagehide', planDeletion.flush);
    return () => window.removeEventListener('pagehide', planDeletion.flush);
  }, []);
  return useDeletions(planDeletion);
}

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
  const { data, mutate } = useSWR(api.plans, fetchPlans, {
    fallbackData: initial,
    revalidateOnMount: false,
  });
  const [problem, setProblem] = useState<string>();
  const [note, setNote] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const plans = data ?? initial;

  // What the server rendered is shown, but is not in the cache that changes start from.
  const show = useCallback(
    (change: (before: Plans) => Plans) =>
      mutate((before) => change(before ?? initial), { revalidate: false }),
    [mutate, initial],
  );

  /** Runs a change and shows what came of it. Gives false when it failed; the sentence stands on the page then. */
  const run = async (work: () => Promise<PlanView | Changed | undefined>): Promise<boolean> => {
    setIsBusy(true);
    setProblem(undefined);
    setNote(undefined);
    try {
      const result = await work();
      if (result === undefined) await mutate();
      else {
        const { plan, note: said } = 'plan' in result ? result : { plan: result, note: null };
        await show((before) => ({ ...before, active: plan }));
        setNote(said ?? undefined);
      }
      return true;
    } catch (error) {
      setProblem(sentenceOf(error));
      return false;
    } finally {
      setIsBusy(false);
    }
  };

  /** A tick is shown at once; many may be on their way, and each tells only about its own task. */
  const tick = async (planId: string, taskId: string, completed: boolean) => {
    const apply = (to: boolean) =>
      show((before) => ({ ...before, active: before.active && ticked(before.active, taskId, to) }));
    setProblem(undefined);
    await apply(completed);
    try {
      await changeTask(planId, taskId, { completed });
    } catch (error) {
      await apply(!completed);
      setProblem(sentenceOf(error));
    }
  };

  return { plans, problem, note, isBusy, run, tick, setNote, refresh: () => mutate() };
}

export type PlanActions = Pick<ReturnType<typeof usePlans>, 'run' | 'tick' | 'isBusy' | 'setNote'>;
