'use client';

import { useText } from '#use-text';
import { Button } from '@/components/ui/button';
import { DeletedRow } from '@/components/ui/deleted-row';
import { shortDate } from '@/lib/calendar/words';
import type { ArchivedPlan } from '@/lib/db/queries/plan';
import type { Translate } from '@/lib/language/text';
import { told } from '@/lib/language/told';
import { type PlanActions, planDeletion, setArchived } from './use-plans';

type EarlierPlansProps = {
  plans: readonly ArchivedPlan[];
  pending: ReadonlySet<string>;
  failed: ReadonlySet<string>;
  actions: PlanActions;
};

const whenOf = ({ startsOn, deadline }: ArchivedPlan, t: Translate) =>
  deadline === null
    ? t('from {date}', { date: shortDate(startsOn, t.language) })
    : t('{date} to {date2}', {
        date: shortDate(startsOn, t.language),
        date2: shortDate(deadline, t.language),
      });

/** Plans that were put away: they can be taken up again, or deleted with a way back. */
export function EarlierPlans({ plans, pending, failed, actions }: EarlierPlansProps) {
  const t = useText();
  const named = plans.map((plan) => ({ ...plan, title: told(plan.title, plan.said, t) }));
  if (plans.length === 0) return null;
  return (
    <section className="mt-10">
      <h2 className="pb-2 font-semibold">{t('Earlier plans')}</h2>
      <ul>
        {named.map((plan) =>
          pending.has(plan.id) ? (
            <DeletedRow key={plan.id} hasIcon={false} onUndo={() => planDeletion.undo(plan.id)}>
              {t('{title} and its tasks are deleted.', { title: plan.title })}
            </DeletedRow>
          ) : (
            <li
              key={plan.id}
              className="flex min-h-12 flex-wrap items-center gap-x-2 border-rule border-t py-1 last:border-b"
            >
              <span className="min-w-0 flex-1 basis-48 wrap-anywhere">
                {plan.title}
                <span className="ml-2 text-ink-3 text-xs tabular">{whenOf(plan, t)}</span>
                {failed.has(plan.id) && (
                  <span role="alert" className="block text-brick text-xs">
                    {t('It could not be deleted. It is all still here; try again.')}
                  </span>
                )}
              </span>
              <Button
                variant="quiet"
                size="sm"
                aria-label={t('Take up {title}', { title: plan.title })}
                busy={actions.isBusy}
                onClick={() => void actions.run(() => setArchived(plan.id, false))}
              >
                {t('Take up')}
              </Button>
              <Button
                variant="brick"
                size="sm"
                aria-label={t('Delete {title}', { title: plan.title })}
                onClick={() => planDeletion.schedule(plan.id)}
              >
                {t('Delete')}
              </Button>
            </li>
          ),
        )}
      </ul>
    </section>
  );
}
