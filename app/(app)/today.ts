import { DAY_MS, dateIn } from '@/lib/calendar/dates';
import type { DatabaseClient } from '@/lib/db/clients';
import { dueSummary } from '@/lib/db/queries/deck';
import { getLearningProfile } from '@/lib/db/queries/learning-profile';
import { onlineUsers } from '@/lib/db/queries/people';
import { activePlan } from '@/lib/db/queries/plan';
import { presenceChannels } from '@/lib/db/queries/presence';
import { getProfile } from '@/lib/db/queries/profile';
import { unfinishedAttempt } from '@/lib/db/queries/quiz';
import { fadingCards, headingPaths, newestDocuments } from '@/lib/db/queries/today';
import type { Plan, PlanTask } from '@/lib/domain/plan';
import type { Translate } from '@/lib/language/text';
import { told } from '@/lib/language/told';
import { logger } from '@/lib/observability/logger';
import type { Analytics } from '@/lib/study/mastery/profile';
import { tasksOf } from '@/lib/study/plan/plan';
import { replan } from '@/lib/study/plan/replan';
import { withQuestion } from '@/lib/today/document-items';
import { fadingOf } from '@/lib/today/fading';
import { todayItems } from '@/lib/today/next-action';
import { nextCardsWord } from '@/lib/today/next-cards';
import { NOT_TODAY_COOKIE, readNotToday } from '@/lib/today/not-today';
import { type StarterQuestion, starterQuestions } from '@/lib/today/starter-questions';
import type { TodayItem } from '@/lib/today/today-item';

const PEOPLE_SHOWN = 3;

/** Who is here is an extra: the page that says what to do next must not fail for want of it. */
async function peopleHere(db: DatabaseClient) {
  try {
    const here = await onlineUsers(db, { limit: PEOPLE_SHOWN });
    const userIds = here.users.map(({ userId }) => userId);
    return { ...here, channels: userIds.length === 0 ? [] : await presenceChannels(db, { userIds }) };
  } catch (error) {
    logger().warn({ err: error }, 'the people who are here could not be read');
    return null;
  }
}

/** Three questions for the document to ask, when asking is the next action. */
async function questionsFor(
  db: DatabaseClient,
  first: TodayItem | undefined,
  t: Translate,
): Promise<StarterQuestion[]> {
  if (first?.kind !== 'ask' || !first.document) return [];
  const { id, title } = first.document;
  return starterQuestions(title, await headingPaths(db, { docId: id }), t);
}

/** The exam of a plan is called by its goals, which were put together when it was made. */
function withExamTold(analytics: Analytics | null, plan: Plan | null, t: Translate): Analytics | null {
  const { exam } = analytics?.forecast ?? {};
  if (!analytics?.forecast || !exam) return analytics;
  const title = told(exam.title, plan?.detail.said, t);
  return { ...analytics, forecast: { ...analytics.forecast, exam: { ...exam, title } } };
}

/** Everything the page shows, asked for at once. */
export async function loadToday(
  db: DatabaseClient,
  params: { userId: string; now: Date; cookie: (name: string) => string | undefined },
  t: Translate,
) {
  const { userId, now, cookie } = params;
  const [profile, documents, unfinished, due, cards, plan, learned, people] = await Promise.all([
    getProfile(db, { userId }),
    newestDocuments(db),
    unfinishedAttempt(db),
    dueSummary(db, { now }),
    fadingCards(db, { by: new Date(now.getTime() + DAY_MS) }),
    activePlan(db),
    getLearningProfile(db, { userId }),
    peopleHere(db),
  ]);
  const timezone = profile?.timezone ?? 'UTC';
  const today = dateIn(now, timezone);
  const hidden = readNotToday(cookie(NOT_TODAY_COOKIE), today);
  const analytics = withExamTold(learned?.analytics ?? null, plan, t);
  const nextCards = nextCardsWord(due.nextDue, now, timezone, t);
  const inWords = (task: PlanTask): PlanTask => ({
    ...task,
    title: told(task.title, plan?.detail.said, t),
    reason: task.reason && told(task.reason, plan?.detail.said, t),
  });
  const items = todayItems(
    {
      today,
      documents,
      unfinished,
      due,
      fading: fadingOf(cards, now, timezone, t),
      tasks: plan
        ? tasksOf(replan(plan, today))
            .filter(({ date }) => date === today)
            .map(inWords)
        : [],
      focus: (analytics?.focus ?? []).map((one) => ({
        ...one,
        reason: told(one.reason, analytics?.said, t),
      })),
      hasPractised: (analytics?.totalAttempts ?? 0) > 0,
      exam: analytics?.forecast?.exam ?? null,
    },
    t,
  );
  const first = items.find(({ key }) => !hidden.has(key));
  const questions = await questionsFor(db, first, t);
  return {
    displayName: profile?.displayName,
    hasDocuments: documents.length > 0,
    today,
    items: items.map((item) => (item === first ? withQuestion(item, questions[0], t) : item)),
    questions,
    hidden: [...hidden],
    people,
    analytics,
    nextCards,
  };
}
