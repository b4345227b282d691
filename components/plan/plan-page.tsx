'use client';

import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useText } from '#use-text';
import { useDeletions } from '@/components/client/deferred-delete';
import { Button, ButtonLink, TextButton } from '@/components/ui/button';
import { DeletedRow } from '@/components/ui/deleted-row';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Strip } from '@/components/ui/strip';
import type { PlanView } from '@/lib/db/queries/plan-actions';
import type { PlanRequest } from '@/lib/domain/plan';
import { told } from '@/lib/language/told';
import { paths } from '@/lib/links';
import { EarlierPlans } from './earlier-plans';
import { PlanForm } from './plan-form';
import { PlanHeader } from './plan-header';
import { PlanOffer } from './plan-offer';
import { AddTask, PlanRemarks, SetAside } from './plan-remarks';
import { PlanWeek } from './plan-week';
import {
  changePlan,
  createPlan,
  type PlanActions,
  type Plans,
  planDeletion,
  setArchived,
  undoChange,
  usePlans,
} from './use-plans';
import { WeekTiles } from './week-tiles';

/** The plan that is followed, or the way to one. */
export function PlanPage({ initial, today }: { initial: Plans; today: string }) {
  const t = useText();
  const { plans, problem, note, actions } = usePlans(initial);
  const { pending, failed } = useDeletions(planDeletion);
  const { active, archived } = plans;
  const isGoing = active !== null && pending.has(active.id);
  return (
    <div className="mx-auto max-w-274">
      <Strip tone="bad" className="mb-4">
        {problem}
      </Strip>
      {active !== null && isGoing && (
        <DeletedRow as="div" hasIcon={false} onUndo={() => planDeletion.undo(active.id)}>
          {t('{title} and its tasks are deleted.', { title: told(active.title, active.detail.said, t) })}
        </DeletedRow>
      )}
      {active !== null && failed.has(active.id) && !isGoing && (
        <Strip tone="bad" className="mb-4">
          {t('The plan could not be deleted. It is all still here; try again.')}
        </Strip>
      )}
      {active !== null && !isGoing && (
        <ActivePlan key={active.id} plan={active} note={note} actions={actions} />
      )}
      {active === null && <NoPlan today={today} actions={actions} />}
      <EarlierPlans plans={archived} pending={pending} failed={failed} actions={actions} />
    </div>
  );
}

const NoPlan = ({ today, actions }: { today: string; actions: PlanActions }) => {
  const t = useText();
  return (
    <section>
      <h1 className="font-semibold text-xl">{t('Plan the days to your exam')}</h1>
      <p className="mt-1 mb-6 max-w-measure text-ink-2 text-md">
        {t(
          'Say what you want to know and how much time there is. I fill the days, keep some of them free, and move what you miss.',
        )}
      </p>
      <PlanForm
        submit={t('Make the plan')}
        today={today}
        onSubmit={(fields) => createPlan(fields).then(actions.refresh)}
        more={
          <ButtonLink
            variant="quiet"
            href={paths.drafting(`${t('Make me a study plan, 30 minutes a day, for')} `)}
          >
            {t('Ask for it in words')}
          </ButtonLink>
        }
      />
    </section>
  );
};

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

type Shown = { plan: PlanView; actions: PlanActions };

/** Whether the plan is over, or does not fit. */
function Standing({ plan, onNew }: { plan: PlanView; onNew: () => void }) {
  const t = useText();
  if (!plan.isOver) {
    return plan.detail.fits.ok ? null : (
      <Strip className="mb-5">{told(plan.detail.warnings[0] ?? '', plan.detail.said, t)}</Strip>
    );
  }
  return (
    <Strip
      className="mb-5"
      action={
        <Button variant="primary" onClick={onNew}>
          {t('New plan')}
        </Button>
      }
    >
      {t('{value} What was not done stays where it was.', {
        value: plan.today === plan.deadline ? t('Today is the day it is for.') : t('This plan is over.'),
      })}
    </Strip>
  );
}

/** What was moved because it did not happen, with a way back. */
function LastChange({ plan, actions }: Shown) {
  const t = useText();
  const { change } = plan.detail;
  if (!change) return null;
  return (
    <p role="status" className="flex gap-2.5 pb-3 text-ink-2 md:items-center md:pb-4.5">
      <RotateCcw aria-hidden="true" className="mt-0.5 size-4 shrink-0 md:mt-0" strokeWidth={1.75} />
      <span>
        {told(change.sentence, plan.detail.said, t)}{' '}
        <TextButton className="min-h-6" onClick={() => void actions.run(() => undoChange(plan.id))}>
          {t('Undo')}
        </TextButton>
      </span>
    </p>
  );
}

function ActivePlan({ plan, note, actions }: Shown & { note: string | undefined }) {
  const t = useText();
  const [chosen, setChosen] = useState<number>();
  const [form, setForm] = useState<'change' | 'new'>();
  // Weeks are looked at when one is pressed. What comes first is what comes next; a plan that is over shows its last week.
  const week = chosen ?? (plan.isOver ? currentWeek(plan) : undefined);
  const block = week === undefined ? undefined : plan.weekBlocks[week];
  const isNew = form === 'new';
  const close = () => setForm(undefined);
  const send = async (fields: PlanRequest) => {
    await (isNew ? createPlan(fields) : changePlan(plan.id, fields));
    await actions.refresh();
    setChosen(undefined);
    close();
  };
  return (
    <>
      <PlanHeader
        plan={plan}
        onChange={() => setForm('change')}
        onNew={() => setForm('new')}
        onArchive={() => void actions.run(() => setArchived(plan.id, true))}
        onDelete={() => planDeletion.schedule(plan.id)}
      />
      <Standing plan={plan} onNew={() => setForm('new')} />
      {!plan.isOver && plan.goals.length > 0 && <PlanOffer plan={plan} actions={actions} />}
      <WeekTiles plan={plan} current={currentWeek(plan)} selected={week} onSelect={setChosen} />
      <LastChange plan={plan} actions={actions} />
      {block && !plan.isOver && (
        <TextButton className="mb-2 min-h-8" onClick={() => setChosen(undefined)}>
          {t('The next seven days')}
        </TextButton>
      )}
      <h2 className="sr-only">{t('Days')}</h2>
      {plan.weekBlocks.length > 0 && <PlanWeek plan={plan} block={block} actions={actions} />}
      <p role="status" className={note ? 'mt-3 text-ink-2' : 'sr-only'}>
        {note}
      </p>
      {!plan.isOver && <AddTask actions={actions} />}
      <PlanRemarks plan={plan} actions={actions} />
      <SetAside plan={plan} actions={actions} />
      <Dialog open={form !== undefined} onOpenChange={(isOpen) => !isOpen && close()}>
        <DialogContent
          title={isNew ? t('New plan') : t('Change the plan')}
          description={
            isNew
              ? t('The plan you follow now is put away and can be taken up again.')
              : t('The days that are left are planned anew. What is done stays done.')
          }
          className="max-w-xl!"
        >
          <PlanForm
            submit={isNew ? t('Make the plan') : t('Plan the rest anew')}
            today={plan.today}
            {...(isNew ? {} : { initial: fieldsOf(plan) })}
            onSubmit={send}
          />
        </DialogContent>
      </Dialog>
    </>
  );
}
