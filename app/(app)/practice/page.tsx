import { SendWaitingReviews } from '@/components/cards/send-waiting-reviews';
import { PracticeView } from '@/components/practice/practice-view';
import { Page } from '@/components/shell/page';
import { requireSession } from '@/lib/auth/session';
import { dueSummary } from '@/lib/db/queries/deck';
import { listQuizzes } from '@/lib/db/queries/quiz';
import { listPassageChanges } from '@/lib/db/queries/version';
import { titled } from '@/lib/language/server-text';

export const generateMetadata = titled('Practice');

const QUIZZES = 20;

export default async function PracticePage() {
  const { user, db } = await requireSession();
  const now = new Date();
  const [summary, quizzes, changes] = await Promise.all([
    dueSummary(db, { now }),
    listQuizzes(db, { limit: QUIZZES }),
    listPassageChanges(db),
  ]);
  // Unfinished quizzes come first in the list.
  const running = quizzes.find((quiz) => quiz.running !== null);
  const unfinished = running?.running
    ? { quizId: running.id, topic: running.topic, ...running.running }
    : null;
  return (
    <Page contentClassName="px-5 pt-1 pb-8 md:px-10 md:pt-18 md:pb-12 xl:px-14">
      <SendWaitingReviews userId={user.id} />
      <PracticeView summary={summary} quizzes={quizzes} unfinished={unfinished} changes={changes} now={now} />
    </Page>
  );
}
