'use client';

import useSWR from 'swr';
import { useText } from '#use-text';
import { requestDelete, requestJson } from '@/components/client/request';
import { useAction } from '@/components/client/use-action';
import { Button } from '@/components/ui/button';
import { Strip } from '@/components/ui/strip';
import { listOf } from '@/lib/calendar/words';
import type { PlanView } from '@/lib/db/queries/plan-actions';
import { told } from '@/lib/language/told';
import { api } from '@/lib/links';
import type { PlanOffer as Offer } from '@/lib/study/plan/offer';
import type { PlanActions } from './use-plans';

/** After answers that went otherwise than the plan was made for: what planning anew would change, and one press to do it. */
export function PlanOffer({ plan, actions }: { plan: PlanView; actions: PlanActions }) {
  const t = useText();
  const url = api.planOffer(plan.id);
  const { data, mutate } = useSWR(url, (path: string) => requestJson<{ offer: Offer | null }>(path));
  const gone = () => mutate({ offer: null }, { revalidate: false });
  const leaving = useAction(async () => {
    await requestDelete(url);
    await gone();
  });
  const offer = data?.offer;
  if (!offer) return null;
  const planAnew = () =>
    actions.run(async () => {
      const changed = await requestJson<PlanView>(url, { method: 'POST', body: {} });
      await gone();
      return { plan: changed, note: t('The days that are left are planned anew.') };
    });
  return (
    <section aria-labelledby="plan-offer" className="mb-5 rounded-3 border border-rule bg-page p-4.5">
      <h2 id="plan-offer" className="font-semibold">
        {t('Your answers speak for another plan')}
      </h2>
      <ul className="mt-1 text-ink-2">
        {offer.reasons.map((reason) => (
          <li key={reason}>{told(reason, offer.said, t)}</li>
        ))}
      </ul>
      <Changes offer={offer} />
      <div className="mt-3.5 flex flex-wrap gap-2">
        <Button busy={actions.isBusy} onClick={() => void planAnew()}>
          {t('Plan the rest anew')}
        </Button>
        <Button variant="quiet" busy={leaving.pending} onClick={() => void leaving.run()}>
          {t('Leave it as it is')}
        </Button>
      </div>
      <Strip tone="bad" className="mt-3">
        {leaving.problem}
      </Strip>
    </section>
  );
}

const Changes = ({ offer: { goals, comes, goes, said } }: { offer: Offer }) => {
  const t = useText();
  const list = (titles: readonly string[]) =>
    listOf(
      titles.map((title) => told(title, said, t)),
      t.language,
    );
  return (
    <dl className="mt-3 grid gap-x-4 gap-y-1 text-sm md:grid-cols-[max-content_minmax(0,1fr)]">
      {goals.map(({ goal, before, after }) => (
        <div key={goal} className="contents">
          <dt className="font-medium wrap-anywhere">{goal}</dt>
          <dd className="text-ink-2 tabular max-md:mb-1">{t('{before} → {after} min', { before, after })}</dd>
        </div>
      ))}
      {comes.length > 0 && (
        <div className="contents">
          <dt className="font-medium">{t('Comes this week')}</dt>
          <dd className="text-ink-2 max-md:mb-1">{list(comes)}</dd>
        </div>
      )}
      {goes.length > 0 && (
        <div className="contents">
          <dt className="font-medium">{t('Goes from this week')}</dt>
          <dd className="text-ink-2">{list(goes)}</dd>
        </div>
      )}
    </dl>
  );
};
