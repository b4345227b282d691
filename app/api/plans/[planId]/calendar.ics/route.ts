import { dateIn } from '@/lib/calendar/dates';
import { getPlan } from '@/lib/db/queries/plan';
import { getProfile } from '@/lib/db/queries/profile';
import { serverEnv } from '@/lib/env';
import { parseId, withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { translatorOf } from '@/lib/language/catalogues';
import { planCalendar } from '@/lib/study/plan/calendar-file';
import { replan } from '@/lib/study/plan/replan';

/** The plan as a file that every calendar can take. */
export const GET = withUser<{ planId: string }>(async ({ request, db, user, params }) => {
  const planId = parseId(params.planId);
  const [plan, profile] = await Promise.all([getPlan(db, { planId }), getProfile(db, { userId: user.id })]);
  const today = dateIn(new Date(), profile?.timezone ?? 'UTC');
  const file = planCalendar(
    plan.archivedAt === null ? replan(plan, today) : plan,
    {
      planId,
      version: plan.version,
      updatedAt: new Date(plan.updatedAt),
      appUrl: (serverEnv().NEXT_PUBLIC_APP_URL ?? new URL(request.url).origin).replace(/\/+$/, ''),
    },
    translatorOf(profile?.language ?? 'en'),
  );
  return new Response(file, {
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'attachment; filename="study-plan.ics"',
    },
  });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
