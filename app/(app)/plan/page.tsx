import { PlanPage } from '@/components/plan/plan-page';
import { Page } from '@/components/shell/page';
import { requireSession } from '@/lib/auth/session';
import { archivedPlans, currentPlan } from '@/lib/db/queries/plan';
import { todayOf } from '@/lib/db/queries/plan-actions';
import { titled } from '@/lib/language/server-text';
import { withRemarks } from '@/lib/study/plan/sentences';

export const generateMetadata = titled('Plan');

export default async function PlanRoute() {
  const { user, db } = await requireSession();
  const today = await todayOf(db, { userId: user.id, now: new Date() });
  const [plan, archived] = await Promise.all([currentPlan(db, { today }), archivedPlans(db)]);
  const active = plan === null ? null : withRemarks(plan, today);
  return (
    <Page>
      <PlanPage initial={{ active, archived }} today={today} />
    </Page>
  );
}
