'use client';

import { RotateCcw } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { sentenceOf } from '@/components/client/request';
import { Button, buttonClass } from '@/components/ui/button';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Strip } from '@/components/ui/strip';
import type { PlanView } from '@/lib/db/queries/plan-actions';
import type { PlanRequest } from '@/lib/domain/plan';
import { paths } from '@/lib/links';
import { DeletedPlan, EarlierPlans } from './earlier-plans';
import { PlanForm } from './plan-form';
import { PlanHeader } from './plan-header';
import { AddTask, PlanRemarks, SetAside } from './plan-remarks';
import { PlanWeek } from './plan-week';
import { changePlan, createPlan, type Plans, setArchived, undoChange } from './requests';
import { type PlanActions, planDeletion, usePlanDeletions, usePlans } from './use-plans';
import { WeekTiles } from './week-tiles';

const ASK_FOR_A_PLAN = paths.asking('Make me a study plan for my exam');
/** The plan that is followed, or the way to one. */
export function PlanPage({ initial, today }: { initial: Plans; today: string }) {
  const { plans, problem, note, refresh, ...actions } = usePlans(initial);
  const { pending, failed } = usePlanDeletions();
  const { active, archived } = plans;
  const isGoing = active !== null && pending.has(active.id);

  return (
    <div className="mx-auto max-w-274">
      {problem && (
        <Strip tone="bad" className="mb-4">
          {problem}
        </Strip>
      )}
      {active !== null && isGoing && <DeletedPlan id={active.id} title={active.title} as="div" />}
      {active !== null && failed.has(active.id) && !isGoing && (
        <Strip tone="bad" className="mb-4">
          The plan could not be deleted. It is all still here; try again.
        </Strip>
      )}
      {active !== null && !isGoing && (
        <ActivePlan key={active.id} plan={active} note={note} actions={actions} onMade={refresh} />
      )}
      {active === null && <NoPlan today={today} onMade={refresh} />}
      <EarlierPlans plans={archived} pending={pending} failed={failed} actions={actions} />
    </div>
  );
}

type NoPlanProps = { today: string; onMade: () => Promise<unknown> };

function NoPlan({ today, onMade }: NoPlanProps) {
  return (
    <section>
      <h1 className="font-semibold text-xl">Plan the days to your exam</h1>
      <p className="mt-1 mb-6 max-w-measure text-ink-2 text-md">
        Say what you want to know and how much time there is. I fill the days, keep some of them free, and
        move what you miss.
      </p>
      <PlanForm
        submit="Make the plan"
        today={today}
        onSubmit={(fields) => attempt(() => createPlan(fields), onMade)}
        more={
          <Link href={ASK_FOR_A_PLAN} className={buttonClass({ variant: 'quiet' })}>
            Ask for it in words
          </Link>
        }
      />
    </section>
  );
}

/** Runs a request of a form; gives the sentence to show when it failed. */
async function attempt(work: () => Promise<PlanView>, onDone: () => unknown): Promise<string | undefined> {
  try {
    await work();
    await onDone();
    return undefined;
  } catch (error) {
    return sentenceOf(error);
  }
}

/** The week that has today in it, else the next one, else the last. */
function currentWeek({ weekBlocks, today }: PlanView): number {
  const index = weekBlocks.findIndex(({ endsOn }) => endsOn >= today);
  return index < 0 ? Math.max(0, weekBlocks.length - 1) : index;
}

const fieldsOf = (plan: PlanView): PlanRequest => ({
  goals: plan.goals,
  timePerDayMin: plan.timePerDayMin,
  daysPerWeek: plan.daysPerWeek,
  weekdays: plan.weekdays,
  deadline: plan.deadline !== null && plan.deadline > plan.today ? plan.deadline : null,
  knownWeakSpots: plan.detail.knownWeakSpots,
});

type ActivePlanProps = {
  plan: PlanView;
  note: string | undefined;
  actions: PlanActions;
  onMade: () => Promise<unknown>;
};

function ActivePlan({ plan, note, actions, onMade }: ActivePlanProps) {
  const [chosen, setChosen] = useState<number>();
  const [form, setForm] = useState<'change' | 'new'>();
  const selected = Math.min(chosen ?? currentWeek(plan), Math.max(0, plan.weekBlocks.length - 1));
  const block = plan.weekBlocks[selected];
  const { detail } = plan;
  const close = () => setForm(undefined);
  const send = (fields: PlanRequest) =>
    attempt(
      () => (form === 'new' ? createPlan(fields) : changePlan(plan.id, fields)),
      async () => {
        await onMade();
        setChosen(undefined);
        close();
      },
    );
  const putAway = () =>
    actions.run(async () => {
      await setArchived(plan.id, true);
      return undefined;
    });

  return (
    <>
      <PlanHeader
        plan={plan}
        onChange={() => setForm('change')}
        onNew={() => setForm('new')}
        onArchive={() => void putAway()}
        onDelete={() => planDeletion.schedule(plan.id)}
      />
      {plan.isOver && (
        <Strip
          className="mb-5"
          action={
            <Button variant="primary" onClick={() => setForm('new')}>
              New plan
            </Button>
          }
        >
          {plan.today === plan.deadline ? 'Today is the day it is for.' : 'This plan is over.'} What was not
          done stays where it was.
        </Strip>
      )}
      {!detail.fits.ok && !plan.isOver && detail.warnings[0] && (
        <Strip className="mb-5">{detail.warnings[0]}</Strip>
      )}
      <WeekTiles plan={plan} selected={selected} onSelect={setChosen} />
      {detail.change && (
        <p role="status" className="flex gap-2.5 pb-3 text-ink-2 md:items-center md:pb-4.5">
          <RotateCcw aria-hidden="true" className="mt-0.5 size-4 shrink-0 md:mt-0" strokeWidth={1.75} />
          <span>
            {detail.change.sentence}{' '}
            <button
              type="button"
              className="link min-h-6"
              onClick={() => void actions.run(() => undoChange(plan.id))}
            >
              Undo
            </button>
          </span>
        </p>
      )}
      {block && <PlanWeek plan={plan} block={block} actions={actions} />}
      <p role="status" className={note ? 'mt-3 text-ink-2' : 'sr-only'}>
        {note}
      </p>
      {!plan.isOver && <AddTask actions={actions} />}
      <PlanRemarks plan={plan} actions={actions} />
      <SetAside plan={plan} actions={actions} />
      <Dialog open={form !== undefined} onOpenChange={(isOpen) => !isOpen && close()}>
        <DialogContent
          title={form === 'new' ? 'New plan' : 'Change the plan'}
          description={
            form === 'new'
              ? 'The plan you follow now is put away and can be taken up again.'
              : 'The days that are left are planned anew. What is done stays done.'
          }
          className="max-w-xl!"
        >
          <PlanForm
            submit={form === 'new' ? 'Make the plan' : 'Plan the rest anew'}
            today={plan.today}
            {...(form === 'change' ? { initial: fieldsOf(plan) } : {})}
            onSubmit={send}
          />
        </DialogContent>
      </Dialog>
    </>
  );
}
